//! Where it stands, and what she can do next. Before it is confirmed the page is the same for whoever was found and for nobody.

use backend::identity::appointed::{self, Mine};
use domain::{
    identity::{Declared, DeclaredState},
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use super::{api::WITHDRAW, words};
use crate::{
    i18n::{dates, messages_appointed as t},
    identity::here::{Here, page},
    public::NotFound,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, Notice, NoticeKind, PageGrid,
        PageHead, SummaryList, SummaryRow,
    },
};

#[component]
pub fn ShowPage() -> impl IntoView {
    let id = request::param("public").and_then(|id| Public::parse(&id));
    page("messages_appointed", move |here| async move {
        let Some(id) = id else { return Ok(view! { <NotFound/> }.into_any()) };
        match appointed::one(&here.ctx, &here.who, &id).await? {
            Some(mine) => Ok(whole(&here, &mine)),
            None => Ok(view! { <NotFound/> }.into_any()),
        }
    })
}

fn whole(here: &Here, mine: &Mine) -> AnyView {
    let l = here.locale();
    let note = t::show_note(l, mine.reference.to_string(), dates::date_time(l, mine.sent_at));
    let (stands, rows, withdraw) = (stands(here, mine), declared(l, &mine.declared), withdraw(l, mine));
    let title = title(l, &mine.state);
    view! {
        <PageGrid>
            <PageHead title=title note=note back=Link::new(routes::MY_CLIENTS, t::back(l))/>
            {stands}
            <h2>{t::show_declared(l)}</h2>
            <SummaryList rows=rows/>
            {withdraw}
        </PageGrid>
    }
    .into_any()
}

fn title(l: Locale, state: &DeclaredState) -> String {
    match state {
        DeclaredState::ToCheck { .. } => t::show_sent(l),
        DeclaredState::Confirmed { .. } => t::show_confirmed(l),
        DeclaredState::Refused { .. } => t::show_refused(l),
        DeclaredState::Withdrawn { .. } => t::show_withdrawn(l),
    }
}

fn stands(here: &Here, mine: &Mine) -> AnyView {
    let l = here.locale();
    let said = words::stands(l, &mine.state, mine.due_at, here.page.now);
    let (kind, text) = match &mine.state {
        DeclaredState::ToCheck { .. } => (NoticeKind::Info, t::step_sent(l)),
        DeclaredState::Confirmed { .. } => (NoticeKind::Done, t::step_confirmed(l)),
        DeclaredState::Refused { why, .. } => (NoticeKind::Warn, words::why(l, *why)),
        DeclaredState::Withdrawn { .. } => (NoticeKind::Info, t::step_withdrawn(l)),
    };
    let next = match (&mine.state, &mine.client) {
        (DeclaredState::ToCheck { .. }, _) => None,
        (_, Some(client)) => Some((routes::my_client_rooms(client), t::step_rooms(l))),
        _ => Some((routes::MY_APPOINTED.to_owned(), t::step_again(l))),
    };
    let next = next.map(|(href, text)| view! { <Actions><LinkButton href=href text=text/></Actions> });
    view! {
        <Notice kind=kind title=said><p>{text}</p></Notice>
        {next}
    }
    .into_any()
}

/// In her own words.
pub(in crate::messages) fn declared(l: Locale, declared: &Declared) -> Vec<SummaryRow> {
    let mut rows = vec![
        SummaryRow::new(t::fact_name(l), &declared.name),
        SummaryRow::new(t::fact_born(l), dates::plain(l, declared.born)),
        SummaryRow::new(t::fact_court(l), &declared.court),
        SummaryRow::new(t::fact_number(l), &declared.case_number),
    ];
    rows.extend(declared.earliest.map(|day| SummaryRow::new(t::fact_from(l), dates::with_year(l, day))));
    rows
}

fn withdraw(l: Locale, mine: &Mine) -> Option<AnyView> {
    let id = mine.public.to_string();
    mine.state.is_open().then(|| {
        view! {
            <Form action=format!("/api/{WITHDRAW}")>
                <HiddenInput name="id" value=id/>
                <Actions><Button text=t::withdraw(l) kind=ButtonKind::Quiet/></Actions>
            </Form>
        }
        .into_any()
    })
}
