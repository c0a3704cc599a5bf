//! Marks made where there is no line: kept in this browser without a name, for this member of staff alone, and sent later, once. What
//! is not taken then is shown with the way to its visit. Without script a mark is a form like others.

use leptos::prelude::*;

use super::{
    api::{MARK, action},
    parts::Desk,
};
use crate::i18n::visits_gate as t;

/// Under which her marks are kept, and sent with each: who she is stands in no browser.
pub(super) fn whose(desk: &Desk) -> String {
    let whose = desk.ctx.vault.fingerprint("gate_marks", desk.who.staff.as_str());
    let whose: String = whose.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("varde-gate-{whose}")
}

/// Shown by its script when there is something that has not been sent.
pub(super) fn unsent(desk: &Desk) -> AnyView {
    let (l, nonce) = (desk.l, leptos::nonce::use_nonce());
    view! {
        <div class="notice notice--warn no-print" data-unsent hidden data-action=action(MARK)
            data-store=whose(desk) data-choose=t::unsent_choose(l) data-waits=t::unsent_waits(l, "{n}") data-again=t::unsent_sign_in(l, "{n}")
            data-sent=t::unsent_one(l, "{what}", "{clock}") data-refused=t::unsent_refused(l)>
            <p role="status"></p>
            <ul></ul>
            <div class="actions">
                <button class="button button--secondary" type="button" hidden>{t::unsent_now(l)}</button>
                <button class="button button--quiet" type="button" hidden>{t::unsent_drop(l)}</button>
            </div>
        </div>
        <script type="module" nonce=nonce>{include_str!("offline.js")}</script>
    }
    .into_any()
}
