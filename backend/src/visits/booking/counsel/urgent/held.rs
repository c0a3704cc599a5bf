//! What is held of a lawyer because something was urgent to her.

use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

#[derive(sqlx::FromRow)]
struct Row {
    reason: String,
    asked_at: i64,
    due_at: i64,
    state: String,
    decided_at: Option<i64>,
    refusal: Option<String>,
}

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<Row> = ctx.db.all(URGENT, args![&who.person]).await?;
    let thing = |row: Row| {
        Thing::new(Kind::VisitUrgent)
            .code(Name::Kind, Set::Urgent, row.reason)
            .at(Name::Asked, row.asked_at)
            .at(Name::Due, row.due_at)
            .code(Name::State, Set::UrgentState, row.state)
            .at(Name::StateAt, row.decided_at)
            .code(Name::Why, Set::UrgentNo, row.refusal)
    };
    Ok(rows.into_iter().map(thing).collect())
}

pub const URGENT: &str = "SELECT reason, asked_at, due_at, state, decided_at, refusal FROM urgent_room WHERE person_id = $1 \
    ORDER BY asked_at DESC, id DESC";
