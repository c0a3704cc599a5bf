//! What came, what is waited for, and what is late; by unit. No words of theirs, and no name of a file.

use backend::documents::{self, DeskAsked, DeskList, DeskRow};
use domain::{
    documents::RequestState,
    kernel::{CivilDate, Locale},
};
use leptos::prelude::*;

use super::parts::{self, Desk};
use crate::{
    documents::words,
    i18n::{dates, documents as both, documents_desk as t},
    routes,
    ui::{Cell, Column, DataTable, EmptyState, PageHead, Row, Tag, TagKind},
};

/// What is shown of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Show {
    New,
    Waiting,
    Late,
    Done,
}

impl Show {
    const EVERY: [Self; 4] = [Self::New, Self::Waiting, Self::Late, Self::Done];

    fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Waiting => "waiting",
            Self::Late => "late",
            Self::Done => "done",
        }
    }

    fn of(code: Option<String>) -> Self {
        Self::EVERY.into_iter().find(|show| Some(show.code()) == code.as_deref()).unwrap_or(Self::New)
    }

    fn words(self, l: Locale) -> String {
        match self {
            Self::New => t::show_new(l),
            Self::Waiting => t::show_waiting(l),
            Self::Late => t::show_late(l),
            Self::Done => t::show_done(l),
        }
    }
}

#[component]
pub fn ListPage() -> impl IntoView {
    parts::page(|desk| async move {
        let list = documents::desk(&desk.ctx, &desk.who).await?;
        Ok(Some(shown(&desk, list)))
    })
}

fn shown(desk: &Desk, list: DeskList) -> AnyView {
    let (l, today) = (desk.l, desk.today());
    let show = Show::of(desk.page.query("show"));
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let new = count(list.documents.iter().filter(|row| row.state.is_open()).count());
    let late = count(list.asked.iter().filter(|row| row.due < today).count());
    let note = if new == 0 { t::list_nothing(l) } else { t::list_count(l, new) };
    let note = if late == 0 { note } else { format!("{note} {}", t::list_late(l, late)) };
    let body = match show {
        Show::New | Show::Done => {
            let rows = list.documents.into_iter().filter(|row| row.state.is_open() == (show == Show::New));
            documents_table(l, show, rows.map(|row| document(l, row)).collect())
        }
        Show::Waiting | Show::Late => {
            let rows = list.asked.into_iter().filter(|row| show == Show::Waiting || row.due < today);
            asked_table(l, show, rows.map(|row| asked(l, today, row)).collect())
        }
    };
    view! {
        <div class="stack">
            <PageHead title=t::list_title(l) note=note/>
            {filters(l, show)}
            {body}
        </div>
    }
    .into_any()
}

fn filters(l: Locale, show: Show) -> AnyView {
    let link = |one: Show| {
        let here = (one == show).then_some("page");
        view! { <a href=routes::staff_documents(one.code()) aria-current=here>{one.words(l)}</a> }
    };
    let links = Show::EVERY.into_iter().map(link).collect_view();
    view! { <nav class="talk-shown no-print" aria-label=t::filters(l)>{links}</nav> }.into_any()
}

fn documents_table(l: Locale, show: Show, rows: Vec<Row>) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState title=t::table_none(l)/> }.into_any();
    }
    let head = vec![
        Column::new(t::col_reference(l)),
        Column::new(t::col_who(l)),
        Column::new(t::col_what(l)),
        Column::new(t::col_state(l)),
        Column::new(t::col_when(l)),
    ];
    view! { <DataTable caption=show.words(l) head=head rows=rows labels=true/> }.into_any()
}

fn document(l: Locale, row: DeskRow) -> Row {
    let (state, kind) = words::shown(l, row.state.shown([]));
    let kind = if row.state.is_open() { TagKind::Now } else { kind };
    let at = if row.state.is_open() { row.handed_at } else { row.state_at };
    Row::new(vec![
        Cell::link(routes::staff_document(&row.public), row.reference.to_string()),
        Cell::two(row.sender, row.unit_name),
        Cell::text(row.names.name(l)),
        Cell::view(view! { <Tag text=state kind=kind/> }),
        Cell::text(dates::date_time_with_year(l, at)),
    ])
}

fn asked_table(l: Locale, show: Show, rows: Vec<Row>) -> AnyView {
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

fn asked(l: Locale, today: CivilDate, row: DeskAsked) -> Row {
    let (state, kind) = match row.state {
        RequestState::Told => (both::asked_told(l), TagKind::Now),
        _ => (t::waited_for(l), TagKind::Waiting),
    };
    let due = match row.due.days_since(today) {
        days if days < 0 => Cell::late(t::due_late(l, dates::plain(l, row.due))),
        0 => Cell::now(both::due_today(l)),
        _ => Cell::text(dates::plain(l, row.due)),
    };
    Row::new(vec![
        Cell::link(routes::staff_document_request(&row.public), row.reference.to_string()),
        Cell::two(row.person, row.unit_name),
        Cell::text(row.names.name(l)),
        Cell::view(view! { <Tag text=state kind=kind/> }),
        due,
    ])
}
