//! The compartment's own audit stream. What staff read of her is a row here before it is read, and a line on her page.

use domain::kernel::Id;

use super::Recipient;
use crate::{
    Result, audit,
    ctx::{Actor, Ctx},
    db::Tx,
};

pub(super) const ABOUT: &str = "notice_recipient";

pub(super) fn entry(ctx: &Ctx, actor: &Actor, action: &'static str) -> audit::Entry {
    audit::Entry::new(ctx, actor, action).in_stream(audit::NOTICES)
}

/// Something was done about this recipient.
pub(super) async fn note(
    tx: &mut Tx,
    ctx: &Ctx,
    actor: &Actor,
    (action, recipient): (&'static str, &Id<Recipient>),
    detail: &str,
) -> Result<()> {
    entry(ctx, actor, action).about(ABOUT, recipient).detail(detail).save(tx).await
}
