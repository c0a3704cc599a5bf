//! The question before a visit is cancelled.

use backend::{Result, visits::booking::VisitView};
use leptos::prelude::*;

use super::{along, api::CANCEL, visit::own};
use crate::{
    i18n::{dates, visits_booking as t},
    request, routes,
    ui::{Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead},
    visits::{Here, page},
};

#[component]
pub fn CancelPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_booking", move |here| ask(here, public))
}

async fn ask(here: Here, public: String) -> Result<AnyView> {
    let Some(visit) = own(&here, &public).await? else { return along::question(&here, &public).await };
    if visit.visit.cancelled.is_some() || here.page.now >= visit.visit.starts_at {
        request::redirect(&routes::booking(&visit.visit.public));
        return Ok(().into_any());
    }
    let back = routes::booking(&visit.visit.public);
    Ok(question(&here, &visit, back, CANCEL.to_owned(), None))
}

/// `under`: the delegation under which it is somebody else's to cancel too.
pub(super) fn question(
    here: &Here,
    visit: &VisitView,
    back: String,
    action: String,
    under: Option<String>,
) -> AnyView {
    let (l, v) = (here.locale(), &visit.visit);
    let under = under.map(|under| view! { <HiddenInput name="delegation" value=under/> });
    let day = dates::capital(&dates::long_date(l, v.date));
    let lead = t::cancel_lead(l, day, dates::clock(l, v.start), &v.inmate_name, &v.unit_name);
    let inmate = t::visit_title(l, &v.inmate_name);
    let (public, version) = (v.public.to_string(), visit.version.to_string());
    view! {
        <PageGrid>
            <PageHead title=t::cancel_title(l) lead=lead back=Link::new(back.clone(), inmate)/>
            <Form action=action>
                {under}
                <HiddenInput name="public" value=public/>
                <HiddenInput name="version" value=version/>
                <Actions>
                    <Button text=t::visit_cancel(l)/>
                    <LinkButton href=back text=t::cancel_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
