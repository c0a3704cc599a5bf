//! The inmate takes his consent back: without it there is no visit ([F] § 6-9). To her the leave has run out, in the same words;
//! nothing that she reads says whose word it was. What is booked is cancelled by the unit.

use domain::{
    kernel::{Id, Public},
    visits::{
        booking::{By, StaffReason},
        clearance::{Refusal, last_day},
    },
};

use super::{
    Application,
    giving_up::END,
    mine::letter,
    officer::{Officer, Step, step},
    rows::Row,
};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Staff},
    db::Tx,
    visits::booking::cancel_rest,
};

/// Ends what she may for him, and her children with her. Only what was decided: an open application has its own step.
pub async fn take_consent_back(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Application>,
    version: i64,
) -> Result<std::result::Result<(), Refusal>> {
    step(ctx, staff, public, version, Step::ConsentBack).await
}

impl Officer {
    pub(super) async fn consent_back(
        &self,
        tx: &mut Tx,
        row: &Row,
    ) -> Result<std::result::Result<(), Refusal>> {
        let (ctx, today) = (&self.ctx, self.ctx.now().date());
        let Some(inmate) = row.inmate().filter(|_| row.state == "decided") else {
            return Ok(Err(Refusal::MovedOn));
        };
        let person = Id::new(row.person_id.as_str());
        let values = args![last_day(today), None::<i64>, &person, &inmate, today];
        if tx.execute(END, values).await? == 0 {
            return Ok(Err(Refusal::MovedOn));
        }
        tx.later(TOUCH, args![&row.id]).await?;
        let actor = Actor::Staff(self.staff.clone());
        let by = By::Unit(StaffReason::CannotReceive);
        cancel_rest(ctx, tx, &actor, by, (&person, &inmate)).await?;
        letter(row, "ended").save(ctx, tx).await?;
        self.trace(tx, row, "consent_back").await?;
        Ok(Ok(()))
    }
}

/// A form of before is told that the case has changed.
pub const TOUCH: &str = "UPDATE application SET version = version + 1 WHERE id = $1";
