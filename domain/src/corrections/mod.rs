//! Corrections: a person says that something held about her is wrong, or wants it erased; an officer looks into it and answers,
//! by a day. GDPR Articles 12(3), 16 and 17; [P] (FOR-2013-09-20-1099) § 9. Never: a refusal without a reason, or without the way
//! to complain of it.

mod forms;
mod state;

pub use forms::{AskForm, Asked, FieldError, FormErrors, LONGEST, PassForm, SettleForm, Settled, Wish};
pub use state::{Outcome, State};

use crate::access::Role;

/// What it is about: the parts of what is held, as her page names them, and what she cannot place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Person,
    Contact,
    Visits,
    Decisions,
    Documents,
    Messages,
    Letters,
    Homes,
    Other,
}

impl About {
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Contact,
        Self::Visits,
        Self::Decisions,
        Self::Documents,
        Self::Messages,
        Self::Letters,
        Self::Homes,
        Self::Other,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Contact => "contact",
            Self::Visits => "visits",
            Self::Decisions => "decisions",
            Self::Documents => "documents",
            Self::Messages => "messages",
            Self::Letters => "letters",
            Self::Homes => "homes",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|about| about.code() == code)
    }
}

/// Who answers: the case officers of the unit.
pub fn may_handle(roles: &[Role]) -> bool {
    roles.contains(&Role::CaseOfficer)
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such thing for whoever asks.
    Hidden,
    /// It is not where it was.
    MovedOn,
    /// The form's version is not the request's.
    Stale,
}

impl Refusal {
    pub const ALL: [Self; 3] = [Self::Hidden, Self::MovedOn, Self::Stale];

    pub fn code(self) -> &'static str {
        match self {
            Self::Hidden => "correction_hidden",
            Self::MovedOn => "correction_moved_on",
            Self::Stale => "correction_stale",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_officers_answer_and_nobody_else() {
        for role in Role::ALL {
            assert_eq!(may_handle(&[role]), role == Role::CaseOfficer, "{role:?}");
        }
        for about in About::ALL {
            assert_eq!(About::parse(about.code()), Some(about));
        }
        assert_eq!(About::parse("files"), None);
    }
}
