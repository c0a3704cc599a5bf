//! What was typed into a form here and what is wrong with it, on the way to the page and back. Names are the form's own.

use backend::{
    form_try::FormTry,
    messages::{
        Unsent,
        drafts::{self, Draft},
    },
};
use domain::kernel::Locale;

use crate::{i18n::common, ui::FieldError};

/// A field and what is wrong with it.
pub(super) type Fault = (&'static str, &'static str);

/// The field that stands for the conversation itself: it has moved on.
pub(super) const CASE: &str = "case";

/// A form as it is filled in: from a refused one, from a draft, or as it opens.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(FormTry);

impl Fields {
    pub fn new(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(FormTry::new(values))
    }

    /// As kept, with the version that the next post has to name.
    pub fn of_draft(draft: &Draft) -> Self {
        let mut values = draft.fields.clone();
        values.insert("draft".to_owned(), draft.version.to_string());
        Self(FormTry { values, errors: vec![] })
    }

    pub fn of(kept: FormTry) -> Self {
        Self(kept)
    }

    #[must_use]
    pub fn with(self, faults: &[Fault]) -> Self {
        Self(self.0.with(faults.iter().copied()))
    }

    pub fn kept(&self) -> &FormTry {
        &self.0
    }

    pub fn value(&self, name: &str) -> String {
        self.0.value(name)
    }

    /// What is wrong with this field.
    pub fn code(&self, field: &str) -> Option<&str> {
        self.0.code(field)
    }

    /// The summary: each error with its field. That the conversation has moved on is told apart.
    pub fn summary(&self, words: impl Fn(&str, &str) -> String) -> Vec<FieldError> {
        let own = self.0.errors.iter().filter(|e| e.field != CASE);
        own.map(|e| FieldError::new(&e.field, words(&e.field, &e.code))).collect()
    }

    /// The title of the tab: that something is wrong is said first.
    pub fn tab(&self, l: Locale, title: String) -> String {
        if self.0.errors.is_empty() { title } else { format!("{} {title}", common::error_prefix(l)) }
    }
}

/// Why nothing was sent, by field; what stands in the way of the whole form stands at `CASE`.
pub(super) fn faults(unsent: &Unsent) -> Vec<Fault> {
    match unsent {
        Unsent::Fields(errors) => errors.iter().map(|e| (e.field, e.code)).collect(),
        Unsent::Refused(refusal) => vec![(CASE, refusal.code())],
    }
}

/// Named values as a draft keeps them.
pub(super) fn draft(values: &Fields, names: &[&str]) -> drafts::Fields {
    names.iter().map(|name| ((*name).to_owned(), values.value(name))).collect()
}

/// Words that another window has kept and that do not stand in this form: nothing that was typed is out of sight.
pub(super) fn beside(draft: Option<&Draft>, shown: &Fields) -> Vec<String> {
    let Some(draft) = draft else { return vec![] };
    let kept = [Some(&draft.fields), draft.earlier.as_ref()].into_iter().flatten();
    let mut texts: Vec<String> = kept.filter_map(|fields| fields.get("words").cloned()).collect();
    texts.retain(|text| !text.trim().is_empty() && *text != shown.value("words"));
    texts.dedup();
    texts
}

#[cfg(test)]
mod tests {
    use domain::kernel::Instant;

    use super::*;

    fn words(text: &str) -> drafts::Fields {
        drafts::Fields::from([("words".to_owned(), text.to_owned())])
    }

    #[test]
    fn what_another_window_kept_stays_in_sight() {
        let draft = |earlier: Option<&str>| Draft {
            fields: words("kept"),
            earlier: earlier.map(words),
            version: 2,
            at: Instant(0),
        };
        let table: [(&str, Option<&str>, &[&str]); 5] = [
            ("kept", None, &[]),
            ("kept", Some("before"), &["before"]),
            ("typed", Some("before"), &["kept", "before"]),
            ("before", Some("before"), &["kept"]),
            ("kept", Some("  "), &[]),
        ];
        for (shown, earlier, expected) in table {
            let shown = Fields::new([("words", shown.to_owned())]);
            assert_eq!(beside(Some(&draft(earlier)), &shown), expected, "{shown:?}");
        }
        assert!(beside(None, &Fields::default()).is_empty());
    }
}
