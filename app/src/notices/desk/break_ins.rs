//! Whose of the officers has opened a case that is not hers: for the auditor and the leader of the unit. The auditor reads
//! the reason; whose case it was stands here for nobody.

use backend::notices::breaking_in::{self, Alert};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    forms,
    parts::{self, Desk, action},
};
use crate::{
    i18n::{dates, notices_desk as t},
    ui::{Button, ButtonKind, Cell, Column, DataTable, EmptyState, Form, HiddenInput, PageHead, Row},
};

#[component]
pub fn BreakInsPage() -> impl IntoView {
    parts::page(|desk| async move {
        let Some(alerts) = breaking_in::alerts(&desk.ctx, &desk.who).await? else { return Ok(None) };
        Ok(Some(shown(&desk, alerts)))
    })
}

fn shown(desk: &Desk, alerts: Vec<Alert>) -> AnyView {
    let l = desk.l;
    let new = alerts.iter().filter(|alert| alert.seen_at.is_none()).count();
    let note = t::break_ins_count(l, i64::try_from(new).unwrap_or(i64::MAX));
    let body = if alerts.is_empty() {
        view! { <EmptyState title=t::break_ins_none(l) text=t::break_ins_none_text(l)/> }.into_any()
    } else {
        let head = vec![
            Column::new(t::break_ins_when(l)),
            Column::new(t::break_ins_who(l)),
            Column::new(t::break_ins_why(l)),
            Column::new(t::break_ins_seen(l)),
        ];
        let rows = alerts.into_iter().map(|alert| row(l, alert)).collect();
        view! { <DataTable caption=t::break_ins_title(l) head=head rows=rows labels=true/> }.into_any()
    };
    view! {
        <div class="stack">
            <PageHead title=t::break_ins_title(l) note=note lead=t::break_ins_lead(l)/>
            {body}
        </div>
    }
    .into_any()
}

fn row(l: Locale, alert: Alert) -> Row {
    let at = dates::capital(&dates::date_time(l, alert.at));
    let seen = match alert.seen_at {
        Some(at) => Cell::text(dates::date_time(l, at)),
        None => {
            let (id, about) = (alert.public.to_string(), at.clone());
            Cell::view(view! {
                <Form action=action(forms::SEEN)>
                    <HiddenInput name="id" value=id/>
                    <Button text=t::break_ins_see(l) kind=ButtonKind::Secondary about=about/>
                </Form>
            })
        }
    };
    Row::new(vec![
        Cell::text(at),
        Cell::two(alert.by, alert.unit_name),
        Cell::text(alert.reason.unwrap_or_else(|| t::break_ins_auditor(l))),
        seen,
    ])
}
