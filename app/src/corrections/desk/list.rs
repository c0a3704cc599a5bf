//! What waits for an answer, by its clock, and what is answered. No words of theirs.

use backend::corrections::{self, DeskRow};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use super::parts::{self, Desk};
use crate::{
    corrections::words,
    i18n::{corrections as t, dates},
    routes,
    ui::{Cell, Column, DataTable, EmptyState, Notice, NoticeKind, PageHead, Row, Tag},
};

#[component]
pub fn ListPage() -> impl IntoView {
    parts::page(|desk| async move {
        let rows = corrections::desk(&desk.ctx, &desk.who).await?;
        Ok(rows.map(|rows| shown(&desk, rows)))
    })
}

fn shown(desk: &Desk, rows: Vec<DeskRow>) -> AnyView {
    let (l, now) = (desk.l, desk.now());
    let (open, done): (Vec<DeskRow>, Vec<DeskRow>) = rows.into_iter().partition(|row| row.due_at.is_some());
    let late = open.iter().filter(|row| row.due_at.is_some_and(|due| due <= now)).count();
    let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
    let note = if open.is_empty() { t::desk_nothing(l) } else { t::desk_count(l, count(open.len())) };
    let note = if late == 0 { note } else { format!("{note} {}", t::desk_late(l, count(late))) };
    let done = (!done.is_empty()).then(
        || view! { <h2>{t::desk_done(l)}</h2>{table(l, now, (t::desk_done(l), t::answer_at(l)), done)} },
    );
    let passed = desk.page.query("done").is_some_and(|done| done == "passed");
    view! {
        <div class="stack">
            <PageHead title=t::desk_title(l) note=note/>
            {passed.then(|| view! { <Notice kind=NoticeKind::Done title=t::desk_passed(l)/> })}
            <h2>{t::desk_open(l)}</h2>
            {table(l, now, (t::desk_open(l), t::col_due(l)), open)}
            {done}
        </div>
    }
    .into_any()
}

/// Under what, and of which day its last column is.
fn table(l: Locale, now: Instant, (caption, day): (String, String), rows: Vec<DeskRow>) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState title=t::desk_none(l)/> }.into_any();
    }
    let head = vec![
        Column::new(t::col_reference(l)),
        Column::new(t::col_who(l)),
        Column::new(t::col_what(l)),
        Column::new(t::col_state(l)),
        Column::new(day),
    ];
    let rows: Vec<Row> = rows.into_iter().map(|one| row(l, now, one)).collect();
    view! { <DataTable caption=caption head=head rows=rows labels=true/> }.into_any()
}

fn row(l: Locale, now: Instant, row: DeskRow) -> Row {
    let (state, kind) = (words::state(l, &row.state), words::state_kind(&row.state));
    Row::new(vec![
        Cell::link(routes::staff_correction(&row.public), row.reference.to_string()),
        Cell::two(row.person, row.unit_name),
        Cell::two(words::wish(l, row.wish), words::about(l, row.about)),
        Cell::view(view! { <Tag text=state kind=kind/> }),
        due(l, now, row.due_at, row.state_at),
    ])
}

/// By when, and whether that is past; of one that is answered, when it was.
fn due(l: Locale, now: Instant, due: Option<Instant>, done: Instant) -> Cell {
    let Some(due) = due else { return Cell::text(dates::plain(l, done.date())) };
    let last = Instant(due.micros() - 1).date();
    match () {
        () if due <= now => Cell::late(t::due_late(l, dates::plain(l, last))),
        () if last == now.date() => Cell::now(t::due_today(l)),
        () => Cell::text(dates::plain(l, last)),
    }
}
