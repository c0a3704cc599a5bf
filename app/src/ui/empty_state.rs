//! Nothing here yet: what will come here, and one way on.
use leptos::prelude::*;

use super::button::{ButtonKind, LinkButton};
use super::text::{Link, MaybeText};

/// An empty list.
#[component]
pub fn EmptyState(
    /// That there is nothing.
    #[prop(into)]
    title: String,
    /// What comes here.
    #[prop(optional, into)]
    text: MaybeText,
    /// The one way on.
    #[prop(optional_no_strip)]
    link: Option<Link>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            {text.into_option().map(|text| view! { <p class="empty-text">{text}</p> })}
            {link.map(|link| view! { <LinkButton href=link.href text=link.text kind=ButtonKind::Secondary /> })}
        </div>
    }
}
