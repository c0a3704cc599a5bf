//! The words for the codes of what is urgent, matched exhaustively.

use domain::{
    kernel::Locale,
    visits::booking::{
        Way,
        urgent::{UrgentNo, UrgentReason},
    },
};

use crate::{
    i18n::{visits_counsel, visits_urgent as t},
    visits::plan::date_words,
};

pub(crate) fn reason(l: Locale, reason: UrgentReason) -> String {
    match reason {
        UrgentReason::Custody => t::reason_custody(l),
        UrgentReason::Hearing => t::reason_hearing(l),
        UrgentReason::Deadline => t::reason_deadline(l),
        UrgentReason::Other => t::reason_other(l),
    }
}

/// For the lawyer: what she can do then.
pub(super) fn no(l: Locale, why: UrgentNo, phone: &str) -> String {
    match why {
        UrgentNo::NoTime => t::no_time(l, phone),
        UrgentNo::NotHere => t::no_not_here(l, phone),
        UrgentNo::Bookable => t::no_bookable(l),
    }
}

/// For whoever answers.
pub(super) fn no_staff(l: Locale, why: UrgentNo) -> String {
    match why {
        UrgentNo::NoTime => t::staff_no_time(l),
        UrgentNo::NotHere => t::staff_no_not_here(l),
        UrgentNo::Bookable => t::staff_no_bookable(l),
    }
}

pub(super) fn way(l: Locale, way: Option<Way>) -> String {
    match way {
        None => t::way_any(l),
        Some(Way::Room) => visits_counsel::way_room(l),
        Some(Way::Video) => visits_counsel::way_video(l),
        Some(Way::Phone) => visits_counsel::way_phone(l),
    }
}

pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("reason", _) => t::wrong_reason(l),
        ("way", _) => t::wrong_way(l),
        (_, "over") => t::wrong_over(l),
        (_, "far") => t::wrong_far(l),
        (_, "clock" | "clock_empty") => t::wrong_clock(l),
        (_, code) => date_words(l, code),
    }
}
