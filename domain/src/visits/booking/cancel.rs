//! A visit that does not take place: cancelled by those who booked it, or by the unit with a reason they are told.

use crate::{access::Role, kernel::Instant};

/// Days after the visit in which staff can still set it right.
pub const STAFF_DAYS_AFTER: i64 = 28;

/// Why a unit cancels. A closed list: each has words that the visitor reads, and none tells about the inmate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffReason {
    Staffing,
    Incident,
    Illness,
    Room,
    /// The person to be visited cannot receive anybody then.
    CannotReceive,
    Clearance,
    /// The visitor rang.
    VisitorAsked,
    /// It cannot take place safely, with control neither ([L] § 31): a no to what was asked for, and no cause to cancel.
    Risk,
}

impl StaffReason {
    pub const ALL: [Self; 8] = [
        Self::Staffing,
        Self::Incident,
        Self::Illness,
        Self::Room,
        Self::CannotReceive,
        Self::Clearance,
        Self::VisitorAsked,
        Self::Risk,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Staffing => "staffing",
            Self::Incident => "incident",
            Self::Illness => "illness",
            Self::Room => "room",
            Self::CannotReceive => "cannot_receive",
            Self::Clearance => "clearance",
            Self::VisitorAsked => "visitor_asked",
            Self::Risk => "risk",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }

    /// The visitor could have come: she is first when she books anew.
    pub fn gives_priority(self) -> bool {
        !matches!(self, Self::Clearance | Self::VisitorAsked | Self::Risk)
    }

    /// Why a visit that is booked is cancelled.
    pub fn of_cancelling() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|reason| *reason != Self::Risk)
    }
}

/// Who cancels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Person,
    Unit(StaffReason),
}

/// What is written on the booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled {
    pub by: By,
    pub at: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelRefusal {
    /// It has begun, or for staff: it is long over.
    TooLate,
    /// Somebody else cancelled it before.
    Already,
    /// Somebody else changed it meanwhile; nothing was overwritten.
    Stale,
}

impl CancelRefusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLate => "too_late",
            Self::Already => "already_cancelled",
            Self::Stale => "booking_stale",
        }
    }
}

/// Who sees a unit's day: those whose duty it is. [P] § 7.
pub fn may_see_day(roles: &[Role]) -> bool {
    let duty = [Role::CaseOfficer, Role::UnitAdmin, Role::GateOfficer, Role::DutyOfficer];
    roles.iter().any(|role| duty.contains(role))
}

/// Who cancels for the unit.
pub fn may_cancel(roles: &[Role]) -> bool {
    let duty = [Role::CaseOfficer, Role::UnitAdmin, Role::DutyOfficer];
    roles.iter().any(|role| duty.contains(role))
}

/// Who changes a unit's rules, times and closed days.
pub fn may_plan(roles: &[Role]) -> bool {
    roles.contains(&Role::UnitAdmin)
}

/// Visitors cancel until the visit starts, staff until four weeks after.
pub fn cancel(is_booked: bool, starts_at: Instant, by: By, now: Instant) -> Result<Cancelled, CancelRefusal> {
    if !is_booked {
        return Err(CancelRefusal::Already);
    }
    let last = match by {
        By::Person => starts_at,
        By::Unit(_) => starts_at.plus_days(STAFF_DAYS_AFTER),
    };
    if now < last { Ok(Cancelled { by, at: now }) } else { Err(CancelRefusal::TooLate) }
}

/// Whoever booked it changes it until it starts, or somebody of them was marked at the gate.
pub fn may_change(
    is_booked: bool,
    has_come: bool,
    starts_at: Instant,
    now: Instant,
) -> Result<(), CancelRefusal> {
    cancel(is_booked, starts_at, By::Person, now)?;
    if has_come { Err(CancelRefusal::TooLate) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_it_starts_anybody_who_may_and_after_that_staff_alone() {
        let start = Instant(1_788_256_800_000_000);
        let unit = By::Unit(StaffReason::Staffing);
        let table = [
            (true, By::Person, -1, Ok(())),
            (true, By::Person, 0, Err(CancelRefusal::TooLate)),
            (true, unit, 0, Ok(())),
            (true, unit, 28 * 86_400, Err(CancelRefusal::TooLate)),
            (false, By::Person, -1, Err(CancelRefusal::Already)),
            (false, unit, -1, Err(CancelRefusal::Already)),
        ];
        for (booked, by, seconds, expected) in table {
            assert_eq!(
                cancel(booked, start, by, start.plus_seconds(seconds)).map(|_| ()),
                expected,
                "{by:?} {seconds}"
            );
        }
        let table = [
            (true, false, -1, Ok(())),
            (true, false, 0, Err(CancelRefusal::TooLate)),
            (true, true, -1, Err(CancelRefusal::TooLate)),
            (false, true, -1, Err(CancelRefusal::Already)),
        ];
        for (booked, come, seconds, expected) in table {
            assert_eq!(
                may_change(booked, come, start, start.plus_seconds(seconds)),
                expected,
                "{booked} {come}"
            );
        }
        for reason in StaffReason::ALL {
            assert_eq!(StaffReason::parse(reason.code()), Some(reason));
        }
    }
}
