//! An address that was held is let go: her officer has found it safe. Its code is sent, and it counts once that has come
//! back. Until then nobody who shares it has heard anything.

use domain::kernel::{Id, Instant};

use super::Code;
use crate::{Result, args, ctx::Ctx, db::Tx, notices::Channel, rules::Rules};

/// What is no longer held is left as it is.
pub(in crate::notices) async fn release(
    tx: &mut Tx,
    ctx: &Ctx,
    channel: &Id<Channel>,
    code: &str,
    now: Instant,
) -> Result<()> {
    let minutes = Rules::within(tx, now.date()).await?.days("notices.code_minutes")?;
    let code = Code::of(ctx, channel, code)?;
    let values = args![code.hash, code.sealed, now.plus_minutes(minutes), now, channel];
    tx.later(RELEASE, values).await
}

pub const RELEASE: &str = "UPDATE notice_channel SET state = 'unconfirmed', code_hash = $1, code_sealed = $2, \
    code_expires_at = $3, code_tries = 0, code_due_at = $4, code_number = code_number + 1 WHERE id = $5 AND state = 'held'";
