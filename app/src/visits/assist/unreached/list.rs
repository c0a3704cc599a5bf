//! All of them, to print: who, where to ring, what there is to tell, and a place to tick off on paper.

use backend::visits::assisted::unreached::{Listed, listed};
use leptos::prelude::*;

use super::{
    super::parts::{self, Desk},
    words::what,
};
use crate::{
    i18n::{dates, visits_unreached as t},
    routes,
    ui::{Cell, Column, DataTable, EmptyState, Link, PageHead, PrintButton, Row, TableGroup},
};

#[component]
pub fn ListPage() -> impl IntoView {
    parts::page(|desk| async move { Ok(listed(&desk.ctx, &desk.who).await?.map(|all| shown(&desk, &all))) })
}

fn shown(desk: &Desk, all: &[Listed]) -> AnyView {
    let l = t::lang(desk.page.locale);
    let list = match all.is_empty() {
        true => view! { <EmptyState title=t::none_title(l) text=t::none_text(l)/> }.into_any(),
        false => table(desk, all),
    };
    let print = (!all.is_empty()).then(|| {
        view! { <p class="no-print"><PrintButton text=t::print(l)/></p> }
    });
    view! {
        <div class="stack">
            <PageHead title=t::list_title(l) lead=t::list_lead(l) back=Link::new(routes::STAFF_ASSIST, t::back_assist(l))/>
            {list}
            {print}
        </div>
    }
    .into_any()
}

fn table(desk: &Desk, all: &[Listed]) -> AnyView {
    let l = t::lang(desk.page.locale);
    let head = vec![
        Column::new(t::col_name(l)),
        Column::new(t::col_phone(l)),
        Column::new(t::col_what(l)),
        Column::new(t::col_since(l)),
        Column::corner(t::col_told(l)),
    ];
    let mut groups: Vec<TableGroup> = vec![];
    let mut units: Vec<&str> = all.iter().map(|one| one.unit_name.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    for unit in units {
        let rows = all.iter().filter(|one| one.unit_name == unit).map(|one| row(desk, one)).collect();
        groups.push(TableGroup::new(unit, "", rows));
    }
    view! { <DataTable caption=t::list_title(l) head=head groups=groups labels=true/> }.into_any()
}

fn row(desk: &Desk, one: &Listed) -> Row {
    let l = t::lang(desk.page.locale);
    let what: Vec<String> = one.kinds.iter().map(|kind| what(l, kind)).collect();
    let phone = one.phone.as_ref().map_or_else(|| t::no_phone(l), |phone| phone.as_str().to_owned());
    let tried = one.tried_at.map(|at| t::tried(l, one.tries, dates::date_time(l, at)));
    Row::new(vec![
        Cell::link(routes::staff_unreached_one(&one.public), &one.name),
        Cell::text(phone),
        Cell::text(what.join(", ")),
        Cell::text(dates::date_time_with_year(l, one.since)),
        Cell::text(tried.unwrap_or_default()),
    ])
}
