//! An applicant takes her open application back.

use domain::{kernel::Public, visits::clearance::Refusal};

use super::{
    Application,
    mine::letter,
    rows::{LOAD_OWN, Row},
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// Takes an open application back.
pub async fn withdraw(ctx: &Ctx, who: &Citizen, public: &Public<Application>) -> Result<Result<(), Refusal>> {
    ctx.db.write(Withdraw { ctx: ctx.clone(), who: who.clone(), public: public.clone() }).await
}

struct Withdraw {
    ctx: Ctx,
    who: Citizen,
    public: Public<Application>,
}

impl Command for Withdraw {
    type Out = Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Result<(), Refusal>> {
        let found: Option<Row> = tx.optional(LOAD_OWN, args![&self.public, &self.who.person]).await?;
        let Some(row) = found else { return Ok(Err(Refusal::Hidden)) };
        // Something decided is decided anew: that is the unit's.
        if tx.optional::<(String,)>(ANEW, args![&row.id]).await?.is_some() {
            return Ok(Err(Refusal::MovedOn));
        }
        let now = self.ctx.now();
        let Ok(state) = row.state()?.withdraw(now) else { return Ok(Err(Refusal::MovedOn)) };
        if !row.save(tx, &state, now).await? {
            return Ok(Err(Refusal::Stale));
        }
        tx.later(WITHDRAW_PEOPLE, args![&row.id]).await?;
        letter(&row, "withdrawn").save(&self.ctx, tx).await?;
        let actor = Actor::Citizen(self.who.clone());
        let entry = audit::Entry::new(&self.ctx, &actor, "application_withdrawn");
        entry.about("application", &row.id()).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const ANEW: &str =
    "SELECT id FROM clearance WHERE application_id = $1 AND reopened_at IS NOT NULL LIMIT 1";
pub const WITHDRAW_PEOPLE: &str =
    "UPDATE clearance SET outcome = 'withdrawn' WHERE application_id = $1 AND outcome = 'pending'";
