//! The one place that knows all that is erased by its age: each slice supplies its own kinds. Once a night, in the small hours.

#[cfg(test)]
mod tests;

use domain::kernel::Clock;

use crate::{
    Result, blobs, corrections,
    ctx::Ctx,
    custody, delivery, identity,
    keeping::{self, Kind},
    messages, notices, outbox, visits,
};

/// When the night begins, by the clock in Oslo: two o'clock.
const BEGINS: Clock = Clock(2 * 60);

/// Of every slice. What points at others comes first.
const KINDS: &[&[Kind]] = &[
    visits::keeping::KINDS,
    corrections::keeping::KINDS,
    messages::keeping::KINDS,
    custody::keeping::KINDS,
    identity::keeping::KINDS,
    delivery::keeping::KINDS,
    outbox::keeping::KINDS,
    blobs::keeping::KINDS,
    notices::keeping::KINDS,
];

/// All of them.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().flat_map(|kinds| kinds.iter())
}

/// Erases what is old, if this night has begun and nobody has done it; for the worker. Tells how much.
pub async fn tonight(ctx: &Ctx) -> Result<i64> {
    let (now, day) = (ctx.now(), ctx.now().date());
    if now.clock() < BEGINS || !keeping::begin(ctx, day).await? {
        return Ok(0);
    }
    let mut erased = 0;
    for kind in kinds() {
        erased += keeping::erase(ctx, kind).await?;
    }
    keeping::end(ctx, day, erased).await?;
    Ok(erased)
}
