//! What is held of a lawyer because she wanted to bring somebody or something.

use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

#[derive(sqlx::FromRow)]
struct Row {
    reference: String,
    what: String,
    detail: String,
    asked_at: i64,
    state: String,
    decided_at: Option<i64>,
    reason: Option<String>,
}

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<Row> = ctx.db.all(BROUGHT, args![&who.person]).await?;
    let thing = |row: Row| {
        Thing::new(Kind::VisitBring)
            .reference(&row.reference)
            .code(Name::Kind, Set::Bring, row.what)
            .text(Name::Words, row.detail)
            .at(Name::Asked, row.asked_at)
            .code(Name::State, Set::BringState, row.state)
            .at(Name::StateAt, row.decided_at)
            .code(Name::Why, Set::BringReason, row.reason)
    };
    Ok(rows.into_iter().map(thing).collect())
}

pub const BROUGHT: &str = "SELECT b.reference, x.what, x.detail, x.asked_at, x.state, x.decided_at, x.reason FROM visit_bring x \
    JOIN booking b ON b.id = x.booking_id WHERE b.person_id = $1 ORDER BY x.asked_at DESC, x.id DESC";
