//! The words for the codes of coming along, matched exhaustively.

use backend::visits::booking::joining::{JoinedVisit, MyJoining};
use domain::{
    kernel::Locale,
    visits::booking::{
        Refusal,
        joining::{JoinEnd, JoinRefusal, Joining, Told},
    },
};

use super::super::words::from_to;
use crate::{
    i18n::{dates, visits_booking, visits_joining as t},
    ui::SummaryRow,
};

/// What whoever booked is told of one who was asked.
pub(super) fn told(l: Locale, told: Told) -> String {
    match told {
        Told::NotAnswered { until } => t::told_waiting(l, dates::date_time(l, until)),
        Told::CanCome => t::told_can(l),
        Told::CannotCome => t::told_cannot(l),
    }
}

/// Why nobody can be asked, or why nothing was done.
pub(super) fn refusal(l: Locale, refusal: JoinRefusal) -> String {
    match refusal {
        JoinRefusal::Hidden | JoinRefusal::Code => t::refused_code(l),
        JoinRefusal::Closed => t::refused_closed(l),
        JoinRefusal::NotHere => t::refused_not_here(l),
        JoinRefusal::Full { most } => t::refused_full(l, most),
        JoinRefusal::MovedOn => t::refused_moved_on(l),
    }
}

/// The refusal behind the code in an address, if the page can tell it without knowing more.
pub(super) fn refused(l: Locale, code: &str) -> Option<String> {
    let all = [JoinRefusal::Closed, JoinRefusal::NotHere, JoinRefusal::MovedOn];
    all.into_iter().find(|r| r.code() == code).map(|r| refusal(l, r))
}

/// What stands in the way of a guest, in words that are about nobody else.
pub(super) fn against(l: Locale, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Overlap { at } => t::against_overlap(l, dates::date_time(l, *at)),
        Refusal::TooMany { most } => t::refused_full(l, *most),
        Refusal::WrongKind => t::against_kind(l),
        Refusal::Started => t::refused_closed(l),
        _ => t::against_other(l),
    }
}

/// What came of it, when there is nothing to answer any more: a sentence, and what can be done.
pub(super) fn over(l: Locale, visit: &JoinedVisit) -> (String, String) {
    let called_off = || (t::over_called_off(l), t::over_called_off_text(l));
    match visit.visit.state {
        Joining::Coming => called_off(),
        Joining::Asked { .. } if !visit.visit.is_booked => called_off(),
        Joining::Asked { .. } => (t::over_late(l), t::over_late_text(l)),
        Joining::Declined => (t::over_declined(l), t::over_declined_text(l)),
        Joining::Ended(JoinEnd::Guest) => (t::over_left(l), t::over_declined_text(l)),
        Joining::Ended(JoinEnd::Moved) => (t::over_moved(l), t::over_moved_text(l)),
        Joining::Ended(JoinEnd::Booker | JoinEnd::Leave) => (t::over_ended(l), t::over_ended_text(l)),
    }
}

pub(super) fn when(l: Locale, visit: &MyJoining) -> String {
    let day = dates::capital(&dates::with_year(l, visit.date));
    format!("{day}\n{}", from_to(l, visit.start, visit.end))
}

/// What is asked, before a yes.
pub(super) fn question_rows(l: Locale, visit: &JoinedVisit) -> Vec<SummaryRow> {
    let v = &visit.visit;
    vec![
        SummaryRow::new(t::fact_booker(l), &v.booker_name),
        SummaryRow::new(visits_booking::fact_whom(l), &v.inmate_name),
        SummaryRow::new(visits_booking::fact_when(l), when(l, v)),
        SummaryRow::new(visits_booking::fact_where(l), &v.unit_name).lang("nb"),
    ]
}

/// The visit, for whoever comes.
pub(super) fn visit_rows(l: Locale, visit: &JoinedVisit) -> Vec<SummaryRow> {
    let place = format!("{}\n{}", visit.visit.unit_name, visit.room);
    let rows = question_rows(l, visit).into_iter().take(3);
    rows.chain([
        SummaryRow::new(visits_booking::fact_where(l), place).lang("nb"),
        SummaryRow::new(visits_booking::fact_address(l), &visit.unit_address).lang("nb"),
        SummaryRow::new(visits_booking::fact_phone(l), &visit.unit_phone),
        SummaryRow::new(visits_booking::fact_reference(l), visit.reference.to_string()),
    ])
    .collect()
}
