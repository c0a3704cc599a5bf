//! Consent of those at home, before and while a sentence is served there with electronic control (EK). [F] § 7-3: every
//! cohabitant over 18 consents in writing; [F] chapter 7 B: without whom it is about being present. And consent of another parent
//! when a child comes along on visits. Each answers alone with own eID and may take it back at any time. Never: an applicant who
//! can tell who said no, or when anybody answered.

mod forms;
mod parent;
mod state;
mod told;

pub use crate::appeals::{FieldError, FormErrors};
pub use forms::{AnswerForm, HomeForm, NewHome, NewPerson, PersonForm, WithdrawForm, Withdrawal};
pub use parent::{Fact, Kind, ParentForm, without_reason};
pub use state::{Answer, Said, Standing, Word, answer, standing, withdraw};
pub use told::{Dwelling, Grid, Told, Viewed, told};

use crate::access::Role;

/// Whose duty it is to ask those at home and to see what they answer.
pub fn may_ask(roles: &[Role]) -> bool {
    roles.contains(&Role::CaseOfficer)
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not hers, or not there.
    Hidden,
    /// She has to sign in anew at the high level first.
    Prove,
    /// The text has changed since the page was shown.
    TextChanged,
    /// She has said so already, or there is nothing to take back.
    SaidAlready,
    /// It is over.
    Closed,
    /// Somebody was first.
    Stale,
    /// That person is asked already.
    Known,
}

impl Refusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Prove => "prove",
            Self::TextChanged => "text_changed",
            Self::SaidAlready => "said_already",
            Self::Closed => "closed",
            Self::Stale => "stale",
            Self::Known => "known",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_officers_ask() {
        for role in Role::ALL {
            assert_eq!(may_ask(&[role]), role == Role::CaseOfficer, "{role:?}");
        }
    }
}
