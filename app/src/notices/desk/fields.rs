//! What was typed into a form of the notices and what is wrong with it, on the way to the page and back; and what was just
//! done, which stands in no address either, so that no address alone can say it.

use backend::form_try::{self, FormTry};
use domain::kernel::Locale;

use crate::{
    i18n::{common, notices_desk as t, notices_duty as d},
    notices::words::wrong,
    ui::{DateLabels, DatePart, DateValue, FieldError},
};

/// A field and what is wrong with it.
pub(in crate::notices) type Fault = (&'static str, &'static str);

/// The name under which is kept what was done.
const DONE: &str = "done";
/// The fields that are three.
const DATES: [&str; 3] = ["born", "from", "until"];

/// A form as it is filled in: from a refused one, or as it opens.
#[derive(Clone, Debug, Default)]
pub(in crate::notices) struct Fields(FormTry);

impl Fields {
    pub fn new(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(FormTry::new(values))
    }

    /// Nothing was refused: this was done, to whom if the page leads on to it.
    pub fn done(code: &str, whom: &str) -> Self {
        Self::new([(DONE, code.to_owned()), ("whom", whom.to_owned())])
    }

    #[must_use]
    pub fn with(self, faults: &[Fault]) -> Self {
        Self(self.0.with(faults.iter().copied()))
    }

    pub fn of(kept: FormTry) -> Self {
        Self(kept)
    }

    pub fn kept(&self) -> &FormTry {
        &self.0
    }

    pub fn value(&self, name: &str) -> String {
        self.0.value(name)
    }

    /// What was just done.
    pub fn what(&self) -> String {
        self.value(DONE)
    }

    pub fn date(&self, name: &str) -> DateValue {
        let part = |part: &str| self.value(&format!("{name}_{part}"));
        DateValue { day: part("day"), month: part("month"), year: part("year") }
    }

    fn code(&self, field: &str) -> Option<&str> {
        self.0.code(field)
    }

    /// The words under the label of this field.
    pub fn error(&self, l: Locale, field: &str) -> Option<String> {
        self.code(field).map(|code| words(l, field, code))
    }

    /// The part of a date that is wrong; all of it when it is not one part alone.
    pub fn wrong(&self, field: &str) -> Option<DatePart> {
        match self.code(field)? {
            "date_day" => Some(DatePart::Day),
            "date_month" => Some(DatePart::Month),
            "date_year" => Some(DatePart::Year),
            _ => None,
        }
    }

    /// The summary: each error with its field; of a date, the part to put right.
    pub fn summary(&self, l: Locale) -> Vec<FieldError> {
        let error = |e: &form_try::FieldError| {
            let field = e.field.as_str();
            let input = match self.wrong(field) {
                _ if !DATES.contains(&field) => field.to_owned(),
                Some(DatePart::Month) => format!("{field}_month"),
                Some(DatePart::Year) => format!("{field}_year"),
                _ => format!("{field}_day"),
            };
            FieldError::new(input, words(l, &e.field, &e.code))
        };
        self.0.errors.iter().map(error).collect()
    }

    /// The title of the tab: what is wrong is said first.
    pub fn tab(&self, l: Locale, title: String) -> String {
        if self.0.errors.is_empty() { title } else { format!("{} {title}", common::error_prefix(l)) }
    }
}

pub(super) fn date_labels(l: Locale) -> DateLabels {
    DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) }
}

/// How to put an error right.
fn words(l: Locale, field: &str, code: &str) -> String {
    if let Some(said) = of_representative(l, field, code) {
        return said;
    }
    match (field, code) {
        ("reference", "other_inmate") => t::error_other_inmate(l),
        ("reference", "empty" | "reference") => t::error_reference(l),
        ("inmate", "empty") => t::error_inmate(l),
        ("inmate", "no_inmate") => t::error_no_inmate(l),
        ("inmate", "himself") => t::error_himself(l),
        ("name", "empty") => t::error_name(l),
        ("role", _) => t::error_role(l),
        ("wish", _) => t::error_wish(l),
        ("address", "protected") => t::error_protected(l),
        ("number", "empty" | "one") => d::error_ring_in_whom(l),
        ("word", "empty") => d::error_ring_in_word(l),
        ("word", "no_match") => d::error_ring_in_no_match(l),
        ("number", _) => t::error_number(l),
        ("telephone", "no_way") => t::error_no_way(l),
        ("safe_word", "empty") => t::error_safe_word(l),
        ("answer", "answered") => t::error_answered(l),
        ("answer", _) => t::error_answer(l),
        ("reason", "empty") => t::error_reason(l),
        ("to", _) => t::error_to(l),
        ("standing", _) => t::error_no_standing(l),
        ("words", "empty") => t::error_words(l),
        ("how", _) => t::error_how(l),
        ("note", "empty") => t::error_note(l),
        ("outcome", "not_taken") => d::error_not_taken(l),
        ("outcome", _) => d::error_outcome(l),
        ("what", "hold_same_person") => d::error_same_person(l),
        ("what", _) => d::error_what(l),
        (_, "date_empty" | "born") => t::error_born(l),
        (_, "date_day") => t::error_date_day(l),
        (_, "date_month") => t::error_date_month(l),
        (_, "date_year") => t::error_date_year(l),
        (_, "date_no_such_day") => t::error_date_no_such_day(l),
        _ => wrong(l, field, code).unwrap_or_else(|| t::error_other(l)),
    }
}

/// The same for a representative.
fn of_representative(l: Locale, field: &str, code: &str) -> Option<String> {
    Some(match (field, code) {
        ("number", "herself" | "known") => t::error_number_known(l),
        ("number", "not_possible") => t::error_number_not_possible(l),
        ("kind", _) => t::error_represent_kind(l),
        ("from", "date_empty") => t::error_from(l),
        ("until", "date_empty") => t::error_until(l),
        ("until", "order") => t::error_until_order(l),
        ("basis", "empty") => t::error_basis(l),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use backend::notices::registering::Refusal;
    use domain::kernel::DateError;

    use super::*;

    #[test]
    fn every_refusal_has_words_of_its_own() {
        for l in Locale::ALL {
            let l = t::lang(l);
            for (field, code) in [
                ("telephone", "no_way"),
                ("safe_word", "empty"),
                ("number", "form"),
                ("wish", "choose"),
                ("name", "empty"),
            ] {
                assert_ne!(words(l, field, code), t::error_other(l), "{field} {code}");
            }
            for refusal in Refusal::CASE.into_iter().filter(|refusal| !refusal.field().is_empty()) {
                let said = words(l, refusal.field(), refusal.code());
                assert_ne!(said, t::error_other(l), "{refusal:?}");
            }
            assert_ne!(words(l, DATES[0], DateError::Empty.code()), t::error_other(l));
        }
    }
}
