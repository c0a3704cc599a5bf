//! Documents that a person hands in: what a kind asks for, what was asked of whom and by when, and what became of what came.
//! eForvaltningsforskriften § 6 (a receipt with reference and time). Never: a document taken back that staff have opened, or
//! one that is called received while a file of it is not whole.

mod document;
mod forms;
mod kind;
mod request;

pub use document::{Event, Shown, State};
pub use forms::{
    AcceptForm, Accepted, AskForm, Asking, FieldError, FormErrors, LONGEST, PaperForm, Papered, SendForm, To,
    ToldForm, Written,
};
pub use kind::{GoesTo, Kind, Senders};
pub use request::{RequestEvent, RequestState, Told};

use crate::access::Role;

/// Whose work documents are: those who work on the cases.
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
    /// The form's version is not that of the thing.
    Stale,
    /// Staff have opened it: it cannot be taken back.
    Opened,
    /// This kind is not taken from her, or not any more.
    Kind,
}

impl Refusal {
    pub const ALL: [Self; 5] = [Self::Hidden, Self::MovedOn, Self::Stale, Self::Opened, Self::Kind];

    pub fn code(self) -> &'static str {
        match self {
            Self::Hidden => "document_hidden",
            Self::MovedOn => "document_moved_on",
            Self::Stale => "document_stale",
            Self::Opened => "document_opened",
            Self::Kind => "document_kind",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_the_work_of_case_officers() {
        for role in Role::ALL {
            assert_eq!(may_handle(&[role]), role == Role::CaseOfficer, "{role:?}");
        }
    }
}
