//! Codes in her words. A code that only newer data knows gets a general word, never itself.

use backend::messages::officer::{About, Case};
use domain::{
    kernel::{Instant, Locale},
    messages::{Thread, Topic},
};

use crate::i18n::{dates, messages_mine as t};

pub(super) fn topic(l: Locale, topic: Topic) -> String {
    match topic {
        Topic::Clearance => t::topic_clearance(l),
        Topic::Visit => t::topic_visit(l),
        Topic::Practical => t::topic_practical(l),
        Topic::Children => t::topic_children(l),
        Topic::Money => t::topic_money(l),
        Topic::Other => t::topic_other(l),
    }
}

pub(super) fn topic_of(l: Locale, code: &str) -> String {
    topic(l, Topic::parse(code).unwrap_or(Topic::Other))
}

/// Who has the word, and by when.
pub(super) fn state(l: Locale, state: Thread, now: Instant) -> String {
    match state {
        Thread::Waiting { due, .. } if due < now => t::state_late(l, dates::long_date(l, due.date())),
        Thread::Waiting { due, .. } => t::state_waiting(l, dates::long_date(l, due.date())),
        Thread::Answered { at } => t::state_answered(l, dates::day_month(l, at.date())),
        Thread::Closed { at } => t::state_closed(l, dates::day_month(l, at.date())),
    }
}

pub(super) fn case(l: Locale, case: &Case) -> String {
    if case.kind == "booking" {
        t::case_booking(l, &case.reference, &case.unit_name)
    } else {
        t::case_application(l, &case.reference, &case.unit_name)
    }
}

/// What a conversation is about, if it is about a case.
pub(super) fn about(l: Locale, about: &About) -> String {
    if about.kind == "booking" {
        t::about_booking(l, &about.reference)
    } else {
        t::about_application(l, &about.reference)
    }
}

/// How to put an error right.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("topic", _) => t::wrong_topic(l),
        ("unit", _) => t::wrong_unit(l),
        ("text", "empty") => t::wrong_search(l),
        ("words", "empty") => t::wrong_empty(l),
        (_, "too_long") => t::wrong_long(l),
        _ => t::wrong_other(l),
    }
}

/// Why the conversation did not take what was typed.
pub(super) fn moved(l: Locale, code: &str) -> String {
    match code {
        "message_too_old" => t::moved_too_old(l),
        "message_moved_on" => t::moved_closed(l),
        _ => t::moved_stale(l),
    }
}

#[cfg(test)]
mod tests {
    use domain::messages::Refusal;

    use super::*;

    #[test]
    fn every_code_has_words_in_every_language() {
        for l in Locale::ALL {
            let l = t::lang(l);
            let mut topics: Vec<String> = Topic::ALL.into_iter().map(|known| topic(l, known)).collect();
            topics.sort();
            topics.dedup();
            assert_eq!(topics.len(), Topic::ALL.len());
            for (field, code) in
                [("topic", "choose"), ("unit", "choose"), ("words", "empty"), ("words", "too_long")]
            {
                assert_ne!(wrong(l, field, code), t::wrong_other(l), "{field} {code}");
            }
            let moved = [Refusal::TooOld, Refusal::MovedOn, Refusal::Stale].map(|r| moved(l, r.code()));
            assert!(moved[0] != moved[1] && moved[1] != moved[2] && moved[0] != moved[2]);
        }
        assert_eq!(topic_of(Locale::Nb, "crime"), t::topic_other(Locale::Nb));
    }

    #[test]
    fn where_it_stands_is_said_with_its_day() {
        let (now, day) = (Instant(10 * 86_400_000_000), |n: i64| Instant(n * 86_400_000_000));
        let l = Locale::Nb;
        let waits = state(l, Thread::Waiting { since: day(9), due: day(12) }, now);
        let late = state(l, Thread::Waiting { since: day(1), due: day(8) }, now);
        assert!(waits.contains("13. januar") && late.contains("9. januar"), "{waits} {late}");
        assert_ne!(state(l, Thread::Answered { at: now }, now), state(l, Thread::Closed { at: now }, now));
    }
}
