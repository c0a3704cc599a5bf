//! What was typed into a form about a request and what is wrong with it, on the way to the page and back.

use backend::form_try::FormTry;
use domain::{corrections::FieldError as Fault, kernel::Locale};

use super::words;
use crate::{i18n::common, ui::FieldError};

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

    pub fn summary(&self, l: Locale) -> Vec<FieldError> {
        let errors = self.0.errors.iter();
        errors.map(|e| FieldError::new(&e.field, words::wrong(l, &e.field, &e.code))).collect()
    }

    /// The title of the tab, which names nobody: what is wrong is said first.
    pub fn tab(&self, l: Locale, title: String) -> String {
        if self.0.errors.is_empty() { title } else { format!("{} {title}", common::error_prefix(l)) }
    }
}
