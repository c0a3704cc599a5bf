//! The words for the codes of requests, matched exhaustively.

use backend::visits::booking::{
    PartyMember,
    request::{MyRequest, Told},
};
use domain::{
    kernel::{CivilDate, Locale},
    visits::booking::{
        Need,
        request::{RequestEnd, RequestState},
    },
};

use super::super::words::{guest, told_reason};
use crate::i18n::{dates, visits_request as t};

/// In a row of a list.
pub(super) fn state(l: Locale, one: &MyRequest) -> String {
    match &one.ended {
        None => t::state_open(l, dates::date_time(l, one.expires_at)),
        Some((RequestEnd::Approved, _)) => t::state_approved(l),
        Some((RequestEnd::Rejected(_), _)) => t::state_rejected(l),
        Some((RequestEnd::Lapsed | RequestEnd::TimeGone, _)) => t::state_lapsed(l),
        Some((RequestEnd::Withdrawn, _)) => t::state_withdrawn(l),
    }
}

/// What became of it, and what she can do now.
pub(super) fn ended(l: Locale, how: RequestEnd) -> (String, String) {
    match how {
        RequestEnd::Approved => (t::ended_approved(l), t::ended_approved_text(l)),
        RequestEnd::Rejected(reason) => (t::ended_rejected(l), told_reason(l, reason)),
        RequestEnd::Lapsed => (t::ended_lapsed(l), t::ended_lapsed_text(l)),
        RequestEnd::TimeGone => (t::ended_gone(l), t::ended_gone_text(l)),
        RequestEnd::Withdrawn => (t::ended_withdrawn(l), t::ended_withdrawn_text(l)),
    }
}

/// The same for staff.
pub(super) fn ended_staff(l: Locale, how: RequestEnd) -> String {
    match how {
        RequestEnd::Approved => t::staff_approved(l),
        RequestEnd::Rejected(_) => t::staff_rejected(l),
        RequestEnd::Lapsed => t::staff_lapsed(l),
        RequestEnd::TimeGone => t::staff_gone(l),
        RequestEnd::Withdrawn => t::staff_withdrawn(l),
    }
}

/// Why the unit looks at it; for staff alone.
pub(super) fn need(l: Locale, need: Need) -> String {
    match need {
        Need::Silent => t::need_silent(l),
        Need::Always => t::need_always(l),
        Need::First => t::need_first(l),
    }
}

/// A line a person.
pub(super) fn people(l: Locale, people: &[PartyMember], on: CivilDate) -> String {
    let lines = people.iter().map(|p| guest(l, &p.name, p.born, p.child, on));
    lines.collect::<Vec<_>>().join("\n")
}

/// What a letter says to those who want it said. No names, no prison, no reason: those stand behind the sign-in.
pub fn letter(l: Locale, told: &Told) -> String {
    let (day, clock) = (dates::long_date(l, told.date), dates::clock(l, told.start));
    match told.state {
        RequestState::Approved | RequestState::Open => t::letter_approved(l, day, clock),
        RequestState::Rejected => t::letter_rejected(l, day, clock),
        RequestState::Lapsed => t::letter_lapsed(l, day, clock),
        RequestState::Withdrawn => t::letter_withdrawn(l, day, clock),
    }
}
