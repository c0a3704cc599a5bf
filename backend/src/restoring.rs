//! What a database that comes back from a copy needs before anybody meets it: nobody is signed in by a session that
//! may have ended since, no lease of a worker that is gone stands in the way, and the trail says what happened.

use domain::kernel::Instant;

use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
};

/// Tells how many jobs of the outbox were open when the copy was made: a letter among them that went out between the
/// copy and now goes out once more, under the same Message-ID.
pub async fn settle(ctx: &Ctx) -> Result<i64> {
    let entry = audit::Entry::new(ctx, &Actor::System, "database_restored");
    ctx.db.write(Settle { now: ctx.now(), entry }).await
}

struct Settle {
    now: Instant,
    entry: audit::Entry,
}

impl Command for Settle {
    type Out = i64;

    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        tx.later(CLOSE_SESSIONS, args![self.now]).await?;
        tx.later(DROP_ATTEMPTS, vec![]).await?;
        tx.later(FREE_LEASES, vec![]).await?;
        self.entry.save(tx).await?;
        tx.one::<(i64,)>(OPEN_JOBS, vec![]).await.map(|(open,)| open)
    }
}

pub const CLOSE_SESSIONS: &str = "UPDATE session SET closed_at = $1 WHERE closed_at IS NULL";
pub const DROP_ATTEMPTS: &str = "DELETE FROM login_attempt";
pub const FREE_LEASES: &str = "UPDATE outbox SET lease = NULL, leased_until = NULL WHERE lease IS NOT NULL";
pub const OPEN_JOBS: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE done_at IS NULL AND failed_at IS NULL";
