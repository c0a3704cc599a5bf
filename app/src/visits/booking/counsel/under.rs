//! A room that a delegate's lawyer has, as he sees it: when, where, with whom; another time for it, or taking it back. Her pass, her
//! messages and her calendar are hers.

use backend::{
    Result,
    custody::inmates::Inmate,
    identity::delegates::{Acting, DelegationMark, Right},
    visits::booking::{Cancellation, VisitView, counsel},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::Booking,
};
use leptos::prelude::*;

use super::{
    super::{
        api::{action, refused},
        cancel::question,
        visit::{facts, refusal_words},
        words::told_reason,
    },
    api::CANCEL,
    bringing,
    side::{Side, rooms},
};
use crate::{
    i18n::{dates, visits_booking, visits_counsel as t},
    public::NotFound,
    request, routes,
    ui::{Actions, ButtonKind, LinkButton, Notice, NoticeKind, PageGrid, PageHead, SummaryList, SummaryRow},
    visits::{Here, page},
};

type Under = Public<DelegationMark>;

/// Under which delegation, and which booking.
fn named() -> Option<(Under, Public<Booking>)> {
    let param = |name| request::param(name).unwrap_or_default();
    Public::parse(&param("public")).zip(Public::parse(&param("visit")))
}

#[component]
pub fn UnderPage() -> impl IntoView {
    let named = named();
    page("visits_counsel", move |here| async move {
        match found(&here, named).await? {
            Some(found) => {
                let brings = bringing::section(&here, &found.visit, &found.side.acting).await?;
                Ok(whole(&here, &found, brings))
            }
            None => Ok(view! { <NotFound/> }.into_any()),
        }
    })
}

#[component]
pub fn UnderCancelPage() -> impl IntoView {
    let named = named();
    page("visits_booking", move |here| async move {
        match found(&here, named).await? {
            Some(found) if is_ahead(&here, &found.visit) => Ok(ask(&here, &found)),
            Some(found) => {
                request::redirect(&routes::my_lawyer_visit(&found.under, &found.visit.visit.public));
                Ok(().into_any())
            }
            None => Ok(view! { <NotFound/> }.into_any()),
        }
    })
}

struct Found {
    under: Under,
    side: Side,
    inmate: Public<Inmate>,
    visit: VisitView,
}

async fn found(here: &Here, named: Option<(Under, Public<Booking>)>) -> Result<Option<Found>> {
    let Some((under, booking)) = named else { return Ok(None) };
    let acting = Acting::under(&here.who, under.clone());
    let Some(side) = Side::under(here, under.clone()).await? else { return Ok(None) };
    let found = counsel::visit_under(&here.ctx, &acting, &booking).await?;
    Ok(found.map(|(inmate, visit)| Found { under, side, inmate, visit }))
}

fn is_ahead(here: &Here, visit: &VisitView) -> bool {
    visit.visit.cancelled.is_none() && here.page.now < visit.visit.starts_at
}

fn ask(here: &Here, found: &Found) -> AnyView {
    let back = routes::my_lawyer_visit(&found.under, &found.visit.visit.public);
    question(here, &found.visit, back, action(CANCEL), Some(found.under.to_string()))
}

fn whole(here: &Here, found: &Found, brings: Option<AnyView>) -> AnyView {
    let (l, v) = (here.locale(), &found.visit.visit);
    let words = visits_booking::lang(here.page.locale);
    let booked = here.page.query("done").is_some_and(|done| done == "booked") && v.cancelled.is_none();
    let lawyer = found.side.lawyer.clone().unwrap_or_default();
    let done = booked.then(|| {
        let text = t::under_booked_text(l, &lawyer);
        view! { <Notice kind=NoticeKind::Done title=t::under_booked(l)><p>{text}</p></Notice> }
    });
    let off = v.cancelled.map(|cancelled| off(l, &found.visit, cancelled));
    let why = refused(here.page.query("refused")).map(|why| {
        let text = refusal_words(words, why, &found.visit);
        view! { <Notice kind=NoticeKind::Error title=text/> }
    });
    let mut rows = vec![SummaryRow::new(t::fact_client(l), &v.inmate_name)];
    rows.extend(facts(words, &found.visit));
    let steps = is_ahead(here, &found.visit).then(|| steps(l, found));
    let title = t::under_title(l, dates::long_date(l, v.date), dates::clock(l, v.start));
    let back = found.side.back(l);
    view! {
        <PageGrid>
            <PageHead title=title tab=t::tab(l) back=back/>
            {done}
            {why}
            {off}
            <SummaryList rows=rows/>
            {brings}
            {steps}
        </PageGrid>
    }
    .into_any()
}

fn off(l: Locale, visit: &VisitView, cancelled: Cancellation) -> AnyView {
    let (at, words) = (dates::date_time(l, cancelled.at), visits_booking::lang(l));
    let (who, why) = match cancelled.by_unit {
        None => (t::under_off(l, at), None),
        Some(reason) => {
            let who = visits_booking::cancelled_unit(words, &visit.visit.unit_name, at);
            (who, Some(told_reason(words, reason)))
        }
    };
    let why = why.map(|text| view! { <p>{text}</p> });
    view! { <Notice kind=NoticeKind::Warn title=t::under_off_title(l)><p>{who}</p>{why}</Notice> }.into_any()
}

fn steps(l: Locale, found: &Found) -> AnyView {
    let booking = &found.visit.visit.public;
    let other = rooms(&Right::Delegated(found.under.clone()), &found.inmate, Some(booking));
    let cancel = routes::my_lawyer_cancel(&found.under, booking);
    view! {
        <Actions>
            <LinkButton href=other text=t::under_move(l) kind=ButtonKind::Secondary/>
            <LinkButton href=cancel text=t::under_cancel(l) kind=ButtonKind::Quiet/>
        </Actions>
    }
    .into_any()
}
