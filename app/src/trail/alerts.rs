//! What is out of the ordinary: the list, and one of them with the auditor's word.

use backend::{
    Result,
    trail::{self, Alert, AlertMark},
};
use domain::{
    kernel::{Locale, Public},
    trail::{AlertKind, Outcome},
};
use leptos::prelude::*;

use super::{
    api::SETTLE,
    parts::{self, Desk, action},
    words::wrong,
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, dates, trail as t},
    request, routes,
    ui::{
        Actions, Button, Cell, Choice, Column, DataTable, EmptyState, ErrorSummary, Form, HiddenInput, Link,
        Notice, PageGrid, PageHead, RadioGroup, Row, SummaryList, SummaryRow, Tag, TagKind, TextArea,
    },
};

#[component]
pub fn AlertsPage() -> impl IntoView {
    parts::page(|desk| async move {
        let found = trail::alerts(&desk.ctx, &desk.who).await?;
        Ok(found.map(|alerts| list(desk.l, &alerts)))
    })
}

fn list(l: Locale, alerts: &[Alert]) -> AnyView {
    let body = if alerts.is_empty() {
        view! { <EmptyState title=t::alerts_none(l) text=t::alerts_none_text(l)/> }.into_any()
    } else {
        let head = [t::col_day(l), t::col_who(l), t::col_alert(l), t::col_state(l)];
        let head = head.into_iter().map(Column::new).collect();
        let rows = alerts.iter().map(|alert| row(l, alert)).collect();
        view! { <DataTable caption=t::alerts_title(l) head=head rows=rows labels=true/> }.into_any()
    };
    view! {
        <div class="stack">
            <PageHead title=t::alerts_title(l) lead=t::alerts_lead(l) back=Link::new(routes::STAFF_TRAIL, t::title(l))/>
            {body}
        </div>
    }
    .into_any()
}

fn row(l: Locale, alert: &Alert) -> Row {
    let (text, kind) = state(l, alert);
    let day = dates::capital(&dates::long_date(l, alert.day));
    Row::new(vec![
        Cell::link(routes::staff_trail_alert(&alert.public), day),
        Cell::two(alert.who.as_str(), alert.unit_name.clone().unwrap_or_default()),
        Cell::text(what(l, alert)),
        Cell::view(view! { <Tag text=text kind=kind/> }),
    ])
}

fn what(l: Locale, alert: &Alert) -> String {
    match alert.kind {
        AlertKind::Volume => t::alert_volume(l, alert.cases, alert.usual),
        AlertKind::OwnName => t::alert_own_name(l),
    }
}

fn state(l: Locale, alert: &Alert) -> (String, TagKind) {
    match alert.settled.as_ref().map(|settled| settled.outcome) {
        None => (t::state_open(l), TagKind::Now),
        Some(outcome) => (self::outcome(l, outcome), TagKind::Done),
    }
}

fn outcome(l: Locale, outcome: Outcome) -> String {
    match outcome {
        Outcome::Explained => t::outcome_explained(l),
        Outcome::FollowedUp => t::outcome_followed_up(l),
    }
}

#[component]
pub fn AlertPage() -> impl IntoView {
    let named: Option<Public<AlertMark>> = request::param("public").and_then(|id| Public::parse(&id));
    parts::page(|desk| async move { one(&desk, named).await })
}

async fn one(desk: &Desk, named: Option<Public<AlertMark>>) -> Result<Option<AnyView>> {
    let Some(named) = named else { return Ok(None) };
    let Some(alert) = trail::one(&desk.ctx, &desk.who, &named).await? else { return Ok(None) };
    let tried = desk.tried(SETTLE).await?;
    let tried = if tried.value("id") == named.as_str() { tried } else { Fields::default() };
    Ok(Some(shown(desk.l, &alert, &tried)))
}

fn shown(l: Locale, alert: &Alert, tried: &Fields) -> AnyView {
    let mut rows = vec![
        SummaryRow::new(t::col_who(l), &alert.who),
        SummaryRow::new(t::fact_unit(l), alert.unit_name.clone().unwrap_or_default()),
        SummaryRow::new(t::col_day(l), dates::capital(&dates::long_date(l, alert.day))),
        SummaryRow::new(t::col_alert(l), what(l, alert)),
    ];
    if let Some(settled) = &alert.settled {
        rows.push(SummaryRow::new(t::fact_outcome(l), outcome(l, settled.outcome)));
        rows.push(SummaryRow::new(t::note_label(l), &settled.note));
        rows.push(SummaryRow::new(
            t::fact_settled(l),
            t::settled_by(l, &settled.by, dates::date_time(l, settled.at)),
        ));
    }
    let work = match (&alert.settled, alert.own) {
        (Some(_), _) => None,
        (None, true) => {
            Some(view! { <Notice title=t::own_title(l)><p>{t::own_text(l)}</p></Notice> }.into_any())
        }
        (None, false) => Some(form(l, alert, tried)),
    };
    let (errors, tab) = (tried.summary(l, wrong), tried.tab(l, t::alert_title(l)));
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::alert_title(l) tab=tab lead=t::alert_lead(l)
                back=Link::new(routes::STAFF_TRAIL_ALERTS, t::alerts_title(l))/>
            <SummaryList rows=rows/>
            {work}
        </PageGrid>
    }
    .into_any()
}

fn form(l: Locale, alert: &Alert, tried: &Fields) -> AnyView {
    let id = alert.public.to_string();
    let outcomes = Outcome::ALL.map(|one| Choice::new(one.code(), outcome(l, one))).into();
    let [bad_outcome, bad_note] = ["outcome", "note"].map(|name| tried.error(l, wrong, name));
    let (chosen, note) = (tried.value("outcome"), tried.value("note"));
    view! {
        <section class="section-rule stack">
            <h2>{t::settle_title(l)}</h2>
            <Form action=action(SETTLE)>
                <HiddenInput name="id" value=id/>
                <RadioGroup name="outcome" legend=t::outcome_legend(l) options=outcomes value=chosen error=bad_outcome/>
                <TextArea name="note" label=t::note_label(l) hint=t::note_hint(l) rows=4 value=note error=bad_note/>
                <Actions><Button text=t::settle_button(l)/></Actions>
            </Form>
        </section>
    }
    .into_any()
}
