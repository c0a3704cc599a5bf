//! What was typed into a form and what is wrong with it, on the way to the page and back. Names are the
//! form's own; a list is kept as its values with spaces between.

use backend::form_try::{self, FormTry};
use domain::{
    kernel::{CivilDate, Locale},
    visits::clearance::forms::FormErrors,
};

use crate::{
    i18n::{common, visits_desk as t},
    ui::{DateLabels, DatePart, DateValue, FieldError},
};

/// The field that stands for the case itself: somebody else changed it.
pub(super) const CASE: &str = "case";

/// A form as it is filled in: from a refused one, or as it opens.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(FormTry);

impl Fields {
    pub fn new(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self(FormTry { values, errors: vec![] })
    }

    #[must_use]
    pub fn with(mut self, errors: &FormErrors) -> Self {
        let error = |e: &domain::visits::clearance::forms::FieldError| form_try::FieldError {
            field: e.field.to_owned(),
            code: e.code.to_owned(),
        };
        self.0.errors = errors.iter().map(error).collect();
        self
    }

    pub fn of(kept: FormTry) -> Self {
        Self(kept)
    }

    pub fn kept(&self) -> &FormTry {
        &self.0
    }

    pub fn value(&self, name: &str) -> String {
        self.0.values.get(name).cloned().unwrap_or_default()
    }

    pub fn list(&self, name: &str) -> Vec<String> {
        self.value(name).split(' ').filter(|v| !v.is_empty()).map(ToOwned::to_owned).collect()
    }

    pub fn date(&self, name: &str) -> DateValue {
        let part = |part: &str| self.value(&format!("{name}_{part}"));
        DateValue { day: part("day"), month: part("month"), year: part("year") }
    }

    fn code(&self, field: &str) -> Option<&str> {
        self.0.errors.iter().find(|e| e.field == field).map(|e| e.code.as_str())
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

    pub fn is_stale(&self) -> bool {
        self.code(CASE).is_some()
    }

    pub fn is_wrong(&self) -> bool {
        !self.0.errors.is_empty()
    }

    /// The summary: each error with its field; of a date, the part to put right.
    pub fn summary(&self, l: Locale) -> Vec<FieldError> {
        let error = |e: &form_try::FieldError| {
            let input = match (e.field.as_str(), self.wrong(&e.field)) {
                (date @ ("on" | "birth" | "valid_to"), part) => {
                    let part = match part {
                        Some(DatePart::Month) => "month",
                        Some(DatePart::Year) => "year",
                        Some(DatePart::Day) | None => "day",
                    };
                    format!("{date}_{part}")
                }
                (field, _) => field.to_owned(),
            };
            FieldError::new(input, words(l, &e.field, &e.code))
        };
        self.0.errors.iter().filter(|e| e.field != CASE).map(error).collect()
    }
}

/// A day as the three fields of `name` hold it.
pub(super) fn parts(name: [&'static str; 3], date: CivilDate) -> [(&'static str, String); 3] {
    let [day, month, year] = name;
    let d = date.0;
    [(day, d.day().to_string()), (month, d.month().to_string()), (year, d.year().to_string())]
}

pub(super) fn date_labels(l: Locale) -> DateLabels {
    DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) }
}

/// How to put an error right.
fn words(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("text", "empty") => t::error_search_empty(l),
        ("why", _) => t::error_reason_choose(l),
        ("answer", "choose") => t::error_answer_choose(l),
        ("police", "choose") => t::error_police_choose(l),
        ("answers", _) => t::error_answers_none(l),
        ("who", _) => t::error_who_choose(l),
        ("outcome", "clearance_unidentified") => t::error_outcome_unidentified(l),
        ("ground", "clearance_appealed") => t::error_ground_appealed(l),
        ("ground", _) => t::error_ground_choose(l),
        ("outcome", "clearance_registered") => t::error_outcome_registered(l),
        ("outcome", "clearance_other_parent") => t::error_outcome_other_parent(l),
        ("outcome", _) => t::error_outcome_choose(l),
        ("measures", _) => t::error_measures_choose(l),
        ("text_locale", _) => t::error_language_choose(l),
        ("inmate", "gone") => t::error_inmate_gone(l),
        ("inmate", _) => t::error_inmate_choose(l),
        ("name", "empty") => t::error_find_empty(l),
        (_, "reason_empty") => t::error_reason_empty(l),
        (_, "milder_empty") => t::error_milder_empty(l),
        (_, "date_past") => t::error_valid_to_past(l),
        (_, "date_empty") => t::error_date_empty(l),
        (_, "date_day") => t::error_date_day(l),
        (_, "date_month") => t::error_date_month(l),
        (_, "date_year") => t::error_date_year(l),
        (_, "date_no_such_day") => t::error_date_no_such_day(l),
        (_, "date_future") => t::error_date_future(l),
        (_, "date_old") => t::error_date_old(l),
        (_, "too_long") => t::error_too_long(l),
        (_, "character") => t::error_character(l),
        _ => t::error_other(l),
    }
}
