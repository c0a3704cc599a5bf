//! A visit at the gate: who has come, who was let in or not and why, and how it ended. One thing is marked after the other,
//! on the day itself; the last mark can be taken back while the day lasts.
//!
//! The ways in which a visit ends are those of the field (official visits: ten completion codes).

use crate::{
    access::Role,
    kernel::{CivilDate, Instant},
};

/// So long before it begins guests are received, in minutes.
pub const EARLIEST: i64 = 120;

/// Why guests are not let in. A closed list: each has words that the visitor reads, with what she can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// Nobody showed who they are.
    NoIdentity,
    /// Later than the unit's rule allows.
    TooLate,
    /// Something that is not allowed in was brought, or a search was refused.
    Search,
    /// Influenced by drink or drugs.
    Influence,
    /// Threats or unrest.
    Conduct,
    /// A child without an adult.
    NoAdult,
    /// What has changed since the visit was booked could not be settled.
    NotSettled,
}

impl Denied {
    pub const ALL: [Self; 7] = [
        Self::NoIdentity,
        Self::TooLate,
        Self::Search,
        Self::Influence,
        Self::Conduct,
        Self::NoAdult,
        Self::NotSettled,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::NoIdentity => "no_identity",
            Self::TooLate => "too_late",
            Self::Search => "search",
            Self::Influence => "influence",
            Self::Conduct => "conduct",
            Self::NoAdult => "no_adult",
            Self::NotSettled => "not_settled",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// One thing that is marked at the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Arrived,
    Denied(Denied),
    /// The inmate would not, before it began or while it lasted.
    InmateRefused,
    NoShow,
    /// It is over, as it should be.
    Normal,
    VisitorEarly,
    InmateEarly,
    StaffEarly,
}

impl Mark {
    /// Every kind; a denial stands for all its reasons.
    pub const KINDS: [&'static str; 8] = [
        "arrived",
        "denied",
        "inmate_refused",
        "no_show",
        "normal",
        "visitor_early",
        "inmate_early",
        "staff_early",
    ];

    pub fn kind(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::Denied(_) => "denied",
            Self::InmateRefused => "inmate_refused",
            Self::NoShow => "no_show",
            Self::Normal => "normal",
            Self::VisitorEarly => "visitor_early",
            Self::InmateEarly => "inmate_early",
            Self::StaffEarly => "staff_early",
        }
    }

    pub fn reason(self) -> Option<Denied> {
        match self {
            Self::Denied(reason) => Some(reason),
            _ => None,
        }
    }

    /// A denial has a reason, and nothing else has one.
    pub fn parse(kind: &str, reason: Option<&str>) -> Option<Self> {
        let mark = match kind {
            "arrived" => Self::Arrived,
            "denied" => return Some(Self::Denied(Denied::parse(reason?)?)),
            "inmate_refused" => Self::InmateRefused,
            "no_show" => Self::NoShow,
            "normal" => Self::Normal,
            "visitor_early" => Self::VisitorEarly,
            "inmate_early" => Self::InmateEarly,
            "staff_early" => Self::StaffEarly,
            _ => return None,
        };
        reason.is_none().then_some(mark)
    }

    /// Whether she who booked has to be told at once: somebody came, and there was no visit.
    pub fn is_told(self) -> bool {
        matches!(self, Self::Denied(_) | Self::InmateRefused)
    }

    /// It took place, if not to its end: she can have it in writing that she was there.
    pub fn took_place(self) -> bool {
        matches!(self, Self::Normal | Self::VisitorEarly | Self::InmateEarly | Self::StaffEarly)
    }
}

/// How far a visit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtGate {
    Expected,
    Inside { since: Instant },
    Over { how: Mark, at: Instant },
}

impl AtGate {
    /// What the marks that stand make of it, in their order.
    pub fn of(marks: &[(Mark, Instant)]) -> Self {
        match marks.last() {
            None => Self::Expected,
            Some((Mark::Arrived, since)) => Self::Inside { since: *since },
            Some((how, at)) => Self::Over { how: *how, at: *at },
        }
    }
}

/// What is known of the visit when something is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// It is booked, and nobody has cancelled it.
    pub booked: bool,
    pub date: CivilDate,
    pub starts_at: Instant,
    /// Minutes after the start from which nobody is let in: the unit's rule.
    pub latest_arrival: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkRefusal {
    /// It was cancelled.
    Cancelled,
    /// Its day is another.
    OtherDay,
    /// Guests are not received yet; nobody is missing before the last minute in which they may come.
    TooEarly,
    /// It cannot follow on what was marked last: somebody else has marked it meanwhile.
    Order,
    /// A time that has not come yet, or lies before the last mark.
    Time,
    /// There is nothing to take back.
    Nothing,
}

impl MarkRefusal {
    pub const ALL: [Self; 6] =
        [Self::Cancelled, Self::OtherDay, Self::TooEarly, Self::Order, Self::Time, Self::Nothing];

    pub fn code(self) -> &'static str {
        match self {
            Self::Cancelled => "gate_cancelled",
            Self::OtherDay => "gate_other_day",
            Self::TooEarly => "gate_too_early",
            Self::Order => "gate_order",
            Self::Time => "gate_time",
            Self::Nothing => "gate_nothing",
        }
    }
}

/// Marks at `at` what was seen; `now` is when it is written down, later where there was no line.
pub fn mark(
    state: AtGate,
    visit: &Expected,
    mark: Mark,
    at: Instant,
    now: Instant,
) -> Result<AtGate, MarkRefusal> {
    if !visit.booked {
        return Err(MarkRefusal::Cancelled);
    }
    if now.date() != visit.date || at.date() != visit.date {
        return Err(MarkRefusal::OtherDay);
    }
    if at > now {
        return Err(MarkRefusal::Time);
    }
    match (state, mark) {
        (AtGate::Expected, Mark::NoShow) if at < last_minute(visit) => Err(MarkRefusal::TooEarly),
        (AtGate::Expected, Mark::Arrived | Mark::Denied(_) | Mark::InmateRefused)
            if at < visit.starts_at.plus_minutes(-EARLIEST) =>
        {
            Err(MarkRefusal::TooEarly)
        }
        (AtGate::Expected, Mark::Arrived) => Ok(AtGate::Inside { since: at }),
        (AtGate::Expected, Mark::Denied(_) | Mark::InmateRefused | Mark::NoShow) => {
            Ok(AtGate::Over { how: mark, at })
        }
        (AtGate::Inside { since }, _) if at < since => Err(MarkRefusal::Time),
        (AtGate::Inside { .. }, Mark::Denied(_) | Mark::InmateRefused) => Ok(AtGate::Over { how: mark, at }),
        (AtGate::Inside { .. }, how) if how.took_place() => Ok(AtGate::Over { how, at }),
        _ => Err(MarkRefusal::Order),
    }
}

/// The last mark goes: on the day itself alone.
pub fn undo(state: AtGate, visit: &Expected, now: Instant) -> Result<(), MarkRefusal> {
    match state {
        _ if now.date() != visit.date => Err(MarkRefusal::OtherDay),
        AtGate::Expected => Err(MarkRefusal::Nothing),
        AtGate::Inside { .. } | AtGate::Over { .. } => Ok(()),
    }
}

/// Until when they may come.
pub fn last_minute(visit: &Expected) -> Instant {
    visit.starts_at.plus_minutes(visit.latest_arrival)
}

/// Somebody who comes, or says when she will come, at this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    InTime,
    /// Late, and still let in.
    Late {
        minutes: i64,
    },
    TooLate {
        minutes: i64,
    },
}

pub fn arrival(visit: &Expected, at: Instant) -> Arrival {
    let minutes = (at.micros() - visit.starts_at.micros()).div_euclid(60_000_000);
    match minutes {
        ..=0 => Arrival::InTime,
        _ if at <= last_minute(visit) => Arrival::Late { minutes },
        _ => Arrival::TooLate { minutes },
    }
}

/// The delays that she can tell, in minutes.
pub const DELAYS: [i64; 4] = [10, 20, 30, 45];

/// A delay can be told on the day, until nobody would be let in any more; and before she has come.
pub fn may_tell_delay(state: AtGate, visit: &Expected, now: Instant) -> bool {
    state == AtGate::Expected && visit.booked && now.date() == visit.date && now <= last_minute(visit)
}

/// Who marks at the gate.
pub fn may_mark(roles: &[Role]) -> bool {
    roles.iter().any(|role| [Role::GateOfficer, Role::DutyOfficer].contains(role))
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Instant = Instant(1_788_256_800_000_000);

    fn visit() -> Expected {
        Expected { booked: true, date: START.date(), starts_at: START, latest_arrival: 30 }
    }

    fn at(minutes: i64) -> Instant {
        START.plus_minutes(minutes)
    }

    const EXPECTED: AtGate = AtGate::Expected;

    fn inside() -> AtGate {
        AtGate::Inside { since: at(-10) }
    }

    fn over() -> AtGate {
        AtGate::Over { how: Mark::Normal, at: at(60) }
    }

    /// Every state against every mark, an hour after the start.
    #[test]
    fn every_mark_in_every_state() {
        use MarkRefusal::Order;
        let denied = Mark::Denied(Denied::Search);
        let table: [(Mark, [Result<(), MarkRefusal>; 3]); 8] = [
            (Mark::Arrived, [Ok(()), Err(Order), Err(Order)]),
            (denied, [Ok(()), Ok(()), Err(Order)]),
            (Mark::InmateRefused, [Ok(()), Ok(()), Err(Order)]),
            (Mark::NoShow, [Ok(()), Err(Order), Err(Order)]),
            (Mark::Normal, [Err(Order), Ok(()), Err(Order)]),
            (Mark::VisitorEarly, [Err(Order), Ok(()), Err(Order)]),
            (Mark::InmateEarly, [Err(Order), Ok(()), Err(Order)]),
            (Mark::StaffEarly, [Err(Order), Ok(()), Err(Order)]),
        ];
        for (what, expected) in table {
            for (state, expected) in [EXPECTED, inside(), over()].into_iter().zip(expected) {
                let found = mark(state, &visit(), what, at(60), at(60));
                assert_eq!(found.map(|_| ()), expected, "{state:?} {what:?}");
                if let Ok(after) = found {
                    let wanted = match what {
                        Mark::Arrived => AtGate::Inside { since: at(60) },
                        how => AtGate::Over { how, at: at(60) },
                    };
                    assert_eq!(after, wanted);
                    assert_eq!(AtGate::of(&[(what, at(60))]), wanted, "the rows say the same");
                }
            }
        }
        assert_eq!(AtGate::of(&[]), EXPECTED);
    }

    #[test]
    fn the_times_at_which_something_can_be_marked() {
        let day = 24 * 60;
        let table = [
            (Mark::Arrived, -EARLIEST, 0, Ok(())),
            (Mark::Arrived, -EARLIEST - 1, 0, Err(MarkRefusal::TooEarly)),
            (Mark::Denied(Denied::NoIdentity), -EARLIEST - 1, 0, Err(MarkRefusal::TooEarly)),
            (Mark::NoShow, 29, 60, Err(MarkRefusal::TooEarly)),
            (Mark::NoShow, 30, 60, Ok(())),
            (Mark::Arrived, 1, 0, Err(MarkRefusal::Time)),
            (Mark::Arrived, 0, day, Err(MarkRefusal::OtherDay)),
            (Mark::Arrived, -day, 0, Err(MarkRefusal::OtherDay)),
        ];
        for (what, seen, written, expected) in table {
            let found = mark(EXPECTED, &visit(), what, at(seen), at(written));
            assert_eq!(found.map(|_| ()), expected, "{what:?} {seen} {written}");
        }
        let before = mark(inside(), &visit(), Mark::Normal, at(-11), at(60));
        assert_eq!(before, Err(MarkRefusal::Time), "it cannot end before it began");
        let off = Expected { booked: false, ..visit() };
        assert_eq!(mark(EXPECTED, &off, Mark::Arrived, at(0), at(0)), Err(MarkRefusal::Cancelled));
    }

    #[test]
    fn what_was_marked_is_taken_back_on_its_day() {
        assert_eq!(undo(EXPECTED, &visit(), at(0)), Err(MarkRefusal::Nothing));
        assert_eq!(undo(over(), &visit(), at(60)), Ok(()));
        assert_eq!(undo(inside(), &visit(), at(24 * 60)), Err(MarkRefusal::OtherDay));
    }

    #[test]
    fn late_is_let_in_until_the_units_last_minute() {
        let table = [
            (-5, Arrival::InTime),
            (0, Arrival::InTime),
            (1, Arrival::Late { minutes: 1 }),
            (30, Arrival::Late { minutes: 30 }),
            (31, Arrival::TooLate { minutes: 31 }),
        ];
        for (minutes, expected) in table {
            assert_eq!(arrival(&visit(), at(minutes)), expected, "{minutes}");
        }
        let tell =
            [(EXPECTED, 30, true), (EXPECTED, 31, false), (EXPECTED, -24 * 60, false), (inside(), 0, false)];
        for (state, minutes, expected) in tell {
            assert_eq!(may_tell_delay(state, &visit(), at(minutes)), expected, "{state:?} {minutes}");
        }
        assert!(!may_tell_delay(EXPECTED, &Expected { booked: false, ..visit() }, at(0)));
    }

    #[test]
    fn every_code_reads_back_and_a_reason_belongs_to_a_denial_alone() {
        for kind in Mark::KINDS {
            let reason = (kind == "denied").then_some("search");
            assert_eq!(Mark::parse(kind, reason).map(Mark::kind), Some(kind));
            let wrong = if reason.is_some() { None } else { Some("search") };
            assert_eq!(Mark::parse(kind, wrong), None, "{kind}");
        }
        for reason in Denied::ALL {
            let mark = Mark::parse("denied", Some(reason.code())).unwrap();
            assert_eq!((mark.reason(), mark.is_told(), mark.took_place()), (Some(reason), true, false));
        }
        assert!(!Mark::NoShow.is_told() && Mark::InmateRefused.is_told() && Mark::StaffEarly.took_place());
        assert_eq!(may_mark(&[Role::GateOfficer]), may_mark(&[Role::DutyOfficer]));
        assert!(!may_mark(&[Role::CaseOfficer, Role::UnitAdmin, Role::Auditor]));
    }
}
