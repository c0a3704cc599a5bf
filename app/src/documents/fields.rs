//! What was typed into a form about a document and what is wrong with it, on the way to the page and back.

use backend::form_try::FormTry;
use domain::{documents::FieldError as Fault, kernel::Locale};

use leptos::prelude::*;

use super::words;
use crate::{
    i18n::common,
    ui::{DateEntry, DateLabels, DateValue, FieldError},
};

#[derive(Clone, Debug, Default)]
pub(super) struct Fields(FormTry);

impl Fields {
    pub fn new(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(FormTry::new(values))
    }

    pub fn of(kept: FormTry) -> Self {
        Self(kept)
    }

    #[must_use]
    pub fn with(self, faults: &[Fault]) -> Self {
        Self(self.0.with(faults.iter().map(|fault| (fault.field, fault.code))))
    }

    /// These values with what is wrong with another form's.
    #[must_use]
    pub fn with_errors_of(mut self, other: &Self) -> Self {
        self.0.errors = other.0.errors.clone();
        self
    }

    pub fn kept(&self) -> &FormTry {
        &self.0
    }

    pub fn value(&self, name: &str) -> String {
        self.0.value(name)
    }

    /// The words under the label of this field.
    pub fn error(&self, l: Locale, field: &str) -> Option<String> {
        self.0.code(field).map(|code| words::wrong(l, field, code))
    }

    /// What stands in the way of the whole form, `form`, is a notice of its own.
    pub fn summary(&self, l: Locale) -> Vec<FieldError> {
        let fields = self.0.errors.iter().filter(|e| e.field != "form");
        fields.map(|e| FieldError::new(&e.field, words::wrong(l, &e.field, &e.code))).collect()
    }

    pub fn is_wrong(&self) -> bool {
        !self.0.errors.is_empty()
    }

    /// The title of the tab, which names nobody: what is wrong is said first.
    pub fn tab(&self, l: Locale, title: String) -> String {
        if self.is_wrong() { format!("{} {title}", common::error_prefix(l)) } else { title }
    }

    /// A day in three numbers; `value` where nothing has been typed.
    pub fn date(
        &self,
        l: Locale,
        name: &'static str,
        legend: String,
        hint: String,
        value: DateValue,
    ) -> AnyView {
        let typed = |part: &str| self.value(&format!("{name}_{part}"));
        let typed = DateValue { day: typed("day"), month: typed("month"), year: typed("year") };
        let value = if self.0.values.is_empty() { value } else { typed };
        let labels = DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
        let error = self.error(l, name);
        view! {
            <DateEntry name=name legend=legend labels=labels hint=hint value=value error=error/>
        }
        .into_any()
    }
}
