//! The times of the week by weekday, and the closed days ahead.

use backend::visits::sessions::{ClosedDay, PlanTime};
use leptos::prelude::*;

use super::{forms, parts::Desk, paused, show::Plan, wings, words};
use crate::{
    i18n::{dates, visits_plan as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Cell, Column, DataTable, EmptyState, HiddenInput, LinkButton, Row,
        TableGroup,
    },
};

pub(super) fn times(desk: &Desk, plan: &Plan) -> AnyView {
    let l = desk.l;
    let add = desk.may_plan().then(|| {
        let href = routes::staff_visiting_new_time(&plan.unit_slug);
        let several = (plan.times.len() > 1).then(|| {
            let href = routes::staff_visiting_several(&plan.unit_slug);
            view! { <LinkButton href=href text=t::several_title(l) kind=ButtonKind::Secondary/> }
        });
        let wings = routes::staff_visiting_wings(&plan.unit_slug);
        view! {
            <Actions>
                <LinkButton href=href text=t::times_add(l) kind=ButtonKind::Secondary/>
                {several}
                <LinkButton href=wings text=t::wings_title(l) kind=ButtonKind::Secondary/>
            </Actions>
        }
    });
    view! {
        <section class="stack" aria-labelledby="times-title">
            <h2 id="times-title">{t::times_title(l)}</h2>
            {times_table(desk, plan)}
            {add}
            {paused::paused(desk, plan)}
        </section>
    }
    .into_any()
}

fn times_table(desk: &Desk, plan: &Plan) -> AnyView {
    let l = desk.l;
    if plan.times.is_empty() {
        return view! { <EmptyState title=t::times_none_title(l) text=t::times_none_text(l)/> }.into_any();
    }
    let head = vec![
        Column::new(t::times_col_time(l)),
        Column::new(t::times_col_kind(l)),
        Column::new(t::times_col_room(l)),
        Column::corner(t::times_col_places(l)),
        Column::new(t::times_col_valid(l)),
    ];
    let days = (1..=7).filter_map(|weekday| {
        let of_day = plan.times.iter().filter(|time| time.template.weekday == weekday);
        let rows: Vec<Row> = of_day.map(|time| time_row(desk, plan, time)).collect();
        let day = dates::capital(&dates::weekday_name(l, weekday));
        (!rows.is_empty()).then(|| TableGroup::new(day, "", rows))
    });
    view! { <DataTable caption=t::times_caption(l, &plan.unit_name) head=head groups=days.collect()/> }
        .into_any()
}

/// The hours lead to the time itself; a screen reader hears the day and the room with them.
fn time_row(desk: &Desk, plan: &Plan, time: &PlanTime) -> Row {
    let (l, of) = (desk.l, &time.template);
    let (day, room) = (dates::weekday_name(l, of.weekday), of.room.clone());
    let href = routes::staff_visiting_time(&time.public);
    let every = (of.every_weeks > 1)
        .then(|| view! { <span class="cell-small">{words::every(l, of.every_weeks)}</span> });
    let hours = view! {
        <a class="cell-link" href=href>
            {words::hours(l, of)}<span class="visually-hidden">" "{day}", "<span lang="nb">{room}</span></span>
        </a>
        {every}
    };
    let holidays = if of.on_holidays { t::times_holidays(l) } else { String::new() };
    let wings = wings::for_whom(l, plan.wings.of_time(&time.public));
    Row::new(vec![
        Cell::view(hours),
        Cell::two(words::time_kind(l, of.kind, (of.way, of.held_for)), wings.unwrap_or_default()),
        Cell::in_lang("nb", of.room.clone()),
        Cell::text(t::times_places(l, of.capacity)),
        Cell::two(words::valid(l, of, desk.today()), holidays),
    ])
}

pub(super) fn closed(desk: &Desk, plan: &Plan) -> AnyView {
    let l = desk.l;
    let add = desk.may_plan().then(|| {
        let href = routes::staff_visiting_close(&plan.unit_slug);
        view! { <Actions><LinkButton href=href text=t::closed_add(l) kind=ButtonKind::Secondary/></Actions> }
    });
    let table = if plan.closed.is_empty() {
        view! { <p>{t::closed_none(l)}</p> }.into_any()
    } else {
        closed_table(desk, plan)
    };
    view! {
        <section class="stack" aria-labelledby="closed-title">
            <h2 id="closed-title">{t::closed_title(l)}</h2>
            {table}
            {add}
        </section>
    }
    .into_any()
}

fn closed_table(desk: &Desk, plan: &Plan) -> AnyView {
    let l = desk.l;
    let mut head = vec![
        Column::new(t::closed_col_day(l)),
        Column::new(t::closed_col_reason(l)),
        Column::corner(t::closed_col_booked(l)),
    ];
    if desk.may_plan() {
        head.push(Column::new(t::closed_open(l)));
    }
    let rows = plan.closed.iter().map(|day| closed_row(desk, plan, day)).collect();
    view! { <DataTable caption=t::closed_caption(l, &plan.unit_name) head=head rows=rows/> }.into_any()
}

fn closed_row(desk: &Desk, plan: &Plan, day: &ClosedDay) -> Row {
    let (l, on) = (desk.l, day.blocked.date);
    let long = dates::with_year(l, on);
    let booked = if day.booked == 0 {
        Cell::text(t::closed_none_booked(l))
    } else {
        let (href, visits) = (routes::staff_day(&plan.unit_slug, &on.iso()), t::visits(l, day.booked));
        let about = long.clone();
        Cell::view(view! {
            <a class="cell-link" href=href>{visits}<span class="visually-hidden">" "{about}</span></a>
        })
    };
    let mut cells =
        vec![Cell::text(dates::capital(&long)), Cell::in_lang("nb", day.blocked.reason.clone()), booked];
    if desk.may_plan() {
        let unit = plan.unit_slug.clone();
        // What has begun is not taken back.
        let open = (on > desk.today()).then(|| {
            view! {
                <form method="post" action=forms::action(forms::OPEN)>
                    <HiddenInput name="unit" value=unit/>
                    <HiddenInput name="date" value=on.iso()/>
                    <Button text=t::closed_open(l) kind=ButtonKind::Secondary about=long/>
                </form>
            }
        });
        cells.push(Cell::view(open));
    }
    Row::new(cells)
}
