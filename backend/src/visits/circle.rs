//! Whether a number is that of somebody who visits an inmate or has asked to. Yes or no; who asks, and why, is not said.

use crate::{Result, args, ctx::Ctx, db::Tx};

pub async fn is_of(tx: &mut Tx, ctx: &Ctx, inmate: &str, number: &str) -> Result<bool> {
    let hash = ctx.vault.fingerprint("national_id", number);
    Ok(tx.optional::<(String,)>(OF_HIM, args![inmate, hash]).await?.is_some())
}

/// Whatever became of it: who was refused or has withdrawn stands on his side as well.
pub const OF_HIM: &str = "SELECT n.person_id FROM person_number n WHERE n.hash = $2 AND (EXISTS \
    (SELECT 1 FROM application a WHERE a.person_id = n.person_id AND a.inmate_id = $1) OR EXISTS \
    (SELECT 1 FROM clearance c WHERE c.person_id = n.person_id AND c.inmate_id = $1))";
