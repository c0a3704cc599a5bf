//! One line of text to fill in. Promises a visible label, a hint and error that are tied to the
//! input, and an id equal to the name, so that the error summary reaches it.
use leptos::prelude::*;

use super::text::{MaybeText, described_by, field_id};
use super::{Icon, IconName};

/// What is typed; decides keyboard and input type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Plain text.
    #[default]
    Text,
    /// E-mail address.
    Email,
    /// Telephone number.
    Tel,
    /// Digits; the numeric keyboard, yet a text input (no spinner, leading zeros kept).
    Number,
    /// A search box.
    Search,
}

impl Kind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Text | Self::Number => "text",
            Self::Email => "email",
            Self::Tel => "tel",
            Self::Search => "search",
        }
    }

    const fn inputmode(self) -> Option<&'static str> {
        match self {
            Self::Number => Some("numeric"),
            _ => None,
        }
    }
}

/// How wide the answer usually is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// As wide as the column.
    #[default]
    Full,
    /// Half of it.
    Half,
    /// A code or a number.
    Short,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Self::Full => "input",
            Self::Half => "input input--half",
            Self::Short => "input input--short",
        }
    }
}

/// A labelled input.
#[component]
pub fn Field(
    /// Submitted name, and the id.
    #[prop(into)]
    name: String,
    /// Visible label.
    #[prop(into)]
    label: String,
    /// What is in it now.
    #[prop(optional, into)]
    value: String,
    /// Help above the input.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong and how to put it right.
    #[prop(optional, into)]
    error: MaybeText,
    /// Type and keyboard.
    #[prop(optional)]
    kind: Kind,
    /// Usual length of the answer.
    #[prop(optional)]
    width: Width,
    /// Token of the HTML autocomplete list, such as "name" or "email".
    #[prop(optional, into)]
    autocomplete: MaybeText,
    /// Word after the label when the answer may be left out, such as "(valgfritt)".
    #[prop(optional, into)]
    optional: MaybeText,
) -> impl IntoView {
    let id = field_id(&name);
    let described = described_by(&id, hint.is_some(), error.is_some());
    let bad = error.is_some();
    view! {
        <div class=field_class(bad)>
            <label class="label" for=id.clone()>{label} " " <OptionalWord text=optional /></label>
            <Hint id=id.clone() text=hint />
            <FieldMessage id=id.clone() text=error />
            <input class=width.class() id=id.clone() name=name type=kind.input_type()
                inputmode=kind.inputmode() autocomplete=autocomplete.into_option() value=value
                aria-describedby=described aria-invalid=bad.then_some("true") />
        </div>
    }
}

/// Class of the block around one question.
pub(crate) const fn field_class(bad: bool) -> &'static str {
    if bad { "field field--error" } else { "field" }
}

/// Help text tied to the field by id.
#[component]
pub(crate) fn Hint(id: String, text: MaybeText) -> impl IntoView {
    text.into_option().map(|text| view! { <p class="hint" id=format!("{id}-hint")>{text}</p> })
}

/// The error of one field, tied to it by id.
#[component]
pub fn FieldMessage(id: String, text: MaybeText) -> impl IntoView {
    text.into_option().map(|text| {
        view! {
            <p class="field-error" id=format!("{id}-error")>
                <Icon name=IconName::Warn /><span>{text}</span>
            </p>
        }
    })
}

/// "(optional)" after a label.
#[component]
pub(crate) fn OptionalWord(text: MaybeText) -> impl IntoView {
    text.into_option().map(|text| view! { <span class="optional">{text}</span> })
}
