//! A mass of notices is more likely a fault than a fact. Above a bound all that was opened in the same ten minutes, and has
//! not gone out, is held; two different people release it, or drop it. Calls fall due all the same.

use domain::{
    kernel::{Id, Instant, Public},
    notices::{Facts, Hold, HoldRefusal, Verdict},
};

use super::{
    HoldRow, rules,
    tasks::{self, Desk, TaskKind},
    trail,
};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
};

/// One window, in microseconds.
const WINDOW: i64 = 10 * 60 * 1_000_000;
/// So far back are windows compared with.
const DAYS: i64 = 30;

/// After obligations have been opened: is it too many?
pub(super) async fn watch(tx: &mut Tx, ctx: &Ctx, facts: &Facts, now: Instant) -> Result<()> {
    if facts.held {
        return Ok(());
    }
    let breaker = rules::breaker(&Rules::within(tx, now.date()).await?)?;
    let since = Instant(now.micros() - WINDOW);
    let (opened,): (i64,) = tx.one(OPENED, args![since, now]).await?;
    let opened = u32::try_from(opened).unwrap_or(u32::MAX);
    if opened <= breaker.floor {
        return Ok(());
    }
    let windows: Vec<(i64, i64)> = tx.all(WINDOWS, args![WINDOW, now.plus_days(-DAYS), since]).await?;
    let mut before: Vec<u32> = windows.iter().map(|(_, n)| u32::try_from(*n).unwrap_or(u32::MAX)).collect();
    // The quiet windows count as well: they are what is ordinary.
    let all = usize::try_from(DAYS * 24 * 6).unwrap_or_default();
    before.resize(all.max(before.len()), 0);
    if breaker.holds(opened, &before) {
        hold(tx, ctx, since, now).await?;
    }
    Ok(())
}

async fn hold(tx: &mut Tx, ctx: &Ctx, since: Instant, now: Instant) -> Result<()> {
    let id: Id<HoldRow> = ctx.chance.id(now);
    tx.later(HOLD, args![&id, &ctx.chance.public::<HoldRow>(), now]).await?;
    tx.later(KEEP_BACK, args![&id, since]).await?;
    tx.later(LOOK_AGAIN, args![now, &id]).await?;
    let task = tasks::Open {
        kind: TaskKind::Mass,
        about: id.as_str(),
        recipient: None,
        desk: Desk::Duty,
        deadline: now,
    };
    tasks::open(tx, ctx, task, now).await?;
    trail::entry(ctx, &Actor::System, "notice.mass_held").about("notice_hold", &id).save(tx).await
}

/// A held mass, and who has said what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldMass {
    pub public: Public<HoldRow>,
    pub opened_at: Instant,
    pub hold: Hold,
    /// How many recipients would be told, and of how many decisions.
    pub recipients: i64,
    pub decisions: i64,
}

/// One line of the dry run: so many would be told this.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WouldTell {
    pub kind: String,
    pub cancelled: i64,
    pub recipients: i64,
    pub texts: i64,
    pub first_at: i64,
    pub last_at: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    opened_at: i64,
    state: String,
    what: Option<String>,
    by_id: Option<String>,
}

impl Row {
    fn hold(&self) -> Result<Hold> {
        match (self.state.as_str(), &self.by_id, self.what.as_deref().and_then(verdict)) {
            ("held", ..) => Ok(Hold::Held),
            ("once", Some(by), Some(what)) => Ok(Hold::Once { by: by.clone(), what }),
            _ => Err(Error::Broken("state of a hold")),
        }
    }
}

pub fn verdict(code: &str) -> Option<Verdict> {
    match code {
        "release" => Some(Verdict::Release),
        "drop" => Some(Verdict::Drop),
        _ => None,
    }
}

pub(super) fn verdict_code(what: Verdict) -> &'static str {
    match what {
        Verdict::Release => "release",
        Verdict::Drop => "drop",
    }
}

/// The mass that is held now, with its dry run.
pub(super) async fn held(ctx: &Ctx) -> Result<Option<(HeldMass, Vec<WouldTell>)>> {
    let Some(row) = ctx.db.optional::<Row>(OPEN, vec![]).await? else { return Ok(None) };
    let (recipients, decisions): (i64, i64) = ctx.db.one(SIZE, args![&row.id]).await?;
    let lines: Vec<WouldTell> = ctx.db.all(DRY_RUN, args![&row.id]).await?;
    let mass = HeldMass {
        public: Public::parse(&row.public_id).ok_or(Error::Broken("public id"))?,
        opened_at: Instant(row.opened_at),
        hold: row.hold()?,
        recipients,
        decisions,
    };
    Ok(Some((mass, lines)))
}

/// What one officer says of it; the second of two who say the same settles it. None: there is no such mass.
pub async fn say(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<HoldRow>,
    what: Verdict,
) -> Result<Option<Result<Hold, HoldRefusal>>> {
    if !super::duty::may(&staff.roles) {
        return Ok(None);
    }
    let command =
        Say { ctx: ctx.clone(), staff: staff.clone(), public: public.clone(), what, now: ctx.now() };
    ctx.db.write(command).await
}

struct Say {
    ctx: Ctx,
    staff: Staff,
    public: Public<HoldRow>,
    what: Verdict,
    now: Instant,
}

impl Command for Say {
    type Out = Option<Result<Hold, HoldRefusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(row) = tx.optional::<Row>(BY_PUBLIC, args![&self.public]).await? else { return Ok(None) };
        if row.state == "settled" {
            return Ok(Some(Err(HoldRefusal::Settled)));
        }
        let said = match row.hold()?.say(self.staff.staff.as_str(), self.what) {
            Ok(said) => said,
            Err(refusal) => return Ok(Some(Err(refusal))),
        };
        let id: Id<HoldRow> = Id::new(row.id.as_str());
        match &said {
            Hold::Settled { by, with, what } => {
                let values =
                    args!["settled", verdict_code(*what), by, Some(with.as_str()), Some(self.now), &id];
                tx.later(SAID, values).await?;
                if *what == Verdict::Drop {
                    tx.later(DROPPED, args![self.now, &id]).await?;
                    tx.later(TASKS_DROPPED, args![self.now, &id]).await?;
                }
                tx.later(LOOK_AGAIN, args![self.now, &id]).await?;
                tasks::close(tx, TaskKind::Mass, id.as_str(), self.now).await?;
            }
            Hold::Once { by, what } => {
                let values = args!["once", verdict_code(*what), by, None::<&str>, None::<Instant>, &id];
                tx.later(SAID, values).await?;
            }
            Hold::Held => {}
        }
        let entry = trail::entry(&self.ctx, &Actor::Staff(self.staff.clone()), "notice.mass_said");
        entry.about("notice_hold", &id).detail(verdict_code(self.what)).save(tx).await?;
        Ok(Some(Ok(said)))
    }
}

// What two people have released is counted no more, and held no more; what they have dropped still counts.
pub const OPENED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_obligation o LEFT JOIN notice_hold h ON h.id = o.hold_id \
    WHERE o.opened_at > $1 AND o.opened_at <= $2 AND (h.id IS NULL OR h.state <> 'settled' OR h.what <> 'release')";
pub const WINDOWS: &str = "SELECT CAST(opened_at / $1 AS BIGINT) AS slot, CAST(COUNT(*) AS BIGINT) FROM notice_obligation \
    WHERE opened_at > $2 AND opened_at <= $3 GROUP BY CAST(opened_at / $1 AS BIGINT)";
pub const HOLD: &str =
    "INSERT INTO notice_hold (id, public_id, opened_at, state) VALUES ($1, $2, $3, 'held')";
pub const KEEP_BACK: &str = "UPDATE notice_obligation SET hold_id = $1 WHERE opened_at > $2 AND state = 'open' AND hold_id IS NULL \
    AND NOT EXISTS (SELECT 1 FROM notice_text t WHERE t.obligation_id = notice_obligation.id AND t.tries > 0)";
pub const LOOK_AGAIN: &str = "UPDATE notice_matter SET due_at = $1 WHERE id IN \
    (SELECT matter_id FROM notice_obligation WHERE hold_id = $2)";
pub const OPEN: &str =
    "SELECT id, public_id, opened_at, state, what, by_id FROM notice_hold WHERE state <> 'settled'";
pub const BY_PUBLIC: &str =
    "SELECT id, public_id, opened_at, state, what, by_id FROM notice_hold WHERE public_id = $1";
pub const SIZE: &str = "SELECT CAST(COUNT(DISTINCT p.recipient_id) AS BIGINT), CAST(COUNT(DISTINCT m.decision_id) AS BIGINT) \
    FROM notice_obligation o JOIN notice_matter m ON m.id = o.matter_id JOIN notice_party p ON p.id = m.party_id \
    WHERE o.hold_id = $1 AND o.state = 'open'";
pub const DRY_RUN: &str = "SELECT m.kind, m.cancelled, CAST(COUNT(DISTINCT p.recipient_id) AS BIGINT) AS recipients, \
    CAST(COUNT(t.place) AS BIGINT) AS texts, CAST(MIN(o.at) AS BIGINT) AS first_at, CAST(MAX(o.at) AS BIGINT) AS last_at \
    FROM notice_obligation o JOIN notice_matter m ON m.id = o.matter_id JOIN notice_party p ON p.id = m.party_id \
    LEFT JOIN notice_text t ON t.obligation_id = o.id WHERE o.hold_id = $1 AND o.state = 'open' \
    GROUP BY m.kind, m.cancelled ORDER BY m.kind, m.cancelled";
pub const SAID: &str =
    "UPDATE notice_hold SET state = $1, what = $2, by_id = $3, with_id = $4, settled_at = $5 WHERE id = $6";
pub const DROPPED: &str = "UPDATE notice_obligation SET state = 'closed_by_officer', ended_at = $1 WHERE hold_id = $2 AND state = 'open'";
pub const TASKS_DROPPED: &str = "UPDATE notice_task SET duty = 'done', pages_at = NULL, by_at = $1 WHERE kind = 'call' \
    AND about IN (SELECT id FROM notice_obligation WHERE hold_id = $2)";
