//! What is held of whoever comes for an organisation: that she does, and what she has asked for.

use domain::visits::organisations::AskedFor;

use super::{body_place, broken};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

#[derive(sqlx::FromRow)]
struct ComesFor {
    name: String,
    added_at: i64,
    valid_to: String,
    ended_at: Option<i64>,
    opened_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct TaskRow {
    id: String,
    organisation: String,
    unit_name: String,
    asked_at: i64,
    state: String,
    refusal: Option<String>,
    decided_at: Option<i64>,
    body: Vec<u8>,
    subject_key: Vec<u8>,
}

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let mut things = vec![];
    let rows: Vec<ComesFor> = ctx.db.all(COMES_FOR, args![&who.person]).await?;
    for row in rows {
        let thing = Thing::new(Kind::Organisation).text(Name::Name, row.name).at(Name::Added, row.added_at);
        let thing = thing.on(Name::Until, row.valid_to)?.at(Name::Ends, row.ended_at);
        things.push(thing.at(Name::Opened, row.opened_at));
    }
    let rows: Vec<TaskRow> = ctx.db.all(ASKED, args![&who.person]).await?;
    for row in rows {
        things.push(task(ctx, who, row)?);
    }
    Ok(things)
}

fn task(ctx: &Ctx, who: &Citizen, row: TaskRow) -> Result<Thing> {
    let key = ctx.vault.subject_from(who.person.as_str(), &row.subject_key)?;
    let plain = key.open(&body_place(&row.id), &row.body)?;
    let asked: AskedFor = serde_json::from_slice(&plain).map_err(|_| broken())?;
    let born = Some(asked.born).filter(|born| !born.is_empty());
    let thing = Thing::new(Kind::OrganisationTask)
        .text(Name::For, row.organisation)
        .text(Name::Unit, row.unit_name)
        .text(Name::Whom, asked.name)
        .on(Name::WhomBorn, born)?
        .text(Name::Words, asked.why)
        .at(Name::Asked, row.asked_at)
        .code(Name::State, Set::OrganisationTask, row.state)
        .at(Name::StateAt, row.decided_at)
        .code(Name::Why, Set::OrganisationNo, row.refusal);
    Ok(thing)
}

pub const COMES_FOR: &str = "SELECT o.name, m.added_at, m.valid_to, m.ended_at, m.opened_at FROM organisation_person m JOIN person_number n \
    ON n.hash = m.number_hash JOIN organisation o ON o.id = m.organisation_id WHERE n.person_id = $1 ORDER BY m.added_at DESC, m.id DESC";
pub const ASKED: &str = "SELECT t.id, o.name AS organisation, u.name AS unit_name, t.asked_at, t.state, t.refusal, t.decided_at, t.body, \
    k.sealed AS subject_key FROM organisation_task t JOIN organisation o ON o.id = t.organisation_id JOIN unit u ON u.id = t.unit_id \
    JOIN subject_key k ON k.subject_id = t.asked_by WHERE t.asked_by = $1 ORDER BY t.asked_at DESC, t.id DESC";
