//! Somebody in her units, found with a reason. What was searched for is not written down.

use domain::{inmates::may_open, kernel::NationalId};

use super::units;
use crate::{
    Result, audit,
    ctx::{Actor, Ctx, Staff},
    custody::finding::{Found, by_name, by_number, part_of},
    visits::clearance::LookReason,
};

/// By a part of the name, or by the whole number.
pub async fn search(ctx: &Ctx, staff: &Staff, text: &str, reason: LookReason) -> Result<Vec<Found>> {
    if !may_open(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "inmate_search");
    audit::record(ctx, entry.because(reason.code())).await?;
    if let Ok(number) = NationalId::parse(text) {
        let hash = ctx.vault.fingerprint("national_id", number.expose());
        return by_number(ctx, units(staff), hash).await;
    }
    match part_of(text) {
        Some(part) => by_name(ctx, units(staff), &part).await,
        None => Ok(vec![]),
    }
}
