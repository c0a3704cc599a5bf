//! What an officer does with a request: takes it, passes it on, answers it.

use domain::{
    corrections::{FieldError, PassForm, Refusal, SettleForm, Settled},
    kernel::{Instant, Public},
};

use super::{
    CorrectionMark, Done, Undone, answer_place, desk::of_staff, read::Row, remind, send::UNIT_OR_INTAKE, tell,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

/// She looks into it from now on.
pub async fn take(
    ctx: &Ctx,
    staff: &Staff,
    correction: &Public<CorrectionMark>,
    version: i64,
) -> Result<Done> {
    act(ctx, staff, correction, version, What::Take).await
}

/// Answers it; whoever asked is told that there is something new.
pub async fn settle(
    ctx: &Ctx,
    staff: &Staff,
    correction: &Public<CorrectionMark>,
    form: &SettleForm,
) -> Result<Done> {
    match form.parse() {
        Ok(settled) => act(ctx, staff, correction, settled.version, What::Settle(settled)).await,
        Err(errors) => Ok(Err(Undone::Fields(errors))),
    }
}

/// To the unit that has what it is about. Its clock goes on.
pub async fn pass(
    ctx: &Ctx,
    staff: &Staff,
    correction: &Public<CorrectionMark>,
    form: &PassForm,
) -> Result<Done> {
    match form.parse() {
        Ok((version, unit)) => act(ctx, staff, correction, version, What::Pass(unit)).await,
        Err(errors) => Ok(Err(Undone::Fields(errors))),
    }
}

enum What {
    Take,
    /// To the unit of this slug.
    Pass(String),
    Settle(Settled),
}

async fn act(
    ctx: &Ctx,
    staff: &Staff,
    correction: &Public<CorrectionMark>,
    version: i64,
    what: What,
) -> Result<Done> {
    let (ctx, staff, correction) = (ctx.clone(), staff.clone(), correction.clone());
    let (db, now) = (ctx.db.clone(), ctx.now());
    db.write(Act { ctx, staff, correction, version, what, now }).await
}

struct Act {
    ctx: Ctx,
    staff: Staff,
    correction: Public<CorrectionMark>,
    version: i64,
    what: What,
    now: Instant,
}

impl Command for Act {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(row) = of_staff(tx, &self.staff, &self.correction).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        if row.version != self.version {
            return Ok(Err(Refusal::Stale.into()));
        }
        match &self.what {
            What::Take => self.take(tx, &row).await,
            What::Pass(unit) => self.pass(tx, &row, unit).await,
            What::Settle(settled) => self.settle(tx, &row, settled).await,
        }
    }
}

impl Act {
    async fn trace(&self, tx: &mut Tx, row: &Row, action: &'static str, detail: &str) -> Result<()> {
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        entry.at_unit(&row.unit()).about("correction", &row.id()).detail(detail).save(tx).await
    }

    async fn take(&self, tx: &mut Tx, row: &Row) -> Result<Done> {
        if let Err(refusal) = row.state()?.taken(self.staff.staff.clone(), self.now) {
            return Ok(Err(refusal.into()));
        }
        if tx.execute(TAKE, args![self.now, &self.staff.staff, &row.id, row.version]).await? != 1 {
            return Ok(Err(Refusal::Stale.into()));
        }
        self.trace(tx, row, "correction_taken", "").await?;
        Ok(Ok(()))
    }

    async fn pass(&self, tx: &mut Tx, row: &Row, unit: &str) -> Result<Done> {
        if let Err(refusal) = row.state()?.passed(self.now) {
            return Ok(Err(refusal.into()));
        }
        let found: Option<(String,)> = tx.optional(UNIT_OR_INTAKE, args![unit]).await?;
        let Some((to,)) = found.filter(|(to,)| *to != row.unit_id) else {
            return Ok(Err(Undone::Fields(vec![FieldError { field: "to", code: "choose" }])));
        };
        if tx.execute(PASS, args![self.now, &to, &row.id, row.version]).await? != 1 {
            return Ok(Err(Refusal::Stale.into()));
        }
        self.trace(tx, row, "correction_passed", unit).await?;
        remind(tx, &self.ctx, &to).await?;
        Ok(Ok(()))
    }

    async fn settle(&self, tx: &mut Tx, row: &Row, settled: &Settled) -> Result<Done> {
        let by = self.staff.staff.clone();
        if let Err(refusal) = row.state()?.settled(by, settled.outcome, self.now) {
            return Ok(Err(refusal.into()));
        }
        let key = self.ctx.vault.subject(tx, &row.person_id).await?;
        let answer = key.seal(&self.ctx.chance, &answer_place(&row.id), settled.words.as_bytes())?;
        let outcome = settled.outcome.code();
        let values = args![self.now, &self.staff.staff, outcome, answer, &row.id, row.version];
        if tx.execute(SETTLE, values).await? != 1 {
            return Ok(Err(Refusal::Stale.into()));
        }
        self.trace(tx, row, "correction_settled", outcome).await?;
        tell(tx, &self.ctx, &row.person_id()).await?;
        Ok(Ok(()))
    }
}

pub const TAKE: &str = "UPDATE correction SET state = 'taken', state_at = $1, officer_id = $2, version = version + 1 \
    WHERE id = $3 AND version = $4";
pub const PASS: &str = "UPDATE correction SET state = 'sent', state_at = $1, officer_id = NULL, unit_id = $2, reminded_at = NULL, \
    version = version + 1 WHERE id = $3 AND version = $4";
pub const SETTLE: &str = "UPDATE correction SET state = 'settled', state_at = $1, officer_id = $2, outcome = $3, answer = $4, \
    due_at = NULL, version = version + 1 WHERE id = $5 AND version = $6";
