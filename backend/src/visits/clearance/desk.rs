//! The officer's list: what waits for her apart from what waits for others, oldest first; and search with a reason.

use domain::{
    kernel::{CivilDate, Instant, NationalId, Public, Reference},
    visits::clearance::{may_decide, may_read},
};

use super::{
    Application, Inmate, LookReason, Stage,
    rows::{self},
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    identity::names::sort_key,
    rules::Rules,
    visits::units,
};

/// The list of an officer's units.
#[derive(Clone, Debug, Default)]
pub struct DeskList {
    pub your_turn: Vec<DeskRow>,
    pub inmate: Vec<DeskRow>,
    pub police: Vec<DeskRow>,
    /// What matched no inmate; for those who serve the intake.
    pub unmatched: Vec<DeskRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    pub public: Public<Application>,
    pub reference: Reference,
    pub version: i64,
    pub applicant: String,
    /// The inmate as the register knows him, or as typed when nobody matched.
    pub inmate: String,
    pub people: i64,
    pub stage: Stage,
    pub since: Instant,
    pub due: CivilDate,
    pub unit_name: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    public_id: String,
    reference: String,
    version: i64,
    applicant: String,
    inmate: String,
    matched: i64,
    people: i64,
    state: String,
    state_at: i64,
    submitted_at: i64,
    unit_name: String,
}

impl Row {
    fn desk(self, usual: i64) -> Result<DeskRow> {
        Ok(DeskRow {
            public: rows::public(&self.public_id)?,
            reference: rows::reference(&self.reference)?,
            version: self.version,
            applicant: self.applicant,
            inmate: self.inmate,
            people: self.people,
            stage: Stage::of(&self.state)?,
            since: Instant(self.state_at),
            due: Instant(self.submitted_at).date().plus_days(usual),
            unit_name: self.unit_name,
        })
    }
}

/// One read. An application that the inmate has declined waits for its fixed day and stands on no list.
pub async fn desk(ctx: &Ctx, staff: &Staff) -> Result<DeskList> {
    if !may_read(&staff.roles) {
        return Ok(DeskList::default());
    }
    // The list names people, so whoever reads it leaves a trace, before anything is read.
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "list");
    audit::record(ctx, entry.because(LookReason::HandleCase.code())).await?;
    let usual = Rules::on(&ctx.db, ctx.now().date()).await?.days("clearance.usual_days")?;
    let rows: Vec<Row> = ctx.db.all(DESK, args![units(staff)]).await?;
    let mut list = DeskList::default();
    for row in rows {
        let (state, matched) = (row.state.clone(), row.matched == 1);
        let group = match (state.as_str(), matched) {
            ("received", false) => &mut list.unmatched,
            ("received", true) => &mut list.inmate,
            ("awaiting_police", _) => &mut list.police,
            _ => &mut list.your_turn,
        };
        group.push(row.desk(usual)?);
    }
    Ok(list)
}

/// By reference, by number, or by a part of the applicant's or the inmate's name. The search itself is logged
/// with its reason before it is made; what was searched for is not.
pub async fn search(ctx: &Ctx, staff: &Staff, text: &str, reason: LookReason) -> Result<Vec<DeskRow>> {
    if !may_read(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "search").because(reason.code());
    audit::record(ctx, entry).await?;
    let usual = Rules::on(&ctx.db, ctx.now().date()).await?.days("clearance.usual_days")?;
    found(ctx, staff, text).await?.into_iter().map(|row| row.desk(usual)).collect()
}

/// Many a name reads as a reference too, "Maja Moen" is one: what is no application's goes on as a name.
async fn found(ctx: &Ctx, staff: &Staff, text: &str) -> Result<Vec<Row>> {
    if let Ok(number) = NationalId::parse(text) {
        let hash = ctx.vault.fingerprint("national_id", number.expose());
        return ctx.db.all(BY_NUMBER, args![units(staff), hash]).await;
    }
    if let Some(reference) = Reference::parse(text) {
        let rows: Vec<Row> = ctx.db.all(BY_REFERENCE, args![units(staff), &reference]).await?;
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    ctx.db.all(BY_NAME, args![units(staff), format!("%{}%", plain(&sort_key(text)))]).await
}

/// An inmate that an application may be matched to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundInmate {
    pub public: Public<Inmate>,
    pub name: String,
    pub birth_date: CivilDate,
    pub unit_name: String,
}

/// Inmates by a part of the name, or by birth date; for the intake alone.
pub async fn find_inmates(
    ctx: &Ctx,
    staff: &Staff,
    name: &str,
    birth: Option<CivilDate>,
) -> Result<Vec<FoundInmate>> {
    if !may_decide(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "inmate_search");
    audit::record(ctx, entry.because(LookReason::HandleCase.code())).await?;
    let part = format!("%{}%", plain(&sort_key(name)));
    let found: Vec<(String, String, String, String)> =
        ctx.db.all(FIND_INMATES, args![part, birth, units(staff)]).await?;
    found.into_iter().map(found_inmate).collect()
}

fn found_inmate((public, name, birth, unit_name): (String, String, String, String)) -> Result<FoundInmate> {
    let birth_date = CivilDate::parse_iso(&birth).ok_or(Error::Broken("birth date of an inmate"))?;
    Ok(FoundInmate { public: rows::public(&public)?, name, birth_date, unit_name })
}

/// No wildcard of the searcher's own.
fn plain(text: &str) -> String {
    text.replace(['%', '_', '\\'], "")
}

macro_rules! desk_rows {
    ($rest:literal) => {
        concat!(
            "SELECT a.public_id, a.reference, a.version, p.name AS applicant, ",
            "COALESCE(i.name, a.typed_name) AS inmate, ",
            "CAST(CASE WHEN a.inmate_id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS matched, ",
            "CAST((SELECT COUNT(*) FROM clearance c WHERE c.application_id = a.id) AS BIGINT) AS people, ",
            "a.state, a.state_at, a.submitted_at, u.name AS unit_name FROM application a ",
            "JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id ",
            "LEFT JOIN inmate i ON i.id = a.inmate_id ",
            "WHERE a.unit_id IN (SELECT id FROM unit WHERE $1 LIKE '% ' || id || ' %') ",
            $rest
        )
    };
}
pub const DESK: &str = desk_rows!(
    "AND a.state IN ('received', 'awaiting_police', 'awaiting_decision') ORDER BY a.submitted_at, a.id LIMIT 800"
);
pub const BY_REFERENCE: &str = desk_rows!("AND a.reference = $2 ORDER BY a.submitted_at DESC LIMIT 50");
pub const BY_NAME: &str = desk_rows!(
    "AND (p.sort_name LIKE $2 OR a.typed_sort LIKE $2 OR i.sort_name LIKE $2) ORDER BY a.submitted_at DESC LIMIT 50"
);
pub const BY_NUMBER: &str = desk_rows!(
    "AND (a.person_id IN (SELECT n.person_id FROM person_number n WHERE n.hash = $2) OR i.number_hash = $2) \
     ORDER BY a.submitted_at DESC LIMIT 50"
);
pub const FIND_INMATES: &str = "SELECT i.public_id, i.name, i.birth_date, u.name FROM inmate i \
    JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL JOIN unit u ON u.id = p.unit_id \
    WHERE i.sort_name LIKE $1 AND ($2 IS NULL OR i.birth_date = $2) \
    AND EXISTS (SELECT 1 FROM unit n WHERE n.level = 'intake' AND $3 LIKE '% ' || n.id || ' %') \
    ORDER BY i.sort_name, i.id LIMIT 50";
