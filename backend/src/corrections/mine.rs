//! What whoever asked sees and does: her requests, one of them, taking one back.

use domain::{
    corrections::{About, Refusal, Wish},
    kernel::{Instant, Public, Reference},
};

use super::{
    Correction, CorrectionMark, Done, public,
    read::{OWN, Row},
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// A line of her list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub public: Public<CorrectionMark>,
    pub reference: Reference,
    pub wish: Wish,
    pub about: About,
    pub sent_at: Instant,
    /// `sent`, `taken`, `settled` or `withdrawn`.
    pub state: String,
    pub due_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct Line {
    public_id: String,
    reference: String,
    wish: String,
    about: String,
    sent_at: i64,
    state: String,
    due_at: Option<i64>,
}

/// Newest first.
pub async fn mine(ctx: &Ctx, who: &Citizen) -> Result<Vec<Mine>> {
    let lines: Vec<Line> = ctx.db.all(MINE, args![&who.person]).await?;
    let mine = |line: Line| {
        Ok(Mine {
            public: public(&line.public_id)?,
            reference: Reference::parse(&line.reference).ok_or(Error::Broken("reference"))?,
            wish: Wish::parse(&line.wish).ok_or(Error::Broken("wish of a correction"))?,
            about: About::parse(&line.about).ok_or(Error::Broken("what a correction is about"))?,
            sent_at: Instant(line.sent_at),
            state: line.state,
            due_at: line.due_at.map(Instant),
        })
    };
    lines.into_iter().map(mine).collect()
}

/// One of her own; anybody else's is not found.
pub async fn correction(
    ctx: &Ctx,
    who: &Citizen,
    correction: &Public<CorrectionMark>,
) -> Result<Option<Correction>> {
    let row: Option<Row> = ctx.db.optional(OWN, args![correction, &who.person]).await?;
    match row {
        Some(row) => row.correction(ctx).await.map(Some),
        None => Ok(None),
    }
}

/// Takes an open one back.
pub async fn withdraw(ctx: &Ctx, who: &Citizen, correction: &Public<CorrectionMark>) -> Result<Done> {
    let now = ctx.now();
    ctx.db.write(Withdraw { ctx: ctx.clone(), who: who.clone(), correction: correction.clone(), now }).await
}

struct Withdraw {
    ctx: Ctx,
    who: Citizen,
    correction: Public<CorrectionMark>,
    now: Instant,
}

impl Command for Withdraw {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(row) = Row::own(tx, &self.who.person, &self.correction).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        if let Err(refusal) = row.state()?.withdrawn(self.now) {
            return Ok(Err(refusal.into()));
        }
        if tx.execute(WITHDRAW, args![self.now, &row.id, row.version]).await? != 1 {
            return Ok(Err(Refusal::Stale.into()));
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "correction_withdrawn");
        entry.at_unit(&row.unit()).about("correction", &row.id()).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const MINE: &str = "SELECT public_id, reference, wish, about, sent_at, state, due_at FROM correction WHERE person_id = $1 \
    ORDER BY sent_at DESC, id DESC LIMIT 100";
pub const WITHDRAW: &str = "UPDATE correction SET state = 'withdrawn', state_at = $1, due_at = NULL, version = version + 1 \
    WHERE id = $2 AND version = $3";
