//! The fixed day: whatever stood in the way, an application without consent closes then, with the same words.

use domain::{kernel::Instant, visits::clearance::State};

use super::{mine::letter, rows::Row};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
};

/// Closes what is due; for the worker. Tells how many.
pub async fn close_due(ctx: &Ctx) -> Result<usize> {
    ctx.db.write(CloseDue { ctx: ctx.clone(), now: ctx.now() }).await
}

struct CloseDue {
    ctx: Ctx,
    now: Instant,
}

impl Command for CloseDue {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let rows: Vec<Row> = tx.all(DUE, args![self.now.date()]).await?;
        let mut closed = 0;
        for row in &rows {
            let Ok(state @ State::NotProcessed { .. }) = row.state()?.close_unprocessed(self.now) else {
                continue;
            };
            if row.save(tx, &state, self.now).await? {
                letter(row, "not_processed").save(&self.ctx, tx).await?;
                let entry = audit::Entry::new(&self.ctx, &Actor::System, "not_processed");
                entry.about("application", &row.id()).save(tx).await?;
                closed += 1;
            }
        }
        Ok(closed)
    }
}

pub const DUE: &str = "SELECT id, person_id, inmate_id, unit_id, locale, state, state_at, answered_on, \
    police_outcome, police_on, version FROM application WHERE state IN ('received', 'declined') AND close_on <= $1 \
    ORDER BY close_on, id LIMIT 200";
