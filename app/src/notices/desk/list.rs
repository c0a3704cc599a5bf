//! What waits for the officer: requests, questions with their clocks, tasks, and the registered with those first who were
//! never asked. No name stands here: whoever passes the screen learns nothing.

use backend::notices::{
    TaskKind,
    desk::{self, PartyLine, Question, RequestLine, TaskLine, WorkList},
};
use domain::kernel::{Instant, Locale, Public};
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms,
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::{dates, notices_desk as t},
    routes,
    ui::{
        Actions, ButtonKind, Cell, Column, DataTable, EmptyState, HeadRow, Link, LinkButton, Notice,
        NoticeKind, PageHead, Row, TableGroup,
    },
};

#[component]
pub fn WorkListPage() -> impl IntoView {
    parts::page(|desk| async move {
        let Some(list) = desk::list(&desk.ctx, &desk.who).await? else { return Ok(None) };
        let mut told = Fields::default();
        for form in [forms::VERIFY, forms::ANSWER] {
            told = desk.tried(form).await?.unwrap_or(told);
        }
        Ok(Some(shown(&desk, list, &told)))
    })
}

fn shown(desk: &Desk, list: WorkList, told: &Fields) -> AnyView {
    let l = desk.l;
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let waiting = list.requests.len() + list.questions.len() + list.tasks.len() + list.unassigned.len();
    let note = if waiting == 0 { t::list_nothing(l) } else { t::list_count(l, number(waiting)) };
    let few = usize::try_from(backend::notices::FEW).unwrap_or(usize::MAX);
    let full = [&list.unassigned, &list.parties].map(Vec::len);
    let full = full.into_iter().chain([list.requests.len(), list.questions.len(), list.tasks.len()]);
    let full = full.max() >= Some(few);
    view! {
        <div class="stack">
            {done(l, told)}
            <HeadRow>
                <PageHead title=t::list_title(l) note=note/>
                <Actions>
                    <LinkButton href=routes::STAFF_REGISTER text=t::list_register(l) kind=ButtonKind::Secondary/>
                </Actions>
            </HeadRow>
            {groups(desk, list)}
            {full.then(|| view! { <p class="muted">{t::list_full(l)}</p> })}
        </div>
    }
    .into_any()
}

/// What was just done, and the way on to her.
fn done(l: Locale, told: &Fields) -> Option<AnyView> {
    let (kind, words) = match told.what().as_str() {
        "verified" => (NoticeKind::Done, t::done_verified(l)),
        "registered" => (NoticeKind::Done, t::done_registered(l)),
        "refused" => (NoticeKind::Done, t::done_refused(l)),
        "answered" => (NoticeKind::Done, t::done_answered(l)),
        "assigned" => (NoticeKind::Done, t::done_assigned(l)),
        "closed" => (NoticeKind::Done, t::done_closed(l)),
        "gone" => (NoticeKind::Error, t::done_gone(l)),
        "settled" => (NoticeKind::Error, t::done_settled(l)),
        _ => return None,
    };
    let whom: Option<Public<backend::notices::Party>> = Public::parse(&told.value("whom"));
    let link = whom.map(|whom| Link::new(routes::staff_party(&whom), t::done_open(l)));
    Some(
        view! {
            <Notice kind=kind title=words>
                {link.map(|link| view! { <p><a href=link.href>{link.text}</a></p> })}
            </Notice>
        }
        .into_any(),
    )
}

fn groups(desk: &Desk, list: WorkList) -> AnyView {
    let (l, now) = (desk.l, desk.now());
    let group = |title: String, rows: Vec<Row>| {
        (!rows.is_empty()).then(|| TableGroup::new(title, rows.len().to_string(), rows))
    };
    let groups: Vec<TableGroup> = [
        group(t::list_requests(l), list.requests.into_iter().map(|row| request(l, row, now)).collect()),
        group(t::list_questions(l), list.questions.into_iter().map(|row| question(l, row, now)).collect()),
        group(t::list_tasks(l), list.tasks.into_iter().map(|row| task(l, row, now)).collect()),
        group(t::list_unassigned(l), list.unassigned.into_iter().map(|row| party(l, row)).collect()),
        group(t::list_parties(l), list.parties.into_iter().map(|row| party(l, row)).collect()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if groups.is_empty() {
        return view! { <EmptyState title=t::list_empty_title(l) text=t::list_empty_text(l)/> }.into_any();
    }
    let head =
        vec![Column::new(t::column_due(l)), Column::new(t::column_what(l)), Column::new(t::column_about(l))];
    view! { <DataTable caption=t::list_caption(l) head=head groups=groups/> }.into_any()
}

/// The link of a row, with what tells it from another of the same words.
fn link(href: String, text: String, public: &str) -> Cell {
    let short = words::short_of(public);
    Cell::view(view! {
        <a class="cell-link" href=href>{text}<span class="visually-hidden">" "{short.clone()}</span></a>
        <span class="cell-small" aria-hidden="true">{short}</span>
    })
}

fn request(l: Locale, row: RequestLine, now: Instant) -> Row {
    let made = Instant(row.made_at);
    let since = dates::capital(&dates::relative(l, made.date(), now.date()));
    let href = format!("{}/requests/{}", routes::STAFF_NOTICES, row.public_id);
    Row::new(vec![
        Cell::text(since),
        link(href, t::list_request(l), &row.public_id),
        Cell::text(t::list_came(l, dates::date_time(l, made))),
    ])
}

fn question(l: Locale, row: Question, now: Instant) -> Row {
    let href = format!("{}/questions/{}", routes::STAFF_NOTICES, row.public_id);
    let about = t::list_from(l, dates::date_time(l, Instant(row.at)));
    let about = if row.climbed == 1 { Cell::two(about, t::list_climbed(l)) } else { Cell::text(about) };
    Row::new(vec![
        words::clock(l, Instant(row.climbs_at), now),
        link(href, words::kind_of(l, &row.kind), &row.public_id),
        about,
    ])
}

fn task(l: Locale, row: TaskLine, now: Instant) -> Row {
    let kind = TaskKind::parse(&row.kind);
    let (what, how) = kind.map_or_else(
        || (t::task_other(l), String::new()),
        |kind| (words::task(l, kind), words::task_text(l, kind)),
    );
    // A question is answered in the thread; the others are ended on a page of their own.
    let href = if kind == Some(TaskKind::Question) {
        format!("{}/parties/{}#thread", routes::STAFF_NOTICES, row.party)
    } else {
        format!("{}/tasks/{}", routes::STAFF_NOTICES, row.public_id)
    };
    Row::new(vec![words::clock(l, Instant(row.deadline), now), link(href, what, &row.party), Cell::text(how)])
}

fn party(l: Locale, row: PartyLine) -> Row {
    let href = format!("{}/parties/{}", routes::STAFF_NOTICES, row.public_id);
    let wish = words::wish(l, &row.wish);
    let wish = if row.wish == "never_asked" { Cell::now(wish) } else { Cell::text(wish) };
    let since = row.wished_at.map(|at| t::list_since(l, dates::plain(l, Instant(at).date())));
    Row::new(vec![
        wish,
        link(href, t::list_party(l), &row.public_id),
        Cell::two(words::party_state(l, &row.state), since.unwrap_or_default()),
    ])
}
