//! Appeals: a person says that a decision is wrong; the level that made it looks again; if it stands by it the level above
//! decides. [L] §§ 6, 7; forvaltningsloven (LOV-1967-02-10) §§ 28–36, 42. Never: a late appeal refused without a person having
//! looked at why, or a decision on appeal by whoever made what is appealed.

mod forms;
mod state;
mod term;

pub use forms::{
    AppealForm, FieldError, FormErrors, LONGEST, ReasonForm, Reasoned, RulingForm, WaitForm, Waiting, Words,
};
pub use state::{Dismissal, Level, Outcome, State};
pub use term::{Deadline, Kind, Span, deadline, reached};

use crate::access::Role;

/// What is appealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Who may visit, and how.
    Clearance,
    /// A letter, or a part of it, that was held back.
    Letter,
}

impl Subject {
    pub const ALL: [Self; 2] = [Self::Clearance, Self::Letter];

    /// As decisions name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Clearance => "clearance",
            Self::Letter => "letter",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// The level that decided looks again: those who make such decisions there.
pub fn may_prepare(roles: &[Role], subject: Subject) -> bool {
    roles.contains(&match subject {
        Subject::Clearance => Role::CaseOfficer,
        Subject::Letter => Role::MessageController,
    })
}

/// The level above decides.
pub fn may_decide(roles: &[Role]) -> bool {
    roles.contains(&Role::AppealOfficer)
}

/// Whoever does either has a list.
pub fn may_see(roles: &[Role]) -> bool {
    may_decide(roles) || Subject::ALL.into_iter().any(|subject| may_prepare(roles, subject))
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such thing for whoever asks.
    Hidden,
    /// It is not where it was.
    MovedOn,
    /// The form's version is not the appeal's.
    Stale,
    /// The decision is appealed already.
    Already,
    /// She made what is appealed, or prepared the appeal: another decides (forvaltningsloven § 6).
    SamePerson,
    /// It came in time, so that cannot be why it is dismissed.
    NotLate,
    /// Whether the decision waits was not asked, or is answered.
    NotAsked,
}

impl Refusal {
    pub const ALL: [Self; 7] = [
        Self::Hidden,
        Self::MovedOn,
        Self::Stale,
        Self::Already,
        Self::SamePerson,
        Self::NotLate,
        Self::NotAsked,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Hidden => "appeal_hidden",
            Self::MovedOn => "appeal_moved_on",
            Self::Stale => "appeal_stale",
            Self::Already => "appeal_already",
            Self::SamePerson => "appeal_same_person",
            Self::NotLate => "appeal_not_late",
            Self::NotAsked => "appeal_not_asked",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_its_part() {
        for role in Role::ALL {
            let may = (
                may_prepare(&[role], Subject::Clearance),
                may_prepare(&[role], Subject::Letter),
                may_decide(&[role]),
                may_see(&[role]),
            );
            let expected = match role {
                Role::CaseOfficer => (true, false, false, true),
                Role::MessageController => (false, true, false, true),
                Role::AppealOfficer => (false, false, true, true),
                Role::UnitAdmin
                | Role::GateOfficer
                | Role::VictimOfficer
                | Role::DutyOfficer
                | Role::Leader
                | Role::Auditor => (false, false, false, false),
            };
            assert_eq!(may, expected, "{role:?}");
        }
        for subject in Subject::ALL {
            assert_eq!(Subject::parse(subject.code()), Some(subject));
        }
    }
}
