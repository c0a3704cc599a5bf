//! What the standing decisions do to where an inmate is. Planned when an event comes, carried out when its time has come;
//! both read the same decisions, so a job that runs twice, late or for nothing changes nothing.

use domain::{
    access::Unit,
    custody::{Change, Ends, Event, Kind, ends},
    kernel::{Id, Instant},
};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, args,
    ctx::Ctx,
    custody::inmates::Inmate,
    db::{Command, Tx},
    outbox::Job,
};

/// The outbox job that carries out what has fallen due.
pub const EFFECT: &str = "custody.effect";

/// The outbox job of whoever follows him: a stay has ended or begun, or a court's orders are others.
pub const MOVED: &str = "custody.moved";

/// Whose decisions are to be looked at.
#[derive(Debug, Deserialize, Serialize)]
pub struct Effect {
    pub inmate: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    change: String,
    at: i64,
    unit_id: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Stay {
    id: String,
    started_at: i64,
}

/// Notes when the present stay ends, ends it if that is now, and orders a look when it will be.
pub(super) async fn replan(tx: &mut Tx, ctx: &Ctx, inmate: &Id<Inmate>, now: Instant) -> Result<()> {
    // Several of them may have fallen due: each ends one stay and may begin the next.
    while let Some(stay) = tx.optional::<Stay>(STAY, args![inmate]).await? {
        let (events, units) = standing(tx, inmate).await?;
        let Some((at, why)) = ends(&events, Instant(stay.started_at)) else {
            tx.later(LEAVES, args![None::<Instant>, &stay.id]).await?;
            return Ok(());
        };
        // Hearing late of a death, it is over as soon as it began here.
        if at > now.max(Instant(stay.started_at)) {
            tx.later(LEAVES, args![at, &stay.id]).await?;
            let job = Job::new(ctx, EFFECT, &Effect { inmate: inmate.as_str().to_owned() })?;
            return job.due_at(at).save(tx).await;
        }
        tx.later(ENDED, args![at, &stay.id]).await?;
        if why == Ends::Moves {
            move_to(tx, ctx, inmate, next_unit(&events, &units, at)?, at).await?;
        }
        moved(tx, ctx, inmate).await?;
    }
    Ok(())
}

/// Whoever follows where he is looks again.
pub(super) async fn moved(tx: &mut Tx, ctx: &Ctx, inmate: &Id<Inmate>) -> Result<()> {
    Job::new(ctx, MOVED, &Effect { inmate: inmate.as_str().to_owned() })?.save(tx).await
}

/// The decisions that stand, and where each leads.
async fn standing(tx: &mut Tx, inmate: &Id<Inmate>) -> Result<(Vec<Event>, Vec<Option<String>>)> {
    let rows: Vec<Row> = tx.all(STANDING, args![inmate]).await?;
    let events = rows.iter().map(|row| {
        Ok(Event {
            decision: String::new(),
            version: 1,
            inmate: String::new(),
            kind: Kind::parse(&row.kind).ok_or(Error::Broken("kind of an event"))?,
            change: Change::parse(&row.change).ok_or(Error::Broken("change of an event"))?,
            at: Instant(row.at),
            until: None,
            unit: None,
            conditions: vec![],
        })
    });
    Ok((events.collect::<Result<_>>()?, rows.iter().map(|row| row.unit_id.clone()).collect()))
}

/// Where the move at this time leads.
fn next_unit(events: &[Event], units: &[Option<String>], at: Instant) -> Result<Id<Unit>> {
    let moves = |event: &Event| event.kind.has_unit() && event.change != Change::Cancelled && event.at == at;
    let found = events.iter().zip(units).find(|(event, unit)| moves(event) && unit.is_some());
    let unit = found.and_then(|(_, unit)| unit.clone()).ok_or(Error::Broken("unit of a transfer"))?;
    Ok(Id::new(unit))
}

/// He is there from a moment after he left, so that the move which brought him does not end the new stay too.
async fn move_to(tx: &mut Tx, ctx: &Ctx, inmate: &Id<Inmate>, unit: Id<Unit>, at: Instant) -> Result<()> {
    let id: Id<Stay> = ctx.chance.id(at);
    tx.later(crate::custody::inmates::PLACE, args![&id, inmate, &unit, Instant(at.micros() + 1)]).await
}

/// The worker's turn: what has fallen due for this inmate is carried out.
pub async fn take_effect(ctx: &Ctx, effect: &Effect) -> Result<()> {
    let inmate = Id::new(effect.inmate.as_str());
    ctx.db.write(Due { ctx: ctx.clone(), inmate, now: ctx.now() }).await
}

struct Due {
    ctx: Ctx,
    inmate: Id<Inmate>,
    now: Instant,
}

impl Command for Due {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        replan(tx, &self.ctx, &self.inmate, self.now).await
    }
}

pub const STAY: &str = "SELECT id, started_at FROM placement WHERE inmate_id = $1 AND ended_at IS NULL";
pub const STANDING: &str =
    "SELECT kind, change, at, unit_id FROM custody_decision WHERE inmate_id = $1 ORDER BY at, id";
pub const LEAVES: &str = "UPDATE placement SET leaves_at = $1 WHERE id = $2";
pub const ENDED: &str = "UPDATE placement SET ended_at = $1, leaves_at = $1 WHERE id = $2";
