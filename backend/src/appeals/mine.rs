//! What whoever appeals sees and does: her appeals, one of them, what she is typing, taking one back.

use domain::{
    appeals::{Refusal, State, Subject},
    kernel::{Instant, Public, Reference},
};

use super::{
    Appeal, AppealMark, Done, draft_place, public,
    read::{OWN, Row},
    target,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    decision::NewDecision,
    drafts::{self, Fields, Kept, Owner},
};

/// A line of her list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub public: Public<AppealMark>,
    pub decision: Public<NewDecision>,
    pub reference: Reference,
    pub subject: Subject,
    pub sent_at: Instant,
    /// `sent`, `preparing`, `forwarded`, `decided` or `withdrawn`.
    pub state: String,
    pub state_at: Instant,
}

#[derive(sqlx::FromRow)]
struct Line {
    public_id: String,
    decision: String,
    reference: String,
    subject_kind: String,
    sent_at: i64,
    state: String,
    state_at: i64,
}

/// Newest first.
pub async fn mine(ctx: &Ctx, who: &Citizen) -> Result<Vec<Mine>> {
    let lines: Vec<Line> = ctx.db.all(MINE, args![&who.person]).await?;
    let mine = |line: Line| {
        Ok(Mine {
            public: public(&line.public_id)?,
            decision: public(&line.decision)?,
            reference: Reference::parse(&line.reference).ok_or(Error::Broken("reference"))?,
            subject: Subject::parse(&line.subject_kind).ok_or(Error::Broken("subject of an appeal"))?,
            sent_at: Instant(line.sent_at),
            state: line.state,
            state_at: Instant(line.state_at),
        })
    };
    lines.into_iter().map(mine).collect()
}

/// One of her own; anybody else's is not found.
pub async fn appeal(ctx: &Ctx, who: &Citizen, appeal: &Public<AppealMark>) -> Result<Option<Appeal>> {
    let row: Option<Row> = ctx.db.optional(OWN, args![appeal, &who.person]).await?;
    match row {
        Some(row) => row.appeal(ctx).await.map(Some),
        None => Ok(None),
    }
}

/// Keeps what she has typed about this decision. `None`: she has no such decision.
pub async fn keep_draft(
    ctx: &Ctx,
    who: &Citizen,
    decision: &Public<NewDecision>,
    fields: &Fields,
    seen: &str,
) -> Result<Option<Kept>> {
    let Some(target) = target(ctx, who, decision).await? else { return Ok(None) };
    let place = draft_place(&target.public);
    drafts::keep(ctx, &Owner::citizen(who), &place, fields, drafts::seen(seen)).await.map(Some)
}

/// Throws it away.
pub async fn discard_draft(ctx: &Ctx, who: &Citizen, decision: &Public<NewDecision>) -> Result<Option<()>> {
    let Some(target) = target(ctx, who, decision).await? else { return Ok(None) };
    drafts::discard(ctx, &Owner::citizen(who), &draft_place(&target.public)).await.map(Some)
}

/// Takes an open one back. While it is in time she may send another.
pub async fn withdraw(ctx: &Ctx, who: &Citizen, appeal: &Public<AppealMark>) -> Result<Done> {
    let now = ctx.now();
    ctx.db.write(Withdraw { ctx: ctx.clone(), who: who.clone(), appeal: appeal.clone(), now }).await
}

struct Withdraw {
    ctx: Ctx,
    who: Citizen,
    appeal: Public<AppealMark>,
    now: Instant,
}

impl Command for Withdraw {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(row) = Row::own(tx, &self.who.person, &self.appeal).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        let State::Withdrawn { at } = (match row.state()?.withdrawn(self.now) {
            Ok(state) => state,
            Err(refusal) => return Ok(Err(refusal.into())),
        }) else {
            return Err(Error::Broken("state of an appeal"));
        };
        if tx.execute(WITHDRAW, args![at, &row.id, row.version]).await? != 1 {
            return Ok(Err(Refusal::Stale.into()));
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "appeal_withdrawn");
        entry.at_unit(&row.unit()).about("appeal", &row.id()).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const MINE: &str = "SELECT a.public_id, d.public_id AS decision, a.reference, d.subject_kind, a.sent_at, a.state, \
    a.state_at FROM appeal a JOIN decision d ON d.id = a.decision_id WHERE a.person_id = $1 \
    ORDER BY a.sent_at DESC, a.id DESC LIMIT 100";
pub const WITHDRAW: &str = "UPDATE appeal SET state = 'withdrawn', state_at = $1, due_at = NULL, version = version + 1 \
    WHERE id = $2 AND version = $3";
