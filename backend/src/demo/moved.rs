//! Somebody was moved from a mild unit to a strict one: the leave of whoever visits him waits there for somebody to look at it.

use domain::{
    access::Unit,
    kernel::{Id, Instant},
};

use crate::{
    Result, args,
    ctx::Ctx,
    custody::inmates::PLACE,
    db::{Command, Tx},
    identity::arrival::UNIT_BY_SLUG,
    visits::{booking, clearance},
};

const TO: &str = "lyngmo";

/// Once.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let found: Option<(String,)> = ctx.db.optional(CHOSEN, vec![]).await?;
    let Some((inmate,)) = found else { return Ok(()) };
    let (unit,): (String,) = ctx.db.one(UNIT_BY_SLUG, args![TO]).await?;
    let command =
        Move { inmate: inmate.clone(), unit: Id::new(unit), stay: ctx.chance.id(ctx.now()), now: ctx.now() };
    ctx.db.write(command).await?;
    clearance::carry(ctx, &inmate).await?;
    booking::cancel_left(ctx, &inmate).await
}

struct Move {
    inmate: String,
    unit: Id<Unit>,
    stay: Id<Move>,
    now: Instant,
}

impl Command for Move {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(LEAVES, args![self.now, &self.inmate]).await?;
        tx.later(PLACE, args![&self.stay, &self.inmate, &self.unit, self.now]).await
    }
}

pub const CHOSEN: &str = "SELECT a.inmate_id FROM application a JOIN unit u ON u.id = a.unit_id JOIN placement p \
    ON p.inmate_id = a.inmate_id AND p.unit_id = a.unit_id AND p.ended_at IS NULL WHERE u.slug = 'havvik' AND a.state = 'decided' \
    AND EXISTS (SELECT 1 FROM clearance c WHERE c.application_id = a.id AND c.outcome = 'granted') \
    AND NOT EXISTS (SELECT 1 FROM application x WHERE x.carried_at IS NOT NULL) ORDER BY a.submitted_at, a.id LIMIT 1";
pub const LEAVES: &str =
    "UPDATE placement SET ended_at = $1, leaves_at = $1 WHERE inmate_id = $2 AND ended_at IS NULL";
