//! One of them: where to ring, what there is to tell, the letter, and how she was told.

use backend::visits::assisted::{
    handin,
    unreached::{Done, One, one},
};
use domain::{
    kernel::{Locale, Public},
    visits::{
        handin::HandIn,
        unreached::{Reached, Unreached},
    },
};
use leptos::prelude::*;

use super::{
    super::parts::{self, Desk},
    api::{NOT, TOLD},
    words,
};
use crate::{
    i18n::{common, dates, visits_unreached as t},
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Choice, ErrorSummary, FieldError, Form, HiddenInput, Link,
        LinkButton, Notice, NoticeKind, PageGrid, PageHead, RadioGroup, SummaryList, SummaryRow,
    },
};

const HOW: &str = "how";

#[component]
pub fn OnePage() -> impl IntoView {
    let public = request::param("public").and_then(|text| Public::<Unreached>::parse(&text));
    parts::page(|desk| async move {
        let Some(public) = public else { return Ok(None) };
        let Some(one) = one(&desk.ctx, &desk.who, &public).await? else { return Ok(None) };
        let handed = handin::of_unreached(&desk.ctx, &desk.who, &public).await?;
        Ok(Some(shown(&desk, &one, handed.as_ref())))
    })
}

/// `handed`: what she handed in without eID, where her address stands.
fn shown(desk: &Desk, one: &One, handed: Option<&Public<HandIn>>) -> AnyView {
    let l = t::lang(desk.page.locale);
    let choose = desk.page.query("refused").as_deref() == Some("choose");
    let errors = if choose { vec![FieldError::new(HOW, t::choose(l))] } else { vec![] };
    let tab = if choose { format!("{} {}", common::error_prefix(l), t::tab(l)) } else { t::tab(l) };
    let title = t::one_title(l, &one.listed.name);
    let (notice, rows) = (notice(desk, l, one), rows(l, one));
    let handed = handed.map(|id| {
        let (href, text) = (routes::staff_hand_in(id), t::hand_in(l));
        view! { <p><a href=href>{text}</a></p> }
    });
    let form = one.done.is_none().then(|| form(l, one, &errors));
    let (aside_title, aside_text) = (t::aside_title(l), t::aside_text(l));
    let aside = view! { <AsideBlock title=aside_title><p>{aside_text}</p></AsideBlock> }.into_any();
    view! {
        <PageGrid aside=aside>
            <ErrorSummary title=common::error_summary(l) errors=errors.clone()/>
            <PageHead title=title tab=tab lead=t::one_lead(l) back=Link::new(routes::STAFF_UNREACHED, t::list_title(l))/>
            {notice}
            <SummaryList rows=rows/>
            {handed}
            {form}
        </PageGrid>
    }
    .into_any()
}

fn notice(desk: &Desk, l: Locale, one: &One) -> Option<AnyView> {
    let (kind, title) = match (desk.page.query("done").as_deref(), desk.page.query("refused").as_deref()) {
        (Some("told"), _) => (NoticeKind::Done, t::done_told(l)),
        (Some("tried"), _) => (NoticeKind::Done, t::done_tried(l)),
        (_, Some("before")) => (NoticeKind::Info, t::done_before(l)),
        _ if one.done.is_some() => (NoticeKind::Info, t::done_before(l)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=title/> }.into_any())
}

fn how(l: Locale, how: Reached) -> String {
    match how {
        Reached::Rung => t::how_rung(l),
        Reached::Letter => t::how_letter(l),
        Reached::Met => t::how_met(l),
    }
}

fn rows(l: Locale, one: &One) -> Vec<SummaryRow> {
    let listed = &one.listed;
    let what: Vec<String> = listed.kinds.iter().map(|kind| words::what(l, kind)).collect();
    let phone = listed.phone.as_ref().map_or_else(|| t::no_phone(l), |phone| phone.as_str().to_owned());
    let tried = listed
        .tried_at
        .map(|at| SummaryRow::new(t::col_told(l), t::tried(l, listed.tries, dates::date_time(l, at))));
    let done = one.done.map(|(done, at)| {
        let done = match done {
            Done::Told(reached) => how(l, reached),
            Done::ByMail => t::how_by_mail(l),
            Done::Seen => t::how_seen(l),
        };
        SummaryRow::new(t::fact_done(l), format!("{done}\n{}", dates::date_time_with_year(l, at)))
    });
    let rows = [
        SummaryRow::new(t::col_phone(l), phone),
        SummaryRow::new(t::col_what(l), what.join("\n")),
        SummaryRow::new(t::col_since(l), dates::date_time_with_year(l, listed.since)),
    ];
    rows.into_iter().chain(tried).chain(done).collect()
}

fn form(l: Locale, one: &One, errors: &[FieldError]) -> AnyView {
    let options = Reached::ALL.map(|one| Choice::new(one.code(), how(l, one)));
    let options: Vec<Choice> = options.into_iter().chain([Choice::new(NOT, t::how_not(l))]).collect();
    let (public, error) = (one.listed.public.to_string(), FieldError::of(errors, HOW));
    let letter = routes::staff_unreached_letter(&one.listed.public);
    view! {
        <Actions><LinkButton href=letter text=t::letter_link(l) kind=ButtonKind::Secondary/></Actions>
        <Form action=format!("/api/{TOLD}")>
            <HiddenInput name="public" value=public/>
            <RadioGroup name=HOW legend=t::how(l) hint=t::how_hint(l) options=options error=error/>
            <Actions><Button text=t::save(l)/></Actions>
        </Form>
    }
    .into_any()
}
