//! What is held of what a person has done here. Of the general stream alone.

use super::GENERAL;
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

/// Newest first.
pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<(i64, String)> = ctx.db.all(HELD, args![&who.person, GENERAL]).await?;
    let thing = |(at, action): (i64, String)| {
        Thing::new(Kind::Act).at(Name::At, at).code(Name::Action, Set::Action, action)
    };
    Ok(rows.into_iter().map(thing).collect())
}

pub const HELD: &str = "SELECT at, action FROM audit WHERE actor_kind = 'citizen' AND actor_id = $1 AND stream = $2 \
    ORDER BY at DESC, id DESC";
