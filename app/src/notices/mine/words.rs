//! Words by code: what is wrong and how to put it right, kinds of events, channels. A code that this version does not know
//! gets the general words, so that an error never goes unsaid.

use backend::{
    form_try::FormTry,
    notices::{Meeting, channels::ChannelView, ladder::ChannelKind},
};
use domain::{
    custody::Kind,
    identity::CodeRefusal,
    kernel::{Instant, Locale},
};

use super::wish_form::{Hours, window};
use crate::{
    i18n::{dates, notices_mine as t},
    notices::words::wrong,
    ui::FieldError,
};

/// What the law gives notice of, for her to choose among.
pub(super) const KINDS: [Kind; 12] = [
    Kind::Leave,
    Kind::Release,
    Kind::ConditionalRelease,
    Kind::PreventiveConditionalRelease,
    Kind::Interruption,
    Kind::WorkRelease,
    Kind::ElectronicControl,
    Kind::AlternativeSentence,
    Kind::ResidenceChange,
    Kind::Escape,
    Kind::Evasion,
    Kind::NotReturned,
];

fn errors(tried: &FormTry, words: impl Fn(&str, &str) -> String) -> Vec<FieldError> {
    let one = |e: &backend::form_try::FieldError| FieldError::new(&e.field, words(&e.field, &e.code));
    tried.errors.iter().map(one).collect()
}

/// What all forms of the notices say of a text or a number.
fn general(l: Locale, field: &str, code: &str) -> String {
    wrong(l, field, code).unwrap_or_else(|| t::wrong_other(l))
}

pub(super) fn ask_errors(l: Locale, tried: &FormTry) -> Vec<FieldError> {
    errors(tried, |field, code| match (field, code) {
        (_, "too_many") => t::wrong_too_many_asked(l),
        ("whom", "empty") => t::wrong_whom(l),
        ("role", _) => t::wrong_role(l),
        _ => general(l, field, code),
    })
}

pub(super) fn add_errors(l: Locale, tried: &FormTry) -> Vec<FieldError> {
    errors(tried, |field, code| match (field, code) {
        ("kind", _) => t::wrong_channel_kind(l),
        (_, "known") => t::wrong_channel_known(l),
        (_, "too_many") => t::wrong_channel_many(l),
        (_, "empty") => t::wrong_address_empty(l),
        _ => t::wrong_address(l),
    })
}

pub(super) fn code_errors(l: Locale, tried: &FormTry) -> Vec<FieldError> {
    errors(tried, |_, code| match CodeRefusal::parse(code) {
        Some(CodeRefusal::Empty) => t::wrong_code_empty(l),
        Some(CodeRefusal::Form) => t::wrong_code_form(l),
        Some(CodeRefusal::Expired) => t::wrong_code_expired(l),
        Some(CodeRefusal::TooManyTries) => t::wrong_code_tries(l),
        Some(CodeRefusal::TooManyCodes) => t::wrong_code_many(l),
        Some(CodeRefusal::Wrong) | None => t::wrong_code(l),
    })
}

pub(super) fn write_errors(l: Locale, tried: &FormTry) -> Vec<FieldError> {
    errors(tried, |field, code| match code {
        "empty" => t::wrong_words_empty(l),
        _ => general(l, field, code),
    })
}

/// Hours are one fault of the rule; the page names each day that has it.
pub(super) fn wish_errors(l: Locale, tried: &FormTry) -> Vec<FieldError> {
    let typed = |name: String| tried.values.get(&name).cloned().unwrap_or_default();
    let wrong_days = || {
        let wrong =
            |day: &u8| window(&typed(format!("from_{day}")), &typed(format!("to_{day}"))) == Hours::Wrong;
        (1..=7).filter(wrong).map(|day| {
            let name = dates::capital(&dates::weekday_name(l, day));
            FieldError::new(format!("from_{day}"), t::wrong_hours(l, name))
        })
    };
    let words = |e: &backend::form_try::FieldError| match e.field.as_str() {
        "hours" => wrong_days().collect(),
        "locale" => vec![FieldError::new("locale", t::wrong_locale(l))],
        "text" | "meeting" => vec![FieldError::new(&e.field, t::wrong_choice(l))],
        "safe_word" => vec![FieldError::new("safe_word", t::wrong_safe_word(l))],
        field => vec![FieldError::new(field, general(l, field, &e.code))],
    };
    tried.errors.iter().flat_map(words).collect()
}

/// Whether she wants an offer to meet and talk.
pub(super) fn meeting(l: Locale, meeting: Meeting) -> String {
    match meeting {
        Meeting::Yes => t::meeting_yes(l),
        Meeting::No => t::meeting_no(l),
        Meeting::Never => t::meeting_never(l),
    }
}

pub(super) fn channel_kind(l: Locale, kind: ChannelKind) -> String {
    match kind {
        ChannelKind::Email => t::kind_email(l),
        ChannelKind::Sms => t::kind_sms(l),
    }
}

pub(super) fn channel_state(l: Locale, one: &ChannelView) -> String {
    let kind = channel_kind(l, one.kind);
    match (one.dead, one.confirmed) {
        (true, _) => t::channel_dead(l, kind),
        (false, true) => t::channel_confirmed(l, kind),
        (false, false) => t::channel_waits(l, kind),
    }
}

/// A day with its year: what is told may lie far ahead.
pub(super) fn when(l: Locale, at: Instant) -> String {
    t::when(l, dates::with_year(l, at.date()), dates::at_clock(l, at.clock()))
}

/// From when it holds, or when it happens or has happened.
pub(super) fn from(l: Locale, kind: Kind, at: Instant) -> String {
    let at = when(l, at);
    if kind.is_fact() {
        t::notice_happened(l, at)
    } else if kind.has_end() {
        t::notice_from(l, at)
    } else {
        t::notice_happens(l, at)
    }
}

/// What has happened, or will.
pub(super) fn kind(l: Locale, kind: Kind) -> String {
    match kind {
        Kind::AlternativeSentence => t::kind_alternative_sentence(l),
        Kind::ElectronicControl => t::kind_electronic_control(l),
        Kind::WorkRelease => t::kind_work_release(l),
        Kind::Leave => t::kind_leave(l),
        Kind::Interruption => t::kind_interruption(l),
        Kind::Escape => t::kind_escape(l),
        Kind::Evasion => t::kind_evasion(l),
        Kind::NotReturned => t::kind_not_returned(l),
        Kind::Release => t::kind_release(l),
        Kind::ConditionalRelease => t::kind_conditional_release(l),
        Kind::PreventiveConditionalRelease => t::kind_preventive_conditional_release(l),
        Kind::ResidenceChange => t::kind_residence_change(l),
        Kind::Recapture => t::kind_recapture(l),
        Kind::LowerSecurity => t::kind_lower_security(l),
        Kind::Transfer => t::kind_transfer(l),
        Kind::EscortedLeave => t::kind_escorted_leave(l),
        Kind::Death => t::kind_death(l),
        Kind::Remand => t::kind_remand(l),
        Kind::RestorativeOffer => t::kind_restorative_offer(l),
    }
}
