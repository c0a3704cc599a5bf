//! The words for the codes of the waiting list, matched exhaustively.

use backend::visits::booking::waiting::{MyOffer, MyWait, Told, WaitView};
use domain::{
    kernel::{CivilDate, Locale},
    visits::booking::waiting::{OfferState, Suits, WaitEnd},
};

use super::super::words::{from_to, guest};
use crate::{
    i18n::{common, dates, visits_booking, visits_waiting as t},
    ui::{DateLabels, SummaryRow},
};

pub(super) fn suits(l: Locale, suits: Suits) -> String {
    match suits {
        Suits::Any => t::suits_any(l),
        Suits::Weekdays => t::suits_weekdays(l),
        Suits::Weekends => t::suits_weekends(l),
    }
}

/// Why it ended, as it is told afterwards: in one sentence and what can be done now.
pub(super) fn ended(l: Locale, why: WaitEnd) -> (String, String) {
    match why {
        WaitEnd::Booked => (t::ended_booked(l), t::ended_booked_text(l)),
        WaitEnd::TakenBack => (t::ended_taken_back(l), t::ended_again(l)),
        WaitEnd::Replaced => (t::ended_replaced(l), t::ended_replaced_text(l)),
        WaitEnd::Left => (t::ended_taken_back(l), t::ended_again(l)),
        WaitEnd::Unanswered => (t::ended_unanswered(l), t::ended_unanswered_text(l)),
        WaitEnd::Over => (t::ended_over(l), t::ended_again(l)),
        WaitEnd::NoLeave => (t::ended_taken_back(l), t::ended_no_leave(l)),
    }
}

/// What came of an offer that can be answered no more. One that is still open has run out.
pub(super) fn over(l: Locale, state: OfferState) -> String {
    match state {
        OfferState::Open | OfferState::Lapsed => t::over_lapsed(l),
        OfferState::Booked => t::over_booked(l),
        OfferState::Declined => t::over_declined(l),
        OfferState::Refused => t::over_refused(l),
        OfferState::Withdrawn => t::over_withdrawn(l),
    }
}

/// `Svar innen torsdag 17. september kl. 14.00`
pub(super) fn answer_by(l: Locale, offer: &MyOffer) -> String {
    t::answer_by(l, dates::date_time(l, offer.answer_by))
}

pub(super) fn between(l: Locale, wait: &MyWait) -> String {
    t::between(l, dates::plain(l, wait.period.first), dates::plain(l, wait.period.last))
}

/// A line a person.
fn people(l: Locale, view: &WaitView, on: CivilDate) -> String {
    let lines = view.people.iter().map(|p| guest(l, &p.name, p.born, p.child, on));
    lines.collect::<Vec<_>>().join("\n")
}

/// What she waits for.
pub(super) fn wait_rows(l: Locale, view: &WaitView) -> Vec<SummaryRow> {
    let wait = &view.wait;
    vec![
        SummaryRow::new(visits_booking::fact_whom(l), &wait.inmate_name),
        SummaryRow::new(visits_booking::fact_where(l), &wait.unit_name).lang("nb"),
        SummaryRow::new(visits_booking::fact_who(l), people(l, view, wait.period.first)),
        SummaryRow::new(t::fact_period(l), between(l, wait)),
        SummaryRow::new(t::fact_suits(l), suits(l, wait.period.suits)),
        SummaryRow::new(t::fact_since(l), dates::date_time_with_year(l, wait.since)),
    ]
}

/// What is offered.
pub(super) fn offer_rows(l: Locale, offer: &MyOffer, of: &WaitView) -> Vec<SummaryRow> {
    let when = format!(
        "{}\n{}",
        dates::capital(&dates::with_year(l, offer.date)),
        from_to(l, offer.start, offer.end)
    );
    let place = format!("{}\n{}", of.wait.unit_name, offer.room);
    vec![
        SummaryRow::new(visits_booking::fact_when(l), when),
        SummaryRow::new(visits_booking::fact_where(l), place).lang("nb"),
        SummaryRow::new(visits_booking::fact_whom(l), &of.wait.inmate_name),
        SummaryRow::new(visits_booking::fact_who(l), people(l, of, offer.date)),
    ]
}

pub(super) fn date_labels(l: Locale) -> DateLabels {
    DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) }
}

/// How to put an error right.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        (_, "choose_suits") => t::error_suits(l),
        (_, "no_such_day") => t::error_no_such_day(l),
        (_, "to_before_from") => t::error_to_before_from(l),
        ("from", "date_empty") => t::error_from_empty(l),
        (_, "date_empty") => t::error_to_empty(l),
        (_, "date_day") => t::error_day(l),
        (_, "date_month") => t::error_month(l),
        (_, "date_year") => t::error_year(l),
        (_, "date_early") => t::error_early(l),
        (_, "date_far") => t::error_far(l),
        _ => t::error_no_date(l),
    }
}

/// What a letter says to those who want it said. No names, no prison: those stand behind the sign-in.
pub fn letter(l: Locale, told: Option<&Told>) -> String {
    match told {
        Some(told) => {
            let day = dates::long_date(l, told.date);
            t::letter_offered(l, day, dates::clock(l, told.start), dates::date_time(l, told.answer_by))
        }
        None => t::letter_ended(l),
    }
}
