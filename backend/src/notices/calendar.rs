//! What falls due by the clock: everything off, a channel unconfirmed for half a year, and the pages of a task that nobody
//! has taken.

use std::sync::Arc;

use domain::{
    kernel::{Id, Instant},
    notices::Page,
};

use super::{
    Recipient,
    ladder::{ChannelKind, Out, Said, ToSend},
    rules,
    tasks::{self, Desk, TaskKind},
    trail,
};
use crate::{
    Result, args,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// Switches off what has waited its days, and asks for old channels. Tells how many were touched.
pub async fn tend(ctx: &Ctx) -> Result<u64> {
    ctx.db.write(Tend { ctx: ctx.clone(), now: ctx.now() }).await
}

struct Tend {
    ctx: Ctx,
    now: Instant,
}

impl Command for Tend {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        let (ctx, now) = (&self.ctx, self.now);
        let off: Vec<(String,)> = tx.all(OFF, args![now]).await?;
        for (id,) in &off {
            let recipient: Id<Recipient> = Id::new(id.as_str());
            tx.later(DECLINES, args![now, &recipient]).await?;
            tx.later(QUIET, args![&recipient]).await?;
            tx.later(IS_OFF, args![&recipient]).await?;
            tx.later(LOOK_AGAIN, args![now, &recipient]).await?;
            trail::note(tx, ctx, &Actor::System, ("notice.off", &recipient), "").await?;
        }
        let days = Rules::within(tx, now.date()).await?.days("notices.reconfirm_days")?;
        let old: Vec<(String, String)> = tx.all(OLD, args![now.plus_days(-days), now]).await?;
        for (channel, recipient) in &old {
            let recipient: Id<Recipient> = Id::new(recipient.as_str());
            let task = tasks::Open {
                kind: TaskKind::Reconfirm,
                about: channel,
                recipient: Some(&recipient),
                desk: Desk::Officer,
                deadline: now.plus_days(14),
            };
            tasks::open(tx, ctx, task, now).await?;
        }
        Ok((off.len() + old.len()) as u64)
    }
}

/// Pages for tasks that nobody has taken: the first duty telephone, the second, the leader, and the leader again.
pub async fn page<O: Out>(ctx: &Ctx, out: &Arc<O>) -> Result<usize> {
    let pages = ctx.db.write(Take { now: ctx.now() }).await?;
    let phones = ctx.settings.notices.duty_phones();
    for (task, paged) in &pages {
        let whom = match paged {
            ..=1 => Page::First,
            2 => Page::Second,
            _ => Page::Leader,
        };
        let phone = match whom {
            Page::First => phones.first(),
            Page::Second => phones.get(1),
            Page::Leader => phones.last(),
        };
        let Some(phone) = phone else { continue };
        let letter = ToSend {
            key: format!("page-{task}-{paged}"),
            kind: ChannelKind::Sms,
            to: phone.clone(),
            said: Said::Page,
        };
        let outcome = out.send(ctx, &letter).await;
        tracing::warn!(paged, ?outcome, "a task on the duty desk was taken by nobody");
    }
    metrics::counter!("varde_notice_pages").increment(pages.len() as u64);
    Ok(pages.len())
}

struct Take {
    now: Instant,
}

impl Command for Take {
    type Out = Vec<(String, i64)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let every = rules::numbers(&Rules::within(tx, self.now.date()).await?)?.page;
        tx.all(PAGE, args![self.now.plus_minutes(every), self.now]).await
    }
}

pub const OFF: &str = "SELECT id FROM notice_recipient WHERE all_off_at <= $1 ORDER BY id LIMIT 100";
pub const DECLINES: &str = "UPDATE notice_party SET wish = 'declines', wished_at = $1, version = version + 1 \
    WHERE recipient_id = $2 AND wish = 'wants'";
pub const QUIET: &str = "UPDATE notice_channel SET state = 'stopped', code_hash = NULL, code_sealed = NULL, code_due_at = NULL \
    WHERE recipient_id = $1";
pub const IS_OFF: &str = "UPDATE notice_recipient SET all_off_at = NULL, version = version + 1 WHERE id = $1";
pub const LOOK_AGAIN: &str = "UPDATE notice_matter SET due_at = $1 WHERE (due_at IS NOT NULL OR assessment = 'open' OR EXISTS \
    (SELECT 1 FROM notice_obligation o WHERE o.matter_id = notice_matter.id AND o.state = 'open')) AND party_id IN \
    (SELECT id FROM notice_party WHERE recipient_id = $2)";
pub const OLD: &str = "UPDATE notice_channel SET doubted_at = $2 WHERE state = 'confirmed' AND confirmed_at < $1 \
    AND doubted_at IS NULL RETURNING id, recipient_id";
pub const PAGE: &str = "UPDATE notice_task SET paged = paged + 1, pages_at = $1 WHERE pages_at <= $2 AND duty = 'nobodys' \
    RETURNING id, paged";
