//! What is to happen after a commit: written in the same transaction, worked on by lease, at least once.
//!
//! A job is claimed with a fencing token; completing it with another token than the row's does nothing. After a
//! failure it waits longer each time (30 s, doubled, at most 1 h) and after 12 failures it stands as failed,
//! which is a metric and an alarm, never silence.

pub mod keeping;
#[cfg(test)]
mod tests;

use domain::kernel::Instant;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

const LEASE_SECONDS: i64 = 60;
const MOST_TRIES: i64 = 12;

/// A thing to do, as its sender wrote it.
#[derive(Clone, Debug)]
pub struct Job {
    id: String,
    kind: &'static str,
    payload: String,
    at: Instant,
    due: Instant,
}

impl Job {
    pub fn new<P: Serialize>(ctx: &Ctx, kind: &'static str, payload: &P) -> Result<Self> {
        let now = ctx.now();
        let payload = serde_json::to_string(payload).map_err(|_| Error::Broken("outbox payload"))?;
        Ok(Self { id: ctx.chance.id::<()>(now).as_str().to_owned(), kind, payload, at: now, due: now })
    }

    /// Not before this.
    pub fn due_at(mut self, at: Instant) -> Self {
        self.due = at;
        self
    }

    pub async fn save(&self, tx: &mut Tx) -> Result<()> {
        tx.later(INSERT, args![&self.id, self.kind, &self.payload, self.at, self.due]).await
    }
}

/// A job in the worker's hands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Claimed {
    /// Also the idempotency key towards every channel.
    pub id: String,
    pub kind: String,
    payload: String,
    attempts: i64,
    lease: String,
}

impl Claimed {
    pub fn payload<P: DeserializeOwned>(&self) -> Result<P> {
        serde_json::from_str(&self.payload).map_err(|_| Error::Broken("outbox payload"))
    }
}

/// Takes up to `most` due jobs; nobody else gets them for a minute.
pub async fn claim(ctx: &Ctx, most: i64) -> Result<Vec<Claimed>> {
    ctx.db.write(Claim { now: ctx.now(), lease: ctx.chance.token(), most }).await
}

struct Claim {
    now: Instant,
    lease: String,
    most: i64,
}

impl Command for Claim {
    type Out = Vec<Claimed>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<Claimed>> {
        tx.all(CLAIM, args![&self.lease, self.now.plus_seconds(LEASE_SECONDS), self.now, self.most]).await
    }
}

/// Closes a job, or puts it back for later. True if the lease still held.
pub async fn finish(ctx: &Ctx, job: &Claimed, outcome: Result<(), &'static str>) -> Result<bool> {
    let (id, lease, now) = (job.id.clone(), job.lease.clone(), ctx.now());
    ctx.db.write(Finish { id, lease, now, attempts: job.attempts, outcome }).await
}

struct Finish {
    id: String,
    lease: String,
    now: Instant,
    attempts: i64,
    outcome: Result<(), &'static str>,
}

impl Command for Finish {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let changed = match self.outcome {
            Ok(()) => tx.execute(DONE, args![self.now, &self.id, &self.lease]).await?,
            Err(problem) if self.attempts >= MOST_TRIES => {
                tx.execute(FAILED, args![self.now, problem, &self.id, &self.lease]).await?
            }
            Err(problem) => {
                let wait = (30_i64 << (self.attempts - 1).clamp(0, 10)).min(3600);
                tx.execute(LATER, args![self.now.plus_seconds(wait), problem, &self.id, &self.lease]).await?
            }
        };
        Ok(changed == 1)
    }
}

/// Open jobs, the age of the oldest due one in seconds, and failed ones: for the metrics.
pub async fn backlog(ctx: &Ctx) -> Result<(i64, i64, i64)> {
    let (open, oldest, failed): (i64, Option<i64>, i64) = ctx.db.one(BACKLOG, vec![]).await?;
    let age = oldest.map_or(0, |at| (ctx.now().micros() - at).max(0) / 1_000_000);
    Ok((open, age, failed))
}

pub const INSERT: &str =
    "INSERT INTO outbox (id, kind, payload, created_at, due_at) VALUES ($1, $2, $3, $4, $5)";
pub const CLAIM: &str = "UPDATE outbox SET lease = $1, leased_until = $2, attempts = attempts + 1 \
    WHERE id IN (SELECT id FROM outbox WHERE done_at IS NULL AND failed_at IS NULL AND due_at <= $3 \
    AND (leased_until IS NULL OR leased_until < $3) ORDER BY due_at, id LIMIT $4) \
    RETURNING id, kind, payload, attempts, lease";
pub const DONE: &str =
    "UPDATE outbox SET done_at = $1, lease = NULL, leased_until = NULL WHERE id = $2 AND lease = $3";
pub const FAILED: &str = "UPDATE outbox SET failed_at = $1, problem = $2, lease = NULL, leased_until = NULL WHERE id = $3 AND lease = $4";
pub const LATER: &str = "UPDATE outbox SET due_at = $1, problem = $2, lease = NULL, leased_until = NULL WHERE id = $3 AND lease = $4";
pub const BACKLOG: &str = "SELECT CAST(COUNT(CASE WHEN done_at IS NULL AND failed_at IS NULL THEN 1 END) AS BIGINT), \
    CAST(MIN(CASE WHEN done_at IS NULL AND failed_at IS NULL THEN due_at END) AS BIGINT), \
    CAST(COUNT(failed_at) AS BIGINT) FROM outbox";
