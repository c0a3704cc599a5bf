//! The words of what was handed in without eID, and how to put an error right.

use domain::{
    kernel::Locale,
    visits::handin::{Closed, State},
};

use crate::i18n::visits_handin as t;

pub(super) fn why(l: Locale, why: Closed) -> String {
    match why {
        Closed::CannotFind => t::why_cannot_find(l),
        Closed::Incomplete => t::why_incomplete(l),
        Closed::Duplicate => t::why_duplicate(l),
        Closed::Withdrew => t::why_withdrew(l),
    }
}

pub(super) fn state(l: Locale, state: State) -> String {
    match state {
        State::Received => t::state_received(l),
        State::Registering => t::state_registering(l),
        State::Asked => t::state_asked(l),
        State::Linked => t::state_linked(l),
        State::Closed => t::state_closed(l),
        State::Withdrawn => t::state_withdrawn(l),
    }
}

pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("reference", "no_case") => t::wrong_no_case(l),
        ("reference", _) => t::wrong_reference(l),
        _ => t::wrong_why(l),
    }
}
