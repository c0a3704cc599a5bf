//! The page is read: who he is, then what all slices have of him. The look is written in the transaction that finds him.

use std::sync::LazyLock;

use domain::{
    appeals::{Kind, deadline, reached},
    inmates::{Part, may_open},
    kernel::{CivilDate, Id, Instant, Locale, Public},
};

use super::{Entry, Head, Opened, Restriction, SOURCES, units};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    custody::inmates::Inmate,
    db::{Command, Tx},
    visits::clearance::LookReason,
};

/// Entries of a page.
pub const MOST: usize = 60;

/// After which entry a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub at: i64,
    pub public: String,
}

impl Cursor {
    /// Of the first page: after nothing.
    pub fn start() -> Self {
        Self { at: i64::MAX, public: String::new() }
    }

    /// As an address has it, `at.public`.
    pub fn parse(text: &str) -> Option<Self> {
        let (at, public) = text.split_once('.')?;
        let plain = public.len() <= 40 && public.bytes().all(|b| b.is_ascii_alphanumeric());
        plain.then(|| at.parse().ok().map(|at| Self { at, public: public.to_owned() }))?
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at, self.public)
    }
}

/// None: it is not her work, or he is not in her units. `only` one part, or all that is hers to see.
pub async fn open(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Inmate>,
    reason: LookReason,
    only: Option<Part>,
    (after, locale): (&Cursor, Locale),
) -> Result<Option<Opened>> {
    if !may_open(&staff.roles) {
        return Ok(None);
    }
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), public: public.clone(), reason };
    let rows = ctx.db.write(look).await?;
    let Some(id) = rows.first().map(|row| row.id.clone()) else { return Ok(None) };
    let head = head(public, rows)?;
    let most = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
    let values =
        args![id, units(staff), parts(staff, only), locale.code(), after.at, after.public.clone(), most];
    let found: Vec<Row> = ctx.db.all(ENTRIES.as_str(), values).await?;
    let mut entries = found.into_iter().map(Row::entry).collect::<Result<Vec<_>>>()?;
    let more = entries.len() > MOST;
    entries.truncate(MOST);
    let last = entries.last().filter(|_| more);
    let next = last.map(|entry| Cursor { at: entry.at.micros(), public: entry.public.clone() });
    Ok(Some(Opened { head, entries, next }))
}

/// What is hers to see, as the statements take it.
fn parts(staff: &Staff, only: Option<Part>) -> String {
    let parts = Part::of(&staff.roles).filter(|part| only.is_none_or(|only| only == *part));
    let mut parts: Vec<&str> = parts.map(Part::code).collect();
    if parts.contains(&Part::Decisions.code()) && Part::has_appeals(&staff.roles) {
        parts.push("appeals");
    }
    format!(" {} ", parts.join(" "))
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    public: Public<Inmate>,
    reason: LookReason,
}

impl Command for Look {
    type Out = Vec<HeadRow>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let rows: Vec<HeadRow> = tx.all(HEAD, args![&self.public, units(&self.staff)]).await?;
        if let Some(row) = rows.first() {
            let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "look");
            let entry = entry.at_unit(&Id::new(row.unit_id.as_str())).because(self.reason.code());
            entry.about("inmate", &Id::<Inmate>::new(row.id.as_str())).save(tx).await?;
        }
        Ok(rows)
    }
}

/// He, once for each order of a court.
#[derive(sqlx::FromRow)]
struct HeadRow {
    id: String,
    name: String,
    birth_date: String,
    unit_id: String,
    unit_name: String,
    started_at: i64,
    kind: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
}

fn day(text: &str) -> Result<CivilDate> {
    CivilDate::parse_iso(text).ok_or(Error::Broken("a day of an inmate"))
}

fn head(public: &Public<Inmate>, rows: Vec<HeadRow>) -> Result<Head> {
    let mut restrictions = vec![];
    for row in &rows {
        if let (Some(kind), Some(from), Some(to)) = (&row.kind, &row.valid_from, &row.valid_to) {
            restrictions.push(Restriction { kind: kind.clone(), from: day(from)?, to: day(to)? });
        }
    }
    let row = rows.into_iter().next().ok_or(Error::Broken("an inmate"))?;
    Ok(Head {
        public: public.clone(),
        name: row.name,
        birth_date: day(&row.birth_date)?,
        unit: Id::new(row.unit_id),
        unit_name: row.unit_name,
        since: Instant(row.started_at),
        restrictions,
    })
}

#[derive(sqlx::FromRow)]
struct Row {
    part: String,
    kind: String,
    at: i64,
    public_id: String,
    reference: Option<String>,
    whom: String,
    detail: String,
    until_on: Option<String>,
    unit_slug: String,
    unit_name: String,
    available_at: Option<i64>,
    told_at: Option<i64>,
    opened_at: Option<i64>,
    clock: Option<String>,
    days: Option<i64>,
}

impl Row {
    fn entry(self) -> Result<Entry> {
        let appeal_until = self.appeal_until()?;
        Ok(Entry {
            part: Part::parse(&self.part).ok_or(Error::Broken("part of an inmate's page"))?,
            kind: self.kind,
            at: Instant(self.at),
            public: self.public_id,
            reference: self.reference,
            whom: self.whom,
            detail: self.detail,
            until: self.until_on.as_deref().map(day).transpose()?,
            unit_slug: self.unit_slug,
            unit_name: self.unit_name,
            appeal_until,
        })
    }

    fn appeal_until(&self) -> Result<Option<CivilDate>> {
        let (Some(clock), Some(days), Some(available)) = (&self.clock, self.days, self.available_at) else {
            return Ok(None);
        };
        let kind = Kind::parse(clock).ok_or(Error::Broken("kind of an appeal"))?;
        let reached = reached(Instant(available), self.told_at.map(Instant), self.opened_at.map(Instant));
        Ok(reached.map(|from| deadline(from, kind.span(days)).last_day()))
    }
}

pub const HEAD: &str = "SELECT i.id, i.name, i.birth_date, p.unit_id, u.name AS unit_name, p.started_at, r.kind, \
    r.valid_from, r.valid_to FROM inmate i JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL \
    JOIN unit u ON u.id = p.unit_id LEFT JOIN restriction r ON r.inmate_id = i.id \
    WHERE i.public_id = $1 AND $2 LIKE '% ' || p.unit_id || ' %' ORDER BY r.valid_to DESC, r.id LIMIT 50";

/// The slices' statements in one, newest first, each of them limited: what is not shown is not read.
static ENTRIES: LazyLock<String> = LazyLock::new(|| {
    const NO_CLOCK: &str = ", CAST(NULL AS BIGINT) AS available_at, CAST(NULL AS BIGINT) AS told_at, \
        CAST(NULL AS BIGINT) AS opened_at, CAST(NULL AS TEXT) AS clock, CAST(NULL AS BIGINT) AS days";
    let rows: Vec<String> = SOURCES
        .iter()
        .map(|source| {
            let clock = if source.clocked { "" } else { NO_CLOCK };
            format!(
                "SELECT * FROM (SELECT x.*{clock} FROM ({}) x WHERE (x.at, x.public_id) < (CAST($5 AS BIGINT), $6) \
                 ORDER BY x.at DESC, x.public_id DESC LIMIT $7) y",
                source.rows
            )
        })
        .collect();
    format!("{} ORDER BY at DESC, public_id DESC LIMIT $7", rows.join(" UNION ALL "))
});

#[cfg(test)]
pub(super) fn statement() -> &'static str {
    ENTRIES.as_str()
}
