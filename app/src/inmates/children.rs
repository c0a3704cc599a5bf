//! Those inside who are under eighteen, to print: how many visits each has had, and who lacks one first.

use backend::visits::children::{Child, listed};
use domain::{
    kernel::{CivilDate, Locale},
    visits::children::Standing,
};
use leptos::prelude::*;

use super::parts::{self, Desk};
use crate::{
    i18n::{dates, visits_children as t},
    routes,
    ui::{Cell, Column, DataTable, EmptyState, Link, PageHead, PrintButton, Row, Tag, TagKind},
};

#[component]
pub fn ChildrenPage() -> impl IntoView {
    parts::page(|desk| async move { Ok(listed(&desk.ctx, &desk.who).await?.map(|all| shown(&desk, &all))) })
}

fn shown(desk: &Desk, all: &[Child]) -> AnyView {
    let l = t::lang(desk.page.locale);
    let list = match all.is_empty() {
        true => view! { <EmptyState title=t::none_title(l) text=t::none_text(l)/> }.into_any(),
        false => table(l, desk.page.now.date(), all),
    };
    let print = (!all.is_empty()).then(|| view! { <p class="no-print"><PrintButton text=t::print(l)/></p> });
    view! {
        <div class="stack">
            <PageHead title=t::title(l) lead=t::lead(l) back=Link::new(routes::STAFF_INMATES, t::back(l))/>
            {list}
            {print}
        </div>
    }
    .into_any()
}

fn table(l: Locale, today: CivilDate, all: &[Child]) -> AnyView {
    let head = vec![
        Column::new(t::col_name(l)),
        Column::new(t::col_unit(l)),
        Column::new(t::col_standing(l)),
        Column::new(t::col_this(l)),
        Column::new(t::col_before(l)),
        Column::new(t::col_last(l)),
        Column::new(t::col_next(l)),
    ];
    let rows = all.iter().map(|one| row(l, today, one)).collect();
    view! { <DataTable caption=t::title(l) head=head rows=rows labels=true/> }.into_any()
}

fn row(l: Locale, today: CivilDate, one: &Child) -> Row {
    let (words, kind) = match one.standing {
        Standing::Short => (t::short(l), TagKind::Error),
        Standing::Missing => (t::missing(l), TagKind::Warn),
        Standing::Ahead => (t::ahead(l), TagKind::Open),
        Standing::Met => (t::met(l), TagKind::Done),
    };
    let day = |day: Option<CivilDate>| day.map_or_else(|| t::none(l), |day| dates::plain(l, day));
    let href = routes::staff_inmate_for(&one.public, "handle_case", None);
    let (name, age) = (one.name.clone(), t::age(l, i64::from(one.born.age_on(today))));
    let who = view! { <a class="cell-link" href=href>{name}</a><span class="cell-small">{age}</span> };
    Row::new(vec![
        Cell::view(who),
        Cell::text(&one.unit_name),
        Cell::view(view! { <Tag text=words kind=kind/> }),
        Cell::text(t::of(l, one.visits.this_month, one.least)),
        Cell::text(t::of(l, one.visits.last_month, one.least)),
        Cell::text(day(one.last)),
        Cell::text(day(one.next)),
    ])
}
