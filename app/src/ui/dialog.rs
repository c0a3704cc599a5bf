//! What opens in place: details, and a dialog that is a part of the page's address.
//! Neither needs script.
use leptos::prelude::*;

use super::text::Link;

/// A summary that opens to more.
#[component]
pub fn Details(
    /// The words that open it.
    #[prop(into)]
    summary: String,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="details" open=open>
            <summary class="details-summary">{summary}</summary>
            <div class="details-body">{children()}</div>
        </details>
    }
}

/// A question above everything else. It is open because the address says so; closing it is a link
/// back, so it works without script and survives a reload.
#[component]
pub fn Dialog(
    /// Id of the dialog.
    #[prop(into)]
    id: String,
    /// What it asks.
    #[prop(into)]
    title: String,
    /// The way out without doing anything.
    close: Link,
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    view! {
        <dialog class="dialog" id=id open=true aria-labelledby=title_id.clone()>
            <h2 id=title_id.clone() tabindex="-1" autofocus="autofocus">{title}</h2>
            {children()}
            <p><a class="button button--quiet" href=close.href>{close.text}</a></p>
        </dialog>
    }
}
