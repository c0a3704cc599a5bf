//! In a unit of the strictest level every leave is looked at again within half a year (a rule). It stands in the list of work a while
//! before that; somebody looks at it, lets it stand until the next time, or decides anew. What the visitor has does not change by it.

use domain::{
    kernel::{CivilDate, Instant, Public},
    visits::clearance::Refusal,
};

use super::{
    Application,
    officer::{Officer, Step, step},
    rows::Row,
};
use crate::{
    Result, args,
    ctx::{Ctx, Staff},
    db::Tx,
    rules::Rules,
};

/// From when the case is to be looked at again, and by when; after each decision and each look. It is listed where the unit is of
/// that level, so that one who is moved there and back is not forgotten.
pub(super) async fn note(tx: &mut Tx, row: &Row, today: CivilDate) -> Result<()> {
    let rules = Rules::within(tx, today).await?;
    let due = today.plus_days(rules.days("clearance.recheck_days")?);
    let from = due.plus_days(-rules.days("clearance.recheck_notice_days")?);
    tx.later(NOTE, args![from, Instant::last_minute(due), &row.id]).await
}

/// Somebody has looked at it, and it stands.
pub async fn rechecked(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Application>,
    version: i64,
) -> Result<std::result::Result<(), Refusal>> {
    step(ctx, staff, public, version, Step::Rechecked).await
}

impl Officer {
    pub(super) async fn rechecked(&self, tx: &mut Tx, row: &Row) -> Result<std::result::Result<(), Refusal>> {
        let today = self.ctx.now().date();
        if tx.execute(DUE, args![&row.id, today]).await? == 0 {
            return Ok(Err(Refusal::MovedOn));
        }
        note(tx, row, today).await?;
        self.trace(tx, row, "rechecked").await?;
        Ok(Ok(()))
    }
}

pub const NOTE: &str = "UPDATE application SET recheck_on = $1, recheck_due = $2 WHERE id = $3";
/// A form of before is told that the case has changed.
pub const DUE: &str = "UPDATE application SET version = version + 1 WHERE id = $1 AND state = 'decided' AND recheck_on <= $2 \
    AND EXISTS (SELECT 1 FROM unit u WHERE u.id = application.unit_id AND u.level = 'special_high')";
