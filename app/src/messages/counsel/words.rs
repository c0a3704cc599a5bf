//! The words of codes: where a message stands, what has touched the letters and who it was, what is wrong with the form.

use backend::messages::counsel::{Message, Touch};
use domain::kernel::{Instant, Locale};

use crate::i18n::{dates, messages_counsel as t};

/// Who wrote it, and for hers where it stands: sent, delivered, read.
pub(super) fn head(l: Locale, name: &str, message: &Message, at: fn(Locale, Instant) -> String) -> String {
    let written = at(l, message.written_at);
    if !message.from_lawyer {
        return t::from_client(l, name, written);
    }
    match (message.read_at, message.delivered_at) {
        (Some(read), _) => t::sent_read(l, written, at(l, read)),
        (None, Some(delivered)) => t::sent_delivered(l, written, at(l, delivered)),
        (None, None) => t::sent_only(l, written),
    }
}

/// What was done.
pub(super) fn action(l: Locale, touch: &Touch) -> String {
    match touch.action.as_str() {
        "mandate_registered" => t::log_registered(l),
        "mandate_ended" => t::log_ended(l),
        "counsel_opened" => t::log_opened(l),
        "counsel_written" => t::log_written(l),
        "counsel_answered" => t::log_answered(l),
        "counsel_delivered" => t::log_delivered(l),
        "counsel_read" if touch.actor_kind == "citizen" => t::log_read(l),
        "counsel_read" => t::log_read_there(l),
        "counsel_exported" => t::log_copied(l),
        _ => t::log_other(l),
    }
}

/// Whose it was: her own, his end by the system that vouches for him, or somebody of the staff by role and unit.
pub(super) fn who(l: Locale, touch: &Touch) -> String {
    let unit = touch.unit_name.clone().unwrap_or_default();
    match (touch.actor_kind.as_str(), touch.role.as_deref()) {
        ("citizen", _) => t::log_you(l),
        ("system", _) => t::log_there(l),
        (_, Some("case_officer")) => t::log_officer(l, unit),
        _ => t::log_staff(l, unit),
    }
}

pub(super) fn wrong(l: Locale, _field: &str, code: &str) -> String {
    match code {
        "empty" => t::wrong_empty(l),
        "too_long" => t::wrong_too_long(l),
        _ => t::wrong_other(l),
    }
}

/// An instant with its year: what is kept is read years later.
pub(super) fn long(l: Locale, at: Instant) -> String {
    dates::date_time_with_year(l, at)
}

#[cfg(test)]
mod tests {
    use domain::kernel::{Public, TextError};

    use super::*;

    fn touch(action: &str, actor_kind: &str, role: Option<&str>) -> Touch {
        Touch {
            at: 0,
            action: action.into(),
            actor_kind: actor_kind.into(),
            role: role.map(str::to_owned),
            unit_name: Some("Lyngmo".into()),
            detail: None,
        }
    }

    #[test]
    fn all_that_touches_a_thread_has_words_of_its_own() {
        let codes = [
            ("mandate_registered", "staff"),
            ("mandate_ended", "staff"),
            ("counsel_opened", "citizen"),
            ("counsel_written", "citizen"),
            ("counsel_answered", "system"),
            ("counsel_delivered", "system"),
            ("counsel_read", "citizen"),
            ("counsel_read", "system"),
            ("counsel_exported", "citizen"),
            ("counsel_looked_at", "staff"),
        ];
        for l in Locale::ALL.map(t::lang) {
            let mut said: Vec<String> =
                codes.iter().map(|(code, kind)| action(l, &touch(code, kind, None))).collect();
            assert_eq!(said.last(), Some(&t::log_other(l)), "what is not known is told all the same");
            said.sort();
            said.dedup();
            assert_eq!(said.len(), codes.len());
            let officer = who(l, &touch("", "staff", Some("case_officer")));
            let auditor = who(l, &touch("", "staff", Some("auditor")));
            assert!(officer.contains("Lyngmo") && auditor.contains("Lyngmo") && officer != auditor);
            for code in [TextError::Empty.code(), TextError::TooLong.code()] {
                assert_ne!(wrong(l, "words", code), t::wrong_other(l), "{code}");
            }
        }
    }

    #[test]
    fn where_a_message_stands_is_said() {
        let message = |from_lawyer, delivered: bool, read: bool| Message {
            public: Public::parse(&"1".repeat(26)).expect("an id"),
            from_lawyer,
            words: String::new(),
            written_at: Instant(0),
            delivered_at: delivered.then_some(Instant(1)),
            read_at: read.then_some(Instant(2)),
        };
        let table = [
            (message(true, false, false), "Ikke levert"),
            (message(true, true, false), "Levert"),
            (message(true, true, true), "Lest"),
            (message(false, true, true), "Even skrev"),
        ];
        for (message, said) in table {
            let head = head(Locale::Nb, "Even", &message, long);
            assert!(head.contains(said) && head.contains("1970"), "{head}");
        }
    }
}
