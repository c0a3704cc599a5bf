//! What nobody answered in time.

use domain::{kernel::Id, visits::booking::urgent::UrgentState};

use super::{news, trace};
use crate::{
    Result, args,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
};

/// A round of the worker: what nobody answered in time has lapsed, and she is told. Tells how many.
pub async fn tend(ctx: &Ctx) -> Result<usize> {
    let due: Vec<(String, String)> = ctx.db.all(DUE, args![ctx.now()]).await?;
    let mut ended = 0;
    for (id, person) in due {
        ended += usize::from(ctx.db.write(Lapse { ctx: ctx.clone(), id, person }).await?);
    }
    Ok(ended)
}

struct Lapse {
    ctx: Ctx,
    id: String,
    person: String,
}

impl Command for Lapse {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        if tx.execute(LAPSE, args![&self.id, self.ctx.now()]).await? == 0 {
            return Ok(false);
        }
        trace(&self.ctx, &Actor::System, &Id::new(self.id.as_str()), UrgentState::Lapsed).save(tx).await?;
        news(&self.ctx, tx, &self.person).await?;
        Ok(true)
    }
}

pub const DUE: &str = "SELECT id, person_id FROM urgent_room WHERE state = 'open' AND due_at <= $1 ORDER BY due_at, public_id LIMIT 500";
pub const LAPSE: &str =
    "UPDATE urgent_room SET state = 'lapsed', decided_at = $2 WHERE id = $1 AND state = 'open'";
