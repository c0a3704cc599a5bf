//! In a unit of the strictest level every leave is looked at again within half a year (a rule). It stands in the list of work a while
//! before that; somebody looks at it, lets it stand until the next time, or decides anew. What the visitor has does not change by it.

use domain::{
    kernel::{CivilDate, Instant, Public},
    visits::clearance::{Refusal, may_decide},
};

use super::{Application, officer, rows::Row};
use crate::{
    Result, args,
    ctx::{Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
};

/// From when the case is to be looked at again, if its unit is of that level; after each decision and each look.
pub(super) async fn note(tx: &mut Tx, row: &Row, today: CivilDate) -> Result<()> {
    let rules = Rules::within(tx, today).await?;
    let due = today.plus_days(rules.days("clearance.recheck_days")?);
    let from = due.plus_days(-rules.days("clearance.recheck_notice_days")?);
    tx.execute(NOTE, args![from, Instant::last_minute(due), &row.id]).await.map(|_| ())
}

/// Somebody has looked at it, and it stands.
pub async fn rechecked(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Application>,
    version: i64,
) -> Result<std::result::Result<(), Refusal>> {
    if !may_decide(&staff.roles) {
        return Ok(Err(Refusal::Hidden));
    }
    ctx.db.write(Rechecked { ctx: ctx.clone(), staff: staff.clone(), public: public.clone(), version }).await
}

struct Rechecked {
    ctx: Ctx,
    staff: Staff,
    public: Public<Application>,
    version: i64,
}

impl Command for Rechecked {
    type Out = std::result::Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row = match officer::load(tx, &self.staff, &self.public, self.version).await? {
            Ok(row) => row,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let today = self.ctx.now().date();
        if tx.execute(DUE, args![&row.id, today]).await? == 0 {
            return Ok(Err(Refusal::MovedOn));
        }
        note(tx, &row, today).await?;
        officer::trace(&self.ctx, tx, &self.staff, &row, "rechecked").await?;
        Ok(Ok(()))
    }
}

pub const NOTE: &str = "UPDATE application SET recheck_on = $1, recheck_due = $2 WHERE id = $3 AND EXISTS (SELECT 1 FROM unit u \
    WHERE u.id = application.unit_id AND u.level = 'special_high')";
/// A form of before is told that the case has changed.
pub const DUE: &str =
    "UPDATE application SET version = version + 1 WHERE id = $1 AND state = 'decided' AND recheck_on <= $2";
