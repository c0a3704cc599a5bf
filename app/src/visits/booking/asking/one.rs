//! What she has asked for: until when she is answered, what became of it, and the question before she takes it back.

use backend::{
    Result,
    identity::contacts,
    visits::booking::request::{self as asking, RequestView},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::request::{RequestEnd, VisitRequest},
};
use leptos::prelude::*;

use super::{super::words::from_to, api::WITHDRAW, words};
use crate::{
    i18n::{dates, visits_booking, visits_request as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, Notice, NoticeKind,
        PageGrid, PageHead, SummaryList, SummaryRow, TrackStep, Tracker,
    },
    visits::{Here, page},
};

#[component]
pub fn RequestPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_request", move |here| one(here, public))
}

#[component]
pub fn WithdrawPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_request", move |here| ask(here, public))
}

async fn own(here: &Here, public: &str) -> Result<Option<RequestView>> {
    match Public::<VisitRequest>::parse(public) {
        Some(public) => asking::request(&here.ctx, &here.who, &public).await,
        None => Ok(None),
    }
}

async fn one(here: Here, public: String) -> Result<AnyView> {
    let Some(view) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let l = here.locale();
    if let Some((how, _)) = view.request.ended {
        return Ok(ended(l, &view, how));
    }
    let known = contacts::load(&here.ctx, &here.who.person).await?;
    let email = known.confirmed_email().map(|address| address.masked());
    Ok(open(&here, &view, email))
}

fn rows(l: Locale, view: &RequestView) -> Vec<SummaryRow> {
    use visits_booking as b;
    let one = &view.request;
    let date = dates::capital(&dates::with_year(l, one.date));
    let when = format!("{date}\n{}", from_to(l, one.start, one.end));
    vec![
        SummaryRow::new(b::fact_when(l), when),
        SummaryRow::new(b::fact_whom(l), &one.inmate_name),
        SummaryRow::new(b::fact_where(l), format!("{}\n{}", one.unit_name, one.room)).lang("nb"),
        SummaryRow::new(b::fact_who(l), words::people(l, &view.people, one.date)),
        SummaryRow::new(b::fact_reference(l), one.reference.to_string()),
        SummaryRow::new(t::fact_asked(l), dates::date_time_with_year(l, one.asked_at)),
    ]
}

fn open(here: &Here, view: &RequestView, email: Option<String>) -> AnyView {
    let (l, one) = (here.locale(), &view.request);
    let (rows, withdraw) = (rows(l, view), routes::visit_request_withdraw(&one.public));
    let by = dates::date_time(l, one.expires_at);
    let (title, lead) = if here.page.query("done").is_some() {
        (t::sent_title(l), t::sent_lead(l, &by))
    } else {
        (t::one_title(l), t::one_lead(l, &by))
    };
    let told = email.map_or_else(|| t::next_answer_here(l), |email| t::next_answer_email(l, email));
    let steps = vec![
        TrackStep::here(t::next_look(l), t::next_now(l)).text(t::next_look_text(l)),
        TrackStep::ahead(t::next_answer(l, by)).text(told),
        TrackStep::ahead(t::next_silence(l)).text(t::next_silence_text(l)),
    ];
    let ring = t::aside_text(l, &one.unit_name, &one.unit_phone);
    let aside = view! { <AsideBlock title=t::aside_title(l)><p>{ring}</p></AsideBlock> };
    view! {
        <PageGrid aside=aside.into_any()>
            <PageHead title=title lead=lead back=Link::new(routes::VISITS, t::back_visits(l))/>
            <SummaryList rows=rows/>
            <h2>{t::next_title(l)}</h2>
            <Tracker label=t::next_title(l) steps=steps/>
            <p><a href=withdraw>{t::withdraw_link(l)}</a></p>
        </PageGrid>
    }
    .into_any()
}

fn ended(l: Locale, view: &RequestView, how: RequestEnd) -> AnyView {
    let (title, text) = words::ended(l, how);
    let kind = match how {
        RequestEnd::Approved => NoticeKind::Done,
        RequestEnd::Withdrawn => NoticeKind::Info,
        _ => NoticeKind::Warn,
    };
    let (href, on) = match &view.request.booking {
        Some(booking) => (routes::booking(booking), t::to_visit(l)),
        None => (format!("{}?inmate={}", routes::BOOK, view.request.inmate), t::again(l)),
    };
    let basis = view.legal_basis.as_ref().map(|basis| SummaryRow::new(t::fact_basis(l), basis).lang("nb"));
    let complain = basis.is_some().then(|| {
        let r = &view.request;
        let text = t::complain(l, &r.unit_name, r.reference.to_string(), &r.unit_phone);
        view! { <p>{text}</p> }
    });
    let rows: Vec<SummaryRow> = rows(l, view).into_iter().chain(basis).collect();
    view! {
        <PageGrid>
            <PageHead title=t::one_title(l) back=Link::new(routes::VISITS, t::back_visits(l))/>
            <Notice kind=kind title=title><p>{text}</p>{complain}</Notice>
            <SummaryList rows=rows/>
            <Actions><LinkButton href=href text=on kind=ButtonKind::Secondary/></Actions>
        </PageGrid>
    }
    .into_any()
}

async fn ask(here: Here, public: String) -> Result<AnyView> {
    let Some(view) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let (l, one) = (here.locale(), &view.request);
    let back = routes::visit_request(&one.public);
    if one.ended.is_some() {
        request::redirect(&back);
        return Ok(().into_any());
    }
    let (rows, public) = (rows(l, &view), one.public.to_string());
    Ok(view! {
        <PageGrid>
            <PageHead title=t::withdraw_title(l) lead=t::withdraw_lead(l)
                back=Link::new(back.clone(), t::one_title(l))/>
            <SummaryList rows=rows/>
            <Form action=WITHDRAW>
                <HiddenInput name="public" value=public/>
                <Actions>
                    <Button text=t::withdraw_yes(l)/>
                    <LinkButton href=back text=t::withdraw_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any())
}
