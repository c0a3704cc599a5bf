//! The words of codes that both sides read: states, what somebody has said, what is wrong with a field or a file.

use backend::documents::{About, Asked, Said};
use domain::{
    documents::{RequestState, Shown, Told},
    kernel::{CivilDate, Locale},
};

use crate::{
    files,
    i18n::{dates, documents as t},
    ui::TagKind,
};

pub(super) fn shown(l: Locale, shown: Shown) -> (String, TagKind) {
    match shown {
        Shown::Checking => (t::shown_checking(l), TagKind::Waiting),
        Shown::Stopped => (t::shown_stopped(l), TagKind::Error),
        Shown::Received => (t::shown_received(l), TagKind::Done),
        Shown::Reading => (t::shown_reading(l), TagKind::Waiting),
        Shown::Accepted => (t::shown_accepted(l), TagKind::Done),
        Shown::More => (t::shown_more(l), TagKind::Now),
        Shown::TakenBack => (t::shown_taken_back(l), TagKind::Plain),
    }
}

pub(super) fn request(l: Locale, asked: &Asked, today: CivilDate) -> (String, TagKind) {
    match asked.state {
        _ if asked.is_overdue(today) => (t::asked_overdue(l), TagKind::Warn),
        RequestState::Open => (t::asked_open(l), TagKind::Now),
        RequestState::Told => (t::asked_told(l), TagKind::Waiting),
        RequestState::Sent => (t::asked_sent(l), TagKind::Waiting),
        RequestState::Done if asked.paper.is_some() => (t::asked_paper(l), TagKind::Done),
        RequestState::Done => (t::asked_done(l), TagKind::Done),
        RequestState::Withdrawn => (t::asked_withdrawn(l), TagKind::Plain),
    }
}

/// By when, in words.
pub(super) fn due(l: Locale, due: CivilDate, today: CivilDate) -> String {
    let day = dates::long_date(l, due);
    match due.days_since(today) {
        days if days < 0 => t::due_was(l, day),
        0 => t::due_today(l),
        1 => t::due_tomorrow(l, day),
        days if days <= 14 => t::due_in(l, day, dates::in_days(l, days)),
        _ => t::due_by(l, day),
    }
}

pub(super) fn how(l: Locale, told: Told) -> String {
    match told {
        Told::Later => t::told_later(l),
        Told::Elsewhere => t::told_elsewhere(l),
        Told::Other => t::told_other(l),
    }
}

/// What she said instead of sending, with her words under it.
pub(super) fn said(l: Locale, said: &Said) -> String {
    let day = dates::plain(l, said.at.date());
    let first = t::told_on(l, how(l, said.how), day);
    said.words.as_ref().map_or_else(|| first.clone(), |words| format!("{first}\n{words}"))
}

pub(super) fn about(l: Locale, about: &About) -> String {
    case(l, &about.kind, &about.reference)
}

/// A case by its reference; of whom and where it is tells its own page.
pub(super) fn case(l: Locale, kind: &str, reference: &str) -> String {
    match kind {
        "booking" => t::about_booking(l, reference),
        _ => t::about_application(l, reference),
    }
}

/// How to put an error right.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        (_, "document_stale") => t::wrong_stale(l),
        (_, "document_moved_on") => t::wrong_moved_on(l),
        (_, "document_opened") => t::wrong_opened(l),
        (_, "document_kind") => t::wrong_kind(l),
        ("file", code) => file_wrong(l, code),
        ("kind", "choose") => t::wrong_choose_kind(l),
        ("about", "choose") => t::wrong_choose_case(l),
        ("unit", "choose") => t::wrong_choose_place(l),
        ("how", "choose") => t::wrong_choose_how(l),
        ("words", "nothing") => t::wrong_nothing(l),
        ("words", "empty") => t::wrong_said(l),
        ("reason", "empty") => t::wrong_reason(l),
        ("due" | "on", "date") => t::wrong_date(l),
        ("due", "past") => t::wrong_past(l),
        ("due", "far") => t::wrong_far(l),
        ("on", "ahead") => t::wrong_ahead(l),
        (_, "too_long") => t::wrong_too_long(l),
        (_, "character") => t::wrong_character(l),
        _ => t::wrong_other(l),
    }
}

/// What is wrong with the files of what is handed in; with one of them by itself, the ground says it.
fn file_wrong(l: Locale, code: &str) -> String {
    match code {
        "needed" | "missing" => t::file_wrong_needed(l),
        "unfinished" => t::file_wrong_unfinished(l),
        "bad" => t::file_wrong_bad(l),
        "gone" => t::file_wrong_gone(l),
        _ => files::fault(l, code),
    }
}

#[cfg(test)]
mod tests {
    use domain::documents::{AskForm, FormErrors, Refusal, SendForm, ToldForm};

    use super::*;

    fn errors() -> FormErrors {
        let today = CivilDate::parse_iso("2026-09-01").expect("a date");
        let goes = [domain::documents::GoesTo::Case, domain::documents::GoesTo::Unit];
        let sends = goes.map(|goes| SendForm::default().parse(Some(goes)).expect_err("empty"));
        let elsewhere = ToldForm { how: "elsewhere".into(), words: String::new() };
        let mut all = sends.concat();
        all.extend(ToldForm::default().parse().expect_err("empty"));
        all.extend(elsewhere.parse().expect_err("empty"));
        all.extend(AskForm::default().parse(today).expect_err("empty"));
        all
    }

    #[test]
    fn every_code_has_words_of_its_own() {
        for l in Locale::ALL.map(t::lang) {
            for error in errors() {
                assert_ne!(wrong(l, error.field, error.code), t::wrong_other(l), "{error:?}");
            }
            for refusal in Refusal::ALL.into_iter().filter(|r| *r != Refusal::Hidden) {
                assert_ne!(wrong(l, "words", refusal.code()), t::wrong_other(l), "{refusal:?}");
            }
            for code in ["needed", "unfinished", "bad", "gone"] {
                assert_ne!(wrong(l, "file", code), files::fault(l, ""), "{code}");
            }
        }
    }
}
