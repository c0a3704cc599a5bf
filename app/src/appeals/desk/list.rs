//! What waits, by its clock, and what is done. No words of theirs.

use backend::appeals::{self, DeskRow};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use super::parts::{self, Desk};
use crate::{
    appeals::words,
    i18n::{appeals as both, appeals_desk as t, dates},
    routes,
    ui::{Cell, Column, DataTable, EmptyState, PageHead, Row, Tag, TagKind},
};

/// As many rows as one read gives.
const FULL: usize = 300;

/// What is shown of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Show {
    Open,
    Late,
    Done,
}

impl Show {
    const EVERY: [Self; 3] = [Self::Open, Self::Late, Self::Done];

    fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Late => "late",
            Self::Done => "done",
        }
    }

    fn of(code: Option<String>) -> Self {
        Self::EVERY.into_iter().find(|show| Some(show.code()) == code.as_deref()).unwrap_or(Self::Open)
    }

    fn words(self, l: Locale) -> String {
        match self {
            Self::Open => t::show_open(l),
            Self::Late => t::show_late(l),
            Self::Done => t::show_done(l),
        }
    }

    fn holds(self, row: &DeskRow, now: Instant) -> bool {
        match self {
            Self::Open => row.due_at.is_some(),
            Self::Late => row.due_at.is_some_and(|due| due < now),
            Self::Done => row.due_at.is_none(),
        }
    }
}

#[component]
pub fn ListPage() -> impl IntoView {
    parts::page(|desk| async move {
        let rows = appeals::desk(&desk.ctx, &desk.who).await?;
        Ok(Some(shown(&desk, rows)))
    })
}

fn shown(desk: &Desk, rows: Vec<DeskRow>) -> AnyView {
    let (l, now) = (desk.l, desk.now());
    let show = Show::of(desk.page.query("show"));
    let count = |show: Show| {
        i64::try_from(rows.iter().filter(|row| show.holds(row, now)).count()).unwrap_or(i64::MAX)
    };
    let (open, late) = (count(Show::Open), count(Show::Late));
    let note = if open == 0 { t::list_nothing(l) } else { t::list_count(l, open) };
    let note = if late == 0 { note } else { format!("{note} {}", t::list_late(l, late)) };
    let full = rows.len() >= FULL;
    let rows: Vec<Row> =
        rows.into_iter().filter(|row| show.holds(row, now)).map(|one| row(l, now, one)).collect();
    view! {
        <div class="stack">
            <PageHead title=t::list_title(l) note=note/>
            {filters(l, show)}
            {table(l, show, rows)}
            {full.then(|| view! { <p class="muted">{t::list_full(l)}</p> })}
        </div>
    }
    .into_any()
}

fn filters(l: Locale, show: Show) -> AnyView {
    let link = |one: Show| {
        let here = (one == show).then_some("page");
        view! { <a href=routes::staff_appeals(one.code()) aria-current=here>{one.words(l)}</a> }
    };
    let links = Show::EVERY.into_iter().map(link).collect_view();
    view! { <nav class="talk-shown no-print" aria-label=t::filters(l)>{links}</nav> }.into_any()
}

fn table(l: Locale, show: Show, rows: Vec<Row>) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState title=t::table_none(l)/> }.into_any();
    }
    let head = vec![
        Column::new(t::col_reference(l)),
        Column::new(t::col_who(l)),
        Column::new(t::col_what(l)),
        Column::new(t::col_state(l)),
        Column::new(t::col_due(l)),
    ];
    view! { <DataTable caption=show.words(l) head=head rows=rows labels=true/> }.into_any()
}

fn row(l: Locale, now: Instant, row: DeskRow) -> Row {
    let marks = [(row.late, t::mark_late(l)), (row.asks_to_wait, t::mark_waits(l))];
    let marks = marks.into_iter().filter(|(there, _)| *there).map(|(_, text)| {
        view! { " "<Tag text=text kind=TagKind::Warn/> }
    });
    let marks = marks.collect_view();
    let state = words::state(l, &row.state);
    let kind = words::state_kind(&row.state);
    Row::new(vec![
        Cell::link(routes::staff_appeal(&row.public), row.reference.to_string()),
        Cell::two(row.appellant, row.unit_name),
        Cell::two(words::subject(l, row.subject), t::sent_on(l, dates::plain(l, row.sent_at.date()))),
        Cell::view(view! { <Tag text=state kind=kind/>{marks} }),
        due(l, now, row.due_at, row.state_at),
    ])
}

/// By when, and whether that is past; of one that is done, when it was.
fn due(l: Locale, now: Instant, due: Option<Instant>, done: Instant) -> Cell {
    match due {
        None => Cell::text(dates::plain(l, done.date())),
        Some(due) if due < now => Cell::late(t::due_late(l, dates::plain(l, due.date()))),
        Some(due) if due.date() == now.date() => Cell::now(both::today(l)),
        Some(due) => Cell::text(dates::plain(l, due.date())),
    }
}
