//! The unit's side: the organisations it has cleared, one of them, and one thing that was asked for. Each look is written first.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, Public},
    visits::{
        clearance::Measure,
        organisations::{
            AskedFor, Organisation, OrganisationKind, OrganisationTask, TaskState, may_register,
        },
    },
};

use super::{
    body_place, broken, kind,
    mine::{PEOPLE, Person, PersonRow},
    people::OF_UNITS,
    public, task_state,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    decision::measures,
    visits::{clearance::LookReason, sessions::rows::date, units},
};

/// One that a unit of hers has cleared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub public: Public<Organisation>,
    pub name: String,
    pub kind: OrganisationKind,
    pub unit_name: String,
    pub valid_to: CivilDate,
}

/// Her units, by slug and name.
pub async fn units_of(ctx: &Ctx, staff: &Staff) -> Result<Vec<(String, String)>> {
    if !may_register(&staff.roles) {
        return Ok(vec![]);
    }
    ctx.db.all(OWN_UNITS, vec![units(staff)]).await
}

/// By name. None: it is not her duty.
pub async fn list(ctx: &Ctx, staff: &Staff) -> Result<Option<Vec<Listed>>> {
    if !may_register(&staff.roles) {
        return Ok(None);
    }
    let rows: Vec<(String, String, String, String, String)> = ctx.db.all(LIST, vec![units(staff)]).await?;
    let listed = |(id, name, of, unit_name, to): (String, String, String, String, String)| {
        Ok(Listed { public: public(&id)?, name, kind: kind(&of)?, unit_name, valid_to: date(&to)? })
    };
    rows.into_iter().map(listed).collect::<Result<_>>().map(Some)
}

/// Somebody of her units whom it meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub public: Public<OrganisationTask>,
    pub inmate: String,
    pub valid_to: CivilDate,
}

/// A clearance by one of her units: slug, name, until when, how it watches.
pub type Cleared = (String, String, CivilDate, Vec<Measure>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub public: Public<Organisation>,
    pub number: String,
    pub name: String,
    pub kind: OrganisationKind,
    pub cleared: Vec<Cleared>,
    pub people: Vec<Person>,
    pub tasks: Vec<Task>,
}

/// None: none of her units has ever cleared it.
pub async fn opened(ctx: &Ctx, staff: &Staff, of: &Public<Organisation>) -> Result<Option<Opened>> {
    if !may_register(&staff.roles) {
        return Ok(None);
    }
    let Some((id,)) = ctx.db.optional::<(String,)>(OF_UNITS, args![of, units(staff)]).await? else {
        return Ok(None);
    };
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "look");
    let entry = entry.about("organisation", &Id::<Organisation>::new(id.as_str()));
    audit::record(ctx, entry.because(LookReason::HandleCase.code())).await?;
    let (number, name, of_kind): (String, String, String) = ctx.db.one(ONE, args![&id]).await?;
    let today = ctx.now().date();
    let cleared: Vec<(String, String, String, String)> =
        ctx.db.all(CLEARED, args![&id, units(staff), today]).await?;
    let cleared =
        cleared.into_iter().map(|(slug, name, to, how)| Ok((slug, name, date(&to)?, measures(&how))));
    let people: Vec<PersonRow> = ctx.db.all(PEOPLE, args![of, today]).await?;
    let tasks: Vec<(String, String, String)> = ctx.db.all(TASKS, args![&id, units(staff), today]).await?;
    let task = |(id, inmate, to): (String, String, String)| {
        Ok(Task { public: public(&id)?, inmate, valid_to: date(&to)? })
    };
    Ok(Some(Opened {
        public: of.clone(),
        number,
        name,
        kind: kind(&of_kind)?,
        cleared: cleared.collect::<Result<_>>()?,
        people: people.into_iter().map(|row| row.person(ctx)).collect::<Result<_>>()?,
        tasks: tasks.into_iter().map(task).collect::<Result<_>>()?,
    }))
}

/// What somebody of an organisation has asked of a unit of hers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub public: Public<OrganisationTask>,
    pub organisation: Public<Organisation>,
    pub organisation_name: String,
    pub kind: OrganisationKind,
    pub by: String,
    pub asked: AskedFor,
    pub unit_name: String,
    pub asked_at: Instant,
    pub state: TaskState,
    pub inmate: Option<String>,
    pub valid_to: Option<CivilDate>,
}

#[derive(sqlx::FromRow)]
struct AskedRow {
    id: String,
    person_id: String,
    organisation: String,
    organisation_name: String,
    kind: String,
    by_name: String,
    unit_id: String,
    unit_name: String,
    asked_at: i64,
    state: String,
    refusal: Option<String>,
    inmate: Option<String>,
    valid_to: Option<String>,
    body: Vec<u8>,
    subject_key: Vec<u8>,
}

/// None: it was asked of another unit, or it is not her duty.
pub async fn asked(ctx: &Ctx, staff: &Staff, task: &Public<OrganisationTask>) -> Result<Option<Asked>> {
    if !may_register(&staff.roles) {
        return Ok(None);
    }
    let row: Option<AskedRow> = ctx.db.optional(ASKED, args![task, units(staff)]).await?;
    let Some(row) = row else { return Ok(None) };
    let id: Id<OrganisationTask> = Id::new(row.id.as_str());
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "look");
    let entry = entry.at_unit(&Id::<Unit>::new(row.unit_id.as_str())).about("organisation_task", &id);
    audit::record(ctx, entry.because(LookReason::HandleCase.code())).await?;
    let key = ctx.vault.subject_from(&row.person_id, &row.subject_key)?;
    let plain = key.open(&body_place(&row.id), &row.body)?;
    Ok(Some(Asked {
        public: task.clone(),
        organisation: public(&row.organisation)?,
        organisation_name: row.organisation_name,
        kind: kind(&row.kind)?,
        by: row.by_name,
        asked: serde_json::from_slice(&plain).map_err(|_| broken())?,
        unit_name: row.unit_name,
        asked_at: Instant(row.asked_at),
        state: task_state(&row.state, row.refusal.as_deref())?,
        inmate: row.inmate,
        valid_to: row.valid_to.as_deref().map(date).transpose()?,
    }))
}

pub const OWN_UNITS: &str =
    "SELECT slug, name FROM unit WHERE $1 LIKE '% ' || id || ' %' AND level <> 'intake' ORDER BY name, id";
pub const LIST: &str = "SELECT o.public_id, o.name, o.kind, u.name, c.valid_to FROM organisation_clearance c JOIN organisation o \
    ON o.id = c.organisation_id JOIN unit u ON u.id = c.unit_id WHERE c.ended_at IS NULL AND $1 LIKE '% ' || c.unit_id || ' %' \
    ORDER BY o.sort_name, o.id, u.name LIMIT 500";
pub const ONE: &str = "SELECT number, name, kind FROM organisation WHERE id = $1";
pub const CLEARED: &str = "SELECT u.slug, u.name, c.valid_to, c.measures FROM organisation_clearance c JOIN unit u ON u.id = c.unit_id \
    WHERE c.organisation_id = $1 AND c.ended_at IS NULL AND $2 LIKE '% ' || c.unit_id || ' %' AND c.valid_to >= $3 ORDER BY u.name, u.id";
pub const TASKS: &str = "SELECT t.public_id, i.name, t.valid_to FROM organisation_task t JOIN inmate i ON i.id = t.inmate_id \
    JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL WHERE t.organisation_id = $1 AND t.state = 'standing' \
    AND $2 LIKE '% ' || p.unit_id || ' %' AND t.valid_to >= $3 ORDER BY i.sort_name, i.id LIMIT 300";
pub const ASKED: &str = "SELECT t.id, t.asked_by AS person_id, o.public_id AS organisation, o.name AS organisation_name, o.kind, \
    p.name AS by_name, t.unit_id, u.name AS unit_name, t.asked_at, t.state, t.refusal, i.name AS inmate, t.valid_to, t.body, \
    k.sealed AS subject_key FROM organisation_task t JOIN organisation o ON o.id = t.organisation_id JOIN person p ON p.id = t.asked_by \
    JOIN unit u ON u.id = t.unit_id JOIN subject_key k ON k.subject_id = t.asked_by LEFT JOIN inmate i ON i.id = t.inmate_id \
    WHERE t.public_id = $1 AND $2 LIKE '% ' || t.unit_id || ' %'";
