//! "I am delayed": told in one tap, with an answer at once whether the unit's rule still lets her in.

use domain::{
    kernel::{Instant, Public},
    visits::{
        booking::Booking,
        gate::{Arrival, DELAYS, arrival, may_tell_delay},
    },
};

use super::{BookingRow, OWN, standing};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    db::{Command, Tx},
};

/// What she is told; a refusal when it is not the day, she has come already, or nobody is let in any more. None when the
/// visit is not hers.
pub type Told = Option<Option<Arrival>>;

pub async fn tell_delay(ctx: &Ctx, who: &Citizen, visit: &Public<Booking>, minutes: i64) -> Result<Told> {
    if !DELAYS.contains(&minutes) {
        return Ok(None);
    }
    let tell = Tell { who: who.clone(), visit: visit.clone(), minutes, now: ctx.now() };
    ctx.db.write(tell).await
}

struct Tell {
    who: Citizen,
    visit: Public<Booking>,
    minutes: i64,
    now: Instant,
}

impl Command for Tell {
    type Out = Told;

    async fn run(&self, tx: &mut Tx) -> Result<Told> {
        let found: Option<BookingRow> = tx.optional(OWN, args![&self.visit, &self.who.person]).await?;
        let Some(row) = found else { return Ok(None) };
        let (expected, state, _) = standing(tx, &row).await?;
        if !may_tell_delay(state, &expected, self.now) {
            return Ok(Some(None));
        }
        tx.later(DELAYED, args![&row.id, self.minutes, self.now]).await?;
        let comes = expected.starts_at.plus_minutes(self.minutes);
        Ok(Some(Some(arrival(&expected, comes))))
    }
}

pub const DELAYED: &str = "INSERT INTO visit_delay (booking_id, minutes, told_at) VALUES ($1, $2, $3) \
    ON CONFLICT (booking_id) DO UPDATE SET minutes = excluded.minutes, told_at = excluded.told_at";
