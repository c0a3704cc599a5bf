//! How to put each error right. Every code has words of its own, and the compiler sees to it.

use backend::form_try::FormTry;
use domain::{
    identity::{CodeRefusal, ContactFault, Remind},
    kernel::Locale,
};

use crate::{i18n::identity_contact as t, ui::FieldError};

/// The errors of a try, for the summary and the fields. A code that this version does not know is left out.
pub(super) fn errors(l: Locale, tried: &FormTry) -> Vec<FieldError> {
    let words = |code: &str| {
        ContactFault::parse(code)
            .map(|f| fault(l, f))
            .or_else(|| CodeRefusal::parse(code).map(|r| refusal(l, r)))
    };
    tried.errors.iter().filter_map(|e| Some(FieldError::new(&e.field, words(&e.code)?))).collect()
}

fn fault(l: Locale, fault: ContactFault) -> String {
    match fault {
        ContactFault::EmailEmpty => t::wrong_email_empty(l),
        ContactFault::EmailForm => t::wrong_email_form(l),
        ContactFault::PhoneEmpty => t::wrong_phone_empty(l),
        ContactFault::PhoneForm => t::wrong_phone_form(l),
        ContactFault::Language => t::wrong_language(l),
        ContactFault::Remind => t::wrong_remind(l),
    }
}

pub(super) fn remind(l: Locale, remind: Remind) -> String {
    match remind {
        Remind::Never => t::remind_never(l),
        Remind::Day => t::remind_day(l),
        Remind::Days => t::remind_days(l),
        Remind::Both => t::remind_both(l),
    }
}

fn refusal(l: Locale, refusal: CodeRefusal) -> String {
    match refusal {
        CodeRefusal::Empty => t::wrong_code_empty(l),
        CodeRefusal::Form => t::wrong_code_form(l),
        CodeRefusal::Wrong => t::wrong_code(l),
        CodeRefusal::Expired => t::wrong_code_expired(l),
        CodeRefusal::TooManyTries => t::wrong_code_tries(l),
        CodeRefusal::TooManyCodes => t::wrong_code_many(l),
    }
}
