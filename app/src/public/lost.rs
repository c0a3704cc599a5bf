//! The pages of what is not there and of what broke. Neither says why: a hidden page and an absent one are the
//! same page. Both give one way on, and the broken one a reference to say on the telephone.

use http::StatusCode;
use leptos::prelude::*;

use crate::{
    i18n::common as t,
    request, routes,
    ui::{Actions, FallenCairn, LinkButton, PageHead},
};

/// 404, for an unknown path and for a row that this person may not see.
#[component]
pub fn NotFound() -> impl IntoView {
    request::status(StatusCode::NOT_FOUND);
    let l = request::page().locale;
    // It may stand within words of another language.
    view! {
        <div class="page" lang=l.code()>
            <div class="page-main">
                <PageHead title=t::not_found_title(l) lead=t::not_found_text(l)><FallenCairn/></PageHead>
                <Actions><LinkButton href=routes::FRONT text=t::to_front(l)/></Actions>
                <p><a href=routes::HELP>{t::to_help(l)}</a></p>
            </div>
        </div>
    }
}

/// 500. The reference is the one in the log, if the server provides a `Trace`.
#[component]
pub fn BrokenPage() -> impl IntoView {
    request::status(StatusCode::INTERNAL_SERVER_ERROR);
    let page = request::page();
    let l = page.locale;
    let reference = use_context::<request::Trace>().map(|trace| t::reference(l, trace.0));
    view! {
        <div class="page" lang=l.code()>
            <div class="page-main">
                <PageHead title=t::broken_title(l) lead=t::broken_text(l) note=reference><FallenCairn/></PageHead>
                <p>{t::broken_ring(l)}</p>
                <Actions><LinkButton href=page.path.clone() text=t::try_again(l)/></Actions>
                <p><a href=routes::HELP>{t::to_help(l)}</a></p>
            </div>
        </div>
    }
}

/// Logs what broke and shows the page of it. The error's own text never reaches the reader.
pub fn broken(error: &backend::error::Error) -> AnyView {
    tracing::error!(%error, "a page could not be made");
    let page = view! { <BrokenPage/> }.into_any();
    if error.passes() {
        request::status(StatusCode::SERVICE_UNAVAILABLE);
    }
    page
}
