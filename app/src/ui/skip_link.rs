//! The first stop of the tab key: past the header, to the content.
use leptos::prelude::*;

/// Hidden until it has focus.
#[component]
pub fn SkipLink(
    /// The words, such as "Hopp til innholdet".
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <a class="skip-link" href="#main">{text}</a> }
}
