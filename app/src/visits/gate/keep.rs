//! "Keep on this phone": the pass can be shown without a line. Only who asks for it has anything kept; without script the pass is a
//! page like others, and a paper.

use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use crate::i18n::visits_gate as t;

/// Shown by its script, where a browser can keep it. `until`: the end of the visit; after it nothing is kept.
pub(super) fn keep(l: Locale, until: Instant) -> AnyView {
    let nonce = leptos::nonce::use_nonce();
    let millis = (until.micros() / 1_000).to_string();
    view! {
        <div class="stack" data-keep data-until=millis data-kept=t::pass_kept(l) hidden>
            <p class="small muted">{t::pass_keep_text(l)}</p>
            <div class="actions">
                <button class="button button--secondary" type="button">{t::pass_keep(l)}</button>
                <button class="button button--quiet" type="button" hidden>{t::pass_drop(l)}</button>
            </div>
            <p role="status"></p>
        </div>
        <script nonce=nonce>{include_str!("keep.js")}</script>
    }
    .into_any()
}
