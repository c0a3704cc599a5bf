//! The chain of the trail is checked by the worker, once a day and when an auditor asks, for it takes as long as the trail is.

use domain::{
    kernel::{Id, Instant},
    trail::may_audit,
};
use serde::{Deserialize, Serialize};

use super::CheckMark;
use crate::{
    Result, args,
    audit::{self, Verdict},
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    outbox,
};

/// The outbox kind of a check.
pub const CHECK: &str = "trail.check";
/// Hours after which the calendar asks for one.
const EVERY_HOURS: i64 = 24;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Check {
    pub id: String,
}

/// The last one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    Never,
    UnderWay { asked_at: Instant },
    Whole { rows: i64, at: Instant },
    Broken { at: Instant },
}

/// None: it is not her work.
pub async fn checked(ctx: &Ctx, staff: &Staff) -> Result<Option<Checked>> {
    if !may_audit(&staff.roles) {
        return Ok(None);
    }
    let row: Option<(i64, Option<i64>, Option<i64>)> = ctx.db.optional(LAST, vec![]).await?;
    Ok(Some(match row {
        None => Checked::Never,
        Some((asked, None, _)) => Checked::UnderWay { asked_at: Instant(asked) },
        Some((_, Some(at), Some(rows))) => Checked::Whole { rows, at: Instant(at) },
        Some((_, Some(at), None)) => Checked::Broken { at: Instant(at) },
    }))
}

/// One at a time: while one is under way, asking again changes nothing. None: it is not her work.
pub async fn ask_check(ctx: &Ctx, staff: &Staff) -> Result<Option<()>> {
    if !may_audit(&staff.roles) {
        return Ok(None);
    }
    let ask = Ask { ctx: ctx.clone(), staff: Some(staff.clone()), id: ctx.chance.id(ctx.now()) };
    ctx.db.write(ask).await.map(Some)
}

/// By the calendar.
pub async fn tend(ctx: &Ctx) -> Result<()> {
    let since = Instant(ctx.now().micros() - EVERY_HOURS * 3_600_000_000);
    let (recent,): (i64,) = ctx.db.one(SINCE, args![since]).await?;
    if recent > 0 {
        return Ok(());
    }
    ctx.db.write(Ask { ctx: ctx.clone(), staff: None, id: ctx.chance.id(ctx.now()) }).await
}

struct Ask {
    ctx: Ctx,
    staff: Option<Staff>,
    id: Id<CheckMark>,
}

impl Command for Ask {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (open,): (i64,) = tx.one(OPEN, vec![]).await?;
        if open > 0 {
            return Ok(());
        }
        let by = self.staff.as_ref().map(|staff| staff.staff.clone());
        tx.later(ASK, args![&self.id, by.as_ref(), self.ctx.now()]).await?;
        let check = Check { id: self.id.as_str().to_owned() };
        outbox::Job::new(&self.ctx, CHECK, &check)?.save(tx).await?;
        let actor = self.staff.clone().map_or(Actor::System, Actor::Staff);
        audit::Entry::new(&self.ctx, &actor, "trail_check_asked").save(tx).await
    }
}

/// For the worker. A broken chain is an alarm at once, whoever reads the page when.
pub async fn carry_out(ctx: &Ctx, check: &Check) -> Result<()> {
    let (rows, broken) = match audit::verify(ctx).await? {
        Verdict::Whole { rows } => (Some(rows), None),
        Verdict::Broken { audit_id, .. } => {
            metrics::counter!("varde_audit_broken").increment(1);
            tracing::error!("the chain of the audit trail is broken");
            (None, Some(audit_id))
        }
    };
    ctx.db.write(Kept { id: check.id.clone(), now: ctx.now(), rows, broken }).await
}

struct Kept {
    id: String,
    now: Instant,
    rows: Option<i64>,
    broken: Option<String>,
}

impl Command for Kept {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let values = args![self.now, self.rows, self.broken.as_deref(), self.id.as_str()];
        tx.later(DONE, values).await
    }
}

pub const LAST: &str =
    "SELECT asked_at, done_at, row_count FROM trail_check ORDER BY asked_at DESC, id DESC LIMIT 1";
pub const SINCE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM trail_check WHERE asked_at > $1";
pub const OPEN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM trail_check WHERE done_at IS NULL";
pub const ASK: &str = "INSERT INTO trail_check (id, asked_by, asked_at) VALUES ($1, $2, $3)";
pub const DONE: &str =
    "UPDATE trail_check SET done_at = $1, row_count = $2, broken_id = $3 WHERE id = $4 AND done_at IS NULL";
