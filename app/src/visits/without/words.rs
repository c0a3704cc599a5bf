//! The words for the codes of a hand-in, in the reader's own language, Northern Sámi too.

use domain::{kernel::Locale, visits::clearance::Relation};

use crate::i18n::visits_without as t;

pub(super) fn relation(l: Locale, relation: Relation) -> String {
    match relation {
        Relation::Spouse => t::relation_spouse(l),
        Relation::Partner => t::relation_partner(l),
        Relation::Parent => t::relation_parent(l),
        Relation::Child => t::relation_child(l),
        Relation::Sibling => t::relation_sibling(l),
        Relation::OtherFamily => t::relation_other_family(l),
        Relation::CoParent => t::relation_co_parent(l),
        Relation::Friend => t::relation_friend(l),
        Relation::Other => t::relation_other(l),
    }
}

/// How to put it right.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("reached", "reached_empty") => t::wrong_reached_empty(l),
        ("reached", "reached_email") => t::wrong_reached_email(l),
        ("reached", "many") => t::wrong_many(l),
        ("reached", "reached_form") => t::wrong_reached_form(l),
        ("reference", _) => t::wrong_reference(l),
        ("code", "code_empty") => t::wrong_code_empty(l),
        ("code", "code_form") => t::wrong_code_form(l),
        ("code", "code_wrong") => t::wrong_code(l),
        ("code", "code_too_many_tries") => t::wrong_code_tries(l),
        ("code", _) => t::wrong_code_expired(l),
        ("name", "empty") => t::wrong_name(l),
        ("address", "empty") => t::wrong_address(l),
        ("whom", "empty") => t::wrong_whom(l),
        (_, "email_or_phone") => t::wrong_email_or_phone(l),
        (_, "email_form") => t::wrong_email(l),
        (_, "phone_form") => t::wrong_phone(l),
        (_, "date_empty") => t::wrong_date_empty(l),
        (_, "date_day") => t::wrong_day(l),
        (_, "date_month") => t::wrong_month(l),
        (_, "date_year") => t::wrong_year(l),
        (_, "date_no_such_day") => t::wrong_no_such_day(l),
        (_, "date_future") => t::wrong_future(l),
        (_, "birth_or_unit") => t::wrong_birth_or_unit(l),
        ("relation", _) => t::wrong_relation(l),
        ("read", _) => t::wrong_read(l),
        (_, "too_long") => t::wrong_too_long(l),
        (_, "character") => t::wrong_character(l),
        _ => t::wrong_other(l),
    }
}

#[cfg(test)]
mod tests {
    use domain::{identity::CodeRefusal, kernel::CivilDate, visits::handin::HandInForm};

    use super::*;

    #[test]
    fn what_it_can_be_refused_for_has_words() {
        let today = CivilDate::parse_iso("2026-11-28").expect("a date");
        for l in Locale::ALL {
            for e in HandInForm::default().parse(today).expect_err("it is wrong") {
                assert_ne!(wrong(l, e.field, e.code), t::wrong_other(l), "{} {}", e.field, e.code);
            }
            for refusal in CodeRefusal::ALL {
                assert_ne!(wrong(l, "code", refusal.code()), t::wrong_other(l), "{refusal:?}");
            }
            let words: std::collections::BTreeSet<String> = Relation::ALL.map(|of| relation(l, of)).into();
            assert_eq!(words.len(), Relation::ALL.len());
        }
    }
}
