//! The code is opened once, by one account; that account says yes or no; she or he ends it. Each in a transaction with its trace.

use domain::{
    identity::{DelegateRefusal, Delegation, EndedBy, InviteCode},
    kernel::{Instant, Public},
};

use super::{BY_CODE, DelegationMark, Done, HERS_ONE, HIS_ONE, Row, hash, is_high, of_his, tell};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// From now on the invitation is his who typed it, and the code is good no more.
pub async fn open(ctx: &Ctx, who: &Citizen, typed: &str) -> Result<Done<Public<DelegationMark>>> {
    let Some(code) = InviteCode::parse(typed).filter(|_| is_high(who)) else {
        return Ok(Err(DelegateRefusal::Code));
    };
    ctx.db.write(Open { ctx: ctx.clone(), who: who.clone(), hash: hash(ctx, &code) }).await
}

struct Open {
    ctx: Ctx,
    who: Citizen,
    hash: Vec<u8>,
}

impl Command for Open {
    type Out = Done<Public<DelegationMark>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Row> = tx.optional(BY_CODE, of_his(&self.ctx, &self.who, self.hash.clone())).await?;
        let Some(row) = row else { return Ok(Err(DelegateRefusal::Code)) };
        if tx.execute(OPEN, args![&self.who.person, &row.id]).await? != 1 {
            return Ok(Err(DelegateRefusal::Code));
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "delegate_opened");
        entry.about("delegation", &row.id()).detail(row.lawyer_id.as_str()).save(tx).await?;
        row.public().map(Ok)
    }
}

/// He says yes, or no; she is told that there is something new.
pub async fn answer(
    ctx: &Ctx,
    who: &Citizen,
    delegation: &Public<DelegationMark>,
    yes: bool,
) -> Result<Done> {
    step(ctx, who, delegation, What::Answer(yes)).await
}

/// At once, by her or by him.
pub async fn end(ctx: &Ctx, who: &Citizen, delegation: &Public<DelegationMark>, by: EndedBy) -> Result<Done> {
    step(ctx, who, delegation, What::End(by)).await
}

#[derive(Clone, Copy)]
enum What {
    Answer(bool),
    End(EndedBy),
}

async fn step(ctx: &Ctx, who: &Citizen, delegation: &Public<DelegationMark>, what: What) -> Result<Done> {
    if !is_high(who) {
        return Ok(Err(DelegateRefusal::Hidden));
    }
    let (ctx, who, delegation) = (ctx.clone(), who.clone(), delegation.clone());
    let (db, now) = (ctx.db.clone(), ctx.now());
    db.write(Step { ctx, who, delegation, what, now }).await
}

struct Step {
    ctx: Ctx,
    who: Citizen,
    delegation: Public<DelegationMark>,
    what: What,
    now: Instant,
}

impl Step {
    async fn row(&self, tx: &mut Tx) -> Result<Option<Row>> {
        let (id, person) = (&self.delegation, &self.who.person);
        match self.what {
            What::End(EndedBy::Lawyer) => tx.optional(HERS_ONE, args![id, person]).await,
            _ => tx.optional(HIS_ONE, of_his(&self.ctx, &self.who, id)).await,
        }
    }
}

impl Command for Step {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(row) = self.row(tx).await? else { return Ok(Err(DelegateRefusal::Hidden)) };
        let (state, now) = (row.state()?, self.now);
        let next = match self.what {
            What::Answer(yes) => state.answered(yes, Instant::last_minute(row.day()?), now),
            What::End(by) => state.ended(by, now),
        };
        let next = match next {
            Ok(next) => next,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (by, over) = match next {
            Delegation::Ended { by, at } => (Some(by.code()), at),
            Delegation::Accepted { until, .. } | Delegation::Waiting { until } => (None, until),
            Delegation::Declined { at } => (None, at),
        };
        tx.later(STEP, args![next.code(), now, by, over, &row.id]).await?;
        let action = match next {
            Delegation::Accepted { .. } => "delegate_accepted",
            Delegation::Declined { .. } => "delegate_declined",
            _ => "delegate_ended",
        };
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), action);
        entry.about("delegation", &row.id()).detail(row.lawyer_id.as_str()).save(tx).await?;
        if !matches!(self.what, What::End(EndedBy::Lawyer)) {
            tell(tx, &self.ctx, &row.lawyer()).await?;
        }
        Ok(Ok(()))
    }
}

pub const OPEN: &str = "UPDATE delegation SET delegate_id = $1, code_hash = NULL WHERE id = $2 AND delegate_id IS NULL \
    AND state = 'waiting'";
pub const STEP: &str = "UPDATE delegation SET state = $1, state_at = $2, ended_by = $3, over_at = $4, code_hash = NULL WHERE id = $5";
