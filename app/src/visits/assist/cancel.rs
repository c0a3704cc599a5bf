//! The question before a visit is cancelled for her.

use backend::{
    Result,
    visits::{
        assisted::{self, Contact},
        booking::VisitView,
    },
};
use domain::{kernel::Public, visits::booking::Booking};
use leptos::prelude::*;

use super::{
    api::CANCEL,
    parts::{self, Desk},
};
use crate::{
    i18n::{dates, visits_assist as t},
    request, routes,
    ui::{Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead},
};

#[component]
pub fn CancelPage() -> impl IntoView {
    let visit = request::param("visit").and_then(|id| Public::<Booking>::parse(&id));
    parts::contact_page(|desk, contact| async move {
        let Some(visit) = visit else { return Ok(None) };
        let Some(visit) = assisted::visit(&desk.ctx, &contact, &visit).await? else { return Ok(None) };
        question(&desk, &contact, &visit).map(Some)
    })
}

fn question(desk: &Desk, contact: &Contact, visit: &VisitView) -> Result<AnyView> {
    let (l, v, back) = (desk.l, &visit.visit, routes::staff_assist(&contact.public));
    if v.cancelled.is_some() || desk.page.now >= v.starts_at {
        request::redirect(&format!("{back}?done=moved_on"));
        return Ok(().into_any());
    }
    let day = dates::capital(&dates::long_date(l, v.date));
    let lead = t::cancel_lead(l, day, dates::clock(l, v.start), &v.inmate_name, &v.unit_name);
    let (id, public, version) = (contact.public.to_string(), v.public.to_string(), visit.version.to_string());
    let to = Link::new(back.clone(), contact.name.clone());
    Ok(view! {
        <PageGrid>
            <PageHead title=t::cancel_title(l) lead=lead back=to/>
            <Form action=format!("/api/{CANCEL}")>
                <HiddenInput name="contact" value=id/>
                <HiddenInput name="public" value=public/>
                <HiddenInput name="version" value=version/>
                <Actions>
                    <Button text=t::cancel_button(l)/>
                    <LinkButton href=back text=t::cancel_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any())
}
