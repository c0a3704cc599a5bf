//! The unit's answer, and another one when it thinks again. Each has its letter.

use domain::{
    access::Person,
    kernel::{CivilDate, Clock, Id, Instant, Public},
    visits::booking::bringing::{BringState, Brought, What, may_answer},
};

use super::{letter, state, trace};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    visits::{booking::facts::wall, sessions::rows::date, units},
};

/// What came of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Saved,
    /// The same had been answered before.
    Before,
    /// She has taken it back, or the visit has begun or was called off.
    Over,
}

/// None when it is another unit's or not her duty.
pub async fn answer(
    ctx: &Ctx,
    staff: &Staff,
    bring: &Public<Brought>,
    how: BringState,
) -> Result<Option<Answered>> {
    if !may_answer(&staff.roles) {
        return Ok(None);
    }
    let (ctx, staff, bring) = (ctx.clone(), staff.clone(), bring.clone());
    ctx.db.clone().write(Answer { ctx, staff, bring, how }).await
}

struct Answer {
    ctx: Ctx,
    staff: Staff,
    bring: Public<Brought>,
    how: BringState,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    booking_id: String,
    person_id: String,
    what: String,
    state: String,
    reason: Option<String>,
    starts_at: i64,
    booked: i64,
}

impl Command for Answer {
    type Out = Option<Answered>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let row: Option<Row> = tx.optional(OF_UNITS, vec![(&self.bring).into(), units(&self.staff)]).await?;
        let Some(row) = row else { return Ok(None) };
        let before = state(&row.state, row.reason.as_deref())?;
        if before == self.how {
            return Ok(Some(Answered::Before));
        }
        if row.booked == 0 || !before.takes(self.how, Instant(row.starts_at), now) {
            return Ok(Some(Answered::Over));
        }
        let values = args![&row.id, self.how.code(), self.how.reason(), now, &self.staff.staff];
        tx.later(SET, values).await?;
        letter(ctx, &row.person_id, &row.id)?.save(tx).await?;
        let what = What::parse(&row.what).ok_or(Error::Broken("what is brought"))?;
        trace(ctx, &Actor::Staff(self.staff.clone()), &row.booking_id, (self.how, what)).save(tx).await?;
        Ok(Some(Answered::Saved))
    }
}

/// What a letter tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub state: BringState,
    pub date: CivilDate,
    pub start: Clock,
}

/// As it is now; none when there is nothing to tell any more.
pub async fn told(ctx: &Ctx, person: &Id<Person>, bring: &str) -> Result<Option<Told>> {
    let row: Option<(String, Option<String>, String, i64)> =
        ctx.db.optional(TOLD, args![bring, person, ctx.now()]).await?;
    let Some((code, reason, on, start)) = row else { return Ok(None) };
    Ok(Some(Told { state: state(&code, reason.as_deref())?, date: date(&on)?, start: wall(start)? }))
}

pub const OF_UNITS: &str = "SELECT x.id, x.booking_id, b.person_id, x.what, x.state, x.reason, b.starts_at, \
    CAST(CASE WHEN b.state = 'booked' THEN 1 ELSE 0 END AS BIGINT) AS booked FROM visit_bring x JOIN booking b ON b.id = x.booking_id \
    WHERE x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %'";
pub const SET: &str =
    "UPDATE visit_bring SET state = $2, reason = $3, decided_at = $4, decided_by = $5 WHERE id = $1";
pub const TOLD: &str = "SELECT x.state, x.reason, b.date, s.start_minute FROM visit_bring x JOIN booking b ON b.id = x.booking_id \
    JOIN visit_session s ON s.id = b.session_id WHERE x.id = $1 AND b.person_id = $2 AND b.state = 'booked' AND b.starts_at > $3 \
    AND x.state IN ('approved', 'rejected')";
