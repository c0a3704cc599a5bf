//! What is held of the letters that went to a person, or that found no address of hers.

use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

/// Newest first.
pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<(String, i64, Option<String>)> = ctx.db.all(HELD, args![&who.person]).await?;
    let thing = |(kind, at, outcome): (String, i64, Option<String>)| {
        let thing = Thing::new(Kind::Delivery).code(Name::About, Set::Mail, kind).at(Name::At, at);
        thing.code(Name::Outcome, Set::Delivery, outcome)
    };
    Ok(rows.into_iter().map(thing).collect())
}

pub const HELD: &str = "SELECT kind, intent_at, outcome FROM delivery WHERE person_id = $1 \
    ORDER BY intent_at DESC, outbox_id DESC";
