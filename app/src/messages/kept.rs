//! What was typed into a form of letters and what is wrong with it, on the way to the page and back; and what was just done,
//! which stands in no address, so that no address alone can say it.

use backend::{
    form_try::{self, FormTry},
    messages::Unsent,
};
use domain::kernel::{Locale, Public};

use crate::{
    i18n::common,
    ui::{DatePart, DateValue, FieldError},
};

/// The name under which is kept what was done.
const DONE: &str = "done";
/// The names under which is kept what a form is about: an inmate for her, a letter for the desk.
const ABOUT: [&str; 2] = ["inmate", "id"];

/// The fields that are three: day, month, year.
const DATES: [&str; 4] = ["birth", "from", "valid_from", "valid_to"];

/// The words for what is wrong with a field.
pub(in crate::messages) type Words = fn(Locale, &str, &str) -> String;

/// A form as it is filled in: from a refused one, or as it opens.
#[derive(Clone, Debug, Default)]
pub(in crate::messages) struct Kept(FormTry);

impl Kept {
    pub fn new(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(FormTry::new(values))
    }

    /// Nothing was refused: this was done.
    pub fn done(code: &str) -> Self {
        Self::new([(DONE, code.to_owned())])
    }

    pub fn of(kept: FormTry) -> Self {
        Self(kept)
    }

    pub fn kept(&self) -> &FormTry {
        &self.0
    }

    /// Why it did nothing. A refusal of all of it stands at one field, so that every error has a place to put it right.
    #[must_use]
    pub fn refused(self, why: &Unsent, field: &str) -> Self {
        Self(match why {
            Unsent::Fields(errors) => self.0.with(errors.iter().map(|e| (e.field, e.code))),
            Unsent::Refused(refusal) => self.0.with([(field, refusal.code())]),
        })
    }

    /// This is wrong with this field.
    #[must_use]
    pub fn wrong(self, field: &str, code: &str) -> Self {
        Self(self.0.with([(field, code)]))
    }

    pub fn value(&self, name: &str) -> String {
        self.0.value(name)
    }

    /// What was just done; empty if nothing was.
    pub fn what(&self) -> String {
        self.value(DONE)
    }

    pub fn is_about<T>(&self, public: &Public<T>) -> bool {
        ABOUT.iter().any(|name| self.value(name) == public.as_str())
    }

    /// Whether something was refused for this, wherever it stands.
    pub fn has(&self, code: &str) -> bool {
        self.0.errors.iter().any(|e| e.code == code)
    }

    pub fn is_wrong(&self) -> bool {
        !self.0.errors.is_empty()
    }

    /// The words under the label of this field.
    pub fn error(&self, l: Locale, words: Words, field: &str) -> Option<String> {
        self.0.code(field).map(|code| words(l, field, code))
    }

    /// Day, month and year as typed.
    pub fn date(&self, field: &str) -> DateValue {
        let part = |part: &str| self.value(&format!("{field}_{part}"));
        DateValue { day: part("day"), month: part("month"), year: part("year") }
    }

    /// The part of a date that is wrong; none if it is all of it.
    pub fn wrong_part(&self, field: &str) -> Option<DatePart> {
        match self.0.code(field)? {
            "date_day" => Some(DatePart::Day),
            "date_month" => Some(DatePart::Month),
            "date_year" => Some(DatePart::Year),
            _ => None,
        }
    }

    /// Where an error is put right: of a date, in its part.
    fn input(&self, field: &str) -> String {
        match self.wrong_part(field) {
            _ if !DATES.contains(&field) => field.to_owned(),
            Some(DatePart::Month) => format!("{field}_month"),
            Some(DatePart::Year) => format!("{field}_year"),
            Some(DatePart::Day) | None => format!("{field}_day"),
        }
    }

    pub fn summary(&self, l: Locale, words: Words) -> Vec<FieldError> {
        let error =
            |e: &form_try::FieldError| FieldError::new(self.input(&e.field), words(l, &e.field, &e.code));
        self.0.errors.iter().map(error).collect()
    }

    /// The title of the tab, which names nobody: what is wrong is said first.
    pub fn tab(&self, l: Locale, title: String) -> String {
        if self.is_wrong() { format!("{} {title}", common::error_prefix(l)) } else { title }
    }
}
