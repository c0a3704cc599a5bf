//! Whose visit the unit has cancelled is first when she books anew: for some days she may choose days that are not open to others
//! yet, until she has booked. It follows from her bookings and the rules; nothing is stored for it.

use domain::{
    access::Person,
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::StaffReason,
};

use super::facts::{DraftRow, From};
use crate::{Error, Result, args, ctx::Ctx, custody::inmates::Inmate};

/// That she is first, until when, and how many days ahead of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Priority {
    /// The last day.
    pub until: CivilDate,
    pub ahead_days: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    cancelled_at: i64,
    days: String,
    ahead_days: String,
}

impl Row {
    fn first(&self, now: Instant) -> Result<Option<Priority>> {
        first(Instant(self.cancelled_at), &self.days, &self.ahead_days, now)
    }
}

/// By the rules of days since then.
pub(super) fn first(
    cancelled_at: Instant,
    days: &str,
    ahead_days: &str,
    now: Instant,
) -> Result<Option<Priority>> {
    let number = |text: &str| text.parse::<i64>().map_err(|_| Error::Broken("a rule's number"));
    let until = cancelled_at.date().plus_days(number(days)?);
    let ahead_days = number(ahead_days)?;
    Ok((now.date() <= until).then_some(Priority { until, ahead_days }))
}

/// For whom she has chosen.
pub(super) async fn of_draft(
    from: &mut From<'_>,
    draft: &DraftRow,
    now: Instant,
) -> Result<Option<Priority>> {
    let values = args![&draft.id, reasons(), now.date()];
    let row: Option<Row> = from.optional(OF_DRAFT, values).await?;
    row.map_or(Ok(None), |row| row.first(now))
}

/// With this inmate; for the page of what was cancelled.
pub async fn priority(ctx: &Ctx, person: &Id<Person>, inmate: &Public<Inmate>) -> Result<Option<Priority>> {
    let now = ctx.now();
    let row: Option<Row> = ctx.db.optional(OF_TWO, args![person, inmate, reasons(), now.date()]).await?;
    row.map_or(Ok(None), |row| row.first(now))
}

/// With spaces round each.
pub(super) fn reasons() -> String {
    let codes = StaffReason::ALL.into_iter().filter(|reason| reason.gives_priority()).map(StaffReason::code);
    format!(" {} ", codes.collect::<Vec<_>>().join(" "))
}

/// The newest of `b` that the unit has called off and nothing was booked after.
macro_rules! called_off {
    ($reasons:literal) => {
        concat!(
            "b.state = 'cancelled' AND b.cancelled_by = 'unit' AND b.kind <> 'lawyer' AND ",
            $reasons,
            " LIKE '% ' || b.cancel_reason || ' %' AND NOT EXISTS (SELECT 1 FROM booking n WHERE n.person_id = b.person_id ",
            "AND n.inmate_id = b.inmate_id AND n.state = 'booked' AND n.booked_at >= b.cancelled_at) ",
            "ORDER BY b.cancelled_at DESC LIMIT 1"
        )
    };
}
pub(super) use called_off;

macro_rules! cancelled {
    ($from:literal, $reasons:literal, $today:literal) => {
        concat!(
            "SELECT b.cancelled_at, (SELECT r.value FROM rule r WHERE r.key = 'booking.priority_days' AND r.valid_from <= ",
            $today,
            " ORDER BY r.valid_from DESC LIMIT 1) AS days, (SELECT r.value FROM rule r ",
            "WHERE r.key = 'booking.priority_ahead_days' AND r.valid_from <= ",
            $today,
            " ORDER BY r.valid_from DESC LIMIT 1) AS ahead_days FROM ",
            $from,
            " AND ",
            called_off!($reasons)
        )
    };
}

pub const OF_DRAFT: &str = cancelled!(
    "booking_draft d JOIN booking b ON b.person_id = d.person_id AND b.inmate_id = d.inmate_id WHERE d.id = $1",
    "$2",
    "$3"
);
pub const OF_TWO: &str = cancelled!(
    "inmate i JOIN booking b ON b.inmate_id = i.id WHERE b.person_id = $1 AND i.public_id = $2",
    "$3",
    "$4"
);
