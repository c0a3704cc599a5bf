//! Buttons that submit and links that look like them. One primary on a page.
use leptos::prelude::*;

use super::text::MaybeText;
use super::{Icon, IconName};

/// How much a button weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here.
    #[default]
    Primary,
    /// Another thing one may do.
    Secondary,
    /// Looks like a link: leave, save for later.
    Quiet,
    /// On the dark hero.
    OnBar,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button",
            Self::Secondary => "button button--secondary",
            Self::Quiet => "button button--quiet",
            Self::OnBar => "button button--on-bar",
        }
    }
}

/// A submit button.
#[component]
pub fn Button(
    /// The words: a verb.
    #[prop(into)]
    text: String,
    /// Weight.
    #[prop(optional)]
    kind: ButtonKind,
    /// Submitted name, when the form has several buttons.
    #[prop(optional, into)]
    name: MaybeText,
    /// Submitted value.
    #[prop(optional, into)]
    value: MaybeText,
    /// Another address for this button of the form.
    #[prop(optional, into)]
    formaction: MaybeText,
    /// Drawing before the words.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Words that only a screen reader needs, such as whose row it is.
    #[prop(optional, into)]
    about: MaybeText,
) -> impl IntoView {
    view! {
        <button class=kind.class() type="submit" name=name.into_option() value=value.into_option()
            formaction=formaction.into_option()>
            {icon.map(|name| view! { <Icon name=name /> })}
            <span>{text}<About text=about /></span>
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where it goes.
    #[prop(into)]
    href: String,
    /// The words.
    #[prop(into)]
    text: String,
    /// Weight.
    #[prop(optional)]
    kind: ButtonKind,
    /// Drawing before the words.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Words that only a screen reader needs.
    #[prop(optional, into)]
    about: MaybeText,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {icon.map(|name| view! { <Icon name=name /> })}
            <span>{text}<About text=about /></span>
        </a>
    }
}

/// Words for screen readers after visible ones.
#[component]
pub(crate) fn About(text: MaybeText) -> impl IntoView {
    text.into_option().map(|text| view! { <span class="visually-hidden">" " {text}</span> })
}

/// Something that cannot be done now, with the reason beside it. Not a button: nothing to press.
#[component]
pub fn UnavailableButton(
    /// What it would have said.
    #[prop(into)]
    text: String,
    /// Why not, and from when.
    #[prop(into)]
    reason: String,
) -> impl IntoView {
    view! {
        <p class="unavailable">
            <span class="button button--unavailable">{text}</span>
            <span class="unavailable-reason">{reason}</span>
        </p>
    }
}

/// The row of buttons that ends a form; full width on a phone.
#[component]
pub fn Actions(children: Children) -> impl IntoView {
    view! { <div class="actions">{children()}</div> }
}
