//! A decision was set aside on appeal: the case is with the officers again, for those people. Nothing is granted by it, and
//! nothing that was granted is lost before it is decided anew.

use domain::kernel::{Id, Instant};

use super::Application;
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
};

/// By the clearances' inner ids. Twice is once, and one that has been decided anew meanwhile stays decided.
pub(crate) async fn reopen(ctx: &Ctx, clearances: &[String]) -> Result<()> {
    let command = Reopen { ctx: ctx.clone(), clearances: clearances.to_vec(), now: ctx.now() };
    ctx.db.write(command).await
}

struct Reopen {
    ctx: Ctx,
    clearances: Vec<String>,
    now: Instant,
}

impl Command for Reopen {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let mut cases: Vec<String> = vec![];
        for clearance in &self.clearances {
            let case: Option<(String,)> = tx.optional(REOPEN, args![self.now, clearance]).await?;
            cases.extend(case.map(|(case,)| case));
        }
        cases.sort();
        cases.dedup();
        for case in cases {
            tx.later(REOPEN_CASE, args![self.now, &case]).await?;
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "reopened_on_appeal");
            entry.about("application", &Id::<Application>::new(case)).save(tx).await?;
        }
        Ok(())
    }
}

pub const REOPEN: &str = "UPDATE clearance SET reopened_at = $1 WHERE id = $2 AND reopened_at IS NULL \
    AND outcome IN ('granted', 'refused') AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.subject_kind = 'clearance' \
    AND d.subject_id = clearance.id AND d.superseded_at IS NULL) RETURNING application_id";
pub const REOPEN_CASE: &str = "UPDATE application SET state = 'awaiting_decision', state_at = $1, reconsidered = NULL, version = version + 1 \
    WHERE id = $2 AND state IN ('decided', 'awaiting_decision')";
