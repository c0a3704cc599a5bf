//! A conversation whose answer is overdue: its unit is told once, and it stands first on the list.

use domain::kernel::{Id, Instant};

use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    messages::{ThreadRow, news},
};

/// For the worker. Tells of how many conversations; all of a unit are one word to it.
pub async fn remind_due(ctx: &Ctx) -> Result<usize> {
    ctx.db.write(RemindDue { ctx: ctx.clone(), now: ctx.now() }).await
}

struct RemindDue {
    ctx: Ctx,
    now: Instant,
}

impl Command for RemindDue {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let rows: Vec<(String, String)> = tx.all(OVERDUE, args![self.now]).await?;
        let mut last = None;
        for (id, unit) in &rows {
            tx.later(REMINDED, args![self.now, id]).await?;
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "message_overdue");
            let entry = entry.about("message_thread", &Id::<ThreadRow>::new(id.as_str()));
            entry.at_unit(&Id::new(unit.as_str())).save(tx).await?;
            if last != Some(unit) {
                news::remind_unit(tx, &self.ctx, unit).await?;
            }
            last = Some(unit);
        }
        Ok(rows.len())
    }
}

pub const OVERDUE: &str = "SELECT id, unit_id FROM message_thread WHERE state = 'waiting' AND due_at < $1 \
    AND reminded_at IS NULL ORDER BY unit_id, id LIMIT 200";
pub const REMINDED: &str = "UPDATE message_thread SET reminded_at = $1 WHERE id = $2";
