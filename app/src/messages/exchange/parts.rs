//! What every page and every post of her letters begins with: who asks, about whom, and what was kept of a form.

use backend::{
    Result,
    custody::inmates::Inmate,
    form_try,
    messages::exchange::{self, Exchange},
};
use domain::kernel::Public;
use leptos::prelude::*;

use crate::{
    error::WireError,
    identity::here::{Here, failed},
    messages::kept::Kept,
    request, routes,
    ui::PageGrid,
};

/// What a post comes to: it has led on, or it is not there.
pub(super) type Done = std::result::Result<(), WireError>;

/// Of whom the address speaks; what is no id at all is nobody.
pub(super) fn named() -> Option<Public<Inmate>> {
    Public::parse(&request::param("public")?)
}

/// The exchange in the address, if it is hers. None of its letters is read by that.
pub(super) async fn own(here: &Here) -> Result<Option<Exchange>> {
    match named() {
        Some(inmate) => exchange::peek(&here.ctx, &here.who, &inmate).await,
        None => Ok(None),
    }
}

/// The same on a page that shows its letters: what is new is read by that.
pub(super) async fn opened(here: &Here) -> Result<Option<Exchange>> {
    match named() {
        Some(inmate) => exchange::exchange(&here.ctx, &here.who, &inmate).await,
        None => Ok(None),
    }
}

/// The form behind `?try=`, if it is hers.
pub(super) async fn tried(here: &Here, form: &'static str) -> Result<Option<Kept>> {
    let Some(key) = here.page.query("try") else { return Ok(None) };
    Ok(form_try::find(&here.ctx, &here.actor(), form, &key).await?.map(Kept::of))
}

/// The same, if it is about this inmate.
pub(super) async fn tried_of(
    here: &Here,
    form: &'static str,
    inmate: &Public<Inmate>,
) -> Result<Option<Kept>> {
    Ok(tried(here, form).await?.filter(|kept| kept.is_about(inmate)))
}

/// Leads to `path` with what was typed, or with what was done.
pub(super) async fn lead(here: &Here, form: &'static str, kept: Kept, path: &str) -> Done {
    let key = form_try::keep(&here.ctx, &here.actor(), form, kept.kept()).await.map_err(failed)?;
    request::redirect(&routes::with_try(path, &key));
    Ok(())
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}

/// The plan of a page; without an aside there is no empty column.
pub(super) fn grid(aside: Option<AnyView>, body: AnyView) -> AnyView {
    match aside {
        Some(aside) => view! { <PageGrid aside=aside>{body}</PageGrid> }.into_any(),
        None => view! { <PageGrid>{body}</PageGrid> }.into_any(),
    }
}
