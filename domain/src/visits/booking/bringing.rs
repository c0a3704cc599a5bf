//! Whom or what a lawyer brings into a private room besides herself: an interpreter, a computer. The unit says yes or no to each, and
//! may think again until the visit begins. The room is hers meanwhile. Source: choice of the service; unverified.

use serde::{Deserialize, Serialize};

use crate::{
    access::Role,
    kernel::{Instant, line},
    visits::clearance::forms::{FieldError, FormErrors},
};

/// Marks the ids of rows.
#[derive(Debug)]
pub enum Brought {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Interpreter,
    /// A computer or a tablet.
    Computer,
    /// What sound or pictures are taken with.
    Recorder,
    Other,
}

impl What {
    pub const ALL: [Self; 4] = [Self::Interpreter, Self::Computer, Self::Recorder, Self::Other];

    pub fn code(self) -> &'static str {
        match self {
            Self::Interpreter => "interpreter",
            Self::Computer => "computer",
            Self::Recorder => "recorder",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.code() == code)
    }
}

/// Why a unit says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BringReason {
    Security,
    /// It has to be told more exactly.
    Unclear,
    /// The unit has one that she can use.
    Provided,
}

impl BringReason {
    pub const ALL: [Self; 3] = [Self::Security, Self::Unclear, Self::Provided];

    pub fn code(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Unclear => "unclear",
            Self::Provided => "provided",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BringState {
    Open,
    Approved,
    Rejected(BringReason),
    /// By her.
    Withdrawn,
    /// The visit began, was moved or called off without an answer.
    Lapsed,
}

impl BringState {
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approved => "approved",
            Self::Rejected(_) => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }

    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::Rejected(reason) => Some(reason.code()),
            _ => None,
        }
    }

    /// As it is kept.
    pub fn stored(state: &str, reason: Option<&str>) -> Option<Self> {
        match state {
            "open" => Some(Self::Open),
            "approved" => Some(Self::Approved),
            "rejected" => BringReason::parse(reason?).map(Self::Rejected),
            "withdrawn" => Some(Self::Withdrawn),
            "lapsed" => Some(Self::Lapsed),
            _ => None,
        }
    }

    /// The action in the trail; none for one that is only asked for.
    pub fn action(self) -> &'static str {
        match self {
            Self::Open => "visit_bring_asked",
            Self::Approved => "visit_bring_approved",
            Self::Rejected(_) => "visit_bring_rejected",
            Self::Withdrawn => "visit_bring_withdrawn",
            Self::Lapsed => "visit_bring_lapsed",
        }
    }

    /// It waits for the unit, or the gate lets it in.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Approved)
    }

    /// Whether the unit may answer so now: what she took back is not answered, and the same answer is none.
    pub fn takes(self, answer: Self, begins: Instant, now: Instant) -> bool {
        let answered = matches!(answer, Self::Approved | Self::Rejected(_));
        let may = matches!(self, Self::Open | Self::Approved | Self::Rejected(_));
        answered && may && self != answer && now < begins
    }
}

/// Whether one more can be asked for; the visit has not begun, and there are not as many as a visit has.
pub fn may_ask(live: i64, most: i64, begins: Instant, now: Instant) -> bool {
    now < begins && live < most
}

/// Who answers: whoever answers what is asked for of visits. [P] § 7.
pub fn may_answer(roles: &[Role]) -> bool {
    super::request::may_answer(roles)
}

/// Characters of a description.
pub const LONGEST: usize = 200;

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BringForm {
    pub what: String,
    pub detail: String,
}

impl BringForm {
    /// What it is, and what it says of it: for an interpreter a name and a language.
    pub fn parse(&self) -> Result<(What, String), FormErrors> {
        let what = What::parse(&self.what).ok_or(FieldError { field: "what", code: "choose" });
        let detail = line(&self.detail, LONGEST).map_err(|e| FieldError { field: "detail", code: e.code() });
        match (what, detail) {
            (Ok(what), Ok(detail)) => Ok((what, detail)),
            (what, detail) => Err([what.err(), detail.err()].into_iter().flatten().collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fields and codes.
    type Wrong<'a> = &'a [(&'a str, &'a str)];

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let long = "a".repeat(LONGEST + 1);
        let table: [(&str, &str, Wrong); 6] = [
            ("interpreter", " polsk, Nora Eng ", &[]),
            ("", "polsk", &[("what", "choose")]),
            ("dog", "polsk", &[("what", "choose")]),
            ("computer", "  ", &[("detail", "empty")]),
            ("computer", &long, &[("detail", "too_long")]),
            ("", "a\u{7}", &[("what", "choose"), ("detail", "character")]),
        ];
        for (what, detail, wrong) in table {
            let form = BringForm { what: what.into(), detail: detail.into() };
            let found: Vec<(&str, &str)> =
                form.parse().err().into_iter().flatten().map(|e| (e.field, e.code)).collect();
            assert_eq!(found, wrong, "{what} {detail}");
        }
        let form = BringForm { what: "interpreter".into(), detail: " polsk, Nora Eng ".into() };
        assert_eq!(form.parse().ok(), Some((What::Interpreter, "polsk, Nora Eng".to_owned())));
    }

    #[test]
    fn the_unit_may_think_again_until_the_visit_begins() {
        use BringState::{Approved, Lapsed, Open, Rejected, Withdrawn};
        let (no, other) = (Rejected(BringReason::Security), Rejected(BringReason::Unclear));
        let (begins, before) = (Instant(10), Instant(9));
        let table = [
            (Open, Approved, true),
            (Open, no, true),
            (Approved, no, true),
            (no, Approved, true),
            (no, other, true),
            (Approved, Approved, false),
            (no, no, false),
            (Withdrawn, Approved, false),
            (Lapsed, Approved, false),
            (Open, Open, false),
            (Open, Withdrawn, false),
            (Open, Lapsed, false),
        ];
        for (state, answer, expected) in table {
            assert_eq!(state.takes(answer, begins, before), expected, "{state:?} {answer:?}");
            assert!(!state.takes(answer, begins, begins), "{state:?} {answer:?}");
        }
    }

    #[test]
    fn as_many_can_be_asked_for_as_the_rule_says() {
        let table = [(0, 9, true), (4, 9, true), (5, 9, false), (0, 10, false), (0, 11, false)];
        for (live, now, expected) in table {
            assert_eq!(may_ask(live, 5, Instant(10), Instant(now)), expected, "{live} {now}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        for what in What::ALL {
            assert_eq!(What::parse(what.code()), Some(what));
        }
        let no = BringReason::ALL.map(BringState::Rejected);
        let all = [BringState::Open, BringState::Approved, BringState::Withdrawn, BringState::Lapsed];
        for state in all.into_iter().chain(no) {
            assert_eq!(BringState::stored(state.code(), state.reason()), Some(state));
        }
        assert_eq!(BringState::stored("rejected", None), None);
        assert!(BringState::Open.is_live() && BringState::Approved.is_live() && !no[0].is_live());
    }
}
