//! What was typed into a form about an appeal and what is wrong with it, on the way to the page and back.

use backend::{
    drafts::{self, Draft},
    form_try::FormTry,
};
use domain::{appeals::FieldError as Fault, kernel::Locale};

use crate::{i18n::common, ui::FieldError};

/// The words for what is wrong with a field.
pub(crate) type Words = fn(Locale, &str, &str) -> String;

#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(FormTry);

impl Fields {
    pub fn new(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(FormTry::new(values))
    }

    pub fn of(kept: FormTry) -> Self {
        Self(kept)
    }

    /// As kept, with the version that the next post has to name.
    pub fn of_draft(draft: &Draft) -> Self {
        let mut values = draft.fields.clone();
        values.insert("draft".to_owned(), draft.version.to_string());
        Self(FormTry { values, errors: vec![] })
    }

    /// The named values as a draft keeps them.
    pub fn draft(&self, names: &[&str]) -> drafts::Fields {
        names.iter().map(|name| ((*name).to_owned(), self.value(name))).collect()
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
    pub fn error(&self, l: Locale, words: Words, field: &str) -> Option<String> {
        self.0.code(field).map(|code| words(l, field, code))
    }

    pub fn summary(&self, l: Locale, words: Words) -> Vec<FieldError> {
        self.0.errors.iter().map(|e| FieldError::new(&e.field, words(l, &e.field, &e.code))).collect()
    }

    pub fn is_wrong(&self) -> bool {
        !self.0.errors.is_empty()
    }

    /// The title of the tab, which names nobody: what is wrong is said first.
    pub fn tab(&self, l: Locale, title: String) -> String {
        if self.is_wrong() { format!("{} {title}", common::error_prefix(l)) } else { title }
    }
}
