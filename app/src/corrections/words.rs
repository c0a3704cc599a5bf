//! The words of codes that both sides read.

use domain::{
    corrections::{About, Outcome, Wish},
    kernel::Locale,
};

use crate::{i18n::corrections as t, ui::TagKind};

pub(super) fn wish(l: Locale, wish: Wish) -> String {
    match wish {
        Wish::Correct => t::wish_correct(l),
        Wish::Erase => t::wish_erase(l),
    }
}

pub(super) fn about(l: Locale, about: About) -> String {
    match about {
        About::Person => t::about_person(l),
        About::Contact => t::about_contact(l),
        About::Visits => t::about_visits(l),
        About::Decisions => t::about_decisions(l),
        About::Documents => t::about_documents(l),
        About::Messages => t::about_messages(l),
        About::Letters => t::about_letters(l),
        About::Homes => t::about_homes(l),
        About::Other => t::about_other(l),
    }
}

pub(super) fn state(l: Locale, code: &str) -> String {
    match code {
        "sent" => t::state_sent(l),
        "taken" => t::state_taken(l),
        "settled" => t::state_settled(l),
        _ => t::state_withdrawn(l),
    }
}

pub(super) fn state_kind(code: &str) -> TagKind {
    match code {
        "settled" => TagKind::Done,
        "withdrawn" => TagKind::Plain,
        _ => TagKind::Waiting,
    }
}

pub(super) fn outcome(l: Locale, outcome: Outcome) -> String {
    match outcome {
        Outcome::Done => t::outcome_done(l),
        Outcome::Partly => t::outcome_partly(l),
        Outcome::Refused => t::outcome_refused(l),
    }
}

/// How to put an error right.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        (_, "correction_moved_on") => t::wrong_moved_on(l),
        (_, "correction_stale") => t::wrong_stale(l),
        ("wish", "choose") => t::wrong_wish(l),
        ("about", "choose") => t::wrong_about(l),
        ("outcome", "choose") => t::wrong_outcome(l),
        ("to", "choose") => t::wrong_to(l),
        ("wrong", "empty") => t::wrong_wrong(l),
        ("right", "empty") => t::wrong_right(l),
        ("words", "empty") => t::wrong_words(l),
        (_, "too_long") => t::wrong_too_long(l),
        (_, "character") => t::wrong_character(l),
        _ => t::wrong_other(l),
    }
}

#[cfg(test)]
mod tests {
    use domain::corrections::{AskForm, PassForm, Refusal, SettleForm};

    use super::*;

    #[test]
    fn every_code_has_words_of_its_own() {
        for l in Locale::ALL.map(t::lang) {
            let correct = AskForm { wish: "correct".into(), ..AskForm::default() };
            let errors = [
                AskForm::default().parse().expect_err("empty"),
                correct.parse().expect_err("empty"),
                PassForm::default().parse().expect_err("empty"),
                SettleForm { version: "1".into(), ..SettleForm::default() }.parse().expect_err("empty"),
            ];
            for error in errors.concat() {
                assert_ne!(wrong(l, error.field, error.code), t::wrong_other(l), "{error:?}");
            }
            for refusal in Refusal::ALL.into_iter().filter(|r| *r != Refusal::Hidden) {
                assert_ne!(wrong(l, "outcome", refusal.code()), t::wrong_other(l), "{refusal:?}");
            }
        }
    }
}
