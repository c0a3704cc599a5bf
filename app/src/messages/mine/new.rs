//! A new message: about a case of hers, or free to a prison. What she has typed is kept when she says so, and by every
//! refusal.

use backend::{
    Result, custody,
    messages::{
        drafts::Draft,
        officer::{self, Case, Expect},
    },
};
use domain::{kernel::Locale, messages::Topic};
use leptos::prelude::*;

use super::{
    api,
    parts::{action, tried, writing},
    words,
};
use crate::{
    i18n::{common, dates, messages_mine as t},
    identity::here::{Here, page},
    messages::{
        attached,
        fields::{CASE, Fields},
    },
    routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Choice, ErrorSummary, Form, HiddenInput, Link, Notice,
        NoticeKind, PageGrid, PageHead, Select, SummaryList, SummaryRow,
    },
};

#[component]
pub fn NewPage() -> impl IntoView {
    page("messages_mine", new)
}

/// What the page is made from.
struct Known {
    fields: Fields,
    draft: Option<Draft>,
    cases: Vec<Case>,
    /// Slug and name.
    units: Vec<Choice>,
    expect: Expect,
}

async fn new(here: Here) -> Result<AnyView> {
    let (ctx, who) = (&here.ctx, &here.who);
    let draft = officer::new_draft(ctx, who).await?;
    let cases = officer::cases(ctx, who).await?;
    let tried = tried(&here, api::NEW).await?;
    let fields =
        tried.or_else(|| draft.as_ref().map(Fields::of_draft)).unwrap_or_else(|| asked(&here, &cases));
    let units = custody::public_units(ctx).await?;
    let units = units.into_iter().map(|unit| Choice::new(unit.slug, unit.name)).collect();
    let expect = officer::expect(ctx).await?;
    let tried = here.page.query("try");
    let files = attached::to_send(ctx, &here.actor(), "", tried.as_deref()).await?;
    let attach = attached::attach(here.locale(), files, routes::MESSAGES_NEW.to_owned());
    Ok(whole(&here, &Known { fields, draft, cases, units, expect }, attach))
}

/// As it opens from the page of a case: about that, if it is hers.
fn asked(here: &Here, cases: &[Case]) -> Fields {
    let about = here.page.query("about");
    let Some(case) = about.and_then(|about| cases.iter().find(|case| case.public == about)) else {
        return Fields::default();
    };
    let topic = if case.kind == "booking" { Topic::Visit } else { Topic::Clearance };
    Fields::new([("about", case.public.clone()), ("topic", topic.code().to_owned())])
}

fn whole(here: &Here, known: &Known, attach: AnyView) -> AnyView {
    let (l, fields) = (here.locale(), &known.fields);
    let errors = fields.summary(|field, code| words::wrong(l, field, code));
    let tab = fields.tab(l, t::new_title(l));
    let aside = view! {
        <AsideBlock title=t::how_title(l)><p>{t::how_text(l)}</p></AsideBlock>
        <AsideBlock title=t::urgent_title(l)><p>{t::urgent_text(l)}</p></AsideBlock>
    };
    let (told, whereto, topic) = (told(here, known), whereto(l, known), topic(l, fields));
    let words = writing(here, fields, known.draft.as_ref(), &known.expect, t::words_label(l));
    let discard = known.draft.is_some().then(|| discard(l));
    view! {
        <PageGrid aside=aside.into_any()>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::new_title(l) tab=tab lead=t::new_lead(l)
                back=Link::new(routes::MESSAGES, t::list_title(l))/>
            {told}
            {attach}
            <Form action=action(api::NEW)>
                {whereto}
                {topic}
                {words}
            </Form>
            {discard}
        </PageGrid>
    }
    .into_any()
}

/// That it is kept, or why it stands here and not in the conversation.
fn told(here: &Here, known: &Known) -> Option<AnyView> {
    let l = here.locale();
    if let Some(code) = known.fields.code(CASE) {
        let title = words::moved(l, code);
        return Some(view! { <Notice kind=NoticeKind::Error title=title/> }.into_any());
    }
    let draft = known.draft.as_ref()?;
    let at = dates::date_time(l, draft.at);
    let saved = here.page.query("done").is_some_and(|done| done == "saved");
    let kind = if saved { NoticeKind::Done } else { NoticeKind::Info };
    Some(view! { <Notice kind=kind title=t::saved(l, at)/> }.into_any())
}

/// The case, if one is chosen; else the way to choose one, or a prison.
fn whereto(l: Locale, known: &Known) -> AnyView {
    let fields = &known.fields;
    let about = fields.value("about");
    if let Some(case) = known.cases.iter().find(|case| case.public == about) {
        let row = SummaryRow::new(t::about_label(l), words::case(l, case));
        let unit = fields.value("unit");
        return view! {
            <SummaryList rows=vec![row]/>
            <HiddenInput name="about" value=about/>
            <HiddenInput name="unit" value=unit/>
        }
        .into_any();
    }
    let case = |case: &Case| Choice::new(&case.public, words::case(l, case));
    let cases: Vec<Choice> = known.cases.iter().map(case).collect();
    let (some, unit_hint) = (!cases.is_empty(), (!cases.is_empty()).then(|| t::unit_hint(l)));
    let cases = some.then(|| {
        view! {
            <Select name="about" label=t::about_label(l) options=cases value=about placeholder=t::about_none(l)/>
        }
    });
    let error = fields.code("unit").map(|code| words::wrong(l, "unit", code));
    view! {
        {cases}
        <Select name="unit" label=t::unit_label(l) options=known.units.clone() value=fields.value("unit")
            placeholder=t::choose(l) hint=unit_hint error=error/>
    }
    .into_any()
}

fn topic(l: Locale, fields: &Fields) -> AnyView {
    let topics = Topic::ALL.map(|topic| Choice::new(topic.code(), words::topic(l, topic)));
    let error = fields.code("topic").map(|code| words::wrong(l, "topic", code));
    view! {
        <Select name="topic" label=t::topic_label(l) options=topics.into() value=fields.value("topic")
            placeholder=t::choose(l) error=error/>
    }
    .into_any()
}

fn discard(l: Locale) -> AnyView {
    view! {
        <Form action=action(api::DISCARD)>
            <HiddenInput name="id" value=""/>
            <Actions><Button text=t::discard(l) kind=ButtonKind::Quiet/></Actions>
        </Form>
    }
    .into_any()
}
