//! How to put an error of the form right.

use domain::kernel::Locale;

use crate::i18n::worried as t;

pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("name", "empty") => t::wrong_name(l),
        ("words", "empty") => t::wrong_words(l),
        ("birth", "date_day") => t::wrong_day(l),
        ("birth", "date_month") => t::wrong_month(l),
        ("birth", "date_year") => t::wrong_year(l),
        ("birth", _) => t::wrong_no_such_day(l),
        (_, "too_long") => t::wrong_too_long(l),
        (_, "character") => t::wrong_character(l),
        _ => t::wrong_other(l),
    }
}

#[cfg(test)]
mod tests {
    use domain::messages::WorryForm;

    use super::*;

    #[test]
    fn what_it_can_be_refused_for_has_words() {
        let text = |text: &str| text.to_owned();
        let bad = |birth: [&str; 3]| WorryForm {
            birth: birth.map(text),
            contact: text("a\r\nb"),
            ..WorryForm::default()
        };
        let dates = [["32", "", ""], ["1", "13", ""], ["1", "1", "90"], ["31", "2", "1990"]];
        for l in Locale::ALL {
            let mut said = vec![];
            for form in dates.map(bad) {
                let errors = form.parse(5).expect_err("it is wrong");
                assert_eq!(errors.len(), 4, "{errors:?}");
                said.extend(errors.iter().map(|e| wrong(l, e.field, e.code)));
            }
            let long = WorryForm { name: text("a"), words: text("for langt"), ..WorryForm::default() };
            said.extend(long.parse(5).expect_err("long").iter().map(|e| wrong(l, e.field, e.code)));
            assert!(said.iter().all(|words| *words != t::wrong_other(l)), "{said:?}");
            said.sort();
            said.dedup();
            assert_eq!(said.len(), 8, "each its own words: {said:?}");
        }
    }
}
