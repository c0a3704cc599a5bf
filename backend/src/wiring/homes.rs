//! Those at home: the invitation to answer, and the desk that hears of it when one of them is not safe.

use domain::access::Unit;

use super::{Desk, Letter};
use crate::{
    Result,
    consents::{self, Alarm, Alarmed, Invite},
    ctx::{Ctx, FALLBACK},
    db::Tx,
    delivery::{self, Outgoing, Problem},
    messages::worry,
    outbox::Claimed,
};

/// The duty desk, which takes every worry in.
#[derive(Clone, Copy, Debug)]
pub struct DutyDesk;

impl Alarm for DutyDesk {
    async fn unsafe_at_home(&self, tx: &mut Tx, ctx: &Ctx, alarmed: &Alarmed) -> Result<()> {
        let unit: &domain::kernel::Id<Unit> = &alarmed.unit;
        let told = (alarmed.name.as_str(), alarmed.words.as_str(), alarmed.contact.as_deref());
        worry::tell_within(tx, ctx, unit, told).await
    }
}

/// To the address that an officer was given. It says that there is something to answer, and nothing else.
pub(super) async fn invite(
    desk: &Desk<'_>,
    job: &Claimed,
    invite: &Invite,
) -> std::result::Result<(), Problem> {
    let Some(to) = consents::invitation(desk.ctx, invite).await? else { return Ok(()) };
    let reader = desk.reader(FALLBACK, false);
    let words = desk.words.write(&reader, &Letter::Asked);
    let outgoing = Outgoing::new(&job.kind, reader.locale, to, words)?;
    delivery::send(desk.ctx, desk.mailer, job, None, &outgoing).await.map(|_| ())
}
