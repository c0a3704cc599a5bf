//! Who has looked at the case: role, unit, time and reason, never a name. Before consent the list is closed, for
//! which unit looked would say where he is.

use backend::visits::clearance::{Look, Stage, Tracked};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::{dates, visits_mine as t},
    ui::{Cell, Column, DataTable, Row},
};

pub(super) fn table(l: Locale, case: &Tracked) -> AnyView {
    if let Some(text) = untold(l, case) {
        return view! { <p>{text}</p> }.into_any();
    }
    if case.looks.is_empty() {
        return view! { <p>{t::looks_none(l)}</p> }.into_any();
    }
    let head =
        vec![Column::new(t::looks_when(l)), Column::new(t::looks_who(l)), Column::new(t::looks_why(l))];
    let rows = case.looks.iter().map(|look| row(l, look)).collect();
    view! { <DataTable caption=t::looks_title(l) head=head rows=rows/> }.into_any()
}

/// Why there is no list. A withdrawn case shows it only if it had come past the police or to a decision: with less,
/// a *no* of the inmate would look like a *yes*.
fn untold(l: Locale, case: &Tracked) -> Option<String> {
    let past = case.police_on.is_some() || case.people.iter().any(|p| p.decision.is_some());
    match case.stage {
        Stage::Received => Some(t::looks_later(l)),
        Stage::NotProcessed => Some(t::looks_closed(l)),
        Stage::Withdrawn => (!past).then(|| t::looks_withdrawn(l)),
        Stage::AwaitingPolice | Stage::AwaitingDecision | Stage::Decided => None,
    }
}

fn row(l: Locale, look: &Look) -> Row {
    let at = crate::i18n::dates::short(l, look.at.date());
    let at = t::looks_at(l, at, dates::at_clock(l, look.at.clock()));
    let role = words::role(l, look.role);
    let who = if look.unit_name.is_empty() { role } else { t::looks_row(l, role, &look.unit_name) };
    Row::new(vec![Cell::text(at), Cell::text(who), Cell::text(words::reason(l, look.reason))])
}
