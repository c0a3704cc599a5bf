//! A state in a word or two; and a count.
use leptos::prelude::*;

use super::text::MaybeText;
use super::{Icon, IconName};

/// What kind of state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagKind {
    /// Neither good nor bad.
    #[default]
    Plain,
    /// Expected, not here yet: outlined.
    Open,
    /// Done, granted; with a check.
    Done,
    /// Waits for somebody else; with a clock.
    Waiting,
    /// Waits for this person.
    Now,
    /// Take care.
    Warn,
    /// Refused; with a cross.
    Error,
}

impl TagKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain | Self::Waiting => "tag",
            Self::Open => "tag tag--open",
            Self::Done => "tag tag--done",
            Self::Now => "tag tag--now",
            Self::Warn => "tag tag--warn",
            Self::Error => "tag tag--error",
        }
    }

    const fn icon(self) -> Option<IconName> {
        match self {
            Self::Done => Some(IconName::Check),
            Self::Waiting => Some(IconName::Clock),
            Self::Error => Some(IconName::Cross),
            Self::Warn => Some(IconName::Warn),
            Self::Plain | Self::Open | Self::Now => None,
        }
    }
}

/// A state as a small label.
#[component]
pub fn Tag(
    /// The word.
    #[prop(into)]
    text: String,
    /// What kind.
    #[prop(optional)]
    kind: TagKind,
    /// Another drawing than the kind's own.
    #[prop(optional)]
    icon: Option<IconName>,
) -> impl IntoView {
    let icon = icon.or_else(|| kind.icon()).map(|name| view! { <Icon name=name /> });
    view! { <span class=kind.class()>{icon}{text}</span> }
}

/// How many; `now` when they wait for this person.
#[component]
pub fn Count(
    /// The number.
    n: usize,
    /// What is counted, for screen readers.
    #[prop(optional, into)]
    about: MaybeText,
    /// They wait for this person.
    #[prop(optional)]
    now: bool,
) -> impl IntoView {
    let about = about.into_option().map(|text| view! { <span class="visually-hidden">" " {text}</span> });
    // Of very many, that they are many says enough.
    let many = if n > 99 { "99+".to_owned() } else { n.to_string() };
    view! { <span class=if now { "badge badge--now" } else { "badge" }>{many}{about}</span> }
}
