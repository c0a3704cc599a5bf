//! A visit that a colleague of the same organisation has booked: for whoever comes along, with the way to say that she cannot.

use backend::{
    Result,
    identity::contacts,
    visits::booking::{self, VisitView, counsel::company},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::Booking,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    before::{self, Before},
    off::called_off,
    visit::{back, buttons, facts, pass},
};
use crate::{
    error::WireError,
    forms::Row,
    i18n::{dates, visits_booking as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, Notice, NoticeKind, PageGrid,
        PageHead, SummaryList,
    },
    visits::{Here, failed, here},
};

type Done = std::result::Result<(), WireError>;

const LEAVE: &str = "my/organisations/visits/leave";

/// The names that its form sends.
pub const FORMS: &[Row] = &[(LEAVE, &["public"])];

/// A visit that is hers, or on which she comes along.
pub(in crate::visits) async fn own_or_along(here: &Here, public: &str) -> Result<Option<VisitView>> {
    match Public::<Booking>::parse(public) {
        Some(public) => booking::visit_or_along(&here.ctx, &here.who, &public).await,
        None => Ok(None),
    }
}

/// In place of the page of a visit of her own.
pub(super) async fn page(here: &Here, public: &str) -> Result<AnyView> {
    let Some(visit) = own_or_along(here, public).await? else { return taken_off(here, public).await };
    if let Some(cancelled) = visit.visit.cancelled {
        return Ok(called_off(here, &visit, cancelled, None));
    }
    let known = contacts::load(&here.ctx, &here.who.person).await?;
    Ok(whole(here, &visit, known.plain_words))
}

/// Whoever booked took her off it: that she reads, and nothing else of it.
async fn taken_off(here: &Here, public: &str) -> Result<AnyView> {
    let off = match Public::<Booking>::parse(public) {
        Some(public) => company::off(&here.ctx, &here.who, &public).await?,
        None => None,
    };
    let Some(off) = off else { return Ok(view! { <NotFound/> }.into_any()) };
    let l = here.locale();
    let (day, clock) = (dates::capital(&dates::with_year(l, off.date)), dates::clock(l, off.start));
    let text = t::along_off_text(l, day, clock, off.unit_name, dates::date_time(l, off.at));
    let back = Link::new(routes::VISITS, t::back_visits(l));
    Ok(view! {
        <PageGrid>
            <PageHead title=t::along_off_title(l) tab=t::aside_visit(l) lead=text back=back/>
        </PageGrid>
    }
    .into_any())
}

fn whole(here: &Here, visit: &VisitView, plain: bool) -> AnyView {
    let (l, v, now) = (here.locale(), &visit.visit, here.page.now);
    // At the gate a visit can begin before its time.
    let refused = here.page.query("refused").is_some();
    let refused = refused.then(|| {
        let text = t::visit_began(l, &v.unit_name, &visit.unit_phone);
        view! { <Notice kind=NoticeKind::Error title=text/> }
    });
    let pass = (now < v.ends_at && now.date() == v.date).then(|| pass(here, visit));
    let steps = (now < v.starts_at).then(|| {
        let (leave, text) = (routes::booking_cancel(&v.public), t::along_leave(l));
        let buttons = buttons(here, visit, ButtonKind::Secondary, plain);
        view! { {buttons}<p><a href=leave>{text}</a></p> }.into_any()
    });
    let (title, rows, aside) =
        (t::visit_title(l, &v.inmate_name), facts(l, visit), before::aside(here, &Before::of(visit, None)));
    let (back, lead) = (back(l, visit), t::along_lead(l));
    view! {
        <PageGrid aside=aside>
            <PageHead title=title tab=t::aside_visit(l) lead=lead back=back/>
            {refused}
            {pass}
            <SummaryList rows=rows/>
            {steps}
        </PageGrid>
    }
    .into_any()
}

/// In place of the question before a visit of her own is cancelled.
pub(super) async fn question(here: &Here, public: &str) -> Result<AnyView> {
    let Some(visit) = own_or_along(here, public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    if visit.visit.cancelled.is_some() || here.page.now >= visit.visit.starts_at {
        request::redirect(&routes::booking(&visit.visit.public));
        return Ok(().into_any());
    }
    Ok(ask(here.locale(), &visit))
}

fn ask(l: Locale, visit: &VisitView) -> AnyView {
    let v = &visit.visit;
    let (day, clock) = (dates::capital(&dates::long_date(l, v.date)), dates::clock(l, v.start));
    let lead = t::along_leave_lead(l, day, clock, &v.inmate_name, &v.unit_name);
    let (public, href) = (v.public.to_string(), routes::booking(&v.public));
    let back = Link::new(href.clone(), t::visit_title(l, &v.inmate_name));
    view! {
        <PageGrid>
            <PageHead title=t::along_leave_title(l) lead=lead back=back/>
            <Form action=format!("/api/{LEAVE}")>
                <HiddenInput name="public" value=public/>
                <Actions>
                    <Button text=t::along_leave_button(l)/>
                    <LinkButton href=href text=t::along_leave_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LeavePost {
    public: String,
}

/// Said twice it is the same: the list of her visits is what is left.
#[server(endpoint = "my/organisations/visits/leave")]
pub async fn leave_company(#[server(flatten)] form: LeavePost) -> Done {
    let here = here().ok_or_else(|| WireError::Hidden.answered())?;
    let public: Public<Booking> = Public::parse(&form.public).ok_or_else(|| WireError::Hidden.answered())?;
    match company::leave(&here.ctx, &here.who, &public).await.map_err(failed)? {
        Some(true) => request::redirect(&format!("{}?done=stepped_down", routes::VISITS)),
        Some(false) => request::redirect(&format!("{}?refused=too_late", routes::booking(&public))),
        None => request::redirect(routes::VISITS),
    }
    Ok(())
}
