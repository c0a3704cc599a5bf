//! The words of codes at the control desk: who writes to whom, how long is left, what a level's law says, what went wrong.

use backend::messages::exchange::QueueRow;
use domain::{
    kernel::{Instant, Locale},
    messages::{Level, Pace, StopReason, ladder},
};
use leptos::prelude::*;

use crate::{
    i18n::{dates, messages_control as t},
    messages::kept::Kept,
    ui::{Notice, NoticeKind},
};

/// `Maja Fjellvik til Even Fjellvik`
pub(super) fn direction(l: Locale, row: &QueueRow) -> String {
    match row.from_relative {
        true => t::from_to(l, &row.relative, &row.inmate),
        false => t::from_to(l, &row.inmate, &row.relative),
    }
}

/// Whether another's view is asked for.
pub(super) fn second(l: Locale, row: &QueueRow) -> String {
    match (row.second.as_str(), row.asked_by_you) {
        ("asked", true) => t::second_by_you(l),
        ("asked", false) => t::second_asked(l),
        ("given", _) => t::second_given(l),
        _ => t::second_none(l),
    }
}

/// How long is left of the time for control, or how long over it is.
pub(in crate::messages) fn due(l: Locale, now: Instant, due: Instant) -> String {
    let minutes = (due.micros() - now.micros()) / 60_000_000;
    match minutes {
        ..0 => t::due_late(l, span(l, -minutes)),
        _ => t::due_in(l, span(l, minutes)),
    }
}

/// A length of time in its largest unit.
pub(super) fn span(l: Locale, minutes: i64) -> String {
    match minutes {
        ..60 => t::span_minutes(l, minutes.max(1)),
        60..2880 => t::span_hours(l, minutes / 60),
        _ => t::span_days(l, minutes / 1440),
    }
}

pub(super) fn level(l: Locale, unit_level: &str) -> String {
    match Level::of(unit_level) {
        Level::SpecialHigh => t::level_special_high(l),
        Level::High => t::level_high(l),
        Level::Lower => t::level_lower(l),
    }
}

/// What the law says of letters at this level.
pub(super) fn law(l: Locale, unit_level: &str) -> String {
    match ladder(Level::of(unit_level)) {
        Pace::Always => t::law_always(l),
        Pace::Usual => t::law_usual(l),
        Pace::WithReason => t::law_with_reason(l),
    }
}

pub(super) fn order(l: Locale, code: &str) -> String {
    match code {
        "control" => t::order_control(l),
        "waive" => t::order_waive(l),
        _ => t::order_level(l),
    }
}

pub(super) fn category(l: Locale, reason: StopReason) -> String {
    match reason {
        StopReason::Crime => t::category_crime(l),
        StopReason::Escape => t::category_escape(l),
        StopReason::Safety => t::category_safety(l),
        StopReason::Contact => t::category_contact(l),
    }
}

/// What was just done; on the next letter it stands above it.
pub(super) fn done(l: Locale, told: &Kept) -> Option<AnyView> {
    let (kind, title) = match told.what().as_str() {
        "release" => (NoticeKind::Done, t::done_release(l)),
        "part" => (NoticeKind::Done, t::done_part(l)),
        "stop" => (NoticeKind::Done, t::done_stop(l)),
        "asked" => (NoticeKind::Done, t::done_asked(l)),
        "opinion" => (NoticeKind::Done, t::done_opinion(l)),
        "translation" => (NoticeKind::Done, t::done_translation(l)),
        "settled" => (NoticeKind::Done, t::done_settled(l)),
        "handed" => (NoticeKind::Done, t::done_handed(l)),
        "not_handed" => (NoticeKind::Error, t::done_not_handed(l)),
        "answer" => (NoticeKind::Done, t::done_answer(l)),
        "moved_on" => (NoticeKind::Error, t::done_moved_on(l)),
        "report_moved_on" => (NoticeKind::Error, t::done_report_moved_on(l)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=title/> }.into_any())
}

/// How to put an error right.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        (_, "message_stale") => t::wrong_stale(l),
        (_, "message_moved_on") => t::wrong_moved_on(l),
        (_, "message_second_waits") => t::wrong_second_waits(l),
        (_, "message_same_person") => t::wrong_same_person(l),
        ("number", _) => t::wrong_number(l),
        ("words", "empty") => t::wrong_words(l),
        (_, "message_closed") => t::wrong_closed(l),
        (_, "message_too_many") => t::wrong_too_many(l),
        ("outcome", _) => t::wrong_outcome(l),
        ("category", _) => t::wrong_category(l),
        ("passages", "empty") => t::wrong_passages_empty(l),
        ("passages", "not_found") => t::wrong_passages(l),
        ("reason", "empty") => t::wrong_reason(l),
        ("milder", "empty") => t::wrong_milder(l),
        ("opinion", "empty") => t::wrong_opinion(l),
        ("translation", "empty") => t::wrong_translation(l),
        (_, "too_long") => t::wrong_too_long(l),
        (_, "character") => t::wrong_character(l),
        _ => t::wrong_other(l),
    }
}

/// An instant as the desk says it.
pub(super) fn at(l: Locale, at: Instant) -> String {
    dates::date_time(l, at)
}

#[cfg(test)]
mod tests {
    use domain::messages::{ControlForm, Refusal};

    use super::*;

    #[test]
    fn what_a_decision_can_be_refused_for_has_words() {
        for l in Locale::ALL.map(t::lang) {
            let form = |outcome: &str| ControlForm {
                outcome: outcome.into(),
                version: "1".into(),
                ..Default::default()
            };
            let errors = ["", "part"].map(|outcome| form(outcome).parse().expect_err("it is empty")).concat();
            assert_eq!(errors.len(), 5);
            for error in errors {
                assert_ne!(wrong(l, error.field, error.code), t::wrong_other(l), "{error:?}");
            }
            let refusals = [Refusal::Stale, Refusal::MovedOn, Refusal::SecondWaits, Refusal::SamePerson]
                .map(Refusal::code);
            let said = refusals.map(|code| wrong(l, "outcome", code));
            assert!(said.iter().all(|words| *words != t::wrong_outcome(l)), "{said:?}");
        }
    }

    #[test]
    fn time_is_said_in_its_largest_unit() {
        let l = Locale::Nb;
        let table = [(0, 30, "30 minutter"), (0, 60, "1 time"), (0, 2879, "47 timer"), (0, 2880, "2 dager")];
        for (now, minutes, said) in table {
            let due = due(l, Instant(now), Instant(minutes * 60_000_000));
            assert!(due.contains(said), "{due}");
        }
        assert!(due(l, Instant(7_200_000_000), Instant(0)).contains("2 timer"));
        assert_ne!(
            due(l, Instant(0), Instant(60_000_000)),
            due(l, Instant(120_000_000), Instant(60_000_000))
        );
    }
}
