//! What was typed into a form here and what is wrong with it, on the way to the page and back.

use backend::form_try::FormTry;
use domain::{
    kernel::Locale,
    visits::{
        assisted::{AskedForm, CHILD_FIELDS},
        clearance::forms::FormErrors,
    },
};

use super::words;
use crate::{
    i18n::common,
    ui::{DateLabels, DatePart, DateValue, FieldError},
};

#[derive(Clone, Debug, Default)]
pub(super) struct Fields(FormTry);

/// The stems of dates.
fn is_date(field: &str) -> bool {
    field == "birth" || CHILD_FIELDS.iter().any(|(_, born)| *born == field)
}

impl Fields {
    pub fn new(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(FormTry::new(values))
    }

    pub fn of(kept: FormTry) -> Self {
        Self(kept)
    }

    #[must_use]
    pub fn with(self, faults: &FormErrors) -> Self {
        Self(self.0.with(faults.iter().map(|fault| (fault.field, fault.code))))
    }

    pub fn kept(&self) -> &FormTry {
        &self.0
    }

    pub fn value(&self, name: &str) -> String {
        self.0.value(name)
    }

    pub fn list(&self, name: &str) -> Vec<String> {
        self.value(name).split(' ').filter(|v| !v.is_empty()).map(str::to_owned).collect()
    }

    pub fn date(&self, stem: &str) -> DateValue {
        let [day, month, year] = ["day", "month", "year"].map(|part| self.value(&format!("{stem}_{part}")));
        DateValue { day, month, year }
    }

    /// The same form twice is one: its key as it was, or one that is drawn.
    pub fn key(&self, drawn: String) -> String {
        Some(self.value("key")).filter(|key| !key.is_empty()).unwrap_or(drawn)
    }

    pub fn is_wrong(&self) -> bool {
        !self.0.errors.is_empty()
    }

    /// The words under the label of this field.
    pub fn error(&self, l: Locale, field: &str) -> Option<String> {
        self.0.code(field).map(|code| words::wrong(l, field, code))
    }

    /// The part of a date that is wrong.
    pub fn part(&self, stem: &str) -> Option<DatePart> {
        match self.0.code(stem)? {
            "date_month" => Some(DatePart::Month),
            "date_year" => Some(DatePart::Year),
            "date_day" => Some(DatePart::Day),
            _ => None,
        }
    }

    pub fn summary(&self, l: Locale) -> Vec<FieldError> {
        let error = |e: &backend::form_try::FieldError| {
            let input = match self.part(&e.field) {
                Some(DatePart::Month) => format!("{}_month", e.field),
                Some(DatePart::Year) => format!("{}_year", e.field),
                _ if is_date(&e.field) => format!("{}_day", e.field),
                _ => e.field.clone(),
            };
            FieldError::new(input, words::wrong(l, &e.field, &e.code))
        };
        self.0.errors.iter().map(error).collect()
    }

    /// The title of the tab, which names nobody: what is wrong is said first.
    pub fn tab(&self, l: Locale, title: String) -> String {
        if self.is_wrong() { format!("{} {title}", common::error_prefix(l)) } else { title }
    }
}

pub(super) fn date_labels(l: Locale) -> DateLabels {
    DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) }
}

/// How she asked, as both ways to a contact send it.
pub(super) fn asked(key: &str, channel: &str, impartial: &str) -> AskedForm {
    AskedForm { key: key.to_owned(), channel: channel.to_owned(), impartial: impartial.to_owned() }
}
