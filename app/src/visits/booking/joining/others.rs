//! Whom whoever booked has asked: the code to pass on, and whether they can come. Never who they are.

use backend::{
    Result,
    visits::booking::{
        VisitView,
        joining::{self, FormKey, Guest, Others},
    },
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{Booking, SessionKind, joining::Told},
};
use leptos::prelude::*;

use super::{
    super::{counsel, visit::own},
    api::{ASK, UNASK},
    words,
};
use crate::{
    i18n::{dates, visits_booking, visits_joining as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Form, HiddenInput, Link, Notice, NoticeKind, PageGrid,
        PageHead, SummaryList, SummaryRow,
    },
    visits::{Here, page},
};

#[component]
pub fn OthersPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_joining", move |here| one(here, public))
}

/// On the page of a visit that is ahead. A lawyer comes with nobody, and a screen has its own guests.
pub(in crate::visits::booking) fn link(l: Locale, visit: &VisitView) -> Option<AnyView> {
    let href = routes::booking_others(&visit.visit.public);
    let ours = !matches!(visit.kind, SessionKind::Lawyer | SessionKind::Video);
    ours.then(|| view! { <p><a href=href>{t::others_link(l)}</a></p> }.into_any())
}

async fn one(here: Here, public: String) -> Result<AnyView> {
    let Some(visit) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    if visit.organisation.is_some() {
        return counsel::others::page(&here, &visit).await;
    }
    let booking = visit.visit.public.clone();
    let others = joining::others(&here.ctx, &here.who, &booking).await?;
    let Some(others) = others.filter(|_| visit.kind != SessionKind::Video) else {
        return Ok(view! { <NotFound/> }.into_any());
    };
    Ok(whole(&here, &visit, &others))
}

fn whole(here: &Here, visit: &VisitView, others: &Others) -> AnyView {
    let (l, v) = (here.locale(), &visit.visit);
    let back = Link::new(routes::booking(&v.public), visits_booking::visit_title(l, &v.inmate_name));
    let day = dates::capital(&dates::long_date(l, v.date));
    let lead = t::others_lead(l, day, dates::clock(l, v.start));
    let guests =
        others.guests.iter().enumerate().map(|(n, guest)| one_guest(here, visit, others.open, n, guest));
    let (guests, told, ask) = (guests.collect_view(), told(here), ask(here, &v.public, others));
    view! {
        <PageGrid aside=aside(l)>
            <PageHead title=t::others_title(l) lead=lead back=back/>
            {told}
            {guests}
            {ask}
        </PageGrid>
    }
    .into_any()
}

/// What was just done, or why not.
fn told(here: &Here) -> Option<AnyView> {
    let l = here.locale();
    let refused = here.page.query("refused").and_then(|code| words::refused(l, &code));
    if let Some(title) = refused {
        return Some(view! { <Notice kind=NoticeKind::Error title=title/> }.into_any());
    }
    let title = match here.page.query("done").as_deref() {
        Some("asked") => t::done_asked(l),
        Some("taken_back") => t::done_taken_back(l),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=title/> }.into_any())
}

fn one_guest(here: &Here, visit: &VisitView, open: bool, n: usize, guest: &Guest) -> AnyView {
    let l = here.locale();
    let number = i64::try_from(n + 1).unwrap_or_default();
    let address = format!("{}{}", here.ctx.settings.server.base_url, routes::JOIN);
    let mut rows = vec![SummaryRow::new(t::fact_answer(l), words::told(l, guest.told))];
    if let Some(code) = guest.code.as_ref().filter(|_| open) {
        let code = code.shown();
        rows.push(SummaryRow::view(
            t::fact_address(l),
            view! { <span class="wire wire--long">{address}</span> },
        ));
        rows.push(SummaryRow::view(t::fact_code(l), view! { <strong class="wire">{code}</strong> }));
    }
    let (booking, public) = (visit.visit.public.to_string(), guest.public.to_string());
    let button = match guest.told {
        Told::CanCome => t::unask_coming(l, number),
        _ => t::unask(l, number),
    };
    let end = (open && guest.told != Told::CannotCome).then(|| {
        view! {
            <Form action=UNASK>
                <HiddenInput name="public" value=public/>
                <HiddenInput name="booking" value=booking/>
                <Actions><Button text=button kind=ButtonKind::Quiet/></Actions>
            </Form>
        }
    });
    view! {
        <section class="section-rule stack">
            <h2>{t::guest_title(l, number)}</h2>
            <SummaryList rows=rows/>
            {end}
        </section>
    }
    .into_any()
}

fn ask(here: &Here, booking: &Public<Booking>, others: &Others) -> AnyView {
    let l = here.locale();
    let until = match others.may_ask {
        Ok(until) => until,
        Err(refusal) => return view! { <Notice title=words::refusal(l, refusal)/> }.into_any(),
    };
    let key: FormKey = here.ctx.chance.public();
    let (booking, key, text) =
        (booking.to_string(), key.to_string(), t::ask_text(l, dates::date_time(l, until)));
    view! {
        <section class="section-rule stack">
            <h2>{t::ask_title(l)}</h2>
            <p>{text}</p>
            <Form action=ASK>
                <HiddenInput name="public" value=booking/>
                <HiddenInput name="key" value=key/>
                <Actions><Button text=t::ask_button(l)/></Actions>
            </Form>
        </section>
    }
    .into_any()
}

fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::how_title(l)>
            <p>{t::how_text(l)}</p>
            <p>{t::how_moved(l)}</p>
        </AsideBlock>
        <AsideBlock title=t::sees_title(l)><p>{t::sees_text(l)}</p></AsideBlock>
    }
    .into_any()
}
