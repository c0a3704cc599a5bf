//! A change that waits for somebody else's yes: what it is, what it touches now, and her answer; or that it is over.

use backend::{
    Result,
    visits::sessions::{self, Proposal, ProposalView, Proposed},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{PlanForm, ProposalState},
};
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms,
    parts::{self, Desk, form_head},
    show::Plan,
    touched,
};
use crate::{
    i18n::{dates, visits_plan as t},
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Cell, Choice, Column, DataTable, Field, Form, HiddenInput, Link,
        LinkButton, Notice, NoticeKind, PageGrid, RadioGroup, Row, SummaryList, SummaryRow,
    },
};

#[component]
pub fn ProposalPage() -> impl IntoView {
    let public: Option<Public<Proposal>> = request::param("public").and_then(|text| Public::parse(&text));
    parts::page(|desk| async move {
        let Some(public) = public else { return Ok(None) };
        let found: Result<Option<ProposalView>> = sessions::proposal(&desk.ctx, &desk.who, &public).await;
        let Some(view) = found? else { return Ok(None) };
        let fields = desk.tried(forms::VERDICT).await?.unwrap_or_default();
        let what = match &view.change {
            Some(change) => touched::what(&desk, change).await?,
            None => vec![],
        };
        Ok(Some(shown(&desk, &view, fields, what)))
    })
}

fn shown(desk: &Desk, view: &ProposalView, fields: Fields, what: Vec<SummaryRow>) -> AnyView {
    let (l, of) = (desk.l, &view.proposed);
    let back = Link::new(routes::staff_visiting_of(&view.unit_slug), t::title(l, &view.unit_name));
    let lead = t::proposal_lead(l, &of.proposer, dates::date_time(l, of.proposed_at));
    let head = form_head(l, kind(l, &of.form), lead, back, &fields);
    let open = of.state == ProposalState::Open;
    let rows: Vec<SummaryRow> = what.into_iter().chain(state_rows(l, of)).collect();
    let done = done(desk);
    let touches = open.then(|| touches_now(l, view));
    let answer = open.then(|| if of.is_own { own(l, of) } else { verdict(l, view, fields) });
    view! {
        <PageGrid>
            {head}
            {done}
            <SummaryList rows=rows/>
            {touches}
            {answer}
        </PageGrid>
    }
    .into_any()
}

fn done(desk: &Desk) -> Option<AnyView> {
    let l = desk.l;
    match desk.done()?.as_str() {
        "proposed" => {
            let text = t::proposal_sent_text(l);
            Some(
                view! { <Notice kind=NoticeKind::Done title=t::proposal_sent(l)><p>{text}</p></Notice> }
                    .into_any(),
            )
        }
        "more" => Some(view! { <Notice kind=NoticeKind::Error title=t::touched_more(l)/> }.into_any()),
        "refused" => Some(view! { <Notice kind=NoticeKind::Error title=t::proposal_refused(l)/> }.into_any()),
        _ => None,
    }
}

fn state_rows(l: Locale, of: &Proposed) -> Vec<SummaryRow> {
    let mut rows = vec![SummaryRow::new(t::proposal_state(l), state(l, of))];
    if let Some(by) = &of.decider {
        rows.push(SummaryRow::new(t::proposal_decider(l), by));
    }
    if let Some(word) = &of.word {
        rows.push(SummaryRow::new(t::proposal_word(l), word).lang("nb"));
    }
    rows
}

/// What it would do now; that it can be made no more is told instead.
fn touches_now(l: Locale, view: &ProposalView) -> AnyView {
    let Ok(found) = &view.now else {
        let text = t::proposal_over_text(l);
        return view! { <Notice kind=NoticeKind::Error title=t::proposal_over(l)><p>{text}</p></Notice> }
            .into_any();
    };
    let more = (view.more > 0)
        .then(|| view! { <Notice kind=NoticeKind::Now title=t::proposal_more(l, view.more)/> });
    view! { {more}{touched::touches(l, &view.unit_slug, found)} }.into_any()
}

fn own(l: Locale, of: &Proposed) -> AnyView {
    let public = of.public.to_string();
    view! {
        <p>{t::proposal_own(l)}</p>
        <Form action=forms::action(forms::WITHDRAW)>
            <HiddenInput name="proposal" value=public/>
            <Actions><Button text=t::proposal_withdraw(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}

fn verdict(l: Locale, view: &ProposalView, fields: Fields) -> AnyView {
    let public = view.proposed.public.to_string();
    let shown = view.now.as_ref().map(sessions::Touched::shown).unwrap_or_default();
    let options = vec![Choice::new("yes", t::proposal_yes(l)), Choice::new("no", t::proposal_no(l))];
    view! {
        <Form action=forms::action(forms::VERDICT)>
            <HiddenInput name="proposal" value=public/>
            <HiddenInput name="shown" value=shown/>
            <RadioGroup name="answer" legend=t::proposal_answer(l) options=options value=fields.value("answer")
                error=fields.error(l, "answer")/>
            <Field name="word" label=t::proposal_word(l) hint=t::proposal_word_hint(l) value=fields.value("word")
                error=fields.error(l, "word")/>
            <Actions><Button text=t::proposal_send(l)/></Actions>
        </Form>
    }
    .into_any()
}

/// What kind of change it is.
fn kind(l: Locale, form: &PlanForm) -> String {
    match form {
        PlanForm::Rules(_) => t::proposal_rules(l),
        PlanForm::End(_) => t::proposal_end(l),
        PlanForm::Close(_) => t::proposal_close(l),
        PlanForm::Several(_) => t::proposal_several(l),
        PlanForm::Watch(_) => t::proposal_watch(l),
        PlanForm::Text(_) => t::texts_title(l),
        PlanForm::Wings(_) => t::proposal_wings(l),
    }
}

fn state(l: Locale, of: &Proposed) -> String {
    match of.state {
        ProposalState::Open => t::proposal_open(l, dates::date_time(l, of.lapses_at)),
        ProposalState::Approved => t::proposal_approved(l),
        ProposalState::Declined => t::proposal_declined(l),
        ProposalState::Lapsed => t::proposal_lapsed(l),
        ProposalState::Withdrawn => t::proposal_withdrawn(l),
    }
}

/// On the plan: from how many visits on another is asked, and what waits or was answered a while ago.
pub(super) fn section(desk: &Desk, plan: &Plan) -> Option<AnyView> {
    let l = desk.l;
    if !desk.may_plan() {
        return None;
    }
    let number = touched::watch(l, plan.watch);
    let href = routes::staff_visiting_watch(&plan.unit_slug);
    let table = (!plan.proposals.is_empty()).then(|| table(l, plan));
    Some(
        view! {
            <section class="stack" aria-labelledby="second-title">
                <h2 id="second-title">{t::watch_title(l)}</h2>
                <p>{number}</p>
                {table}
                <Actions><LinkButton href=href text=t::watch_change(l) kind=ButtonKind::Secondary/></Actions>
            </section>
        }
        .into_any(),
    )
}

fn table(l: Locale, plan: &Plan) -> AnyView {
    let head = vec![
        Column::new(t::proposal_col_what(l)),
        Column::new(t::proposal_col_by(l)),
        Column::new(t::proposal_state(l)),
    ];
    let row = |of: &Proposed| {
        let href = routes::staff_visiting_proposal(&of.public);
        let state =
            if of.state == ProposalState::Open { Cell::now(state(l, of)) } else { Cell::text(state(l, of)) };
        let by = Cell::two(of.proposer.clone(), dates::date_time(l, of.proposed_at));
        Row::new(vec![Cell::link(href, kind(l, &of.form)), by, state])
    };
    let rows = plan.proposals.iter().map(row).collect();
    view! { <DataTable caption=t::proposal_caption(l, &plan.unit_name) head=head rows=rows/> }.into_any()
}
