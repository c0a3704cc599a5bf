//! What waits to be read, by the hour at which control should be done. What is late comes first and stands out.

use backend::messages::exchange::{Queue, QueueRow, queue};
use domain::kernel::{Instant, Locale, Public};
use leptos::prelude::*;

use super::{
    forms,
    parts::{self, Desk},
    settings_words, words,
};
use crate::{
    i18n::messages_control as t,
    messages::kept::Kept,
    routes,
    ui::{
        Actions, ButtonKind, Cell, Column, DataTable, EmptyState, HeadRow, Link, LinkButton, LinkRow,
        LinkRows, PageHead, Pager, Row,
    },
};

/// As many rows as one read gives.
const FULL: usize = 25;
/// Counting ends here.
const MANY: i64 = 100;

#[component]
pub fn QueuePage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.may_control() {
            return Ok(None);
        }
        let after = desk.page.query("after").and_then(|id| Public::parse(&id));
        let queue = queue(&desk.ctx, &desk.who, after.as_ref()).await?;
        let told = desk.tried(forms::DECIDE).await?.unwrap_or_default();
        Ok(Some(shown(&desk, &queue, &told, after.is_some())))
    })
}

fn shown(desk: &Desk, queue: &Queue, told: &Kept, later: bool) -> AnyView {
    let l = desk.l;
    let note = count(l, queue);
    view! {
        <div class="stack">
            {words::done(l, told)}
            <HeadRow>
                <PageHead title=t::queue_title(l) note=note/>
                <Actions>
                    <LinkButton href=routes::STAFF_LETTERS_PAPER text=t::paper_title(l) kind=ButtonKind::Secondary/>
                    <LinkButton href=routes::STAFF_LETTERS_REPORTS text=t::reports_title(l) kind=ButtonKind::Secondary/>
                </Actions>
            </HeadRow>
            {rows(desk, queue, later)}
            <h2>{t::queue_more(l)}</h2>
            <LinkRows rows=more(l)/>
        </div>
    }
    .into_any()
}

/// What is set for letters.
fn more(l: Locale) -> Vec<LinkRow> {
    let mut rows = settings_words::more(l);
    rows.push(settings_words::rules_row(l));
    rows
}

/// How many wait and how many of them too long, in words.
fn count(l: Locale, queue: &Queue) -> String {
    let waiting = match queue.waiting {
        0 => return t::queue_nothing(l),
        MANY.. => t::queue_many(l),
        n => t::queue_count(l, n),
    };
    if queue.late > 0 { format!("{waiting} {}", t::queue_late(l, queue.late)) } else { waiting }
}

fn rows(desk: &Desk, queue: &Queue, later: bool) -> AnyView {
    let (l, now) = (desk.l, desk.now());
    if queue.rows.is_empty() {
        let link = later.then(|| Link::new(routes::STAFF_LETTERS, t::queue_first(l)));
        return view! { <EmptyState title=t::queue_empty(l) text=t::queue_empty_text(l) link=link/> }
            .into_any();
    }
    let head = [t::column_due(l), t::column_letter(l), t::column_unit(l), t::column_state(l)];
    let head = head.into_iter().map(Column::new).collect();
    let rows = queue.rows.iter().map(|one| row(l, now, one)).collect();
    let last = queue.rows.last().filter(|_| queue.rows.len() >= FULL);
    let next = last.map(|row| Link::new(routes::staff_letters_after(&row.public), t::queue_next(l)));
    let first = later.then(|| Link::new(routes::STAFF_LETTERS, t::queue_first(l)));
    view! {
        <DataTable caption=t::queue_title(l) head=head rows=rows/>
        <Pager label=t::queue_pages(l) previous=first next=next/>
    }
    .into_any()
}

fn row(l: Locale, now: Instant, one: &QueueRow) -> Row {
    let due = words::due(l, now, one.due_at);
    let due = if one.late { Cell::late(due) } else { Cell::text(due) };
    Row::new(vec![
        due,
        Cell::link(routes::staff_control(&one.public), words::direction(l, one)),
        Cell::text(one.unit_name.as_str()),
        Cell::text(words::second(l, one)),
    ])
}
