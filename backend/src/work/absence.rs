//! Somebody is away: what she has is nobody's until she is back, and then hers again, but for what others took meanwhile.
//! Nothing that she has is touched. Cases of victims stay where they are: they are handed over on their own page, with a reason.

use domain::kernel::Instant;

use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

pub async fn away(ctx: &Ctx, staff: &Staff) -> Result<()> {
    change(ctx, staff, true).await
}

pub async fn back(ctx: &Ctx, staff: &Staff) -> Result<()> {
    change(ctx, staff, false).await
}

async fn change(ctx: &Ctx, staff: &Staff, away: bool) -> Result<()> {
    ctx.db.write(Change { ctx: ctx.clone(), staff: staff.clone(), away, now: ctx.now() }).await
}

struct Change {
    ctx: Ctx,
    staff: Staff,
    away: bool,
    now: Instant,
}

impl Command for Change {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if self.away {
            leave(tx, &self.ctx, &self.staff, self.now).await
        } else {
            present(tx, &self.ctx, &self.staff).await
        }
    }
}

async fn leave(tx: &mut Tx, ctx: &Ctx, staff: &Staff, now: Instant) -> Result<()> {
    if tx.execute(AWAY, args![&staff.staff, now]).await? == 1 {
        audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "work_away").save(tx).await?;
    }
    Ok(())
}

/// Whoever takes something is back. In the caller's transaction.
pub(super) async fn present(tx: &mut Tx, ctx: &Ctx, staff: &Staff) -> Result<()> {
    if tx.execute(BACK, args![&staff.staff]).await? == 1 {
        audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "work_back").save(tx).await?;
    }
    Ok(())
}

pub const AWAY: &str =
    "INSERT INTO staff_absence (staff_id, since) VALUES ($1, $2) ON CONFLICT (staff_id) DO NOTHING";
pub const BACK: &str = "DELETE FROM staff_absence WHERE staff_id = $1";
