//! What is held of somebody because no letter reached her.

use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

#[derive(sqlx::FromRow)]
struct Row {
    since: i64,
    tries: i64,
    state: String,
    done_at: Option<i64>,
}

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<Row> = ctx.db.all(UNREACHED, args![&who.person]).await?;
    let thing = |row: Row| {
        Thing::new(Kind::Unreached)
            .at(Name::Since, row.since)
            .number(Name::Count, row.tries)
            .code(Name::State, Set::UnreachedState, row.state)
            .at(Name::StateAt, row.done_at)
    };
    Ok(rows.into_iter().map(thing).collect())
}

pub const UNREACHED: &str =
    "SELECT since, tries, state, done_at FROM unreached WHERE person_id = $1 ORDER BY since DESC, id DESC";
