//! One request: what is asked, and the answer.

use backend::{
    corrections::{self, DeskCorrection},
    custody::{self, PublicUnit},
};
use domain::{
    corrections::Outcome,
    kernel::{Instant, Locale, Public},
};
use leptos::prelude::*;

use super::{
    api,
    parts::{self, Desk},
};
use crate::{
    corrections::{fields::Fields, mine::asked, words},
    i18n::{common, corrections as t, dates},
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Choice, ErrorSummary, Form, HiddenInput, Link, PageHead, Panel,
        RadioGroup, Select, SummaryList, SummaryRow, TextArea,
    },
};

#[component]
pub fn OnePage() -> impl IntoView {
    let id = request::param("public").and_then(|id| Public::parse(&id));
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(open) = corrections::opened(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let tried = desk.tried(api::SETTLE, &id).await?;
        let units = custody::public_units(&desk.ctx).await?;
        Ok(Some(shown(&desk, &open, &tried, units)))
    })
}

fn shown(desk: &Desk, open: &DeskCorrection, tried: &Fields, units: Vec<PublicUnit>) -> AnyView {
    let (l, correction) = (desk.l, &open.correction);
    let title = t::one_title(l, correction.reference.to_string());
    let (tab, errors) = (tried.tab(l, title.clone()), tried.summary(l));
    let pass = correction.state.is_open().then(|| pass(l, open, tried, units));
    let work = if correction.state.is_open() { work(l, open, tried) } else { answered(l, open) };
    let (rows, facts) = (asked(l, correction), facts(desk, open));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=errors/>
        <PageHead title=title tab=tab note=due(desk, open)
            back=Link::new(routes::STAFF_CORRECTIONS, t::desk_title(l))/>
        <div class="case">
            <div class="case-main">
                <h2>{t::show_asked_desk(l)}</h2>
                <SummaryList rows=rows/>
                <p class="muted">{t::one_law(l)}</p>
            </div>
            <div class="case-side">
                <h2>{t::one_facts(l)}</h2>
                <SummaryList rows=facts/>
                {work}
                {pass}
            </div>
        </div>
    }
    .into_any()
}

/// By when, or that it is past.
fn due(desk: &Desk, open: &DeskCorrection) -> String {
    let l = desk.l;
    let Some(due) = open.correction.due_at else { return words::state(l, open.correction.state.code()) };
    let last = Instant(due.micros() - 1).date();
    if due <= desk.now() {
        t::due_late(l, dates::plain(l, last))
    } else {
        t::due_by(l, dates::long_date(l, last))
    }
}

fn facts(desk: &Desk, open: &DeskCorrection) -> Vec<SummaryRow> {
    let (l, correction) = (desk.l, &open.correction);
    vec![
        SummaryRow::new(t::fact_who(l), &open.person),
        SummaryRow::new(t::fact_unit(l), &open.unit_name),
        SummaryRow::new(t::receipt_sent(l), dates::date_time_with_year(l, correction.sent_at)),
        SummaryRow::new(t::col_state(l), words::state(l, correction.state.code())),
    ]
}

fn work(l: Locale, open: &DeskCorrection, tried: &Fields) -> AnyView {
    let (id, version) = (open.correction.public.to_string(), open.version.to_string());
    let take = (!open.own_work).then(|| {
        let (id, version) = (id.clone(), version.clone());
        view! {
            <Form action=format!("/api/{}", api::TAKE)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="version" value=version/>
                <Actions><Button text=t::take(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        }
    });
    let options = Outcome::ALL.map(|o| Choice::new(o.code(), words::outcome(l, o)).hint(hint(l, o)));
    let (outcome, said) = (tried.value("outcome"), tried.value("words"));
    let (no_outcome, no_words) = (tried.error(l, "outcome"), tried.error(l, "words"));
    view! {
        {take}
        <Panel plain=true>
            <h2>{t::settle_title(l)}</h2>
            <Form action=format!("/api/{}", api::SETTLE)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="version" value=version/>
                <RadioGroup name="outcome" legend=t::settle_legend(l) options=options.into() value=outcome
                    error=no_outcome/>
                <TextArea name="words" label=t::settle_words(l) hint=t::settle_hint(l) rows=6 value=said
                    error=no_words/>
                <Actions><Button text=t::settle_button(l)/></Actions>
            </Form>
        </Panel>
    }
    .into_any()
}

/// Another unit has what it is about.
fn pass(l: Locale, open: &DeskCorrection, tried: &Fields, units: Vec<PublicUnit>) -> AnyView {
    let (id, version) = (open.correction.public.to_string(), open.version.to_string());
    let others = units.into_iter().filter(|unit| unit.name != open.unit_name);
    let options: Vec<Choice> = others.map(|unit| Choice::new(unit.slug, unit.name)).collect();
    let (to, no_to) = (tried.value("to"), tried.error(l, "to"));
    view! {
        <h2>{t::pass_title(l)}</h2>
        <Form action=format!("/api/{}", api::PASS)>
            <HiddenInput name="id" value=id/>
            <HiddenInput name="version" value=version/>
            <Select name="to" label=t::pass_label(l) hint=t::pass_hint(l) options=options value=to
                placeholder=t::choose(l) error=no_to/>
            <Actions><Button text=t::pass_button(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}

fn hint(l: Locale, outcome: Outcome) -> String {
    match outcome {
        Outcome::Done => t::hint_done(l),
        Outcome::Partly => t::hint_partly(l),
        Outcome::Refused => t::hint_refused(l),
    }
}

fn answered(l: Locale, open: &DeskCorrection) -> AnyView {
    let rows = open.correction.answer.as_ref().map(|answer| {
        let said = answer.words.clone();
        vec![
            SummaryRow::new(t::answer_outcome(l), words::outcome(l, answer.outcome)),
            SummaryRow::view(
                t::answer_words(l),
                view! { <span class="letter-words" dir="auto">{said}</span> },
            ),
            SummaryRow::new(t::answer_at(l), dates::date_time_with_year(l, answer.at)),
        ]
    });
    rows.map(|rows| view! { <h2>{t::answer_title(l)}</h2><SummaryList rows=rows/> }).into_any()
}
