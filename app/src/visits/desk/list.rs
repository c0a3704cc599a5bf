//! The work list: what waits for the officer apart from what waits for others, the oldest first.

use backend::visits::clearance::{self, DeskList, DeskRow, LookReason};
use domain::{
    access::Role,
    kernel::{CivilDate, Locale},
    visits::booking::may_see_day,
};
use leptos::prelude::*;

use super::{
    fields::Fields,
    parts::{self, Desk},
    search::SearchForm,
    words,
};
use crate::{
    i18n::{common, dates, visits_desk as t},
    routes,
    ui::{
        Actions, ButtonKind, Cell, Column, DataTable, EmptyState, HeadRow, Link, LinkButton, Notice,
        NoticeKind, PageGrid, PageHead, Row, TableGroup,
    },
};

/// As many rows as one read gives.
const FULL: usize = 800;

#[component]
pub fn WorkListPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.may_read() {
            return Ok(Some(nothing_here(&desk)));
        }
        let list = clearance::desk(&desk.ctx, &desk.who).await?;
        Ok(Some(shown(&desk, list)))
    })
}

/// For those of the staff whose work applications are not: the way to what is.
fn nothing_here(desk: &Desk) -> AnyView {
    let (l, roles) = (desk.l, &desk.who.roles);
    let link = if roles.contains(&Role::VictimOfficer) {
        Some(Link::new(routes::STAFF_NOTICES, common::nav_staff_notices(l)))
    } else if roles.contains(&Role::DutyOfficer) {
        Some(Link::new(routes::STAFF_DUTY, common::nav_staff_duty(l)))
    } else if roles.contains(&Role::AppealOfficer) {
        Some(Link::new(routes::STAFF_APPEALS, common::nav_staff_appeals(l)))
    } else if roles.contains(&Role::Leader) {
        Some(Link::new(routes::STAFF_INSIGHT, common::nav_staff_insight(l)))
    } else if roles.contains(&Role::MessageController) {
        Some(Link::new(routes::STAFF_LETTERS, common::nav_staff_letters(l)))
    } else {
        may_see_day(roles).then(|| Link::new(routes::STAFF_DAY, common::nav_staff_day(l)))
    };
    view! {
        <PageGrid>
            <PageHead title=t::list_title(l)/>
            <EmptyState title=t::list_empty_title(l) text=t::list_not_yours(l) link=link/>
        </PageGrid>
    }
    .into_any()
}

fn shown(desk: &Desk, list: DeskList) -> AnyView {
    let l = desk.l;
    let all = || [&list.your_turn, &list.inmate, &list.police, &list.unmatched].into_iter().flatten();
    let total = all().count();
    let late = all().filter(|row| row.due < desk.today()).count();
    let note = (total > 0).then(|| counted(l, total, list.your_turn.len(), late));
    let done = (desk.page.query("done").as_deref() == Some("matched"))
        .then(|| view! { <Notice kind=NoticeKind::Done title=t::done_matched(l)/> });
    let answers = (desk.is_officer() && !list.inmate.is_empty()).then(|| {
        view! {
            <Actions>
                <LinkButton href=routes::STAFF_ANSWERS text=t::list_answers(l) kind=ButtonKind::Secondary/>
            </Actions>
        }
    });
    view! {
        <div class="stack">
            {done}
            <HeadRow><PageHead title=t::list_title(l) note=note/>{answers}</HeadRow>
            <SearchForm l=l fields=Fields::default()/>
            {groups(desk, list)}
            {(total >= FULL).then(|| view! { <p class="muted">{t::list_full(l)}</p> })}
        </div>
    }
    .into_any()
}

fn counted(l: Locale, total: usize, yours: usize, late: usize) -> String {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let late = if late == 0 { t::list_in_time(l) } else { t::list_late(l, number(late)) };
    format!("{} {} {late}", t::list_count(l, number(total)), t::list_yours(l, number(yours)))
}

/// Groups without rows are left out; the unmatched stand on a list of their own.
fn groups(desk: &Desk, list: DeskList) -> AnyView {
    let l = desk.l;
    let group = |title: String, rows: Vec<DeskRow>| {
        let count = rows.len().to_string();
        (!rows.is_empty()).then(|| TableGroup::new(title, count, table_rows(desk, rows, None)))
    };
    let groups: Vec<TableGroup> = [
        group(t::list_yours_title(l), list.your_turn),
        group(t::list_inmate_title(l), list.inmate),
        group(t::list_police_title(l), list.police),
    ]
    .into_iter()
    .flatten()
    .collect();
    let empty = groups.is_empty() && list.unmatched.is_empty();
    let known = (!groups.is_empty())
        .then(|| view! { <DataTable caption=t::list_caption(l) head=head(l) groups=groups/> });
    view! {
        {empty.then(|| view! { <EmptyState title=t::list_empty_title(l) text=t::list_empty_text(l)/> })}
        {known}
        {unmatched(desk, list.unmatched)}
    }
    .into_any()
}

fn unmatched(desk: &Desk, rows: Vec<DeskRow>) -> Option<AnyView> {
    let l = desk.l;
    (!rows.is_empty()).then(|| {
        let rows = table_rows(desk, rows, Some(t::why_unmatched(l)));
        view! {
            <section class="stack" aria-labelledby="unmatched">
                <h2 id="unmatched">{t::list_unmatched_title(l)}</h2>
                <p>{t::list_unmatched_text(l)}</p>
                <DataTable caption=t::list_unmatched_caption(l) head=head(l) rows=rows/>
            </section>
        }
        .into_any()
    })
}

pub(super) fn head(l: Locale) -> Vec<Column> {
    vec![
        Column::new(t::column_due(l)),
        Column::new(t::column_applicant(l)),
        Column::new(t::column_inmate(l)),
        Column::new(t::column_people(l)),
        Column::new(t::column_why(l)),
        Column::corner(t::column_since(l)),
    ]
}

fn table_rows(desk: &Desk, rows: Vec<DeskRow>, why: Option<String>) -> Vec<Row> {
    let make = |row: DeskRow| table_row(desk, row, LookReason::HandleCase, why.clone());
    rows.into_iter().map(make).collect()
}

/// A case in a table. A closed one has no due day.
pub(super) fn table_row(desk: &Desk, row: DeskRow, reason: LookReason, why: Option<String>) -> Row {
    let (l, today) = (desk.l, desk.today());
    let path = routes::staff_case(&row.public, reason.code());
    let due = if row.stage.is_open() { words::due(l, row.due, today) } else { Cell::text("–") };
    let reference = row.reference.to_string();
    let applicant = view! {
        <a class="cell-link" href=path>
            {row.applicant}<span class="visually-hidden">" "{reference.clone()}</span>
        </a>
        <span class="cell-small">{reference}</span>
    };
    let inmate =
        if desk.who.units.len() > 1 { Cell::two(row.inmate, row.unit_name) } else { Cell::text(row.inmate) };
    Row::new(vec![
        due,
        Cell::view(applicant),
        inmate,
        Cell::text(t::people(l, row.people)),
        Cell::text(why.unwrap_or_else(|| words::why(l, row.stage))),
        Cell::text(since(l, row.since.date(), today)),
    ])
}

/// `i dag`, `for 3 dager siden`, or the day when that is long ago.
fn since(l: Locale, day: CivilDate, today: CivilDate) -> String {
    if today.days_since(day) < 14 {
        dates::capital(&dates::relative(l, day, today))
    } else {
        dates::capital(&dates::day_month(l, day))
    }
}
