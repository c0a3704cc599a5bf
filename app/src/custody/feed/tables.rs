//! The three tables. Keys and fields are the source's own words: they stand as they were sent.

use backend::custody::feed::{Heard, LastEvent, Refused};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::{custody_feed as t, dates},
    ui::{Cell, Column, DataTable, Row},
};

pub(super) fn sources(l: Locale, sources: &[Heard], now: Instant) -> AnyView {
    let head = vec![
        Column::new(t::sources_col_source(l)),
        Column::corner(t::sources_col_state(l)),
        Column::new(t::sources_col_heard(l)),
        Column::number(t::sources_col_taken(l)),
        Column::number(t::sources_col_refused(l)),
    ];
    let row = |source: &Heard| {
        let state = if source.silent {
            Cell::late(t::sources_state_silent(l))
        } else {
            Cell::text(t::sources_state_heard(l))
        };
        Row::new(vec![
            Cell::text(source.source.as_str()),
            state,
            Cell::two(words::ago(l, source.at, now), dates::date_time_with_year(l, source.at)),
            Cell::text(source.taken.to_string()),
            Cell::text(source.refused.to_string()),
        ])
    };
    let rows = sources.iter().map(row).collect();
    view! { <DataTable caption=t::sources_caption(l) head=head rows=rows labels=true/> }.into_any()
}

pub(super) fn last(l: Locale, events: &[LastEvent]) -> AnyView {
    let head = vec![
        Column::new(t::last_col_at(l)),
        Column::corner(t::last_col_source(l)),
        Column::new(t::last_col_decision(l)),
        Column::new(t::last_col_stands(l)),
    ];
    let row = |event: &LastEvent| {
        let stands = if event.stands == 1 { t::last_stands(l) } else { t::last_replaced(l) };
        Row::new(vec![
            Cell::text(dates::date_time_with_year(l, Instant(event.received_at))),
            Cell::text(event.source.as_str()),
            decision(l, &event.decision, event.version),
            Cell::text(stands),
        ])
    };
    let rows = events.iter().map(row).collect();
    view! { <DataTable caption=t::last_caption(l) head=head rows=rows/> }.into_any()
}

pub(super) fn refused(l: Locale, items: &[Refused]) -> AnyView {
    let head = vec![
        Column::new(t::refused_col_at(l)),
        Column::corner(t::refused_col_source(l)),
        Column::new(t::refused_col_decision(l)),
        Column::new(t::refused_col_field(l)),
        Column::new(t::refused_col_why(l)),
    ];
    let row = |item: &Refused| {
        let field = match item.field.as_str() {
            "" => Cell::text(t::refused_no_field(l)),
            field => Cell::in_lang("en", field),
        };
        Row::new(vec![
            Cell::text(dates::date_time_with_year(l, Instant(item.at))),
            Cell::text(item.source.as_str()),
            decision(l, &item.decision_key, item.version),
            field,
            Cell::text(words::why(l, &item.code)),
        ])
    };
    let rows = items.iter().map(row).collect();
    view! { <DataTable caption=t::refused_caption(l) head=head rows=rows labels=true/> }.into_any()
}

/// An item that could not be read may have come without a key.
fn decision(l: Locale, key: &str, version: i64) -> Cell {
    let key = if key.is_empty() { t::refused_no_key(l) } else { key.to_owned() };
    Cell::two(key, t::last_version(l, version))
}
