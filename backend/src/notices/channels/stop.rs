//! Stopping one channel, or everything.

use domain::kernel::{Id, Instant, Public};

use super::{Answer, Refusal, WAITS, Waits};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Visitor},
    db::{Command, Tx},
    notices::{
        Channel, Recipient, sessions,
        tasks::{self, Desk, TaskKind},
        trail,
    },
    rules::Rules,
};

/// Stops a channel: at once, but for the last one, which is the same as switching everything off. `unsafe_now`: not one
/// byte more goes there.
pub async fn stop(
    ctx: &Ctx,
    visitor: &Visitor,
    public: &Public<Channel>,
    unsafe_now: bool,
) -> Result<Option<Answer<Stopped>>> {
    let Some(recipient) = sessions::recipient(visitor) else { return Ok(None) };
    if !visitor.has_proved_herself(ctx.now()) {
        return Ok(Some(Err(Refusal::Prove)));
    }
    let actor = Actor::Visitor(visitor.clone());
    let stop =
        Stop { ctx: ctx.clone(), actor, recipient, public: public.clone(), unsafe_now, now: ctx.now() };
    Ok(ctx.db.write(stop).await?.map(Ok))
}

/// What stopping did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    AtOnce,
    /// It was the last: until then it goes on, and her officer rings.
    On(Instant),
}

struct Stop {
    ctx: Ctx,
    actor: Actor,
    recipient: Id<Recipient>,
    public: Public<Channel>,
    unsafe_now: bool,
    now: Instant,
}

impl Command for Stop {
    type Out = Option<Stopped>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Waits> = tx.optional(WAITS, args![&self.public, &self.recipient]).await?;
        let Some(row) = row else { return Ok(None) };
        let id: Id<Channel> = Id::new(row.id.as_str());
        let (others,): (i64,) = tx.one(OTHER_CONFIRMED, args![&self.recipient, &id]).await?;
        let last = row.state == "confirmed" && others == 0;
        if last {
            let off = all_off(tx, &self.ctx, &self.actor, &self.recipient, self.now).await?;
            if !self.unsafe_now {
                return Ok(Some(Stopped::On(off)));
            }
        }
        // One neutral word that it will be quiet here; never to a place that is not safe, or was never hers.
        let farewell = (row.state == "confirmed" && !self.unsafe_now).then_some(self.now);
        tx.later(STOP, args![farewell, &id]).await?;
        trail::note(tx, &self.ctx, &self.actor, ("notice.channel_stopped", &self.recipient), "").await?;
        Ok(Some(Stopped::AtOnce))
    }
}

/// Everything off: it waits, and her officer rings her to hear whether it was she.
pub(in crate::notices) async fn all_off(
    tx: &mut Tx,
    ctx: &Ctx,
    actor: &Actor,
    recipient: &Id<Recipient>,
    now: Instant,
) -> Result<Instant> {
    let days = Rules::within(tx, now.date()).await?.days("notices.all_off_days")?;
    let off = now.plus_days(days);
    tx.later(ALL_OFF, args![off, recipient]).await?;
    let (at,): (i64,) = tx.one(OFF_AT, args![recipient]).await?;
    let task = tasks::Open {
        kind: TaskKind::AllOff,
        about: recipient.as_str(),
        recipient: Some(recipient),
        desk: Desk::Officer,
        deadline: Instant(at),
    };
    tasks::open(tx, ctx, task, now).await?;
    trail::note(tx, ctx, actor, ("notice.all_off", recipient), "").await?;
    Ok(Instant(at))
}

pub const OTHER_CONFIRMED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_channel WHERE recipient_id = $1 AND id <> $2 \
    AND state = 'confirmed'";
pub const STOP: &str = "UPDATE notice_channel SET state = 'stopped', code_hash = NULL, code_sealed = NULL, \
    code_due_at = $1 WHERE id = $2";
pub const ALL_OFF: &str = "UPDATE notice_recipient SET all_off_at = COALESCE(all_off_at, $1) WHERE id = $2";
pub const OFF_AT: &str = "SELECT all_off_at FROM notice_recipient WHERE id = $1";
