//! What is held of a lawyer: her mandates, what the lawyers' register said, and how many letters there are. The letters themselves are copied from each
//! client's page, which writes it down; here nothing opens one. Below the high level nothing is told.

use domain::access::Level;

use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

#[derive(sqlx::FromRow)]
struct MandateRow {
    kind: String,
    unit_name: String,
    valid_from: String,
    valid_to: String,
    registered_at: i64,
    ended_at: Option<i64>,
}

/// None: she has to come in at the high level.
pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Option<Vec<Thing>>> {
    if who.level < Level::High {
        return Ok(None);
    }
    let mandates: Vec<MandateRow> = ctx.db.all(MANDATES_HELD, args![&who.person]).await?;
    let mandate = |row: MandateRow| {
        Thing::new(Kind::Mandate)
            .code(Name::Kind, Set::Mandate, row.kind)
            .text(Name::Unit, row.unit_name)
            .on(Name::From, row.valid_from)?
            .on(Name::Until, row.valid_to)
            .map(|thing| thing.at(Name::Registered, row.registered_at).at(Name::Closed, row.ended_at))
    };
    let mut things: Vec<Thing> = mandates.into_iter().map(mandate).collect::<Result<_>>()?;
    let listed: Option<(Option<i64>, Option<String>, Option<i64>)> =
        ctx.db.optional(LAWYER_HELD, args![&who.person]).await?;
    if let Some((verified, until, closed)) = listed {
        let thing = Thing::new(Kind::Lawyer).at(Name::Confirmed, verified).on(Name::Until, until)?;
        things.push(thing.at(Name::Closed, closed));
    }
    let threads: Vec<(i64, i64)> = ctx.db.all(THREADS_HELD, args![&who.person]).await?;
    things.extend(threads.into_iter().map(|(opened, letters)| {
        Thing::new(Kind::CounselLetters).at(Name::Opened, opened).number(Name::Count, letters)
    }));
    Ok(Some(things))
}

pub const MANDATES_HELD: &str = "SELECT m.kind, u.name AS unit_name, m.valid_from, m.valid_to, m.registered_at, m.ended_at \
    FROM mandate m JOIN person_number n ON n.hash = m.number_hash JOIN unit u ON u.id = m.unit_id \
    WHERE n.person_id = $1 ORDER BY m.registered_at DESC, m.id DESC";
pub const LAWYER_HELD: &str = "SELECT verified_at, holds_to, closed_at FROM lawyer WHERE person_id = $1";
pub const THREADS_HELD: &str = "SELECT t.opened_at, CAST((SELECT COUNT(*) FROM counsel_message m WHERE m.thread_id = t.id) \
    AS BIGINT) FROM counsel_thread t WHERE t.person_id = $1 ORDER BY t.opened_at DESC, t.id DESC";
