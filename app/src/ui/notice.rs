//! A message on the page. The words carry the meaning; the bar's colour only repeats it.
use leptos::prelude::*;

use super::text::MaybeText;

/// What the message is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    /// Good to know. No colour.
    #[default]
    Info,
    /// Waits for this person.
    Now,
    /// Something will be lost if nothing is done.
    Warn,
    /// Something went wrong.
    Error,
    /// It is done.
    Done,
}

impl NoticeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "notice",
            Self::Now => "notice notice--now",
            Self::Warn => "notice notice--warn",
            Self::Error => "notice notice--error",
            Self::Done => "notice notice--done",
        }
    }

    /// What arrives as an answer is read out; what merely lies there is not.
    const fn role(self) -> Option<&'static str> {
        match self {
            Self::Error => Some("alert"),
            Self::Done => Some("status"),
            Self::Info | Self::Now | Self::Warn => None,
        }
    }
}

/// A bar, a bold sentence, and more if needed.
#[component]
pub fn Notice(
    /// What it is about.
    #[prop(optional)]
    kind: NoticeKind,
    /// The sentence that says it all.
    #[prop(optional, into)]
    title: MaybeText,
    /// More words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=kind.class() role=kind.role()>
            {title.into_option().map(|title| view! { <p><strong>{title}</strong></p> })}
            {children.map(|children| children())}
        </div>
    }
}
