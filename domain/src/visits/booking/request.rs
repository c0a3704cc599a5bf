//! A visit that a unit looks at before it is booked: whether it has to, until when it answers, and what came of it. A request keeps its
//! place; it is a visit by the unit's yes alone, judged by the rules of booking once more.
//!
//! Never: a word to whoever asks of why it is looked at. That a source of what is known is silent is the unit's to know.

use super::{StaffReason, UnitRules};
use crate::{
    access::{Person, Role},
    kernel::{Id, Instant},
};

/// The mark of a request's id.
#[derive(Debug)]
pub enum VisitRequest {}

/// Which visits a unit looks at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Approval {
    #[default]
    Never,
    /// The first time that one of the adults visits this inmate.
    First,
    Always,
}

impl Approval {
    pub const ALL: [Self; 3] = [Self::Never, Self::First, Self::Always];

    pub fn code(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::First => "first",
            Self::Always => "always",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }
}

/// Why a visit is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// What is known of the inmate may be old: a source was not heard for longer than the rule allows.
    Silent,
    Always,
    First,
}

impl Need {
    pub const ALL: [Self; 3] = [Self::Silent, Self::Always, Self::First];

    pub fn code(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Always => "always",
            Self::First => "first",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.code() == code)
    }
}

/// What decides it besides the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Those of the company who have a visit with this inmate that took place or stands.
    pub met: Vec<Id<Person>>,
    pub feed_silent: bool,
    /// One of them has asked for a visit to him, and has no answer yet.
    pub requested: bool,
}

/// Whether the unit has to say yes first, by the rules of the visit's day. The gravest cause is told.
pub fn needs_approval(rules: Option<&UnitRules>, first_time: bool, feed_silent: bool) -> Option<Need> {
    let approval = rules.map_or(Approval::Never, |rules| rules.approval);
    if feed_silent {
        return Some(Need::Silent);
    }
    match approval {
        Approval::Always => Some(Need::Always),
        Approval::First => first_time.then_some(Need::First),
        Approval::Never => None,
    }
}

/// In hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestRules {
    /// How long a unit has for its answer.
    pub hours: i64,
    /// Before the visit begins it has answered in any case.
    pub before_hours: i64,
}

impl RequestRules {
    /// Until when one that is asked now is answered. None when too little time is left for an answer.
    pub fn answer_by(&self, starts_at: Instant, now: Instant) -> Option<Instant> {
        let latest = starts_at.plus_minutes(-60 * self.before_hours);
        let end = now.plus_minutes(60 * self.hours).min(latest);
        (end > now).then_some(end)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    Open,
    Approved,
    Rejected,
    Lapsed,
    Withdrawn,
}

impl RequestState {
    pub const ALL: [Self; 5] = [Self::Open, Self::Approved, Self::Rejected, Self::Lapsed, Self::Withdrawn];

    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// How one ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestEnd {
    Approved,
    Rejected(StaffReason),
    /// Nobody answered in time.
    Lapsed,
    /// The unit does not hold this time any more.
    TimeGone,
    Withdrawn,
}

impl RequestEnd {
    pub fn state(self) -> RequestState {
        match self {
            Self::Approved => RequestState::Approved,
            Self::Rejected(_) => RequestState::Rejected,
            Self::Lapsed | Self::TimeGone => RequestState::Lapsed,
            Self::Withdrawn => RequestState::Withdrawn,
        }
    }

    /// As its row keeps it.
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::Rejected(reason) => Some(reason.code()),
            Self::TimeGone => Some("time_gone"),
            Self::Approved | Self::Lapsed | Self::Withdrawn => None,
        }
    }

    /// From its row; none while it is open.
    pub fn stored(state: RequestState, reason: Option<&str>) -> Option<Self> {
        match state {
            RequestState::Open => None,
            RequestState::Approved => Some(Self::Approved),
            RequestState::Rejected => StaffReason::parse(reason?).map(Self::Rejected),
            RequestState::Lapsed if reason.is_some() => Some(Self::TimeGone),
            RequestState::Lapsed => Some(Self::Lapsed),
            RequestState::Withdrawn => Some(Self::Withdrawn),
        }
    }

    /// As the trail names it.
    pub fn action(self) -> &'static str {
        match self {
            Self::Approved => "visit_request_approved",
            Self::Rejected(_) => "visit_request_rejected",
            Self::Lapsed | Self::TimeGone => "visit_request_lapsed",
            Self::Withdrawn => "visit_request_withdrawn",
        }
    }
}

/// Why a unit says no. That she rang is no answer of the unit.
pub fn reject_reasons() -> impl Iterator<Item = StaffReason> {
    StaffReason::ALL.into_iter().filter(|reason| *reason != StaffReason::VisitorAsked)
}

/// A no as it was chosen. One for security stands where control was considered and is not enough alone ([L] § 31).
pub fn rejection(reason: &str, considered: bool) -> Result<StaffReason, &'static str> {
    match reject_reasons().find(|one| one.code() == reason) {
        None => Err("choose"),
        Some(StaffReason::Risk) if !considered => Err("considered"),
        Some(reason) => Ok(reason),
    }
}

/// Who says yes or no. [P] § 7.
pub fn may_answer(roles: &[Role]) -> bool {
    roles.contains(&Role::CaseOfficer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::booking::tests::{day, rules};

    #[test]
    fn a_no_for_security_needs_that_control_was_considered_and_cancels_nothing() {
        let table = [
            ("staffing", false, Ok(StaffReason::Staffing)),
            ("risk", true, Ok(StaffReason::Risk)),
            ("risk", false, Err("considered")),
            ("visitor_asked", true, Err("choose")),
            ("", true, Err("choose")),
        ];
        for (reason, considered, expected) in table {
            assert_eq!(rejection(reason, considered), expected, "{reason} {considered}");
        }
        assert!(StaffReason::of_cancelling().all(|reason| reason != StaffReason::Risk));
        assert!(!StaffReason::Risk.gives_priority());
    }

    #[test]
    fn a_unit_looks_at_what_its_rule_says_and_at_everything_when_nothing_is_heard() {
        let table = [
            (Approval::Never, false, false, None),
            (Approval::Never, true, false, None),
            (Approval::First, false, false, None),
            (Approval::First, true, false, Some(Need::First)),
            (Approval::Always, false, false, Some(Need::Always)),
            (Approval::Always, true, false, Some(Need::Always)),
            (Approval::Never, false, true, Some(Need::Silent)),
            (Approval::First, true, true, Some(Need::Silent)),
            (Approval::Always, false, true, Some(Need::Silent)),
        ];
        for (approval, first, silent, expected) in table {
            let rules = UnitRules { approval, ..rules() };
            assert_eq!(
                needs_approval(Some(&rules), first, silent),
                expected,
                "{approval:?} {first} {silent}"
            );
        }
        assert_eq!(needs_approval(None, true, false), None);
        assert_eq!(needs_approval(None, true, true), Some(Need::Silent));
    }

    #[test]
    fn it_is_answered_in_its_hours_and_a_day_before_the_visit() {
        let rules = RequestRules { hours: 48, before_hours: 24 };
        let now = Instant::last_minute(day("2026-09-01"));
        let table = [(24, None), (25, Some(1)), (71, Some(47)), (72, Some(48)), (500, Some(48)), (-1, None)];
        for (begins, expected) in table {
            let until = rules.answer_by(now.plus_minutes(60 * begins), now);
            assert_eq!(until, expected.map(|hours: i64| now.plus_minutes(60 * hours)), "{begins}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        for one in Approval::ALL {
            assert_eq!(Approval::parse(one.code()), Some(one));
        }
        for one in Need::ALL {
            assert_eq!(Need::parse(one.code()), Some(one));
        }
        for one in RequestState::ALL {
            assert_eq!(RequestState::parse(one.code()), Some(one));
        }
        let ends = [RequestEnd::Approved, RequestEnd::Lapsed, RequestEnd::TimeGone, RequestEnd::Withdrawn];
        for end in ends.into_iter().chain(reject_reasons().map(RequestEnd::Rejected)) {
            assert_eq!(RequestEnd::stored(end.state(), end.reason()), Some(end));
            assert!(end.action().starts_with("visit_request_"));
        }
        assert_eq!(RequestEnd::stored(RequestState::Open, None), None);
        assert!(reject_reasons().all(|reason| reason != StaffReason::VisitorAsked));
    }
}
