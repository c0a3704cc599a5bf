//! The words for the codes of helping somebody.

use backend::visits::{assisted::ActOf, clearance::Stage};
use domain::{
    access::Channel,
    kernel::Locale,
    visits::{
        assisted::CHILD_FIELDS,
        clearance::{Need, Relation, Step},
    },
};

use crate::{
    i18n::{visits_apply, visits_assist as t, visits_desk},
    visits::apply::wrong as wrong_answer,
};

pub(super) fn channel(l: Locale, channel: Channel) -> String {
    match channel {
        Channel::Phone => t::channel_phone(l),
        Channel::Counter => t::channel_counter(l),
        Channel::Paper => t::channel_paper(l),
    }
}

/// As a part of a sentence.
pub(super) fn by(l: Locale, channel: Channel) -> String {
    match channel {
        Channel::Phone => t::by_phone(l),
        Channel::Counter => t::by_counter(l),
        Channel::Paper => t::by_paper(l),
    }
}

pub(super) fn act(l: Locale, act: ActOf) -> String {
    match act {
        ActOf::Applied => t::act_applied(l),
        ActOf::Asked => t::act_asked(l),
        ActOf::Booked => t::act_booked(l),
        ActOf::Changed => t::act_changed(l),
        ActOf::Cancelled => t::act_cancelled(l),
        ActOf::Other => t::act_other(l),
    }
}

pub(super) fn stage(l: Locale, stage: Stage) -> String {
    match stage {
        Stage::Received => t::stage_received(l),
        Stage::AwaitingPolice => t::stage_police(l),
        Stage::AwaitingDecision => t::stage_decision(l),
        Stage::Decided => t::stage_decided(l),
        Stage::NotProcessed => t::stage_not_processed(l),
        Stage::Withdrawn => t::stage_withdrawn(l),
    }
}

pub(super) fn relation(l: Locale, relation: Relation) -> String {
    crate::visits::apply::relation(visits_apply::lang(l), relation)
}

pub(super) fn language(l: Locale, of: Locale) -> String {
    crate::visits::desk::words::language(visits_desk::lang(l), of)
}

pub(super) fn need(l: Locale, need: Need) -> String {
    crate::visits::apply::need(visits_apply::lang(l), need)
}

/// How to put it right; of an answer that she gives herself with the words she would read.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    let of = visits_apply::lang(l);
    match (field, code) {
        ("channel", "choose") => t::wrong_channel(l),
        ("impartial", _) => t::wrong_impartial(l),
        ("told", _) => t::wrong_told(l),
        ("locale", _) => t::wrong_locale(l),
        ("person", _) => t::wrong_person(l),
        ("text", _) => t::wrong_text(l),
        (_, "taken_back") => t::wrong_taken_back(l),
        (_, "again") => t::wrong_again(l),
        ("relation", _) => wrong_answer(of, Step::Relation, field, code),
        ("needs" | "language" | "note", _) => wrong_answer(of, Step::Needs, field, code),
        ("phone", _) => wrong_answer(of, Step::Contact, field, code),
        _ if CHILD_FIELDS.iter().any(|(name, _)| *name == field) => {
            wrong_answer(of, Step::Children, "name", code)
        }
        _ if CHILD_FIELDS.iter().any(|(_, born)| *born == field) => {
            wrong_answer(of, Step::Children, "birth", code)
        }
        _ => wrong_answer(of, Step::Whom, field, code),
    }
}

#[cfg(test)]
mod tests {
    use domain::visits::assisted::{ApplyForm, RegisterForm};

    use super::*;

    #[test]
    fn every_code_of_an_empty_form_has_words_of_its_own() {
        let today = domain::kernel::CivilDate::parse_iso("2026-11-27").expect("a date");
        let mut form = ApplyForm::default();
        form.children[0].name = "Ask".into();
        let errors = RegisterForm::default().parse(today).err().into_iter().chain(form.parse(today).err());
        let of = visits_apply::lang(Locale::Nb);
        for e in errors.flatten() {
            let words = wrong(Locale::Nb, e.field, e.code);
            assert_ne!(words, visits_apply::wrong_other(of), "{} {}", e.field, e.code);
        }
    }
}
