//! What happened and what is to come, a row each: what is to come first, the rest by month.

use backend::{inmates::Entry, visits::clearance::LookReason};
use domain::{
    inmates::Part,
    kernel::{CivilDate, Locale, Public},
};
use leptos::prelude::*;

use super::{parts::Desk, words};
use crate::{
    i18n::{dates, inmates as t},
    routes,
    ui::{Cell, Column, DataTable, Row, TableGroup, Tag},
};

/// Marks an id of whatever slice it is from; its own page knows it.
enum Any {}

pub(super) fn table(desk: &Desk, reason: LookReason, entries: Vec<Entry>) -> AnyView {
    let (l, now) = (desk.l, desk.page.now);
    let head = vec![
        Column::new(t::col_when(l)),
        Column::new(t::col_what(l)),
        Column::new(t::col_who(l)),
        Column::new(t::col_state(l)),
    ];
    let (mut coming, past): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|one| one.at > now);
    coming.reverse();
    let today = now.date();
    let mut groups = vec![];
    if !coming.is_empty() {
        groups.push(TableGroup::new(t::coming(l), coming.len().to_string(), rows(l, today, reason, coming)));
    }
    for month in past.chunk_by(|a, b| month_of(a) == month_of(b)) {
        let title = month.first().map(|one| dates::month_year(l, one.at.date())).unwrap_or_default();
        groups.push(TableGroup::new(title, "", rows(l, today, reason, month.to_vec())));
    }
    view! { <DataTable caption=t::timeline(l) head=head groups=groups labels=true/> }.into_any()
}

fn month_of(entry: &Entry) -> String {
    entry.at.date().iso().chars().take(7).collect()
}

fn rows(l: Locale, today: CivilDate, reason: LookReason, entries: Vec<Entry>) -> Vec<Row> {
    entries.into_iter().map(|entry| row(l, today, reason, entry)).collect()
}

fn row(l: Locale, today: CivilDate, reason: LookReason, entry: Entry) -> Row {
    let (text, more) = (words::what(l, &entry), words::more(l, today, &entry));
    let what = match href(&entry, reason) {
        Some(href) => view! { <a class="cell-link" href=href>{text}</a> }.into_any(),
        None => text.into_any(),
    };
    let more = more.map(|more| view! { <span class="cell-small">{more}</span> });
    let (state, kind) = words::state(l, &entry);
    Row::new(vec![
        Cell::text(dates::date_time(l, entry.at)),
        Cell::view(view! { {what}{more} }),
        Cell::two(entry.whom, entry.unit_name),
        Cell::view(view! { <Tag text=state kind=kind/> }),
    ])
}

/// The page of its own slice; it asks for its own duty and writes its own look.
fn href(entry: &Entry, reason: LookReason) -> Option<String> {
    let public = Public::<Any>::parse(&entry.public)?;
    Some(match (entry.part, entry.kind.as_str()) {
        (Part::Decisions, kind) if kind.starts_with("appeal_") => routes::staff_appeal(&public),
        (Part::Clearances | Part::Decisions, _) => routes::staff_case(&public, reason.code()),
        (Part::Visits, _) => routes::staff_day(&entry.unit_slug, &entry.at.date().iso()),
        (Part::Conversations, _) => routes::staff_thread(&public),
        (Part::Letters, "in_control") => routes::staff_control(&public),
        (Part::Letters, _) => return None,
        (Part::Documents, "asked") => routes::staff_document_request(&public),
        (Part::Documents, _) => routes::staff_document(&public),
    })
}
