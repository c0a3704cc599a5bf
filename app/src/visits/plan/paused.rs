//! Times of the week that are not held for a while, and the way back as long as it has not begun.

use backend::visits::sessions::Paused;
use leptos::prelude::*;

use super::{forms, parts::Desk, show::Plan, words};
use crate::{
    i18n::visits_plan as t,
    ui::{Button, ButtonKind, Cell, Column, DataTable, HiddenInput, Row},
};

/// Nothing when all are held.
pub(super) fn paused(desk: &Desk, plan: &Plan) -> Option<AnyView> {
    let l = desk.l;
    if plan.paused.is_empty() {
        return None;
    }
    let mut head = vec![Column::new(t::paused_col_days(l)), Column::new(t::paused_col_times(l))];
    if desk.may_plan() {
        head.push(Column::new(t::paused_resume(l)));
    }
    let rows = plan.paused.iter().map(|pause| row(desk, plan, pause)).collect();
    Some(
        view! {
            <h3>{t::paused_title(l)}</h3>
            <DataTable caption=t::paused_caption(l, &plan.unit_name) head=head rows=rows/>
        }
        .into_any(),
    )
}

fn row(desk: &Desk, plan: &Plan, pause: &Paused) -> Row {
    let l = desk.l;
    let days = words::days(l, pause.first, pause.last);
    let times = pause.times.iter().map(|time| {
        let text = words::time_and_room(l, time);
        view! { <span class="summary-line">{text}</span> }
    });
    let mut cells = vec![Cell::text(days.clone()), Cell::view(times.collect_view())];
    if desk.may_plan() {
        let (unit, first, last) = (plan.unit_slug.clone(), pause.first.iso(), pause.last.iso());
        let resume = (pause.first > desk.today()).then(|| {
            view! {
                <form method="post" action=forms::action(forms::RESUME)>
                    <HiddenInput name="unit" value=unit/>
                    <HiddenInput name="first" value=first/>
                    <HiddenInput name="last" value=last/>
                    <Button text=t::paused_resume(l) kind=ButtonKind::Secondary about=days/>
                </form>
            }
        });
        cells.push(Cell::view(resume));
    }
    Row::new(cells)
}
