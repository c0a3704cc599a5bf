//! Codes in the officers' words. A code that only newer data knows gets a general word, never itself.

use domain::{
    kernel::{Instant, Locale},
    messages::{Thread, Topic},
};

use crate::{
    i18n::{dates, messages_desk as t},
    ui::Cell,
};

pub(super) fn topic(l: Locale, code: &str) -> String {
    match Topic::parse(code) {
        Some(Topic::Clearance) => t::topic_clearance(l),
        Some(Topic::Visit) => t::topic_visit(l),
        Some(Topic::Practical) => t::topic_practical(l),
        Some(Topic::Children) => t::topic_children(l),
        Some(Topic::Money) => t::topic_money(l),
        Some(Topic::Other) | None => t::topic_other(l),
    }
}

/// By when it has to be answered; overdue says so, then in berry; what is due today, in ember.
pub(super) fn due(l: Locale, state: Thread, now: Instant) -> Cell {
    let Thread::Waiting { due, .. } = state else { return Cell::text(self::state(l, state, now)) };
    let words = self::state(l, state, now);
    if due < now {
        Cell::late(words)
    } else if due.date() == now.date() {
        Cell::now(words)
    } else {
        Cell::text(words)
    }
}

/// Where it stands, with its day.
pub(super) fn state(l: Locale, state: Thread, now: Instant) -> String {
    match state {
        Thread::Waiting { due, .. } if due < now => t::state_late(l, dates::day_month(l, due.date())),
        Thread::Waiting { due, .. } => {
            t::state_due(l, dates::relative(l, due.date(), now.date()), dates::day_month(l, due.date()))
        }
        Thread::Answered { at } => t::state_answered(l, dates::day_month(l, at.date())),
        Thread::Closed { at } => t::state_closed(l, dates::day_month(l, at.date())),
    }
}

/// How to put an error right.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("template", _) => t::wrong_template(l),
        ("to", _) => t::wrong_to(l),
        ("unit", _) => t::wrong_unit(l),
        ("title", "empty") => t::wrong_title(l),
        ("note", "empty") => t::wrong_note(l),
        ("words", "empty") => t::wrong_empty(l),
        (_, "too_long") => t::wrong_long(l),
        _ => t::wrong_other(l),
    }
}

/// Why the conversation did not take the step.
pub(super) fn moved(l: Locale, code: &str) -> (String, String) {
    match code {
        "message_moved_on" => (t::moved_closed(l), t::moved_closed_text(l)),
        _ => (t::moved_stale(l), t::moved_stale_text(l)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_and_error_has_words_of_its_own() {
        for l in Locale::ALL {
            let l = t::lang(l);
            let mut topics: Vec<String> =
                Topic::ALL.into_iter().map(|known| topic(l, known.code())).collect();
            topics.sort();
            topics.dedup();
            assert_eq!(topics.len(), Topic::ALL.len());
            let errors = [
                ("template", "choose"),
                ("to", "choose"),
                ("unit", "choose"),
                ("title", "empty"),
                ("note", "empty"),
                ("words", "empty"),
                ("words", "too_long"),
            ];
            for (field, code) in errors {
                assert_ne!(wrong(l, field, code), t::wrong_other(l), "{field} {code}");
            }
        }
        assert_eq!(topic(Locale::Nb, "crime"), t::topic_other(Locale::Nb));
    }
}
