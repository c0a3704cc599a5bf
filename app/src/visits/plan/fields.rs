//! What was typed into a form of the plan and what is wrong with it, on the way to the page and back.

use std::ops::RangeInclusive;

use backend::form_try::{self, FormTry};
use domain::{
    kernel::{CivilDate, Locale},
    visits::{
        booking::{plan_forms as limits, proposal::AT_LEAST},
        clearance::forms::FormErrors,
    },
};

use crate::{
    i18n::{common, visits_plan as t},
    ui::{DateLabels, DatePart, DateValue, FieldError},
};

/// The field that stands for the plan itself: somebody else changed it.
pub(super) const PLAN: &str = "plan";

/// A form as it is filled in: from a refused one, or as it opens.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(FormTry);

impl Fields {
    pub fn new(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self(FormTry { values, errors: vec![] })
    }

    pub fn of(kept: FormTry) -> Self {
        Self(kept)
    }

    #[must_use]
    pub fn with(mut self, errors: &FormErrors) -> Self {
        let error = |field: &str, code: &str| form_try::FieldError { field: field.into(), code: code.into() };
        self.0.errors = errors.iter().map(|e| error(e.field, e.code)).collect();
        self
    }

    #[must_use]
    pub fn set(mut self, name: &str, value: String) -> Self {
        self.0.values.insert(name.to_owned(), value);
        self
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.values.remove(name);
        self
    }

    pub fn kept(&self) -> &FormTry {
        &self.0
    }

    pub fn value(&self, name: &str) -> String {
        self.0.values.get(name).cloned().unwrap_or_default()
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
        self.code(PLAN).is_some()
    }

    pub fn is_wrong(&self) -> bool {
        !self.0.errors.is_empty()
    }

    /// The summary: each error with its field; of a date, the part to put right.
    pub fn summary(&self, l: Locale) -> Vec<FieldError> {
        let error = |e: &form_try::FieldError| {
            let input = match e.field.as_str() {
                date @ ("from" | "to" | "last" | "on") => format!("{date}_{}", part(self.wrong(date))),
                field => field.to_owned(),
            };
            FieldError::new(input, words(l, &e.field, &e.code))
        };
        self.0.errors.iter().filter(|e| e.field != PLAN).map(error).collect()
    }
}

fn part(wrong: Option<DatePart>) -> &'static str {
    match wrong {
        Some(DatePart::Month) => "month",
        Some(DatePart::Year) => "year",
        Some(DatePart::Day) | None => "day",
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

/// What a number of this field may be.
fn range(field: &str) -> RangeInclusive<i64> {
    match field {
        "first_day" | "last_day" => limits::WINDOW,
        "per_week" => limits::PER_WEEK,
        "per_month" => limits::PER_MONTH,
        "people" => limits::PEOPLE,
        "arrive_before" => limits::ARRIVE_BEFORE,
        "latest_arrival" => limits::LATEST_ARRIVAL,
        "join_hours" => limits::JOIN_HOURS,
        "minutes" => limits::MINUTES,
        "at_least" => AT_LEAST,
        _ => limits::CAPACITY,
    }
}

/// How to put an error right.
fn words(l: Locale, field: &str, code: &str) -> String {
    let range = range(field);
    match (field, code) {
        (_, "number_empty" | "number") => t::error_number_empty(l, range.start(), range.end()),
        (_, "number_range") => t::error_number_range(l, range.start(), range.end()),
        (_, "window_order") => t::error_window_order(l),
        ("kind", _) => t::error_choose_kind(l),
        ("approval", _) => t::error_choose_approval(l),
        ("weekday", _) => t::error_choose_weekday(l),
        ("every", _) => t::error_choose_every(l),
        ("last", "time_clash") => t::error_clash_end(l),
        (_, "time_clash") => t::error_clash(l),
        ("times", _) => t::error_choose_times(l),
        ("what", _) => t::error_choose_what(l),
        ("which", _) => t::error_choose_which(l),
        ("wings", "wing_gone") => t::wings_gone(l),
        ("wings", _) => t::error_choose_wings(l),
        (_, "code_empty") => t::error_code_empty(l),
        (_, "name_empty") => t::error_name_empty(l),
        (_, "text_empty") => t::error_text_empty(l),
        ("answer", _) => t::error_choose_answer(l),
        (_, "word_empty") => t::error_word_empty(l),
        (_, "paused_before") => t::error_paused_before(l),
        (_, "closed_before") => t::error_closed_before(l),
        (_, "clock_empty") => t::error_clock_empty(l),
        (_, "clock") => t::error_clock(l),
        (_, "past_midnight") => t::error_past_midnight(l),
        (_, "room_empty") => t::error_room_empty(l),
        (_, "reason_empty") => t::error_reason_empty(l),
        (_, "source_empty") => t::error_source_empty(l),
        (_, "to_before_from") => t::error_to_before_from(l),
        (_, "too_long") => t::error_too_long(l),
        (_, "character") => t::error_character(l),
        (_, date) => date_words(l, date),
    }
}

pub(crate) fn date_words(l: Locale, code: &str) -> String {
    match code {
        "date_empty" => t::error_date_empty(l),
        "date_day" => t::error_date_day(l),
        "date_month" => t::error_date_month(l),
        "date_year" => t::error_date_year(l),
        "date_no_such_day" => t::error_date_no_such_day(l),
        "date_early" => t::error_date_early(l),
        "date_tomorrow" => t::error_date_tomorrow(l),
        "date_far" => t::error_date_far(l),
        _ => t::error_other(l),
    }
}
