//! An auditor says what an alert came to. Nobody settles what is about herself.

use domain::{
    kernel::{Id, Public},
    trail::{Outcome, Refusal, SettleForm, may_audit},
};

use super::{AlertMark, Done, Undone, note_place, units};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

pub async fn settle(ctx: &Ctx, staff: &Staff, alert: &Public<AlertMark>, form: &SettleForm) -> Result<Done> {
    if !may_audit(&staff.roles) {
        return Ok(Err(Undone::Refused(Refusal::Hidden)));
    }
    let (outcome, note) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return Ok(Err(Undone::Fields(errors))),
    };
    let (ctx, staff, alert) = (ctx.clone(), staff.clone(), alert.clone());
    let settle = Settle { ctx, staff, alert, outcome, note };
    settle.ctx.clone().db.write(settle).await
}

struct Settle {
    ctx: Ctx,
    staff: Staff,
    alert: Public<AlertMark>,
    outcome: Outcome,
    note: String,
}

impl Command for Settle {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let found: Option<(String, String)> =
            tx.optional(FOUND, args![units(&self.staff), &self.alert]).await?;
        let Some((id, about)) = found else { return Ok(Err(Undone::Refused(Refusal::Hidden))) };
        if about == self.staff.staff.as_str() {
            return Ok(Err(Undone::Refused(Refusal::Own)));
        }
        let note = self.ctx.vault.seal(&self.ctx.chance, &note_place(&id), self.note.as_bytes())?;
        let values = args![self.ctx.now(), &self.staff.staff, self.outcome.code(), note, id.as_str()];
        if tx.execute(SETTLE, values).await? == 0 {
            return Ok(Err(Undone::Refused(Refusal::Settled)));
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "trail_alert_settled");
        entry.about("trail_alert", &Id::<AlertMark>::new(id)).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const FOUND: &str = "SELECT t.id, t.staff_id FROM trail_alert t \
    WHERE (t.unit_id IS NULL OR $1 LIKE '% ' || t.unit_id || ' %') AND t.public_id = $2";
pub const SETTLE: &str = "UPDATE trail_alert SET settled_at = $1, settled_by = $2, outcome = $3, note = $4 \
    WHERE id = $5 AND settled_at IS NULL";
