//! Prints the page.
use leptos::prelude::*;

use super::{Icon, IconName};

/// It shows itself only where script can carry it out; without, the browser's own menu prints.
#[component]
pub fn PrintButton(
    /// The words: a verb.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let nonce = leptos::nonce::use_nonce();
    view! {
        <button class="button button--secondary" type="button" data-print hidden>
            <Icon name=IconName::Print/><span>{text}</span>
        </button>
        <script nonce=nonce>{include_str!("print.js")}</script>
    }
}
