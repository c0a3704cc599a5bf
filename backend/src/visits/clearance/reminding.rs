//! Reminders that go by themselves: when the inmate or the police have let an application wait, its unit gets one
//! letter that says so and names nobody, and the case says that it went. Again after as many days.

use domain::{
    access::Unit,
    kernel::{Clock, Id, Instant},
};
use serde::{Deserialize, Serialize};

use super::Application;
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    outbox,
    rules::Rules,
};

/// The kind of a reminder in the outbox.
pub const REMINDER: &str = "visits.clearance.reminder";

/// To a unit: something waits there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    pub unit: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    unit_id: String,
}

/// Reminds of what has waited long enough; for the worker. Tells of how many cases. By days, not by moments: all that
/// falls due on a day is one letter to its unit.
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
        let rules = Rules::within(tx, self.now.date()).await?;
        let today = Instant::of_wall(self.now.date(), Clock(0));
        let ago = |days: i64| today.plus_days(1 - days);
        let inmate = ago(rules.days("clearance.inmate_days")?);
        let police = ago(rules.days("clearance.police_days")?);
        let rows: Vec<Row> = tx.all(WAITING, args![inmate, police]).await?;
        let mut last = None;
        for row in &rows {
            tx.later(REMINDED, args![self.now, &row.id]).await?;
            let (case, unit) =
                (Id::<Application>::new(row.id.as_str()), Id::<Unit>::new(row.unit_id.as_str()));
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "reminded").about("application", &case);
            entry.at_unit(&unit).save(tx).await?;
            if last != Some(&row.unit_id) {
                let letter = Reminder { unit: row.unit_id.clone() };
                outbox::Job::new(&self.ctx, REMINDER, &letter)?.save(tx).await?;
            }
            last = Some(&row.unit_id);
        }
        Ok(rows.len())
    }
}

pub const WAITING: &str = "SELECT id, unit_id FROM application \
    WHERE ((state = 'received' AND inmate_id IS NOT NULL AND state_at < $1 AND COALESCE(reminded_at, 0) < $1) \
    OR (state = 'awaiting_police' AND state_at < $2 AND COALESCE(reminded_at, 0) < $2)) ORDER BY unit_id, id LIMIT 200";
pub const REMINDED: &str = "UPDATE application SET reminded_at = $1 WHERE id = $2";
