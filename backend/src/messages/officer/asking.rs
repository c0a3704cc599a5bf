//! What a person can write about and what she may expect; and that she needs no more of it.

use domain::{
    kernel::{Instant, Public},
    messages::Refusal,
};

use super::{Row, write::LOAD_OWN};
use crate::{
    Result, args,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    messages::{Done, ThreadRow, numbers::Numbers},
    rules::Rules,
};

/// An application or a booking of hers.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Case {
    /// `application` or `booking`.
    pub kind: String,
    #[sqlx(rename = "public_id")]
    pub public: String,
    pub reference: String,
    pub unit_name: String,
}

/// The newest first.
pub async fn cases(ctx: &Ctx, who: &Citizen) -> Result<Vec<Case>> {
    ctx.db.all(CASES, args![&who.person]).await
}

/// What holds for a message that is sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expect {
    /// Longest message, in characters.
    pub longest: usize,
    /// By when it is expected to be answered.
    pub due: Instant,
    /// So many days after its end a conversation can be taken up by writing in it.
    pub reopen_days: i64,
}

pub async fn expect(ctx: &Ctx) -> Result<Expect> {
    let now = ctx.now();
    let numbers = Numbers::of(&Rules::on(&ctx.db, now.date()).await?)?;
    Ok(Expect { longest: numbers.longest, due: numbers.due(now), reopen_days: numbers.reopen_days })
}

/// She needs no answer any more. Writing in it takes it up again.
pub async fn close(ctx: &Ctx, who: &Citizen, thread: &Public<ThreadRow>) -> Result<Done> {
    ctx.db.write(Close { ctx: ctx.clone(), who: who.clone(), thread: thread.clone() }).await
}

struct Close {
    ctx: Ctx,
    who: Citizen,
    thread: Public<ThreadRow>,
}

impl Command for Close {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let found: Option<Row> = tx.optional(LOAD_OWN, args![&self.thread, &self.who.person]).await?;
        let Some(row) = found else { return Ok(Err(Refusal::Hidden)) };
        let state = match row.state()?.closed(self.ctx.now()) {
            Ok(state) => state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !row.save(tx, state, row.officer().as_ref(), None).await? {
            return Ok(Err(Refusal::Stale));
        }
        row.trace(&self.ctx, &Actor::Citizen(self.who.clone()), "message_closed").save(tx).await?;
        Ok(Ok(()))
    }
}

pub const CASES: &str = "SELECT c.kind AS kind, c.public_id AS public_id, c.reference AS reference, u.name AS unit_name \
    FROM message_case c JOIN unit u ON u.id = c.unit_id WHERE c.person_id = $1 ORDER BY c.id DESC LIMIT 100";
