//! What waits follows him to the unit where he is now, and to how that unit hands letters over and controls them: what went on
//! unread from where nobody reads is read before it is handed over where letters are read. The hour at which control is late
//! stays what it was, and nothing goes on by itself but by the new unit's rule.

use domain::{
    kernel::{Id, Instant},
    messages::{Letter, Means},
};

use super::{
    Row,
    due::AGAIN,
    pair::{OF_EXCHANGE, Pair},
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
};

/// For the worker. Tells of how many.
pub async fn follow(ctx: &Ctx) -> Result<usize> {
    ctx.db.write(Follow { ctx: ctx.clone(), now: ctx.now() }).await
}

struct Follow {
    ctx: Ctx,
    now: Instant,
}

#[derive(sqlx::FromRow)]
struct Moved {
    id: String,
    ruled_at: Option<i64>,
}

impl Command for Follow {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let moved: Vec<Moved> = tx.all(MOVED, args![]).await?;
        let mut done = 0;
        for letter in &moved {
            let row: Row = tx.one(AGAIN, args![&letter.id]).await?;
            let pair: Pair = tx.one(OF_EXCHANGE, args![&row.exchange_id, self.now.date()]).await?;
            done += self.carry(tx, &row, &pair, letter.ruled_at.is_some()).await?;
        }
        Ok(done)
    }
}

impl Follow {
    async fn carry(&self, tx: &mut Tx, row: &Row, pair: &Pair, ruled: bool) -> Result<usize> {
        let Some(unit) = pair.unit() else { return Ok(0) };
        let after = |hours: i64| self.now.plus_minutes(hours.saturating_mul(60));
        let controlled = pair.is_controlled()?;
        let again = row.state == "released" && controlled && !ruled;
        if again {
            // Where the unit has said nothing the exchange is closed, and nothing is handed over.
            let due = after(pair.rule.control_hours.unwrap_or(24));
            let letter = row.letter()?.controlled_anew(self.now, due);
            let letter: Letter = letter.map_err(|_| Error::Broken("a letter that follows him"))?;
            row.save(tx, &letter, self.now).await?;
        }
        let means = match (row.from_relative, pair.rule.means()) {
            (1, Some(means)) => means,
            _ => row.means()?,
        };
        let release = pair.rule.release_hours.filter(|_| again || row.state == "in_control").map(after);
        let means: Means = means;
        tx.later(FOLLOW, args![&unit, means.code(), release, &row.id]).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::System, "letter_followed").at_unit(&unit);
        let entry = entry.about("letter", &Id::<super::LetterRow>::new(row.id.as_str()));
        entry.detail(if again { "controlled_anew" } else { "" }).save(tx).await?;
        Ok(1)
    }
}

pub const MOVED: &str = "SELECT l.id, l.ruled_at FROM letter l JOIN exchange e ON e.id = l.exchange_id JOIN placement p \
    ON p.inmate_id = e.inmate_id AND p.ended_at IS NULL WHERE l.state IN ('in_control', 'released') \
    AND l.unit_id <> p.unit_id ORDER BY l.id LIMIT 200";
pub const FOLLOW: &str = "UPDATE letter SET officer_id = NULL, unit_id = $1, means = $2, release_at = $3, version = version + 1 WHERE id = $4";
