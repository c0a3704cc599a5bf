//! The words for the codes of what is brought, matched exhaustively.

use backend::visits::booking::counsel::bringing::{Bring, Told};
use domain::{
    kernel::Locale,
    visits::booking::bringing::{BringReason, BringState, What},
};

use crate::i18n::{dates, visits_bringing as t};

pub fn what(l: Locale, what: What) -> String {
    match what {
        What::Interpreter => t::what_interpreter(l),
        What::Computer => t::what_computer(l),
        What::Recorder => t::what_recorder(l),
        What::Other => t::what_other(l),
    }
}

/// For the lawyer.
pub(super) fn state(l: Locale, state: BringState) -> String {
    match state {
        BringState::Open => t::state_open(l),
        BringState::Approved => t::state_approved(l),
        BringState::Rejected(BringReason::Security) => t::state_security(l),
        BringState::Rejected(BringReason::Unclear) => t::state_unclear(l),
        BringState::Rejected(BringReason::Provided) => t::state_provided(l),
        BringState::Withdrawn => t::state_withdrawn(l),
        BringState::Lapsed => t::state_lapsed(l),
    }
}

/// For whoever answers.
pub(super) fn state_staff(l: Locale, state: BringState) -> String {
    match state {
        BringState::Open => t::staff_open(l),
        BringState::Approved => t::staff_approved(l),
        BringState::Rejected(why) => t::staff_rejected(l, reason(l, why)),
        BringState::Withdrawn => t::staff_withdrawn(l),
        BringState::Lapsed => t::staff_lapsed(l),
    }
}

pub(super) fn reason(l: Locale, why: BringReason) -> String {
    match why {
        BringReason::Security => t::reason_security(l),
        BringReason::Unclear => t::reason_unclear(l),
        BringReason::Provided => t::reason_provided(l),
    }
}

/// For whoever opens the door: what may be let in, and what not.
pub(super) fn door(l: Locale, bring: &Bring) -> String {
    let what = what(l, bring.what);
    match bring.state {
        BringState::Approved => t::door_approved(l, what, &bring.detail),
        BringState::Open | BringState::Lapsed => t::door_open(l, what, &bring.detail),
        BringState::Rejected(_) | BringState::Withdrawn => t::door_rejected(l, what, &bring.detail),
    }
}

pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("what", _) => t::wrong_what(l),
        (_, "empty") => t::wrong_empty(l),
        (_, "too_long") => {
            t::wrong_long(l, i64::try_from(domain::visits::booking::bringing::LONGEST).unwrap_or(0))
        }
        _ => t::wrong_character(l),
    }
}

/// What a letter says to those who want it said. No names, no prison, nothing of what she brings.
pub fn letter(l: Locale, told: &Told) -> String {
    let (day, clock) = (dates::long_date(l, told.date), dates::clock(l, told.start));
    match told.state {
        BringState::Approved => t::letter_approved(l, day, clock),
        _ => t::letter_rejected(l, day, clock),
    }
}
