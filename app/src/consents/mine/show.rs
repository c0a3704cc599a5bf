//! One home: what it means, the text, her answer; what she has said, and how she takes it back.

use backend::{
    Result,
    consents::{FormKey, MyCase, Text},
};
use domain::{
    access::Level,
    consents::{Answer, Kind, Standing},
    kernel::Locale,
};
use leptos::prelude::*;

use super::{
    api::ANSWER,
    parts::{self, action, wrong},
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, consents_mine as t, dates},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{
        Actions, Button, ButtonKind, Checkbox, Choice, ErrorSummary, Form, HiddenInput, Link, LinkButton,
        Notice, NoticeKind, PageGrid, PageHead, RadioGroup, SummaryList, SummaryRow, Tag,
    },
};

#[component]
pub fn ShowPage() -> impl IntoView {
    let named = parts::named();
    page("consents_mine", move |here| show(here, named))
}

async fn show(here: Here, named: Option<String>) -> Result<AnyView> {
    let l = here.locale();
    if here.who.level < Level::High {
        return Ok(gate(l, &here));
    }
    let Some(home) = parts::own(&here, named).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let text = Text::on(&here.ctx, home.kind, here.page.locale, here.page.now.date()).await?;
    let tried = parts::tried(&here, ANSWER, &home).await?;
    Ok(whole(&here, &home, &text, &tried))
}

/// Whoever comes by the address of an invitation signs in first, and then finds it.
fn gate(l: Locale, here: &Here) -> AnyView {
    let higher = parts::higher(l, &here.page.path);
    view! {
        <PageGrid>
            <PageHead title=t::list_title(l) back=Link::new(routes::MY_HOMES, t::list_title(l))/>
            {higher}
        </PageGrid>
    }
    .into_any()
}

fn whole(here: &Here, home: &MyCase, text: &Text, tried: &Fields) -> AnyView {
    let l = here.locale();
    let (title, tab, lead) = match home.kind {
        Kind::Home => (t::show_title(l), t::show_tab(l), t::show_lead(l, &home.applicant, &home.about)),
        Kind::Child => (t::child_title(l), t::child_tab(l), t::child_lead(l, &home.applicant, &home.about)),
    };
    let tab = tried.tab(l, tab);
    let note = t::show_reference(l, home.reference.to_string());
    let asks = !home.closed && !home.standing.is_yes();
    let (stands, form) = (stands(l, home), asks.then(|| form(here, home, text, tried)));
    let means = means(l, home);
    let (errors, said) = (tried.summary(l, wrong), said(l, home));
    view! {
        <PageGrid aside=parts::beside(l, home)>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab lead=lead note=note back=Link::new(routes::MY_HOMES, t::list_title(l))/>
            {stands}
            {means}
            {form}
            {said}
        </PageGrid>
    }
    .into_any()
}

/// Where she stands, and the next thing she can do.
fn stands(l: Locale, home: &MyCase) -> AnyView {
    if home.closed {
        return view! { <Notice title=t::over_title(l)><p>{t::over_text(l)}</p></Notice> }.into_any();
    }
    let Standing::Said(word) = home.standing else {
        let until = t::until(l, dates::long_date(l, home.answer_by));
        return view! { <Notice kind=NoticeKind::Now title=until><p>{t::until_text(l)}</p></Notice> }
            .into_any();
    };
    let title = parts::said_words(l, word.said);
    let back = home.standing.is_yes().then(|| {
        let href = routes::my_home_withdraw(&home.public);
        view! { <Actions><LinkButton href=href text=t::withdraw_link(l) kind=ButtonKind::Secondary/></Actions> }
    });
    let text = match word.said.code() {
        "yes" => t::after_yes(l),
        "talk" => t::after_talk(l, &home.unit_name),
        _ => t::after_no(l),
    };
    view! { <Notice kind=NoticeKind::Done title=title><p>{text}</p></Notice>{back} }.into_any()
}

/// What it means: before, while it lasts, after; and the children.
fn means(l: Locale, home: &MyCase) -> AnyView {
    let parts = match home.kind {
        Kind::Home => [
            (t::before_title(l), t::before_text(l)),
            (t::while_title(l), t::while_text(l)),
            (t::after_title(l), t::after_text(l)),
            (t::children_title(l), t::children_text(l)),
        ],
        Kind::Child => [
            (t::child_you_title(l), t::child_you_text(l, &home.unit_name, &home.unit_phone)),
            (t::before_title(l), t::child_before_text(l)),
            (t::child_while_title(l), t::child_while_text(l)),
            (t::child_after_title(l), t::child_after_text(l)),
        ],
    };
    let parts = parts.into_iter().map(|(title, text)| view! { <h3>{title}</h3><p>{text}</p> }).collect_view();
    let more =
        (home.kind == Kind::Home).then(|| view! { <p><a href=routes::ELECTRONIC>{t::about_link(l)}</a></p> });
    view! { <section class="section-rule stack"><h2>{t::means_title(l)}</h2>{parts}{more}</section> }
        .into_any()
}

fn form(here: &Here, home: &MyCase, text: &Text, tried: &Fields) -> AnyView {
    let l = here.locale();
    let key = FormKey::parse(&tried.value("key")).unwrap_or_else(|| here.ctx.chance.public()).to_string();
    let (id, lang, hash) = (home.public.to_string(), text.locale.code(), text.sha256.clone());
    let body = text.body.split("\n\n").map(|part| view! { <p>{part.to_owned()}</p> }).collect_view();
    let no_hint = if home.kind == Kind::Home { t::answer_no_hint(l) } else { t::child_answer_no_hint(l) };
    let answers = vec![
        Choice::new(Answer::Yes.code(), t::answer_yes(l)),
        Choice::new(Answer::Talk.code(), t::answer_talk(l)).hint(t::answer_talk_hint(l)),
        Choice::new(Answer::No.code(), t::answer_no(l)).hint(no_hint),
    ];
    let wrong_of = |name: &str| tried.error(l, wrong, name);
    let (bad, bad_read) = (wrong_of("answer"), wrong_of("read"));
    let (read, chosen) = (tried.value("read") == "yes", tried.value("answer"));
    view! {
        <section class="section-rule stack">
            <h2>{t::text_title(l)}</h2>
            <blockquote class="stack" lang=lang>{body}</blockquote>
            <Form action=action(ANSWER)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="key" value=key/>
                <HiddenInput name="text" value=hash/>
                <RadioGroup name="answer" legend=t::answer_legend(l) options=answers value=chosen error=bad/>
                <Checkbox name="read" label=t::read_label(l) hint=t::read_hint(l) checked=read error=bad_read/>
                <Actions><Button text=t::send(l)/></Actions>
            </Form>
        </section>
    }
    .into_any()
}

/// All she has said, oldest first, each with what shows later that she said it.
fn said(l: Locale, home: &MyCase) -> Option<AnyView> {
    if home.words.is_empty() {
        return None;
    }
    let rows: Vec<SummaryRow> = home
        .words
        .iter()
        .map(|word| {
            let (words, at) = (parts::said_words(l, word.said), dates::date_time_with_year(l, word.at));
            SummaryRow::view(
                at,
                view! { <Tag text=words/><br/><span class="wire wire--long">{word.sha256.clone()}</span> },
            )
        })
        .collect();
    let href = routes::my_home_paper(&home.public);
    Some(
        view! {
            <section class="section-rule stack">
                <h2>{t::said_title(l)}</h2>
                <p>{t::said_text(l)}</p>
                <SummaryList rows=rows/>
                <p><a href=href>{t::paper_link(l)}</a></p>
            </section>
        }
        .into_any(),
    )
}
