//! By the calendar: the unit is reminded once, some days before the clock of a request ends.

use domain::kernel::{Id, Instant};

use super::{CorrectionMark, remind};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// For the worker. Tells of how many.
pub async fn remind_due(ctx: &Ctx) -> Result<usize> {
    let now = ctx.now();
    let days = Rules::on(&ctx.db, now.date()).await?.days("corrections.remind_days")?;
    ctx.db.write(Remind { ctx: ctx.clone(), before: now.plus_days(days), now }).await
}

struct Remind {
    ctx: Ctx,
    before: Instant,
    now: Instant,
}

impl Command for Remind {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let due: Vec<(String, String)> = tx.all(NEAR, args![self.before]).await?;
        for (id, unit) in &due {
            tx.later(REMINDED, args![self.now, id]).await?;
            remind(tx, &self.ctx, unit).await?;
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "correction_reminded");
            let entry = entry.at_unit(&Id::new(unit.as_str()));
            entry.about("correction", &Id::<CorrectionMark>::new(id.as_str())).save(tx).await?;
        }
        Ok(due.len())
    }
}

pub const NEAR: &str = "SELECT id, unit_id FROM correction WHERE due_at IS NOT NULL AND due_at <= $1 AND reminded_at IS NULL \
    ORDER BY due_at, id LIMIT 100";
pub const REMINDED: &str = "UPDATE correction SET reminded_at = $1 WHERE id = $2";
