//! A unit decides anew what stands, because of what it knows now (forvaltningsloven § 35). The case is with the officers again,
//! for those people; she is told, and why (§ 16). What was decided stands until something else is.

use domain::{
    kernel::Public,
    visits::clearance::{Refusal, carry::Ground},
};

use super::{
    Application, ClearanceRow,
    mine::letter,
    officer::{Officer, Step, step},
    rows::Row,
};
use crate::{
    Result, appeals, args,
    ctx::{Ctx, Staff},
    db::Tx,
};

/// For these people of the case, of whom each has a decision that nobody has appealed.
pub async fn reconsider(
    ctx: &Ctx,
    staff: &Staff,
    (public, version): (&Public<Application>, i64),
    who: &[Public<ClearanceRow>],
    ground: Ground,
) -> Result<std::result::Result<(), Refusal>> {
    step(ctx, staff, public, version, Step::Anew { who: who.to_vec(), ground }).await
}

impl Officer {
    pub(super) async fn anew(
        &self,
        tx: &mut Tx,
        row: &Row,
        who: &[Public<ClearanceRow>],
        ground: Ground,
    ) -> Result<std::result::Result<(), Refusal>> {
        // A refusal commits too: everything is asked before anything is written.
        let people = match self.decided(tx, row, who).await? {
            Ok(people) => people,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let now = self.ctx.now();
        if tx.execute(OPEN_AGAIN, args![now, ground.code(), &row.id]).await? != 1 {
            return Ok(Err(Refusal::MovedOn));
        }
        for clearance in people {
            tx.later(ANEW, args![now, &clearance]).await?;
        }
        letter(row, "reconsidered").save(&self.ctx, tx).await?;
        self.entry(row, "reconsidered").because(ground.code()).save(tx).await?;
        Ok(Ok(()))
    }

    async fn decided(
        &self,
        tx: &mut Tx,
        row: &Row,
        who: &[Public<ClearanceRow>],
    ) -> Result<std::result::Result<Vec<String>, Refusal>> {
        let today = self.ctx.now().date();
        let mut people = Vec::with_capacity(who.len());
        for public in who {
            let found: Option<(String,)> = tx.optional(DECIDED, args![public, &row.id, today]).await?;
            let Some((clearance,)) = found else { return Ok(Err(Refusal::MovedOn)) };
            if appeals::is_open_on(tx, "clearance", &clearance).await? {
                return Ok(Err(Refusal::Appealed));
            }
            people.push(clearance);
        }
        Ok(if people.is_empty() { Err(Refusal::MovedOn) } else { Ok(people) })
    }
}

/// A leave that has run out is applied for anew; a refusal can be looked at again at any time.
pub const DECIDED: &str = "SELECT c.id FROM clearance c WHERE c.public_id = $1 AND c.application_id = $2 \
    AND c.reopened_at IS NULL AND (c.outcome = 'refused' OR (c.outcome = 'granted' AND c.valid_to >= $3))";
pub const OPEN_AGAIN: &str = "UPDATE application SET state = 'awaiting_decision', state_at = $1, reconsidered = $2, \
    carried_seen_at = CASE WHEN carried_at IS NOT NULL THEN COALESCE(carried_seen_at, $1) END, version = version + 1 \
    WHERE id = $3 AND state = 'decided'";
pub const ANEW: &str = "UPDATE clearance SET reopened_at = $1 WHERE id = $2";
