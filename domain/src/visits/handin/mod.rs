//! An application of somebody who has no eID, handed in and followed by a code to her e-mail or telephone ([E] §§ 6 and 9: a receipt with
//! reference and time; whoever cannot use eID has the same service). The form with all its errors together, where it stands, and what
//! whoever follows it is told. Never: an inmate's name, an outcome, or the unit's reason among the words of the one who follows it.

mod form;

pub use form::{HandInForm, LONGEST_ADDRESS, Written};

use crate::kernel::{EmailAddress, Phone};

/// Marks the ids of rows.
#[derive(Debug)]
pub enum HandIn {}

/// What a code was asked for. One opens nothing of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Write,
    Track,
}

impl Purpose {
    pub const ALL: [Self; 2] = [Self::Write, Self::Track];

    pub fn code(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Track => "track",
        }
    }
}

/// Where a code goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    Email(EmailAddress),
    Phone(Phone),
}

impl Reached {
    /// As typed into one field: an address has an @ in it. Without a provider of texts there is no number to send to.
    pub fn parse(text: &str, texts: bool) -> Result<Self, &'static str> {
        match text.trim() {
            "" => Err("reached_empty"),
            text if text.contains('@') => {
                EmailAddress::parse(text).map(Self::Email).map_err(|_| "email_form")
            }
            _ if !texts => Err("reached_email"),
            text => Phone::parse(text).map(Self::Phone).map_err(|_| "reached_form"),
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(address) => address.as_str(),
            Self::Phone(number) => number.as_str(),
        }
    }

    pub fn masked(&self) -> String {
        match self {
            Self::Email(address) => address.masked(),
            Self::Phone(number) => number.masked(),
        }
    }
}

/// Why the unit closed one without making a case of it. Whoever follows it is told none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Nobody of that name can be found.
    CannotFind,
    /// Something is missing, and she was not reached.
    Incomplete,
    Duplicate,
    /// She told the unit that she does not want it any more.
    Withdrew,
}

impl Closed {
    pub const ALL: [Self; 4] = [Self::CannotFind, Self::Incomplete, Self::Duplicate, Self::Withdrew];

    pub fn code(self) -> &'static str {
        match self {
            Self::CannotFind => "cannot_find",
            Self::Incomplete => "incomplete",
            Self::Duplicate => "duplicate",
            Self::Withdrew => "withdrew",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// Where one stands with the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Received,
    /// Staff are registering her.
    Registering,
    /// The unit needs something from her.
    Asked,
    /// It has become a case.
    Linked,
    Closed,
    /// Taken back by her.
    Withdrawn,
}

impl State {
    pub const ALL: [Self; 6] =
        [Self::Received, Self::Registering, Self::Asked, Self::Linked, Self::Closed, Self::Withdrawn];

    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Registering => "registering",
            Self::Asked => "asked",
            Self::Linked => "linked",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The unit has something to do.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Registering | Self::Asked)
    }
}

/// How it is with the case that one has become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Open,
    /// Decided or not processed: which of the two is told by the letter alone.
    Over,
    Withdrawn,
}

/// What whoever follows one is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Received,
    Registering,
    NeedsYou,
    Considered,
    /// The answer comes by post, or at the counter.
    Decided,
    Closed,
    Withdrawn,
}

impl Step {
    /// A case that is gone was over long ago.
    pub fn of(state: State, case: Option<Case>) -> Self {
        match (state, case) {
            (State::Received, _) => Self::Received,
            (State::Registering, _) => Self::Registering,
            (State::Asked, _) => Self::NeedsYou,
            (State::Linked, Some(Case::Open)) => Self::Considered,
            (State::Linked, Some(Case::Over) | None) => Self::Decided,
            (State::Linked, Some(Case::Withdrawn)) | (State::Withdrawn, _) => Self::Withdrawn,
            (State::Closed, _) => Self::Closed,
        }
    }

    /// She may take it back.
    pub fn may_withdraw(self) -> bool {
        matches!(self, Self::Received | Self::Registering | Self::NeedsYou | Self::Considered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_field_takes_an_address_or_a_number() {
        let table = [
            ("", true, Err("reached_empty")),
            (" agnes@eksempel.no ", true, Ok("agnes@eksempel.no")),
            ("agnes@", true, Err("email_form")),
            ("412 34 567", true, Ok("+4741234567")),
            ("412", true, Err("reached_form")),
            ("412 34 567", false, Err("reached_email")),
            ("agnes@eksempel.no", false, Ok("agnes@eksempel.no")),
        ];
        for (text, texts, expected) in table {
            let read = Reached::parse(text, texts);
            assert_eq!(read.as_ref().map(Reached::as_str).map_err(|code| *code), expected, "{text:?}");
        }
    }

    #[test]
    fn whoever_follows_it_is_told_a_step_and_never_an_outcome() {
        let table = [
            (State::Received, None, Step::Received, true),
            (State::Registering, None, Step::Registering, true),
            (State::Asked, None, Step::NeedsYou, true),
            (State::Linked, Some(Case::Open), Step::Considered, true),
            (State::Linked, Some(Case::Over), Step::Decided, false),
            (State::Linked, Some(Case::Withdrawn), Step::Withdrawn, false),
            (State::Linked, None, Step::Decided, false),
            (State::Closed, None, Step::Closed, false),
            (State::Withdrawn, None, Step::Withdrawn, false),
        ];
        for (state, case, expected, may) in table {
            let step = Step::of(state, case);
            assert_eq!((step, step.may_withdraw()), (expected, may), "{state:?} {case:?}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.code()), Some(state));
        }
        for why in Closed::ALL {
            assert_eq!(Closed::parse(why.code()), Some(why));
        }
        assert_eq!(Purpose::ALL.map(Purpose::code), ["write", "track"]);
    }
}
