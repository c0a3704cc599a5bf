//! The guest's page of a visit: the question, the visit once it is a yes, or what came of it.

use backend::{
    Result,
    visits::booking::joining::{self, Invitation, JoinedVisit},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::joining::Joining,
};
use leptos::prelude::*;

use super::{
    super::before::{self, Before},
    api::{ANSWER, LEAVE},
    words,
};
use crate::{
    i18n::{dates, visits_booking, visits_joining as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Details, Form, HiddenInput, Link, LinkButton, Notice,
        NoticeKind, PageGrid, PageHead, SummaryList,
    },
    visits::{Here, page},
};

#[component]
pub fn JoinedPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_joining", move |here| one(here, public))
}

async fn one(here: Here, public: String) -> Result<AnyView> {
    let found = match Public::<Invitation>::parse(&public) {
        Some(public) => joining::guest(&here.ctx, &here.who, &public).await?,
        None => None,
    };
    let Some(visit) = found else { return Ok(view! { <NotFound/> }.into_any()) };
    Ok(match visit.visit.state {
        Joining::Asked { until } if here.page.now < until && !visit.over => question(&here, &visit),
        Joining::Coming if visit.visit.is_booked => coming(&here, &visit),
        _ => over(here.locale(), &visit),
    })
}

fn back(l: Locale) -> Link {
    Link::new(routes::VISITS, visits_booking::back_visits(l))
}

fn question(here: &Here, visit: &JoinedVisit) -> AnyView {
    let (l, rows) = (here.locale(), words::question_rows(here.locale(), visit));
    let until = match visit.visit.state {
        Joining::Asked { until } => dates::date_time(l, until),
        _ => String::new(),
    };
    let busy = here.page.query("done").is_some_and(|done| done == "busy");
    let busy = busy.then(|| view! { <Notice kind=NoticeKind::Error title=t::busy(l)/> });
    let against = (!visit.against.is_empty()).then(|| {
        let lines = visit.against.iter().map(|r| view! { <li>{words::against(l, r)}</li> }).collect_view();
        view! { <Notice kind=NoticeKind::Warn title=t::against_title(l)><ul>{lines}</ul></Notice> }
    });
    let yes = visit.against.is_empty().then(|| view! { <Button text=t::yes(l) name="answer" value="yes"/> });
    let public = visit.visit.public.to_string();
    view! {
        <PageGrid aside=sees(l)>
            <PageHead title=t::question_title(l) lead=t::question_lead(l, until) back=back(l)/>
            {busy}
            {against}
            <SummaryList rows=rows/>
            <Form action=ANSWER>
                <HiddenInput name="public" value=public/>
                <Actions>
                    {yes}
                    <Button text=t::no(l) kind=ButtonKind::Secondary name="answer" value="no"/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

fn sees(l: Locale) -> AnyView {
    view! { <AsideBlock title=t::sees_title(l)><p>{t::guest_sees(l)}</p></AsideBlock> }.into_any()
}

fn coming(here: &Here, visit: &JoinedVisit) -> AnyView {
    let (l, v) = (here.locale(), &visit.visit);
    let done = here.page.query("done").is_some_and(|done| done == "coming");
    let done = done.then(|| view! { <Notice kind=NoticeKind::Done title=t::done_coming(l)/> });
    let (rows, public) = (words::visit_rows(l, visit), v.public.to_string());
    let leave = (!visit.over).then(|| {
        view! {
            <Details summary=t::leave_open(l)>
                <p>{t::leave_text(l)}</p>
                <Form action=LEAVE>
                    <HiddenInput name="public" value=public/>
                    <Actions><Button text=t::leave_button(l) kind=ButtonKind::Secondary/></Actions>
                </Form>
            </Details>
        }
    });
    let (aside, title) = (bring(here, visit), visits_booking::visit_title(l, &v.inmate_name));
    view! {
        <PageGrid aside=aside>
            <PageHead title=title tab=visits_booking::aside_visit(l)
                back=back(l)/>
            {done}
            <SummaryList rows=rows/>
            {leave}
        </PageGrid>
    }
    .into_any()
}

/// What is told to whoever booked, too.
fn bring(here: &Here, visit: &JoinedVisit) -> AnyView {
    let before = Before {
        slug: &visit.unit_slug,
        unit_name: &visit.visit.unit_name,
        travel: &visit.unit_travel,
        rules: visit.rules.as_ref(),
        texts: &visit.texts,
        write: None,
    };
    before::aside(here, &before)
}

/// Nothing can be answered any more.
fn over(l: Locale, visit: &JoinedVisit) -> AnyView {
    let ((title, text), rows) = (words::over(l, visit), words::question_rows(l, visit));
    view! {
        <PageGrid>
            <PageHead title=t::over_title(l) back=back(l)/>
            <Notice title=title><p>{text}</p></Notice>
            <SummaryList rows=rows/>
            <Actions>
                <LinkButton href=routes::VISITS text=visits_booking::back_visits(l) kind=ButtonKind::Secondary/>
            </Actions>
        </PageGrid>
    }
    .into_any()
}
