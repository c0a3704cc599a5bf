//! The worker of the ladder. It claims what is due, writes down what it is about to do, does it, writes down what came of
//! it; each step is one transaction, so that a worker killed anywhere leaves a row from which another goes on, with the
//! same key towards the provider. Only obligation and channel make a key: an outcome is never taken for another's.

use std::sync::Arc;

use domain::{
    kernel::{Id, Instant},
    notices::{Action, Outcome},
};
use tokio::task::JoinSet;

pub use super::out::{ChannelKind, Out, Said, ToSend};

use super::{
    Channel, Duty, MatterRow, Profile, Recipient, channels, rules,
    stored::{self, Loaded},
    tasks::{self, Desk, TaskKind},
    trail,
};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// How many matters one worker takes at once.
const AT_ONCE: i64 = 32;
/// So long nobody else takes them, in seconds.
const LEASE: i64 = 60;

/// Takes some of the matters that are due and brings each a step on. Tells how many it took.
pub async fn work_once<O: Out>(ctx: &Ctx, out: &Arc<O>) -> Result<usize> {
    let lease = ctx.chance.token();
    let claimed: Vec<(String,)> = ctx.db.write(Claim { now: ctx.now(), lease: lease.clone() }).await?;
    let mut all = JoinSet::new();
    for (id,) in &claimed {
        let (ctx, out, id) = (ctx.clone(), out.clone(), Id::<MatterRow>::new(id.as_str()));
        all.spawn(async move { bring_on(&ctx, &*out, id).await });
    }
    let mut failed = None;
    while let Some(done) = all.join_next().await {
        match done {
            Ok(Ok(())) => {}
            Ok(Err(error)) => failed = Some(error),
            Err(_) => failed = Some(Error::Broken("a step of the ladder panicked")),
        }
    }
    failed.map_or(Ok(claimed.len()), Err)
}

async fn bring_on<O: Out>(ctx: &Ctx, out: &O, id: Id<MatterRow>) -> Result<()> {
    let sends = ctx.db.write(Step { ctx: ctx.clone(), id: id.clone(), now: ctx.now() }).await?;
    for send in sends {
        let outcome = out.send(ctx, &send.letter).await;
        metrics::counter!("varde_notice_texts", "outcome" => outcome_code(outcome)).increment(1);
        let now = ctx.now();
        ctx.db.write(Came { ctx: ctx.clone(), id: id.clone(), send, outcome, now }).await?;
    }
    Ok(())
}

fn outcome_code(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Failed => "failed",
        Outcome::Refused => "refused",
    }
}

struct Claim {
    now: Instant,
    lease: String,
}

impl Command for Claim {
    type Out = Vec<(String,)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        tx.all(CLAIM, args![&self.lease, self.now.plus_seconds(LEASE), self.now, AT_ONCE]).await
    }
}

/// A text whose intent is written.
#[derive(Clone)]
struct Intended {
    duty: Id<Duty>,
    version: u32,
    place: u8,
    n: u16,
    channel: Id<Channel>,
    letter: ToSend,
}

/// Writes down what is about to be done for one matter.
struct Step {
    ctx: Ctx,
    id: Id<MatterRow>,
    now: Instant,
}

impl Command for Step {
    type Out = Vec<Intended>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<Intended>> {
        let (ctx, now) = (&self.ctx, self.now);
        let mut loaded = stored::load(tx, ctx, &self.id).await?;
        let wanted: Option<(String,)> = tx.optional(WANTED, args![&loaded.party]).await?;
        if wanted.is_none() {
            loaded.matter.not_wanted(now);
        }
        if loaded.matter.assessment.climbs(now) {
            loaded.matter.assessment.climbed();
        }
        let mut sends = Vec::new();
        for action in due(&mut loaded, now) {
            match action {
                Action::OpenCall => {
                    loaded.matter.current().map(|duty| duty.open_call(now));
                }
                Action::Send { channel } => sends.extend(self.intend(tx, &mut loaded, channel).await?),
            }
        }
        loaded.save(tx, ctx, now).await?;
        Ok(sends)
    }
}

fn due(loaded: &mut Loaded, now: Instant) -> Vec<Action> {
    let safe = loaded.safe.clone();
    loaded.matter.current().map(|duty| duty.due(now, &safe)).unwrap_or_default()
}

impl Step {
    async fn intend(&self, tx: &mut Tx, loaded: &mut Loaded, place: u8) -> Result<Option<Intended>> {
        let (now, safe) = (self.now, loaded.safe.clone());
        let Some(version) = loaded.matter.obligations.last().map(|(version, _)| *version) else {
            return Ok(None);
        };
        let Some(id) = loaded.duty_id(version).cloned() else { return Ok(None) };
        let Some(n) = loaded.matter.current().and_then(|duty| duty.intend(place, now, &safe)) else {
            return Ok(None);
        };
        let row: ChannelRow = tx.one(CHANNEL, args![&id, i64::from(place)]).await?;
        tx.later(INTENT, args![&id, i64::from(place), i64::from(n), now]).await?;
        let kind = ChannelKind::parse(&row.kind).ok_or(Error::Broken("kind of a channel"))?;
        let channel: Id<Channel> = Id::new(row.id.as_str());
        if row.state != "confirmed" {
            // She has stopped it since.
            refuse(tx, loaded, (&id, place, n), now).await?;
            return Ok(None);
        }
        let profile = Profile::of(tx, &self.ctx, &loaded.recipient).await?;
        let letter = ToSend {
            key: format!("{id}-{place}-{n}"),
            kind,
            to: channels::opened(&self.ctx, &channel, &row.address)?,
            said: Said::Neutral { choice: profile.text, locale: profile.language() },
        };
        Ok(Some(Intended { duty: id, version, place, n, channel, letter }))
    }
}

async fn refuse(
    tx: &mut Tx,
    loaded: &mut Loaded,
    (id, place, n): (&Id<Duty>, u8, u16),
    now: Instant,
) -> Result<()> {
    let numbers = rules::numbers(&Rules::within(tx, now.date()).await?)?;
    if let Some(duty) = loaded.matter.current() {
        duty.outcome(place, n, Outcome::Refused, now, &numbers);
    }
    let values = args![outcome_code(Outcome::Refused), now, id, i64::from(place), i64::from(n)];
    tx.later(OUTCOME, values).await
}

/// What came of a text.
struct Came {
    ctx: Ctx,
    id: Id<MatterRow>,
    send: Intended,
    outcome: Outcome,
    now: Instant,
}

impl Command for Came {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (ctx, now, send) = (&self.ctx, self.now, &self.send);
        let code = outcome_code(self.outcome);
        let values = args![code, now, &send.duty, i64::from(send.place), i64::from(send.n)];
        tx.later(OUTCOME, values).await?;
        let mut loaded = stored::load(tx, ctx, &self.id).await?;
        let numbers = rules::numbers(&Rules::within(tx, now.date()).await?)?;
        let duty = loaded.matter.obligations.iter_mut().find(|(version, _)| *version == send.version);
        if let Some((_, duty)) = duty {
            duty.outcome(send.place, send.n, self.outcome, now, &numbers);
        }
        loaded.save(tx, ctx, now).await?;
        if self.outcome == Outcome::Refused {
            bounced(tx, ctx, &loaded.recipient, &send.channel, now).await?;
        }
        Ok(())
    }
}

/// The address will never do: its channel is dead, and her officer is to find another way.
pub(super) async fn bounced(
    tx: &mut Tx,
    ctx: &Ctx,
    recipient: &Id<Recipient>,
    channel: &Id<Channel>,
    now: Instant,
) -> Result<()> {
    tx.later(DEAD, args![channel]).await?;
    let task = tasks::Open {
        kind: TaskKind::Bounce,
        about: channel.as_str(),
        recipient: Some(recipient),
        desk: Desk::Officer,
        deadline: now.plus_days(1),
    };
    tasks::open(tx, ctx, task, now).await?;
    trail::note(tx, ctx, &Actor::System, ("notice.bounced", recipient), "").await
}

#[derive(sqlx::FromRow)]
struct ChannelRow {
    id: String,
    kind: String,
    address: Vec<u8>,
    state: String,
}

/// How many matters are due, and since when the oldest, in seconds: for the metrics and the alarm.
pub async fn backlog(ctx: &Ctx) -> Result<(i64, i64)> {
    let (due, oldest): (i64, Option<i64>) = ctx.db.one(BACKLOG, args![ctx.now()]).await?;
    Ok((due, oldest.map_or(0, |at| (ctx.now().micros() - at).max(0) / 1_000_000)))
}

/// What happens soonest goes first, whatever has waited longest: an escape does not queue behind a mass.
pub const CLAIM: &str = "UPDATE notice_matter SET lease = $1, leased_until = $2 WHERE id IN (SELECT id FROM notice_matter \
    WHERE due_at <= $3 AND (leased_until IS NULL OR leased_until < $3) ORDER BY at, due_at, id LIMIT $4) RETURNING id";
pub const WANTED: &str = "SELECT id FROM notice_party WHERE id = $1 AND state = 'active' AND wish = 'wants'";
pub const CHANNEL: &str = "SELECT c.id, c.kind, c.address, c.state FROM notice_text t \
    JOIN notice_channel c ON c.id = t.channel_id WHERE t.obligation_id = $1 AND t.place = $2";
pub const INTENT: &str = "INSERT INTO notice_attempt (obligation_id, place, try, intended_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (obligation_id, place, try) DO UPDATE SET intended_at = excluded.intended_at";
pub const OUTCOME: &str = "UPDATE notice_attempt SET outcome = $1, outcome_at = $2 WHERE obligation_id = $3 AND place = $4 \
    AND try = $5";
pub const DEAD: &str = "UPDATE notice_channel SET state = 'dead' WHERE id = $1 AND state <> 'stopped'";
pub const BACKLOG: &str =
    "SELECT CAST(COUNT(*) AS BIGINT), CAST(MIN(due_at) AS BIGINT) FROM notice_matter WHERE due_at <= $1";
