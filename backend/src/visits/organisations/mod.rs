//! Organisations whose people meet inmates: authorities, consulates, health and child welfare services, volunteers, faith communities. A unit
//! clears the organisation; the first of its people names the others; the unit says whom it meets. What all three say together entitles to a
//! room of its own, booked as a lawyer books hers (`booking::counsel`). Whoever lacks one of them is told what a stranger is told.

mod answer;
mod ask;
mod held;
mod mine;
mod people;
mod register;
mod seen;
mod staff;
mod task;
#[cfg(test)]
mod tests;
pub(crate) mod work;

use domain::{
    access::Level,
    kernel::{CivilDate, Clock, Id, Instant, Public},
    visits::{
        clearance::Measure,
        organisations::{Organisation, OrganisationKind, TaskState, stands_to},
    },
};

pub use answer::{Answered, answer};
pub use ask::{ask, withdraw};
pub(in crate::visits) use held::held;
pub use mine::{Mine, MyTask, OnePage, Person, all as mine, any, one as my_one};
pub use people::{Adder, add, end as end_person};
pub use register::{Registered, end, register};
pub use seen::seen;
pub use staff::{Asked, Cleared, Listed, Opened, Task, asked, list, opened, units_of};
pub use task::{end as end_task, find, write as write_task};

use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Tx, Value},
    decision::measures,
    identity::mandates::Client,
    outbox,
    rules::Rules,
    visits::sessions::rows::date,
};

/// The outbox kind of a neutral letter to whoever asked: the unit has answered.
pub const NEWS: &str = "visits.organisation";

/// To whom.
#[derive(Debug, serde::Deserialize, serde::Serialize)]
pub struct News {
    pub person: String,
}

async fn news(ctx: &Ctx, tx: &mut Tx, person: &str) -> Result<()> {
    outbox::Job::new(ctx, NEWS, &News { person: person.to_owned() })?.save(tx).await
}

/// There is none of these for whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden;

fn broken() -> Error {
    Error::Broken("an organisation")
}

fn public<T>(stored: &str) -> Result<Public<T>> {
    Public::parse(stored).ok_or_else(broken)
}

fn kind(stored: &str) -> Result<OrganisationKind> {
    OrganisationKind::parse(stored).ok_or_else(broken)
}

fn task_state(state: &str, refusal: Option<&str>) -> Result<TaskState> {
    TaskState::stored(state, refusal).ok_or_else(broken)
}

/// Where the name of one of its people is sealed.
fn place(person: &str) -> String {
    format!("organisation/person/{person}")
}

/// The first instant after this day.
fn over(last: CivilDate) -> Instant {
    Instant::of_wall(last.plus_days(1), Clock(0))
}

fn name_of(ctx: &Ctx, person: &str, sealed: &[u8]) -> Result<String> {
    Ok(String::from_utf8_lossy(&ctx.vault.open(&place(person), sealed)?).into_owned())
}

/// What she asked for is sealed here, under her key.
fn body_place(task: &str) -> String {
    format!("organisation/task/{task}")
}

/// For which organisation somebody comes, and how its visits are watched.
#[derive(Clone, Debug)]
pub(in crate::visits) struct ForIt {
    pub organisation: Id<Organisation>,
    /// A ban is in its way only where the order says so.
    pub authority: bool,
    pub measures: Vec<Measure>,
}

/// Somebody it is to meet, and where he is. Found by [`ENTITLED`].
#[derive(sqlx::FromRow)]
pub(in crate::visits) struct EntitledRow {
    inmate_id: String,
    inmate_public: String,
    inmate_name: String,
    /// None: he is in no unit that has cleared it.
    unit_id: Option<String>,
    unit_name: Option<String>,
    unit_phone: Option<String>,
    task_to: String,
    person_to: String,
    cleared_to: Option<String>,
    measures: String,
    organisation_id: String,
    authority: i64,
}

impl EntitledRow {
    fn until(&self) -> Result<CivilDate> {
        let task = date(&self.task_to)?;
        let cleared = self.cleared_to.as_deref().map_or(Ok(task), date)?;
        Ok(stands_to([task, date(&self.person_to)?, cleared]))
    }

    pub fn parts(self) -> Result<(Client, ForIt)> {
        let valid_to = self.until()?.iso();
        let for_it = ForIt {
            organisation: Id::new(self.organisation_id),
            authority: self.authority == 1,
            measures: measures(&self.measures),
        };
        let client = Client {
            inmate_id: self.inmate_id,
            inmate_name: self.inmate_name,
            unit_id: self.unit_id,
            unit_name: self.unit_name,
            unit_phone: self.unit_phone,
            valid_to,
        };
        Ok((client, for_it))
    }
}

/// What [`ENTITLED`] is asked with, for all or for one; none below the high level.
pub(in crate::visits) fn entitling(
    who: &Citizen,
    of: &Public<Organisation>,
    inmate: Option<&Public<Inmate>>,
    now: Instant,
) -> Option<Vec<Value>> {
    let inmate = inmate.map(Public::as_str);
    (who.level >= Level::High).then(|| args![&who.person, of, now.date(), inmate])
}

/// The furthest day until which a unit clears one, somebody comes for it, or it meets somebody.
pub async fn last_day(ctx: &Ctx) -> Result<CivilDate> {
    let today = ctx.now().date();
    Ok(today.plus_days(Rules::on(&ctx.db, today).await?.days("organisations.days")?))
}

/// Visits ahead that it has booked are looked at again.
async fn recheck(tx: &mut Tx, organisation: &str, today: CivilDate) -> Result<()> {
    tx.later(RECHECK, args![organisation, today]).await
}

/// What entitles all together: she is one of its own, the unit where he is has cleared it, and it is to meet him.
pub const ENTITLED: &str = "SELECT i.id AS inmate_id, i.public_id AS inmate_public, i.name AS inmate_name, c.unit_id, u.name AS unit_name, \
    u.phone AS unit_phone, t.valid_to AS task_to, m.valid_to AS person_to, c.valid_to AS cleared_to, \
    COALESCE(c.measures, '') AS measures, o.id AS organisation_id, o.authority FROM organisation o \
    JOIN organisation_person m ON m.organisation_id = o.id AND m.ended_at IS NULL AND m.valid_to >= $3 \
    JOIN person_number n ON n.hash = m.number_hash JOIN organisation_task t ON t.organisation_id = o.id \
    AND t.state = 'standing' AND t.valid_to >= $3 JOIN inmate i ON i.id = t.inmate_id \
    LEFT JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL LEFT JOIN organisation_clearance c \
    ON c.organisation_id = o.id AND c.unit_id = p.unit_id AND c.ended_at IS NULL AND $3 BETWEEN c.valid_from AND c.valid_to \
    LEFT JOIN unit u ON u.id = c.unit_id WHERE n.person_id = $1 AND o.public_id = $2 \
    AND (CAST($4 AS TEXT) IS NULL OR i.public_id = $4) ORDER BY i.sort_name, i.id LIMIT 300";
pub const RECHECK: &str =
    "UPDATE booking SET checked_on = '' WHERE organisation_id = $1 AND state = 'booked' AND date >= $2";
