//! Words that the officer's pages, the duty desk and her own area have in common: what kind of event it is, and what is
//! wrong with a text or a telephone number. One word for one thing, whoever reads it.

use domain::{custody::Kind, kernel::Locale};

use crate::i18n::notices as t;

/// The kind of event, as it stands in a list.
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

/// A code that only newer data knows gets a general word, never itself.
pub(super) fn kind_of(l: Locale, code: &str) -> String {
    Kind::parse(code).map_or_else(|| t::kind_other(l), |known| kind(l, known))
}

/// What is wrong with a field of these kinds, whatever form it stands in. None: the form has words of its own for it.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> Option<String> {
    match (field, code) {
        ("telephone", "empty" | "form" | "too_long" | "character") => Some(t::error_telephone(l)),
        (_, "too_long") => Some(t::error_too_long(l)),
        (_, "character") => Some(t::error_character(l)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_word_of_its_own_in_every_language() {
        for l in Locale::ALL {
            let l = t::lang(l);
            let mut kinds: Vec<String> = Kind::ALL.into_iter().map(|known| kind(l, known)).collect();
            kinds.sort();
            kinds.dedup();
            assert_eq!(kinds.len(), Kind::ALL.len());
        }
        assert_eq!(kind_of(Locale::Nb, "parole"), t::kind_other(Locale::Nb));
    }

    #[test]
    fn a_form_keeps_its_own_words_for_what_is_its_own() {
        let l = Locale::Nb;
        for (field, code) in [("telephone", "no_way"), ("name", "empty"), ("wish", "choose")] {
            assert_eq!(wrong(l, field, code), None, "{field} {code}");
        }
        assert_eq!(wrong(l, "telephone", "form"), Some(t::error_telephone(l)));
        assert_eq!(wrong(l, "note", "too_long"), Some(t::error_too_long(l)));
    }
}
