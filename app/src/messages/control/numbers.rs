//! How control goes in her units: a small table of the last days, with words and no text of anybody.

use backend::messages::exchange::{Statistics, statistics};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::messages_control as t,
    routes,
    ui::{Cell, Column, DataTable, Link, PageHead, Row},
};

/// Days looked back.
const DAYS: i64 = 30;

#[component]
pub fn NumbersPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.may_oversee() {
            return Ok(None);
        }
        let numbers = statistics(&desk.ctx, &desk.who, DAYS).await?;
        Ok(Some(shown(&desk, &numbers)))
    })
}

fn shown(desk: &Desk, numbers: &Statistics) -> AnyView {
    let l = desk.l;
    let (href, back) = match desk.may_control() {
        true => (routes::STAFF_LETTERS, t::queue_title(l)),
        false => (routes::STAFF_WORK, t::numbers_back(l)),
    };
    let head = vec![
        Column::new(t::numbers_what(l)),
        Column::number(t::numbers_how_many(l)),
        Column::new(t::numbers_means(l)),
    ];
    view! {
        <div class="stack">
            <PageHead title=t::numbers_title(l) lead=t::numbers_lead(l, DAYS) back=Link::new(href, back)/>
            <DataTable caption=t::numbers_title(l) head=head rows=rows(l, numbers) labels=true/>
        </div>
    }
    .into_any()
}

fn rows(l: Locale, numbers: &Statistics) -> Vec<Row> {
    let time = numbers.minutes.map_or_else(|| t::numbers_none(l), |minutes| words::span(l, minutes));
    let number = |n: i64| n.to_string();
    let rows = [
        (t::numbers_written(l), number(numbers.written), t::numbers_written_text(l)),
        (t::numbers_through(l), number(numbers.let_through), t::numbers_through_text(l)),
        (t::numbers_cut(l), number(numbers.cut), t::numbers_cut_text(l)),
        (t::numbers_stopped(l), number(numbers.stopped), t::numbers_stopped_text(l)),
        (t::numbers_late(l), number(numbers.escalated), t::numbers_late_text(l)),
        (t::numbers_time(l), time, t::numbers_time_text(l)),
    ];
    let row = |(what, how_many, means): (String, String, String)| {
        Row::new(vec![Cell::text(what), Cell::text(how_many), Cell::text(means)])
    };
    rows.into_iter().map(row).collect()
}
