//! What happens to letters by itself: one that waits too long for control is escalated to its unit; one goes on unread only
//! where its unit's rule says so; one that nobody may hand over any more lapses, for whatever cause, after the same days.

use domain::{
    access::Unit,
    kernel::{Id, Instant},
    messages::Means,
};

use super::{
    Row,
    pair::{OF_EXCHANGE, Pair},
};
use crate::{
    Result, args,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    messages::{news, numbers::Numbers},
    rules::Rules,
};

/// Whether the two may write to each other now.
pub(super) async fn is_open(tx: &mut Tx, row: &Row, now: Instant) -> Result<bool> {
    let pair: Pair = tx.one(OF_EXCHANGE, args![&row.exchange_id, now.date()]).await?;
    pair.is_open(now.date())
}

/// Puts a letter that has been let through where its reader finds it: hers at once into her box here, if the exchange is
/// open; his waits for him to take it.
pub(super) async fn hand_on(tx: &mut Tx, ctx: &Ctx, row: &Row, now: Instant) -> Result<()> {
    if row.from_relative == 1 || !is_open(tx, row, now).await? {
        return Ok(());
    }
    let Ok(letter) = row.letter()?.delivered(now, Means::Screen) else { return Ok(()) };
    if row.save(tx, &letter, now).await? {
        let numbers = Numbers::within(tx, now).await?;
        news::tell(tx, ctx, &row.person(), &numbers, now).await?;
    }
    Ok(())
}

/// For the worker: what has waited past its hour. Tells of how many.
pub async fn escalate_due(ctx: &Ctx) -> Result<usize> {
    ctx.db.write(Round { ctx: ctx.clone(), now: ctx.now(), what: What::Escalate }).await
}

/// For the worker: what a unit's rule lets go on. One whose second opinion is asked for waits for it.
pub async fn release_due(ctx: &Ctx) -> Result<usize> {
    ctx.db.write(Round { ctx: ctx.clone(), now: ctx.now(), what: What::Release }).await
}

/// For the worker: what waits for its reader is handed on when the exchange is open again, or lapses when it is old.
pub async fn move_on(ctx: &Ctx) -> Result<usize> {
    let (mut moved, mut after) = (0, Some((0, String::new())));
    while let Some(from) = after {
        let (some, next) = ctx.db.write(MoveOn { ctx: ctx.clone(), now: ctx.now(), from }).await?;
        moved += some;
        after = next;
    }
    Ok(moved)
}

struct Round {
    ctx: Ctx,
    now: Instant,
    what: What,
}

#[derive(Clone, Copy)]
enum What {
    Escalate,
    Release,
}

impl Command for Round {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        match self.what {
            What::Escalate => self.escalate(tx).await,
            What::Release => self.release(tx).await,
        }
    }
}

impl Round {
    async fn escalate(&self, tx: &mut Tx) -> Result<usize> {
        let rows: Vec<Row> = tx.all(LATE, args![self.now]).await?;
        let mut told: Option<Id<Unit>> = None;
        for row in &rows {
            tx.later(ESCALATED, args![self.now, &row.id]).await?;
            row.trace(&self.ctx, &Actor::System, "letter_escalated").save(tx).await?;
            if told.as_ref() != Some(&row.unit()) {
                news::remind_unit(tx, &self.ctx, &row.unit_id).await?;
            }
            told = Some(row.unit());
        }
        Ok(rows.len())
    }

    async fn release(&self, tx: &mut Tx) -> Result<usize> {
        let rows: Vec<Row> = tx.all(TO_RELEASE, args![self.now]).await?;
        let mut released = 0;
        for row in &rows {
            let Ok(letter) = row.letter()?.released(self.now, false) else { continue };
            if row.save(tx, &letter, self.now).await? {
                row.trace(&self.ctx, &Actor::System, "letter_released").detail("by_rule").save(tx).await?;
                let row: Row = tx.one(AGAIN, args![&row.id]).await?;
                hand_on(tx, &self.ctx, &row, self.now).await?;
                released += 1;
            }
        }
        Ok(released)
    }
}

/// One page of what waits for its reader, oldest first.
struct MoveOn {
    ctx: Ctx,
    now: Instant,
    from: (i64, String),
}

const PAGE: usize = 200;

impl Command for MoveOn {
    type Out = (usize, Option<(i64, String)>);

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let days = Rules::within(tx, self.now.date()).await?.days("messages.lapse_days")?;
        let old = self.now.plus_days(-days);
        let rows: Vec<Row> = tx.all(WAITING, args![old, self.from.0, &self.from.1]).await?;
        let mut moved = 0;
        for row in &rows {
            if is_open(tx, row, self.now).await? {
                hand_on(tx, &self.ctx, row, self.now).await?;
            } else if row.written_at < old.micros() {
                moved += self.lapse(tx, row).await?;
            }
        }
        let last = rows.last().filter(|_| rows.len() == PAGE);
        Ok((moved, last.map(|row| (row.written_at, row.id.clone()))))
    }
}

impl MoveOn {
    async fn lapse(&self, tx: &mut Tx, row: &Row) -> Result<usize> {
        let Ok(letter) = row.letter()?.lapsed(self.now) else { return Ok(0) };
        if !row.save(tx, &letter, self.now).await? {
            return Ok(0);
        }
        row.trace(&self.ctx, &Actor::System, "letter_lapsed").save(tx).await?;
        Ok(1)
    }
}

macro_rules! rows {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.exchange_id, e.person_id, l.unit_id, l.from_relative, ",
            "CAST(CASE WHEN l.cut_body IS NULL THEN 0 ELSE 1 END AS BIGINT) AS cut, l.state, l.state_at, l.due_at, ",
            "l.second, l.second_by, l.means, l.written_at, l.version FROM letter l JOIN exchange e ON e.id = l.exchange_id ",
            $rest
        )
    };
}
pub const LATE: &str = rows!(
    "WHERE l.state = 'in_control' AND l.escalated_at IS NULL AND l.due_at < $1 ORDER BY l.unit_id, l.due_at LIMIT 200"
);
pub const TO_RELEASE: &str =
    rows!("WHERE l.release_at <= $1 AND l.second <> 'asked' ORDER BY l.release_at, l.id LIMIT 100");
/// Her box fills as soon as the exchange is open again; whatever is old and goes nowhere is looked at too.
pub const WAITING: &str = rows!(
    "WHERE l.state IN ('in_control', 'released') AND (l.written_at < $1 OR (l.state = 'released' AND l.from_relative = 0)) \
    AND (l.written_at, l.id) > ($2, $3) ORDER BY l.written_at, l.id LIMIT 200"
);
pub const AGAIN: &str = rows!("WHERE l.id = $1");
pub const ESCALATED: &str = "UPDATE letter SET escalated_at = $1 WHERE id = $2";
