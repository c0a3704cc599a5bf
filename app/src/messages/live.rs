//! A page that hears when there is something new in what it shows. Without script there is nothing of it, and loading the page
//! anew shows what is new.

use leptos::prelude::*;

use crate::{
    request,
    ui::{Notice, NoticeKind},
};

/// Stands where words may come: a screen reader reads them when they do.
#[component]
pub(super) fn Live(
    /// Where the page of what is open stands.
    path: String,
    /// What the page was made with.
    mark: i64,
    /// That there is something new.
    title: String,
    /// The link that shows it.
    show: String,
) -> impl IntoView {
    let (page, nonce) = (request::page(), leptos::nonce::use_nonce());
    let ready = !page.assets.live.is_empty();
    ready.then(|| {
        let script = format!("/pkg/{}", page.assets.live);
        let address = format!("{path}/live?seen={mark}");
        view! {
            <div class="live no-print" role="status" data-live=address>
                <template><Notice kind=NoticeKind::Now title=title><p><a href=path>{show}</a></p></Notice></template>
            </div>
            <script type="module" nonce=nonce src=script></script>
        }
    })
}
