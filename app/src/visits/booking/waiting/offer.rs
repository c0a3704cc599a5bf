//! A time that is offered: how long it stands, a yes that books, and the way to say no.

use backend::{
    Result,
    visits::booking::waiting::{self, OfferView},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::waiting::Offered,
};
use leptos::prelude::*;

use super::{
    super::{told::Again, words as booking_words},
    api::{ACCEPT, DECLINE, LEAVE, action},
    words,
};
use crate::{
    i18n::{visits_booking, visits_waiting as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, ErrorSummary, FieldError, Form, HiddenInput, Link, LinkButton, Notice,
        NoticeKind, PageGrid, PageHead, SummaryList,
    },
    visits::{Here, page},
};

#[component]
pub fn OfferPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_waiting", move |here| one(here, public))
}

#[component]
pub fn DeclinePage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_waiting", move |here| ask(here, public))
}

async fn own(here: &Here, public: &str) -> Result<Option<OfferView>> {
    match Public::<Offered>::parse(public) {
        Some(public) => waiting::offer(&here.ctx, &here.who, &public).await,
        None => Ok(None),
    }
}

async fn one(here: Here, public: String) -> Result<AnyView> {
    let Some(view) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    if let Some(booking) = &view.offer.booking {
        request::redirect(&routes::booking(booking));
        return Ok(().into_any());
    }
    let l = here.locale();
    let again = Again::of(&here, ACCEPT).await?;
    let errors: Vec<FieldError> = again
        .told
        .iter()
        .map(|told| FieldError::new("offer", booking_words::told(l, told, &view.of.people)))
        .collect();
    let stands = view.offer.stands(here.page.now);
    Ok(if stands { open(l, &view, errors) } else { over(l, &view, errors) })
}

fn back(l: Locale, view: &OfferView) -> Link {
    Link::new(routes::wait(&view.of.wait.public), t::wait_title(l, &view.of.wait.inmate_name))
}

fn open(l: Locale, view: &OfferView, errors: Vec<FieldError>) -> AnyView {
    let (offer, title) = (&view.offer, t::offer_title(l));
    let tab = booking_words::tab(l, &errors, &title);
    let (rows, back) = (words::offer_rows(l, offer, &view.of), back(l, view));
    let (public, no) = (offer.public.to_string(), routes::offer_decline(&offer.public));
    let until = words::answer_by(l, offer);
    view! {
        <PageGrid>
            <ErrorSummary title=visits_booking::refused_book(l) errors=errors/>
            <PageHead title=title tab=tab back=back/>
            <Notice kind=NoticeKind::Now title=until><p>{t::offer_text(l)}</p></Notice>
            <div id="offer" tabindex="-1"><SummaryList rows=rows/></div>
            <Form action=action(ACCEPT)>
                <HiddenInput name="public" value=public/>
                <Actions>
                    <Button text=t::offer_yes(l)/>
                    <LinkButton href=no text=t::offer_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

/// It can be answered no more: what came of it, and the way on.
fn over(l: Locale, view: &OfferView, errors: Vec<FieldError>) -> AnyView {
    let (offer, wait, title) = (&view.offer, &view.of.wait, t::offer_title(l));
    let tab = booking_words::tab(l, &errors, &title);
    let (rows, back) = (words::offer_rows(l, offer, &view.of), back(l, view));
    let (still, what) = (wait.ended.is_none(), words::over(l, offer.state));
    let text = if still { t::over_still(l) } else { t::over_not(l) };
    let (href, on) = if still {
        (routes::wait(&wait.public), t::over_to_wait(l))
    } else {
        (format!("{}?inmate={}", routes::BOOK, wait.inmate), t::again(l))
    };
    view! {
        <PageGrid>
            <ErrorSummary title=visits_booking::refused_book(l) errors=errors/>
            <PageHead title=title tab=tab back=back/>
            <Notice kind=NoticeKind::Warn title=what><p>{text}</p></Notice>
            <div id="offer" tabindex="-1"><SummaryList rows=rows/></div>
            <Actions><LinkButton href=href text=on kind=ButtonKind::Secondary/></Actions>
        </PageGrid>
    }
    .into_any()
}

async fn ask(here: Here, public: String) -> Result<AnyView> {
    let Some(view) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let (l, offer) = (here.locale(), &view.offer);
    let back = routes::offer(&offer.public);
    if !offer.stands(here.page.now) {
        request::redirect(&back);
        return Ok(().into_any());
    }
    let (public, rows) = (offer.public.to_string(), words::offer_rows(l, offer, &view.of));
    Ok(view! {
        <PageGrid>
            <PageHead title=t::decline_title(l) lead=t::decline_lead(l) back=Link::new(back, t::offer_title(l))/>
            <SummaryList rows=rows/>
            <Form action=DECLINE>
                <HiddenInput name="public" value=public/>
                <Actions>
                    <Button text=t::decline_stay(l)/>
                    <Button text=t::decline_leave(l) kind=ButtonKind::Secondary formaction=LEAVE/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any())
}
