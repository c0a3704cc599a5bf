//! The words for the codes of booking, matched exhaustively.

use backend::{
    visits::booking::{DayGuest, DraftView, PartyMember, VisitView},
    wiring::Attachment,
};
use domain::{
    access::Person,
    kernel::{CivilDate, Clock, Holiday, Id, Locale},
    visits::{
        booking::{Closed, Event, Refusal, StaffReason, UnitRules, Why},
        clearance::Measure,
    },
};

use leptos::prelude::*;

use super::told::Told;
use crate::{
    i18n::{common, dates, visits_booking as t},
    ui::FieldError,
};

const HOLIDAYS: [(Holiday, &str); 12] = [
    (Holiday::NewYear, "new_year"),
    (Holiday::LabourDay, "labour_day"),
    (Holiday::ConstitutionDay, "constitution_day"),
    (Holiday::Christmas, "christmas"),
    (Holiday::BoxingDay, "boxing_day"),
    (Holiday::MaundyThursday, "maundy_thursday"),
    (Holiday::GoodFriday, "good_friday"),
    (Holiday::EasterSunday, "easter_sunday"),
    (Holiday::EasterMonday, "easter_monday"),
    (Holiday::Ascension, "ascension"),
    (Holiday::WhitSunday, "whit_sunday"),
    (Holiday::WhitMonday, "whit_monday"),
];

pub(super) fn holiday_code(holiday: Holiday) -> &'static str {
    HOLIDAYS.iter().find(|(known, _)| *known == holiday).map_or("", |(_, code)| code)
}

pub(super) fn holiday_of(code: &str) -> Option<Holiday> {
    HOLIDAYS.iter().find(|(_, known)| *known == code).map(|(holiday, _)| *holiday)
}

fn holiday(l: Locale, holiday: Holiday) -> String {
    match holiday {
        Holiday::NewYear => t::holiday_new_year(l),
        Holiday::LabourDay => t::holiday_labour_day(l),
        Holiday::ConstitutionDay => t::holiday_constitution_day(l),
        Holiday::Christmas => t::holiday_christmas(l),
        Holiday::BoxingDay => t::holiday_boxing_day(l),
        Holiday::MaundyThursday => t::holiday_maundy_thursday(l),
        Holiday::GoodFriday => t::holiday_good_friday(l),
        Holiday::EasterSunday => t::holiday_easter_sunday(l),
        Holiday::EasterMonday => t::holiday_easter_monday(l),
        Holiday::Ascension => t::holiday_ascension(l),
        Holiday::WhitSunday => t::holiday_whit_sunday(l),
        Holiday::WhitMonday => t::holiday_whit_monday(l),
    }
}

fn closed(l: Locale, why: &Closed) -> String {
    match why {
        Closed::Blocked(reason) => reason.clone(),
        Closed::Holiday(day) => holiday(l, *day),
    }
}

/// The tab of a page with a form: that something is wrong stands first.
pub(super) fn tab(l: Locale, errors: &[FieldError], title: &str) -> String {
    if errors.is_empty() { title.to_owned() } else { format!("{} {title}", common::error_prefix(l)) }
}

/// Why a day has nothing. A reason that the unit wrote is in Norwegian.
pub(super) fn why(l: Locale, why: &Why, rules: Option<&UnitRules>) -> AnyView {
    match why {
        Why::Closed(Closed::Blocked(reason)) => quoting(|words| t::why_closed(l, words), reason.clone()),
        why => why_words(l, why, rules).into_any(),
    }
}

/// A sentence of ours round words of the unit.
fn quoting(sentence: impl Fn(&str) -> String, words: String) -> AnyView {
    const HERE: &str = "\u{1}";
    let whole = sentence(HERE);
    let (before, after) = whole.split_once(HERE).unwrap_or((&whole, ""));
    view! { {before.to_owned()}<span lang="nb">{words}</span>{after.to_owned()} }.into_any()
}

fn why_words(l: Locale, why: &Why, rules: Option<&UnitRules>) -> String {
    match why {
        Why::Full => t::why_full(l),
        Why::Closed(reason) => t::why_closed(l, closed(l, reason)),
        Why::MonthUsed { on } => {
            t::why_month_used(l, rules.map_or(1, |r| r.per_month), dates::long_date(l, *on))
        }
        Why::WeekUsed { on } => {
            t::why_week_used(l, rules.map_or(1, |r| r.per_week), dates::long_date(l, *on))
        }
        Why::Busy => t::why_busy(l),
        Why::NotAllowed => t::why_not_allowed(l),
        Why::Window => t::why_window(l),
        Why::Requested => t::refusal_request_open(l),
    }
}

/// What to tell, with the next step in it.
pub(super) fn told(l: Locale, told: &Told, people: &[PartyMember]) -> String {
    let refusal = match told {
        Told::Refused(refusal) => refusal,
        Told::ChooseTime => return t::refusal_choose_time(l),
        Told::Busy => return t::refusal_busy(l),
    };
    match refusal {
        Refusal::HoldExpired => t::refusal_hold_expired(l),
        Refusal::OtherHold => t::refusal_other_hold(l),
        Refusal::ExtendedBefore => t::refusal_extended_before(l),
        Refusal::ChangeGone => t::refusal_change_gone(l),
        Refusal::SessionGone => t::refusal_session_gone(l),
        Refusal::Closed(reason) => t::refusal_closed(l, closed(l, reason)),
        Refusal::Started => t::refusal_started(l),
        Refusal::Window => t::refusal_window(l),
        Refusal::NotCleared(person) => t::refusal_not_cleared(l, name(l, person, people)),
        Refusal::Colleague(person) => t::refusal_colleague(l, name(l, person, people)),
        Refusal::Restricted => t::refusal_restricted(l),
        Refusal::WrongKind => t::refusal_wrong_kind(l),
        Refusal::MonthUsed { on } => t::refusal_month_used(l, dates::long_date(l, *on)),
        Refusal::WeekUsed { on } => t::refusal_week_used(l, dates::long_date(l, *on)),
        Refusal::Overlap { at } => t::refusal_overlap(l, dates::date_time(l, *at)),
        Refusal::TooMany { most } => t::refusal_too_many(l, *most),
        Refusal::NoAdult => t::refusal_no_adult(l),
        Refusal::Nobody => t::refusal_nobody(l),
        Refusal::RequestOpen => t::refusal_request_open(l),
        Refusal::RequestLate => t::refusal_request_late(l),
        Refusal::NeedsApproval => t::refusal_needs_approval(l),
    }
}

fn name(l: Locale, person: &Id<Person>, people: &[PartyMember]) -> String {
    people.iter().find(|p| p.id == *person).map_or_else(|| t::somebody(l), |p| p.name.clone())
}

/// What a letter says to those who want it said: what has happened to the visit of which day, and its reference.
/// No names, no prison, no reason: those stand behind the sign-in.
pub fn letter(l: Locale, news: Event, visit: &VisitView) -> String {
    let day = dates::long_date(l, visit.visit.date);
    let (clock, reference) = (dates::clock(l, visit.visit.start), visit.reference.to_string());
    match news {
        Event::Cancelled | Event::CancelledByUnit if visit.visit.along => {
            t::letter_along_off(l, day, clock, reference)
        }
        Event::NotLetIn if visit.visit.along => t::letter_along_not_let_in(l, day, clock, reference),
        Event::Booked => t::letter_booked(l, day, clock, reference),
        Event::Changed => t::letter_changed(l, day, clock, reference),
        Event::Cancelled => t::letter_cancelled(l, day, clock, reference),
        Event::CancelledByUnit => t::letter_cancelled_by_unit(l, day, clock, reference),
        Event::Near => t::letter_near(l, day, clock, reference),
        Event::NotLetIn => t::letter_not_let_in(l, day, clock, reference),
    }
}

/// The calendar entry that comes along, as neutral as a file that others may open has to be.
pub fn entry(l: Locale, visit: &VisitView) -> Vec<Attachment> {
    let bytes = super::calendar(l, visit, false).into_bytes();
    vec![Attachment { name: "varde.ics", media_type: "text/calendar; charset=utf-8", bytes }]
}

/// What the visitor reads when the unit cancels.
pub(super) fn told_reason(l: Locale, reason: StaffReason) -> String {
    match reason {
        StaffReason::Staffing => t::told_staffing(l),
        StaffReason::Incident => t::told_incident(l),
        StaffReason::Illness => t::told_illness(l),
        StaffReason::Room => t::told_room(l),
        StaffReason::CannotReceive => t::told_cannot_receive(l),
        StaffReason::Clearance => t::told_clearance(l),
        StaffReason::VisitorAsked => t::told_visitor_asked(l),
        StaffReason::Risk => t::told_risk(l),
    }
}

/// The same in the words of staff.
pub(super) fn reason(l: Locale, reason: StaffReason) -> String {
    match reason {
        StaffReason::Staffing => t::reason_staffing(l),
        StaffReason::Incident => t::reason_incident(l),
        StaffReason::Illness => t::reason_illness(l),
        StaffReason::Room => t::reason_room(l),
        StaffReason::CannotReceive => t::reason_cannot_receive(l),
        StaffReason::Clearance => t::reason_clearance(l),
        StaffReason::VisitorAsked => t::reason_visitor_asked(l),
        StaffReason::Risk => t::reason_risk(l),
    }
}

pub(in crate::visits) fn measure(l: Locale, measure: Measure) -> String {
    match measure {
        Measure::Observation => t::measure_observation(l),
        Measure::Listening => t::measure_listening(l),
        Measure::Search => t::measure_search(l),
        Measure::GlassWall => t::measure_glass_wall(l),
    }
}

/// A line a person: the name, of children with their age on the day.
pub(super) fn guest(l: Locale, name: &str, born: Option<CivilDate>, child: bool, on: CivilDate) -> String {
    match born.filter(|_| child) {
        Some(born) => t::who_age(l, name, born.age_on(on)),
        None => name.to_owned(),
    }
}

/// A guest as staff read of her: of children with their age on the day.
pub(in crate::visits) fn day_guest(l: Locale, guest: &DayGuest) -> String {
    match guest.age {
        Some(age) => t::day_guest_age(l, &guest.name, age),
        None => guest.name.clone(),
    }
}

pub(super) fn party(l: Locale, draft: &DraftView, on: CivilDate) -> String {
    let lines = draft.people.iter().map(|p| guest(l, &p.name, p.born, p.child, on));
    lines.collect::<Vec<_>>().join("\n")
}

/// `kl. 11.00–12.00`
pub(super) fn from_to(l: Locale, start: Clock, end: Clock) -> String {
    t::from_to(l, dates::clock(l, start), dates::clock(l, end))
}

/// How many come, for the plural of *you*.
pub(super) fn many(people: usize) -> i64 {
    i64::try_from(people).unwrap_or(2)
}
