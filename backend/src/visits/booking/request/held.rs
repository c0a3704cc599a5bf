//! What is held of somebody because she has asked for a visit.

use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

#[derive(sqlx::FromRow)]
struct RequestRow {
    reference: String,
    unit_name: String,
    kind: String,
    starts_at: i64,
    ends_at: i64,
    asked_at: i64,
    expires_at: i64,
    state: String,
    decided_at: Option<i64>,
    reason: Option<String>,
}

/// What she has asked for. Why it was looked at is about the unit.
pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<RequestRow> = ctx.db.all(REQUESTS, args![&who.person]).await?;
    let thing = |row: RequestRow| {
        let reason = row.reason.filter(|_| row.state == "rejected");
        Thing::new(Kind::VisitRequest)
            .reference(&row.reference)
            .text(Name::Unit, row.unit_name)
            .code(Name::VisitKind, Set::VisitKind, row.kind)
            .at(Name::Starts, row.starts_at)
            .at(Name::Ends, row.ends_at)
            .at(Name::Asked, row.asked_at)
            .at(Name::Due, row.expires_at)
            .code(Name::State, Set::VisitRequest, row.state)
            .at(Name::StateAt, row.decided_at)
            .code(Name::Why, Set::CancelReason, reason)
    };
    Ok(rows.into_iter().map(thing).collect())
}

pub const REQUESTS: &str = "SELECT q.reference, u.name AS unit_name, q.kind, q.starts_at, q.ends_at, q.asked_at, q.expires_at, \
    q.state, q.decided_at, q.reason FROM visit_request q JOIN unit u ON u.id = q.unit_id WHERE q.person_id = $1 \
    ORDER BY q.asked_at DESC, q.id DESC";
