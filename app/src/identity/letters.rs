//! The letter with the code: what to do with it, and nothing about what it is for.

use domain::kernel::Locale;

use crate::i18n::identity_contact as t;

/// Subject and paragraphs.
pub fn code(l: Locale, code: &str, minutes: i64) -> (String, Vec<String>) {
    let paragraphs = vec![t::letter_code(l, code, minutes), t::letter_where(l), t::letter_not_you(l)];
    (t::letter_subject(l), paragraphs)
}
