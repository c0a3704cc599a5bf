//! Proposals that nobody has answered in time: the worker says that they are over, each with its trace.

use domain::{kernel::Id, visits::booking::ProposalState};

use super::proposals::{CLOSE, Proposal};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
};

/// The worker's part: those that nobody has answered in time are over.
pub(super) async fn lapse(ctx: &Ctx) -> Result<()> {
    let due: Vec<(String, String)> = ctx.db.all(DUE, args![ctx.now()]).await?;
    for (id, unit) in due {
        ctx.db.write(Lapse { ctx: ctx.clone(), id, unit }).await?;
    }
    Ok(())
}

struct Lapse {
    ctx: Ctx,
    id: String,
    unit: String,
}

impl Command for Lapse {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let values =
            args![ProposalState::Lapsed.code(), None::<String>, self.ctx.now(), None::<String>, &self.id];
        if tx.execute(CLOSE, values).await? == 0 {
            return Ok(());
        }
        let entry =
            audit::Entry::new(&self.ctx, &Actor::System, "plan_lapsed").at_unit(&Id::new(self.unit.as_str()));
        entry.about::<Proposal>("plan_proposal", &Id::new(self.id.as_str())).save(tx).await
    }
}

pub const DUE: &str = "SELECT id, unit_id FROM plan_proposal WHERE state = 'open' AND lapses_at <= $1 \
    ORDER BY lapses_at, id LIMIT 100";
