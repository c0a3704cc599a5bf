//! What she is asked for: why, by when, and the ways to answer.

use backend::{
    Result,
    documents::{self, Asked},
};
use domain::{
    documents::Told,
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use super::{
    api,
    parts::{action, named, stopped, tried},
};
use crate::{
    documents::{fields::Fields, words},
    i18n::{common, dates, documents_mine as t},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{
        Actions, Button, ButtonKind, Choice, Details, ErrorSummary, Form, HiddenInput, Link, LinkButton,
        PageGrid, PageHead, RadioGroup, SummaryList, SummaryRow, Tag, TextArea,
    },
};

#[component]
pub fn RequestPage() -> impl IntoView {
    let public = named();
    page("documents_mine", move |here| asked(here, public))
}

async fn asked(here: Here, public: String) -> Result<AnyView> {
    let found = match Public::parse(&public) {
        Some(public) => documents::request(&here.ctx, &here.who, &public).await?,
        None => None,
    };
    let Some(asked) = found else { return Ok(view! { <NotFound/> }.into_any()) };
    let fields = tried(&here, &[api::SAY, api::START]).await?.unwrap_or_default();
    Ok(whole(&here, &asked, &fields))
}

fn whole(here: &Here, asked: &Asked, fields: &Fields) -> AnyView {
    let l = here.locale();
    let (errors, tab) = (fields.summary(l), fields.tab(l, t::asked_tab(l, asked.reference.to_string())));
    let note = t::reference(l, asked.reference.to_string());
    let answer = asked.state.is_missing().then(|| answer(l, asked, fields));
    let document = asked.document.as_ref().map(routes::document).map(|href| {
        view! { <Actions><LinkButton href=href text=t::asked_see(l)/></Actions> }
    });
    let (title, facts, stopped) = (asked.names.name(l).to_owned(), facts(here, asked), stopped(l, fields));
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab note=note
                back=Link::new(routes::DOCUMENTS, t::list_title(l))/>
            {stopped}
            <SummaryList rows=facts/>
            {document}
            {answer}
        </PageGrid>
    }
    .into_any()
}

fn facts(here: &Here, asked: &Asked) -> Vec<SummaryRow> {
    let (l, today) = (here.locale(), here.page.now.date());
    let (text, kind) = words::request(l, asked, today);
    let mut rows = vec![
        SummaryRow::view(t::asked_state(l), view! { <Tag text=text kind=kind/> }),
        SummaryRow::new(t::asked_why(l), &asked.reason).lang("nb"),
    ];
    if asked.state.is_missing() {
        rows.push(SummaryRow::new(t::asked_due(l), words::due(l, asked.due, today)));
    }
    rows.extend(asked.about.as_ref().map(|about| SummaryRow::new(t::to(l), words::about(l, about))));
    rows.push(SummaryRow::new(t::asked_on(l), dates::plain(l, asked.asked_at.date())));
    rows.extend(asked.said.as_ref().map(|said| SummaryRow::new(t::asked_said(l), words::said(l, said))));
    let paper = asked.paper.as_ref().map(|(on, _)| dates::plain(l, *on));
    rows.extend(paper.map(|on| SummaryRow::new(t::asked_paper(l), on)));
    rows
}

/// To send it, or to say why nothing is sent now.
fn answer(l: Locale, asked: &Asked, fields: &Fields) -> AnyView {
    let (id, again) = (asked.public.to_string(), asked.public.to_string());
    let options = Told::ALL.map(|told| Choice::new(told.code(), words::how(l, told)).hint(hint(l, told)));
    let (how, typed) = (fields.value("how"), fields.value("words"));
    let (open, options) = (fields.is_wrong(), Vec::from(options));
    let (wrong_how, wrong_words) = (fields.error(l, "how"), fields.error(l, "words"));
    view! {
        <Form action=action(api::START)>
            <HiddenInput name="request" value=id/>
            <Actions><Button text=t::asked_send(l)/></Actions>
        </Form>
        <Details summary=t::asked_not_now(l) open=open>
            <Form action=action(api::SAY)>
                <HiddenInput name="id" value=again/>
                <RadioGroup name="how" legend=t::asked_how(l) options=options value=how error=wrong_how/>
                <TextArea name="words" label=t::asked_words(l) hint=t::asked_words_hint(l) rows=3
                    value=typed error=wrong_words/>
                <Actions><Button text=t::asked_tell(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
    .into_any()
}

fn hint(l: Locale, told: Told) -> String {
    match told {
        Told::Later => t::hint_later(l),
        Told::Elsewhere => t::hint_elsewhere(l),
        Told::Other => t::hint_other(l),
    }
}
