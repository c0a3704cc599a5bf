//! What people have written to the officer's units: what waits for an answer first, by when it is due. No words of theirs.

use backend::messages::officer::{self, DeskRow};
use domain::{kernel::Locale, messages::Thread};
use leptos::prelude::*;

use super::{
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::messages_desk as t,
    routes,
    ui::{
        Actions, ButtonKind, Cell, Column, DataTable, EmptyState, HeadRow, Link, LinkButton, Notice,
        NoticeKind, PageHead, Row,
    },
};

/// As many rows as one read gives.
const FULL: usize = 300;

/// What is shown of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Show {
    Unanswered,
    Mine,
    All,
}

impl Show {
    const EVERY: [Self; 3] = [Self::Unanswered, Self::Mine, Self::All];

    fn code(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Mine => "mine",
            Self::All => "all",
        }
    }

    fn of(code: Option<String>) -> Self {
        Self::EVERY.into_iter().find(|show| Some(show.code()) == code.as_deref()).unwrap_or(Self::Unanswered)
    }

    fn words(self, l: Locale) -> String {
        match self {
            Self::Unanswered => t::show_unanswered(l),
            Self::Mine => t::show_mine(l),
            Self::All => t::show_all(l),
        }
    }

    fn holds(self, row: &DeskRow) -> bool {
        match self {
            Self::Unanswered => matches!(row.state, Thread::Waiting { .. }),
            Self::Mine => row.yours && !matches!(row.state, Thread::Closed { .. }),
            Self::All => true,
        }
    }
}

#[component]
pub fn ListPage() -> impl IntoView {
    parts::page(|desk| async move {
        let rows = officer::desk(&desk.ctx, &desk.who).await?;
        Ok(Some(shown(&desk, rows)))
    })
}

fn shown(desk: &Desk, rows: Vec<DeskRow>) -> AnyView {
    let l = desk.l;
    let show = Show::of(desk.page.query("show"));
    let count = |rows: &[DeskRow], holds: &dyn Fn(&DeskRow) -> bool| {
        i64::try_from(rows.iter().filter(|row| holds(row)).count()).unwrap_or(i64::MAX)
    };
    let waiting = count(&rows, &|row| Show::Unanswered.holds(row));
    let late = count(&rows, &|row| matches!(row.state, Thread::Waiting { due, .. } if due < desk.now()));
    let note = if waiting == 0 { t::list_nothing(l) } else { t::list_count(l, waiting) };
    let note = if late == 0 { note } else { format!("{note} {}", t::list_late(l, late)) };
    let full = rows.len() >= FULL;
    let moved = desk.page.query("done").is_some_and(|done| done == "moved");
    let rows: Vec<Row> = rows.into_iter().filter(|row| show.holds(row)).map(|one| row(desk, one)).collect();
    view! {
        <div class="stack">
            {moved.then(|| view! { <Notice kind=NoticeKind::Done title=t::done_moved(l)/> })}
            <HeadRow>
                <PageHead title=t::list_title(l) note=note/>
                <Actions>
                    <LinkButton href=routes::STAFF_TEMPLATES text=t::templates_title(l) kind=ButtonKind::Secondary/>
                </Actions>
            </HeadRow>
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
        view! { <a href=routes::staff_messages(one.code()) aria-current=here>{one.words(l)}</a> }
    };
    view! { <nav class="talk-shown no-print" aria-label=t::show_label(l)>{Show::EVERY.map(link).collect_view()}</nav> }
        .into_any()
}

fn table(l: Locale, show: Show, rows: Vec<Row>) -> AnyView {
    if rows.is_empty() {
        let link = (show != Show::All).then(|| Link::new(routes::staff_messages("all"), t::show_all(l)));
        return view! { <EmptyState title=t::list_empty_title(l) text=t::list_empty_text(l) link=link/> }
            .into_any();
    }
    let head = vec![
        Column::new(t::column_due(l)),
        Column::new(t::column_what(l)),
        Column::new(t::column_from(l)),
        Column::new(t::column_officer(l)),
    ];
    view! { <DataTable caption=t::list_caption(l) head=head rows=rows/> }.into_any()
}

fn row(desk: &Desk, row: DeskRow) -> Row {
    let l = desk.l;
    let reference = row.reference.to_string();
    let what = view! {
        <a class="cell-link" href=routes::staff_thread(&row.public)>
            {words::topic(l, &row.topic)}<span class="visually-hidden">" "{reference.clone()}</span>
        </a>
        <span class="cell-small" aria-hidden="true">{reference}</span>
    };
    Row::new(vec![
        words::due(l, row.state, desk.now()),
        Cell::view(what),
        Cell::two(row.person, row.unit_name),
        Cell::text(who(l, row.officer, row.yours)),
    ])
}

/// Who has it.
pub(super) fn who(l: Locale, officer: Option<String>, yours: bool) -> String {
    match officer {
        Some(_) if yours => t::officer_you(l),
        Some(name) => name,
        None => t::officer_nobody(l),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_knows_shows_what_waits() {
        for show in Show::EVERY {
            assert_eq!(Show::of(Some(show.code().to_owned())), show);
        }
        assert_eq!(Show::of(Some("x".into())), Show::Unanswered);
        assert_eq!(Show::of(None), Show::Unanswered);
    }
}
