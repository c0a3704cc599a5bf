//! An appointment that a lawyer has declared: what she said, whom it may mean, and the officer's answer.

use backend::{
    custody::{self, PublicUnit},
    identity::appointed::{self, Opened},
};
use domain::{
    identity::{DeclaredState, MandateKind, NotConfirmed},
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use super::{
    declared_api::{CONFIRM, PASS, REFUSE},
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::{common, dates, messages_appointed as t},
    messages::{
        appointed::{
            declared,
            words::{reason, wrong},
        },
        date::date,
        kept::Kept,
    },
    routes,
    ui::{
        Actions, Button, ButtonKind, Choice, ErrorSummary, Form, HiddenInput, Link, PageHead, Panel,
        RadioGroup, Select, SummaryList, SummaryRow,
    },
};

#[component]
pub fn DeclaredPage() -> impl IntoView {
    let id = parts::named();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(open) = appointed::opened(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let kept = desk.tried(CONFIRM).await?.filter(|kept| kept.is_about(&id)).unwrap_or_default();
        let units = custody::public_units(&desk.ctx).await?;
        Ok(Some(shown(&desk, &open, &kept, units)))
    })
}

fn shown(desk: &Desk, open: &Opened, kept: &Kept, units: Vec<PublicUnit>) -> AnyView {
    let l = desk.l;
    let title = t::desk_title(l, open.reference.to_string());
    let (tab, errors) = (kept.tab(l, title.clone()), kept.summary(l, wrong));
    let (rows, facts, due) = (declared(l, &open.declared), facts(l, open), due(desk, open));
    let side = if open.state.is_open() { work(l, open, kept, units) } else { answered(l, open) };
    view! {
        <ErrorSummary title=common::error_summary(l) errors=errors/>
        <PageHead title=title tab=tab note=due
            back=Link::new(routes::STAFF_WORK, t::desk_back(l))/>
        <div class="case">
            <div class="case-main">
                <h2>{t::desk_declared(l)}</h2>
                <SummaryList rows=rows/>
                <h2>{t::desk_who(l)}</h2>
                <SummaryList rows=facts/>
                <p class="muted">{t::desk_how(l)}</p>
            </div>
            <div class="case-side">{side}</div>
        </div>
    }
    .into_any()
}

/// By when, or that it is past.
fn due(desk: &Desk, open: &Opened) -> String {
    let l = desk.l;
    match open.due_at {
        Some(due) if due <= desk.page.now => t::desk_late(l, dates::date_time(l, due)),
        Some(due) => t::desk_due(l, dates::date_time(l, due)),
        None => state(l, &open.state),
    }
}

fn state(l: Locale, state: &DeclaredState) -> String {
    match state {
        DeclaredState::ToCheck { .. } => t::state_to_check(l),
        DeclaredState::Confirmed { .. } => t::state_confirmed(l),
        DeclaredState::Refused { .. } => t::state_refused(l),
        DeclaredState::Withdrawn { .. } => t::state_withdrawn(l),
    }
}

fn facts(l: Locale, open: &Opened) -> Vec<SummaryRow> {
    let found = open.inmate.as_ref().map_or_else(|| t::desk_nobody(l), |(_, name)| name.clone());
    vec![
        SummaryRow::new(t::desk_lawyer(l), &open.lawyer),
        SummaryRow::new(t::desk_found(l), found),
        SummaryRow::new(t::desk_unit(l), &open.unit_name),
        SummaryRow::new(t::desk_sent(l), dates::date_time_with_year(l, open.sent_at)),
    ]
}

fn work(l: Locale, open: &Opened, kept: &Kept, units: Vec<PublicUnit>) -> AnyView {
    let confirm = (!open.meant.is_empty()).then(|| confirm(l, open, kept));
    let (refuse, pass) = (refuse(l, open, kept), pass(l, open, kept, units));
    view! {
        {confirm}
        {refuse}
        {pass}
    }
    .into_any()
}

/// Registers the mandate.
fn confirm(l: Locale, open: &Opened, kept: &Kept) -> AnyView {
    let id = open.public.to_string();
    let whom = open.meant.iter().map(|one| {
        let hint = t::desk_row(l, dates::plain(l, one.birth_date), &one.unit_name);
        Choice::new(one.public.to_string(), one.name.clone()).hint(hint)
    });
    let whom: Vec<Choice> = whom.collect();
    let kinds = MandateKind::ALL.map(|one| Choice::new(one.code(), words::kind(l, one))).into();
    let found = open.inmate.as_ref().map(|(public, _)| public.to_string()).unwrap_or_default();
    let chosen = Some(kept.value("inmate")).filter(|one| !one.is_empty()).unwrap_or(found);
    let (kind, bad_kind) = (kept.value("kind"), kept.error(l, wrong, "kind"));
    let bad_inmate = kept.error(l, wrong, "inmate");
    let to = date(l, kept, wrong, "valid_to", t::to_label(l), Some(t::to_hint(l)));
    view! {
        <Panel plain=true>
            <h2>{t::confirm_title(l)}</h2>
            <Form action=format!("/api/{CONFIRM}")>
                <HiddenInput name="id" value=id/>
                <RadioGroup name="inmate" legend=t::confirm_whom(l) options=whom value=chosen error=bad_inmate/>
                <RadioGroup name="kind" legend=t::confirm_kind(l) options=kinds value=kind error=bad_kind/>
                {to}
                <Actions><Button text=t::confirm_button(l)/></Actions>
            </Form>
        </Panel>
    }
    .into_any()
}

fn refuse(l: Locale, open: &Opened, kept: &Kept) -> AnyView {
    let id = open.public.to_string();
    let reasons = NotConfirmed::ALL.map(|why| Choice::new(why.code(), reason(l, why))).into();
    let (why, bad_why) = (kept.value("why"), kept.error(l, wrong, "why"));
    view! {
        <h2>{t::refuse_title(l)}</h2>
        <Form action=format!("/api/{REFUSE}")>
            <HiddenInput name="id" value=id/>
            <RadioGroup name="why" legend=t::refuse_why(l) hint=t::refuse_hint(l) options=reasons value=why
                error=bad_why/>
            <Actions><Button text=t::refuse_button(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}

/// Another unit can tell.
fn pass(l: Locale, open: &Opened, kept: &Kept, units: Vec<PublicUnit>) -> AnyView {
    let id = open.public.to_string();
    let others = units.into_iter().filter(|unit| unit.name != open.unit_name);
    let options: Vec<Choice> = others.map(|unit| Choice::new(unit.slug, unit.name)).collect();
    let (to, bad_to) = (kept.value("to"), kept.error(l, wrong, "to"));
    view! {
        <h2>{t::pass_title(l)}</h2>
        <Form action=format!("/api/{PASS}")>
            <HiddenInput name="id" value=id/>
            <Select name="to" label=t::pass_label(l) hint=t::pass_hint(l) options=options value=to
                placeholder=t::pass_choose(l) error=bad_to/>
            <Actions><Button text=t::pass_button(l) kind=ButtonKind::Quiet/></Actions>
        </Form>
    }
    .into_any()
}

fn answered(l: Locale, open: &Opened) -> AnyView {
    let mut rows = vec![SummaryRow::new(t::desk_state(l), state(l, &open.state))];
    if let DeclaredState::Refused { why, .. } = open.state {
        rows.push(SummaryRow::new(t::refuse_why(l), reason(l, why)));
    }
    let inmate = open.inmate.as_ref().filter(|_| matches!(open.state, DeclaredState::Confirmed { .. }));
    let link = inmate.map(|(public, _): &(Public<_>, String)| {
        let href = routes::staff_mandates_of(public);
        view! { <p><a href=href>{t::desk_mandates(l)}</a></p> }
    });
    view! { <h2>{t::desk_answer(l)}</h2><SummaryList rows=rows/>{link} }.into_any()
}
