//! What pages about visits share with each other.

use leptos::prelude::*;

pub(crate) use crate::identity::here::{Here, failed, here, page, staff, staff_page};
use crate::ui::{Icon, IconName};

/// Prints the page. It shows itself only where script can carry it out; without, the browser's own menu prints.
#[component]
pub(crate) fn PrintButton(#[prop(into)] text: String) -> impl IntoView {
    let nonce = leptos::nonce::use_nonce();
    view! {
        <button class="button button--secondary" type="button" data-print hidden>
            <Icon name=IconName::Print/><span>{text}</span>
        </button>
        <script nonce=nonce>{include_str!("print.js")}</script>
    }
}
