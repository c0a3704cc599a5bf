//! Small values that several components take: optional text, links, choices, ids.
//! Promises that a text prop accepts `&str`, `String` or `Option<String>` alike, and that every
//! component and the error summary agree on one id per field.

/// A text that may be absent. Empty text counts as absent, so a template never shows an empty row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaybeText(Option<String>);

impl MaybeText {
    /// The text, if there is one.
    pub fn into_option(self) -> Option<String> {
        self.0
    }

    /// True when there is a text.
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }
}

impl From<String> for MaybeText {
    fn from(text: String) -> Self {
        Self((!text.is_empty()).then_some(text))
    }
}

impl From<&str> for MaybeText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Option<String>> for MaybeText {
    fn from(text: Option<String>) -> Self {
        text.map_or_else(Self::default, Self::from)
    }
}

impl From<Option<&str>> for MaybeText {
    fn from(text: Option<&str>) -> Self {
        text.map_or_else(Self::default, Self::from)
    }
}

/// A link: where it goes and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Address, local or absolute.
    pub href: String,
    /// The words of the link.
    pub text: String,
}

impl Link {
    /// A link to `href` saying `text`.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into() }
    }
}

/// One alternative in a radio or checkbox group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) unavailable: Option<String>,
}

impl Choice {
    /// An alternative with the submitted `value` and the words `label`.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, unavailable: None }
    }

    /// Adds a line under the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Makes the alternative impossible to choose, and says why beside it.
    #[must_use]
    pub fn unavailable(mut self, reason: impl Into<String>) -> Self {
        self.unavailable = Some(reason.into());
        self
    }
}

/// The id of the field called `name`: the name itself, without the `[]` of a list field and with the key of a map
/// after a dash.
pub fn field_id(name: &str) -> String {
    name.trim_end_matches("[]").replace('[', "-").replace(']', "")
}

/// The id of the `index`-th alternative; the first has the field's own id so that the error
/// summary can link to it.
pub(crate) fn choice_id(name: &str, index: usize) -> String {
    if index == 0 { field_id(name) } else { format!("{}-{}", field_id(name), index + 1) }
}

/// The value of `aria-describedby`: hint first, then error, absent when there is neither.
pub(crate) fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    let mut ids = Vec::new();
    if hint {
        ids.push(format!("{id}-hint"));
    }
    if error {
        ids.push(format!("{id}-error"));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_text_is_no_text() {
        assert!(!MaybeText::from("").is_some());
        assert!(!MaybeText::from(Some(String::new())).is_some());
    }

    #[test]
    fn a_list_field_and_its_first_choice_share_one_id() {
        assert_eq!(choice_id("kinds[]", 0), field_id("kinds[]"));
        assert_eq!(choice_id("kinds[]", 1), "kinds-2");
    }

    #[test]
    fn hint_is_read_before_error() {
        assert_eq!(described_by("x", true, true).as_deref(), Some("x-hint x-error"));
        assert_eq!(described_by("x", false, false), None);
    }
}
