//! What her pages share: of whom an address speaks, and what was kept of a form about him.

use backend::{
    Result,
    custody::inmates::Inmate,
    form_try,
    messages::counsel::{self, Counsel},
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use crate::{
    i18n::messages_counsel as t, identity::here::Here, messages::kept::Kept, request, ui::AsideBlock,
};

/// The client in the address, if her mandate for him stands. Opening is reading.
pub(super) async fn own(here: &Here) -> Result<Option<(Public<Inmate>, Counsel)>> {
    let named = request::param("public").and_then(|public| Public::parse(&public));
    let Some(inmate) = named else { return Ok(None) };
    let found = counsel::counsel(&here.ctx, &here.who, &inmate).await?;
    Ok(found.map(|found| (inmate, found)))
}

/// The form behind `?try=`, if it is hers and about him.
pub(super) async fn tried(here: &Here, form: &'static str, inmate: &Public<Inmate>) -> Result<Option<Kept>> {
    let Some(key) = here.page.query("try") else { return Ok(None) };
    let kept = form_try::find(&here.ctx, &here.actor(), form, &key).await?.map(Kept::of);
    Ok(kept.filter(|kept| kept.is_about(inmate)))
}

/// What keeps it from others today, and what does not yet.
pub(crate) fn protection(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::safe_title(l)>
            <p>{t::safe_staff(l)}</p>
            <p>{t::safe_not_yet(l)}</p>
            <p>{t::safe_log(l)}</p>
        </AsideBlock>
    }
    .into_any()
}
