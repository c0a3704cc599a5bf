//! What visits count for the figures of leaders: days and numbers of one unit, of nobody in particular. Lawyers' times are not
//! among them: they are not the unit's to fill.

use domain::{
    access::Unit,
    kernel::{CivilDate, Clock, Id, Instant},
};

use crate::{Error, Result, args, ctx::Ctx};

/// An application that was decided on, or closed by a decision, for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub on: CivilDate,
    /// Since it had come in.
    pub days: i64,
}

/// What became of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It was there to be booked.
    Offered,
    /// Somebody came.
    Attended,
    /// Booked, and nobody was let in.
    Unused,
    /// Booked, and nothing was marked at the gate.
    Unmarked,
}

/// Places of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub on: CivilDate,
    pub what: Place,
    pub number: i64,
}

/// Of the unit, between these days.
pub async fn answers(
    ctx: &Ctx,
    unit: &Id<Unit>,
    (from, to): (CivilDate, CivilDate),
) -> Result<Vec<Answered>> {
    let at = |day| Instant::of_wall(day, Clock(0));
    let rows: Vec<(i64, i64)> = ctx.db.all(ANSWERS, args![unit, at(from), at(to.plus_days(1))]).await?;
    let one = |(submitted, made): (i64, i64)| {
        let on = Instant(made).date();
        Answered { on, days: on.days_since(Instant(submitted).date()).max(0) }
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Of the unit, between these days.
pub async fn places(ctx: &Ctx, unit: &Id<Unit>, (from, to): (CivilDate, CivilDate)) -> Result<Vec<Counted>> {
    let rows: Vec<(String, String, i64)> = ctx.db.all(PLACES, args![unit, from, to]).await?;
    rows.into_iter().map(counted).collect()
}

fn counted((on, what, number): (String, String, i64)) -> Result<Counted> {
    let on = CivilDate::parse_iso(&on).ok_or(Error::Broken("date of a visit"))?;
    let what = match what.as_str() {
        "offered" => Place::Offered,
        "attended" => Place::Attended,
        "unused" => Place::Unused,
        "unmarked" => Place::Unmarked,
        _ => return Err(Error::Broken("what became of a place")),
    };
    Ok(Counted { on, what, number })
}

pub const ANSWERS: &str = "SELECT a.submitted_at, MIN(d.made_at) AS made_at FROM decision d \
    JOIN clearance c ON c.id = d.subject_id JOIN application a ON a.id = c.application_id \
    WHERE d.subject_kind = 'clearance' AND d.unit_id = $1 AND d.made_at >= $2 AND d.made_at < $3 \
    AND NOT EXISTS (SELECT 1 FROM decision e JOIN clearance k ON k.id = e.subject_id \
    WHERE k.application_id = a.id AND e.subject_kind = 'clearance' AND e.made_at < $2) \
    GROUP BY a.id, a.submitted_at";
pub const PLACES: &str = "SELECT s.date, 'offered' AS part, CAST(SUM(COALESCE(s.planned, s.capacity)) AS BIGINT) AS number FROM visit_session s \
    WHERE s.unit_id = $1 AND s.date BETWEEN $2 AND $3 AND s.kind <> 'lawyer' AND NOT EXISTS (SELECT 1 FROM blocked_date o \
    WHERE o.unit_id = s.unit_id AND o.date = s.date) GROUP BY s.date \
    UNION ALL SELECT x.date, x.part, CAST(COUNT(*) AS BIGINT) AS number FROM (SELECT b.date, CASE \
    WHEN EXISTS (SELECT 1 FROM visit_mark m WHERE m.booking_id = b.id AND m.undone_at IS NULL AND m.kind = 'arrived') \
    THEN 'attended' WHEN EXISTS (SELECT 1 FROM visit_mark m WHERE m.booking_id = b.id AND m.undone_at IS NULL) \
    THEN 'unused' ELSE 'unmarked' END AS part FROM booking b WHERE b.unit_id = $1 AND b.date BETWEEN $2 AND $3 \
    AND b.state = 'booked' AND b.kind <> 'lawyer') x GROUP BY x.date, x.part";
