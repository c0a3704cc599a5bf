//! When an inmate is elsewhere: set and called off by staff, or decided in the case system. Nobody visits him then; what was booked
//! before comes to the list of work. Never: a word of it to a visitor or to a lawyer.

mod change;
#[cfg(test)]
mod tests;

pub use change::{AppointmentKey, call_off, set};

use domain::{
    access::Unit,
    custody,
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::engaged::{AppointmentKind, AppointmentMark, Engaged},
};

use super::{
    clearance::LookReason,
    him::{Him, look},
};
use crate::{
    Error, Result, args,
    ctx::{Ctx, Staff},
    custody::inmates::Inmate,
};

/// One time that he is not free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// None: the case system decided it, and it alone can take it back.
    pub public: Option<Public<AppointmentMark>>,
    pub kind: AppointmentKind,
    pub from: Instant,
    pub until: Option<Instant>,
    /// The days of booked visits in its way.
    pub visits: Vec<CivilDate>,
}

/// The page about one inmate: what lies ahead, the next first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub name: String,
    pub unit_slug: String,
    pub appointments: Vec<Appointment>,
}

/// None: it is not her work, or he is not in her units.
pub async fn open(
    ctx: &Ctx,
    staff: &Staff,
    inmate: &Public<Inmate>,
    reason: LookReason,
) -> Result<Option<Opened>> {
    let Some(him) = look(ctx, staff, inmate, reason).await? else { return Ok(None) };
    let now = ctx.now();
    let rows: Vec<ListRow> = ctx.db.all(LIST, args![&him.id, now.date()]).await?;
    let visits: Vec<(String, i64, i64)> = ctx.db.all(VISITS, args![&him.id, now]).await?;
    let listed = rows.into_iter().map(|row| row.appointment(&visits));
    let mut appointments: Vec<Appointment> = listed.filter_map(Result::transpose).collect::<Result<_>>()?;
    appointments.retain(|one| one.until.is_none_or(|until| until > now));
    appointments.sort_by_key(|one| one.from);
    Ok(Some(Opened { name: him.name, unit_slug: him.slug, appointments }))
}

#[derive(sqlx::FromRow)]
struct ListRow {
    source: String,
    public_id: Option<String>,
    kind: String,
    starts_at: i64,
    ends_at: Option<i64>,
    minutes: i64,
}

impl ListRow {
    fn appointment(self, visits: &[(String, i64, i64)]) -> Result<Option<Appointment>> {
        let kind = AppointmentKind::parse(&self.kind).ok_or(Error::Broken("what an appointment is"))?;
        let found = engaged(&self.source, (self.starts_at, self.ends_at), self.minutes)?;
        let Some(engaged) = found else { return Ok(None) };
        let met = visits.iter().filter(|(_, from, to)| engaged.touches((Instant(*from), Instant(*to))));
        let met = met.map(|(on, ..)| super::sessions::rows::date(on)).collect::<Result<_>>()?;
        let public = self.public_id.as_deref().map(Public::parse);
        let public = public.map(|public| public.ok_or(Error::Broken("public id"))).transpose()?;
        Ok(Some(Appointment { public, kind, from: engaged.from, until: engaged.until, visits: met }))
    }
}

/// What takes him away as the rules judge it: an `appointment`, or a decision of the case system by its kind.
pub(super) fn engaged(
    source: &str,
    (from, until): (i64, Option<i64>),
    minutes: i64,
) -> Result<Option<Engaged>> {
    let (from, until) = (Instant(from), until.map(Instant));
    let span = match source {
        "appointment" => Some((from, until)),
        kind => {
            custody::away(custody::Kind::parse(kind).ok_or(Error::Broken("kind of an event"))?, from, until)
        }
    };
    Ok(span.map(|(from, until)| Engaged { from, until, minutes }))
}

/// Source, from, until, minutes.
pub(super) type EngagedRow = (String, i64, Option<i64>, i64);

pub(super) fn all_of(rows: Vec<EngagedRow>) -> Result<Vec<Engaged>> {
    let one = |(source, from, until, minutes): EngagedRow| engaged(&source, (from, until), minutes);
    rows.into_iter().map(one).filter_map(Result::transpose).collect()
}

/// The bookings of a unit's day at whose time the inmate is elsewhere.
pub(super) async fn engaged_on(ctx: &Ctx, unit: &Id<Unit>, on: CivilDate) -> Result<Vec<(String, Engaged)>> {
    let rows: Vec<(String, i64, i64, String, i64, Option<i64>)> = ctx.db.all(OF_DAY, args![unit, on]).await?;
    let mut found = vec![];
    for (booking, starts_at, ends_at, source, from, until) in rows {
        // Whoever opens the door is told of what meets the visit itself: how far apart they are planned is settled by then.
        let met = engaged(&source, (from, until), 0)?;
        let visit = (Instant(starts_at), Instant(ends_at));
        found.extend(met.filter(|one| one.touches(visit)).map(|one| (booking, one)));
    }
    Ok(found)
}

/// What takes the inmate `$1` away from a day on, as `e`: appointments, and what the case system has decided.
macro_rules! away {
    ($day:literal) => {
        concat!(
            "(SELECT 'appointment' AS source, g.public_id, g.kind, g.starts_at, g.ends_at FROM inmate_appointment g ",
            "WHERE g.inmate_id = $1 AND g.ended_at IS NULL AND g.last_day >= ",
            $day,
            " UNION ALL SELECT h.kind, NULL, 'leave', h.at, h.until_at FROM custody_decision h WHERE h.inmate_id = $1 ",
            "AND h.change <> 'cancelled' AND h.kind IN ('leave', 'interruption', 'escorted_leave')) e"
        )
    };
}

/// How far from it a visit lies at the least, by the rule of a day.
macro_rules! away_minutes {
    ($day:literal) => {
        concat!(
            "(SELECT CAST(z.value AS BIGINT) FROM rule z WHERE z.key = 'booking.appointment_minutes' AND z.valid_from <= ",
            $day,
            " ORDER BY z.valid_from DESC LIMIT 1)"
        )
    };
}

pub(in crate::visits) use {away, away_minutes};

pub const LIST: &str = concat!(
    "SELECT e.source, e.public_id, e.kind, e.starts_at, e.ends_at, ",
    away_minutes!("$2"),
    " AS minutes FROM ",
    away!("$2")
);
pub const VISITS: &str = "SELECT b.date, b.starts_at, b.ends_at FROM booking b WHERE b.inmate_id = $1 AND b.state = 'booked' \
    AND b.ends_at > $2 ORDER BY b.starts_at, b.id";
/// Of one inmate from a day on.
pub const OF_INMATE: &str =
    concat!("SELECT e.source, e.starts_at, e.ends_at, ", away_minutes!("$2"), " FROM ", away!("$2"));
pub const OF_DAY: &str = "SELECT b.id, b.starts_at, b.ends_at, 'appointment' AS kind, g.starts_at AS at, g.ends_at AS until_at FROM booking b \
    JOIN inmate_appointment g ON g.inmate_id = b.inmate_id AND g.ended_at IS NULL WHERE b.unit_id = $1 AND b.date = $2 \
    AND b.state = 'booked' AND g.first_day <= $2 AND g.last_day >= $2 UNION ALL SELECT b.id, b.starts_at, b.ends_at, h.kind, h.at, \
    h.until_at FROM booking b JOIN custody_decision h ON h.inmate_id = b.inmate_id WHERE b.unit_id = $1 AND b.date = $2 \
    AND b.state = 'booked' AND h.change <> 'cancelled' AND h.kind IN ('leave', 'interruption', 'escorted_leave')";
