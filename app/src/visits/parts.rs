//! What pages about visits share with each other.

use std::sync::Arc;

use std::future::Future;

use backend::{
    Result,
    ctx::{Ctx, Staff},
};
use domain::{access::Area, kernel::Locale};
use leptos::prelude::*;

pub(crate) use crate::identity::here::{Here, failed, here, page};
use crate::{
    identity::require,
    public::{NotFound, broken},
    request::{self, Page},
    ui::{Icon, IconName},
};

/// The signed-in member of staff, and the context to ask in; otherwise the answer has become the way to the sign-in
/// page.
pub(crate) fn staff() -> Option<(Ctx, Staff, Arc<Page>)> {
    let signed_in = require(Area::Staff);
    let page = request::page();
    let who = page.actor.staff().filter(|_| signed_in)?.clone();
    Some((use_context::<Ctx>()?, who, page))
}

/// A page of staff, read in one piece, its words in this language. `None`: it is not there for this person.
///
/// The future itself stands in the boundary, not a closure that makes it: the renderer calls a closure several
/// times, and every look would be logged as often.
pub(crate) fn staff_page(
    l: Locale,
    made: impl Future<Output = Result<Option<AnyView>>> + Send + 'static,
) -> impl IntoView {
    let made = Suspend::new(async move {
        match made.await {
            Ok(Some(view)) => view! { <div lang=l.code()>{view}</div> }.into_any(),
            Ok(None) => view! { <NotFound/> }.into_any(),
            Err(error) => broken(&error),
        }
    });
    view! { <Suspense>{made}</Suspense> }
}

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
