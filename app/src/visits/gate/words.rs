//! The words for the codes of the gate, matched exhaustively.

use backend::visits::gate::Found;
use domain::{
    kernel::Locale,
    visits::gate::{AtGate, Denied, Mark, MarkRefusal},
};

use crate::i18n::{dates, visits_gate as t};

pub(super) fn state(l: Locale, state: AtGate) -> String {
    match state {
        AtGate::Expected => t::state_expected(l),
        AtGate::Inside { since } => t::state_inside(l, dates::clock_of(l, since)),
        AtGate::Over { how, at } => t::state_over(l, mark(l, how), dates::clock_of(l, at)),
    }
}

/// A denial with its reason.
pub(super) fn mark(l: Locale, mark: Mark) -> String {
    match mark {
        Mark::Arrived => t::mark_arrived(l),
        Mark::Denied(why) => format!("{}: {}", t::mark_denied(l), reason(l, why)),
        Mark::InmateRefused => t::mark_inmate_refused(l),
        Mark::NoShow => t::mark_no_show(l),
        Mark::Normal => t::mark_normal(l),
        Mark::VisitorEarly => t::mark_visitor_early(l),
        Mark::InmateEarly => t::mark_inmate_early(l),
        Mark::StaffEarly => t::mark_staff_early(l),
    }
}

/// What staff choose from.
pub(super) fn reason(l: Locale, why: Denied) -> String {
    match why {
        Denied::NoIdentity => t::reason_no_identity(l),
        Denied::TooLate => t::reason_too_late(l),
        Denied::Search => t::reason_search(l),
        Denied::Influence => t::reason_influence(l),
        Denied::Conduct => t::reason_conduct(l),
        Denied::NoAdult => t::reason_no_adult(l),
        Denied::NotSettled => t::reason_not_settled(l),
    }
}

/// What the visitor reads.
pub(super) fn told(l: Locale, why: Denied) -> String {
    match why {
        Denied::NoIdentity => t::told_no_identity(l),
        Denied::TooLate => t::told_too_late(l),
        Denied::Search => t::told_search(l),
        Denied::Influence => t::told_influence(l),
        Denied::Conduct => t::told_conduct(l),
        Denied::NoAdult => t::told_no_adult(l),
        Denied::NotSettled => t::told_not_settled(l),
    }
}

pub(super) fn refusal(l: Locale, refusal: MarkRefusal) -> String {
    match refusal {
        MarkRefusal::Cancelled => t::refused_cancelled(l),
        MarkRefusal::OtherDay => t::refused_day(l),
        MarkRefusal::TooEarly => t::refused_early(l),
        MarkRefusal::Order => t::refused_order(l),
        MarkRefusal::Time => t::refused_time(l),
        MarkRefusal::Nothing => t::refused_nothing(l),
    }
}

/// Why nothing was found, as a code that stands with what was typed; none for a visit.
pub(super) fn not_found(found: &Found) -> Option<&'static str> {
    match found {
        Found::Visit(_) => None,
        Found::OtherDay(_) => Some("other_day"),
        Found::Unknown => Some("unknown"),
        Found::NotOurs => Some("not_ours"),
        Found::Unreadable => Some("unreadable"),
    }
}
