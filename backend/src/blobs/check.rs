//! The worker asks the scanner about what has been received. As long as none answers a file stays where it is: nobody
//! reads it, its sender sees "received, being checked", an alarm tells, and it is asked again.

use std::io;

use domain::{
    blobs::{Event, State},
    kernel::Instant,
};
use futures_util::StreamExt;

use super::{Away, Plain, Scanner, Upload, Verdict, begin::rule_of, rows::BY_ID};
use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

/// Longer than a scan may take.
const LEASE_SECONDS: i64 = 300;
/// Between two questions to a scanner that is away, at most.
const WAIT_SECONDS: i64 = 60;
const AT_ONCE: i64 = 4;

/// Asks about some of those that are due. Tells how many have a verdict now.
pub async fn check_due(ctx: &Ctx, scanner: &Scanner) -> Result<usize> {
    let lease = ctx.chance.token();
    let claimed = ctx.db.write(Claim { lease: lease.clone(), now: ctx.now() }).await?;
    let mut judged = 0;
    for id in claimed {
        let upload: Upload = ctx.db.one(BY_ID, args![&id]).await?;
        let verdict = ask(ctx, scanner, &upload).await;
        if let Err(away) = verdict {
            metrics::counter!("varde_files_unchecked", "why" => away.code()).increment(1);
            tracing::error!(file = %upload.public_id, why = away.code(), "a file waits for its scan");
        }
        judged += usize::from(verdict.is_ok());
        let bad_until = ctx.now().plus_days(rule_of(ctx, &upload).await?.infected_days);
        let wait = (5_i64 << upload.tries.clamp(0, 10)).min(WAIT_SECONDS);
        let (now, lease) = (ctx.now(), lease.clone());
        ctx.db.write(Judge { id, lease, verdict, now, again: now.plus_seconds(wait), bad_until }).await?;
    }
    Ok(judged)
}

async fn ask(ctx: &Ctx, scanner: &Scanner, upload: &Upload) -> Result<Verdict, Away> {
    let plain = Plain::of(ctx, upload).await.map_err(|_| Away::File)?;
    let bytes =
        plain.stream().map(|piece| piece.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)));
    let verdict = scanner.scan(bytes).await?;
    if verdict == Verdict::Infected {
        metrics::counter!("varde_files_infected").increment(1);
        tracing::warn!(file = %upload.public_id, "a scanner found something in a file");
    }
    Ok(verdict)
}

/// How many wait for a verdict, for how many seconds the oldest, and how many of them nobody answered about.
pub async fn backlog(ctx: &Ctx) -> Result<(i64, i64, i64)> {
    let (waiting, oldest, unanswered): (i64, Option<i64>, i64) = ctx.db.one(BACKLOG, vec![]).await?;
    let age = oldest.map_or(0, |at| (ctx.now().micros() - at).max(0) / 1_000_000);
    Ok((waiting, age, unanswered))
}

struct Claim {
    lease: String,
    now: Instant,
}

impl Command for Claim {
    type Out = Vec<String>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<String>> {
        let values = args![&self.lease, self.now.plus_seconds(LEASE_SECONDS), self.now, AT_ONCE];
        let rows: Vec<(String,)> = tx.all(CLAIM, values).await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}

struct Judge {
    id: String,
    lease: String,
    verdict: Result<Verdict, Away>,
    now: Instant,
    again: Instant,
    bad_until: Instant,
}

impl Command for Judge {
    type Out = ();

    /// Without the lease nothing changes: another has asked meanwhile, or the file has ended.
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let event = match self.verdict {
            Ok(Verdict::Clean) => Event::FoundClean,
            Ok(Verdict::Infected) => Event::FoundInfected,
            Err(_) => {
                return tx.later(LATER, args![self.again, &self.id, &self.lease]).await;
            }
        };
        let state = State::Checking.after(event).ok_or(Error::Broken("a verdict on a file"))?;
        let drop_at = (state == State::Infected).then_some(self.bad_until);
        tx.later(JUDGE, args![state.code(), drop_at, self.now, &self.id, &self.lease]).await
    }
}

pub const CLAIM: &str = "UPDATE blob SET state = 'checking', lease = $1, check_at = $2, version = version + 1 \
    WHERE id IN (SELECT id FROM blob WHERE check_at <= $3 AND state IN ('received', 'checking') ORDER BY check_at, id \
    LIMIT $4) RETURNING id";
pub const LATER: &str = "UPDATE blob SET check_at = $1, lease = NULL, tries = tries + 1 WHERE id = $2 AND lease = $3 \
    AND state = 'checking'";
pub const JUDGE: &str = "UPDATE blob SET state = $1, drop_at = $2, updated_at = $3, check_at = NULL, lease = NULL, \
    version = version + 1 WHERE id = $4 AND lease = $5 AND state = 'checking'";
pub const BACKLOG: &str = "SELECT CAST(COUNT(*) AS BIGINT), CAST(MIN(updated_at) AS BIGINT), \
    CAST(COUNT(CASE WHEN tries > 0 THEN 1 END) AS BIGINT) FROM blob WHERE state IN ('received', 'checking')";
