//! What she sees who comes for an organisation: whom it meets, what she has asked for, and, if she is the first of its people, the others.

use domain::{
    access::Level,
    kernel::{CivilDate, Instant, Public},
    visits::organisations::{
        AskedFor, Organisation, OrganisationKind, OrganisationPerson, OrganisationTask, TaskState,
    },
};

use super::{ENTITLED, EntitledRow, body_place, broken, entitling, kind, name_of, public, task_state};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    visits::sessions::rows::date,
};

/// One for which she comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub public: Public<Organisation>,
    pub name: String,
    pub kind: OrganisationKind,
    /// She names the others.
    pub leads: bool,
    /// Until when she comes for it.
    pub valid_to: CivilDate,
}

#[derive(sqlx::FromRow)]
struct MineRow {
    public_id: String,
    name: String,
    kind: String,
    leads: i64,
    valid_to: String,
}

impl MineRow {
    fn mine(self) -> Result<Mine> {
        Ok(Mine {
            public: public(&self.public_id)?,
            name: self.name,
            kind: kind(&self.kind)?,
            leads: self.leads == 1,
            valid_to: date(&self.valid_to)?,
        })
    }
}

/// By name; below the high level none.
pub async fn all(ctx: &Ctx, who: &Citizen) -> Result<Vec<Mine>> {
    if who.level < Level::High {
        return Ok(vec![]);
    }
    let any: Option<&str> = None;
    let rows: Vec<MineRow> = ctx.db.all(MINE, args![&who.person, ctx.now().date(), any]).await?;
    rows.into_iter().map(MineRow::mine).collect()
}

/// Whether there are any: at whatever level she has signed in, her own page says so.
pub async fn any(ctx: &Ctx, who: &Citizen) -> Result<bool> {
    let any: Option<&str> = None;
    let rows: Vec<MineRow> = ctx.db.all(MINE, args![&who.person, ctx.now().date(), any]).await?;
    Ok(!rows.is_empty())
}

/// One of its people, for the first of them and for the unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub public: Public<OrganisationPerson>,
    pub name: String,
    pub leads: bool,
    pub valid_to: CivilDate,
}

/// Somebody to meet, or what she has asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyTask {
    pub public: Public<OrganisationTask>,
    pub asked: AskedFor,
    pub unit_name: String,
    pub asked_at: Instant,
    pub state: TaskState,
}

/// Her page of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnePage {
    pub mine: Mine,
    /// Whom it meets, by name; with the unit, if he is in one that has cleared it.
    pub meets: Vec<(Public<Inmate>, String, Option<String>)>,
    /// What she has asked for and what the unit has not said yes to.
    pub asked: Vec<MyTask>,
    /// For the first of its people.
    pub people: Vec<Person>,
    /// Units that have cleared it, by slug and name, with the last day.
    pub units: Vec<(String, String, CivilDate)>,
}

#[derive(sqlx::FromRow)]
struct AskedRow {
    id: String,
    public_id: String,
    unit_name: String,
    asked_at: i64,
    state: String,
    refusal: Option<String>,
    body: Vec<u8>,
    subject_key: Vec<u8>,
}

impl AskedRow {
    fn task(self, ctx: &Ctx, who: &Citizen) -> Result<MyTask> {
        let key = ctx.vault.subject_from(who.person.as_str(), &self.subject_key)?;
        let plain = key.open(&body_place(&self.id), &self.body)?;
        Ok(MyTask {
            public: public(&self.public_id)?,
            asked: serde_json::from_slice(&plain).map_err(|_| broken())?,
            unit_name: self.unit_name,
            asked_at: Instant(self.asked_at),
            state: task_state(&self.state, self.refusal.as_deref())?,
        })
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct PersonRow {
    id: String,
    public_id: String,
    name: Vec<u8>,
    leads: i64,
    valid_to: String,
}

impl PersonRow {
    pub fn person(self, ctx: &Ctx) -> Result<Person> {
        Ok(Person {
            public: public(&self.public_id)?,
            name: name_of(ctx, &self.id, &self.name)?,
            leads: self.leads == 1,
            valid_to: date(&self.valid_to)?,
        })
    }
}

/// None: she comes for no such organisation.
pub async fn one(ctx: &Ctx, who: &Citizen, of: &Public<Organisation>) -> Result<Option<OnePage>> {
    let now = ctx.now();
    let Some(values) = entitling(who, of, None, now) else { return Ok(None) };
    let mine: Option<MineRow> =
        ctx.db.optional(MINE, args![&who.person, now.date(), Some(of.as_str())]).await?;
    let Some(mine) = mine.map(MineRow::mine).transpose()? else { return Ok(None) };
    let rows: Vec<EntitledRow> = ctx.db.all(ENTITLED, values).await?;
    let meets = rows.into_iter().map(|row| Ok((public(&row.inmate_public)?, row.inmate_name, row.unit_name)));
    let meets = meets.collect::<Result<_>>()?;
    let asked: Vec<AskedRow> = ctx.db.all(ASKED, args![of, &who.person]).await?;
    let people: Vec<PersonRow> =
        if mine.leads { ctx.db.all(PEOPLE, args![of, now.date()]).await? } else { vec![] };
    let units: Vec<(String, String, String)> = ctx.db.all(UNITS, args![of, now.date()]).await?;
    let units = units.into_iter().map(|(slug, name, to)| Ok((slug, name, date(&to)?)));
    Ok(Some(OnePage {
        mine,
        meets,
        asked: asked.into_iter().map(|row| row.task(ctx, who)).collect::<Result<_>>()?,
        people: people.into_iter().map(|row| row.person(ctx)).collect::<Result<_>>()?,
        units: units.collect::<Result<_>>()?,
    }))
}

/// All of hers, or the one of `$3`.
pub const MINE: &str = "SELECT o.public_id, o.name, o.kind, m.leads, m.valid_to FROM organisation_person m JOIN person_number n \
    ON n.hash = m.number_hash JOIN organisation o ON o.id = m.organisation_id WHERE n.person_id = $1 AND m.ended_at IS NULL \
    AND m.valid_to >= $2 AND (CAST($3 AS TEXT) IS NULL OR o.public_id = $3) ORDER BY o.sort_name, o.id LIMIT 100";
pub const ASKED: &str = "SELECT t.id, t.public_id, u.name AS unit_name, t.asked_at, t.state, t.refusal, t.body, k.sealed AS subject_key \
    FROM organisation_task t JOIN organisation o ON o.id = t.organisation_id JOIN unit u ON u.id = t.unit_id \
    JOIN subject_key k ON k.subject_id = t.asked_by WHERE o.public_id = $1 AND t.asked_by = $2 AND t.state IN ('asked', 'refused') \
    ORDER BY t.asked_at DESC, t.id DESC LIMIT 20";
pub const PEOPLE: &str = "SELECT m.id, m.public_id, m.name, m.leads, m.valid_to FROM organisation_person m JOIN organisation o \
    ON o.id = m.organisation_id WHERE o.public_id = $1 AND m.ended_at IS NULL AND m.valid_to >= $2 ORDER BY m.leads DESC, m.added_at, m.id \
    LIMIT 200";
pub const UNITS: &str = "SELECT u.slug, u.name, c.valid_to FROM organisation_clearance c JOIN organisation o ON o.id = c.organisation_id \
    JOIN unit u ON u.id = c.unit_id WHERE o.public_id = $1 AND c.ended_at IS NULL AND $2 BETWEEN c.valid_from AND c.valid_to \
    ORDER BY u.name, u.id LIMIT 100";
