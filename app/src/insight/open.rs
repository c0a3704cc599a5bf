//! What is open now and when it is due, unit by unit. Some but few are told as few: it is the desk that is counted, and yet each
//! of it is somebody's.

use backend::{insight::KnownUnit, work::Open};
use domain::{insight::Told as Number, kernel::Locale};
use leptos::prelude::*;

use super::{page::figure, told::Told};
use crate::{
    i18n::insight as t,
    ui::{
        Cell, Column, DataTable, Row,
        plot::{BarRow, Look, RowPlot},
    },
};

/// One unit: late, this week, later.
pub(super) fn numbers(told: &Told, unit: &KnownUnit) -> [Number; 3] {
    let Open { late, week, later } = told.open.get(&unit.id).copied().unwrap_or_default();
    [late, week, later].map(|number| Number::of(number, told.known.bounds.least))
}

pub(super) fn said(l: Locale, number: Number) -> String {
    match number {
        Number::Number(number) => number.to_string(),
        Number::Few(least) => t::few(l, least),
    }
}

pub(super) fn section(l: Locale, told: &Told) -> AnyView {
    let all: Vec<(&KnownUnit, [Number; 3])> = told.units().map(|unit| (unit, numbers(told, unit))).collect();
    let words = (finding(l, &all), t::open_text(l));
    let plot = plot(l, &all, words.clone());
    figure(l, words, plot, table(l, &all))
}

fn finding(l: Locale, all: &[(&KnownUnit, [Number; 3])]) -> String {
    let late = all.iter().filter(|(_, [late, ..])| *late != Number::Number(0)).count();
    match all {
        _ if late == 0 => t::open_none_late(l),
        [(_, [Number::Number(number), ..])] => t::open_late(l, *number),
        [(_, [Number::Few(least), ..])] => t::open_few_late(l, *least),
        _ => t::open_units_late(l, late, all.len()),
    }
}

fn plot(l: Locale, all: &[(&KnownUnit, [Number; 3])], (finding, text): (String, String)) -> AnyView {
    let size = |number: &Number| if let Number::Number(number) = number { *number } else { 0 };
    let most = all.iter().map(|(_, numbers)| numbers.iter().map(size).sum::<i64>()).max().unwrap_or(0).max(1);
    let row = |(unit, numbers): &(&KnownUnit, [Number; 3])| BarRow {
        name: unit.name.clone(),
        value: numbers.map(|number| said(l, number)).join(" / "),
        parts: Some(numbers.iter().map(|number| size(number) * 100 / most).collect()),
    };
    let rows = all.iter().map(row).collect();
    let looks = vec![Look::Late, Look::Solid, Look::Striped];
    let key = vec![
        (Look::Late, t::open_key_late(l)),
        (Look::Solid, t::open_key_week(l)),
        (Look::Striped, t::open_key_later(l)),
    ];
    view! {
        <RowPlot id="open" title=t::open_plot(l) text=format!("{finding}. {text}") rows=rows looks=looks key=key/>
    }
    .into_any()
}

fn table(l: Locale, all: &[(&KnownUnit, [Number; 3])]) -> AnyView {
    let head = vec![
        Column::new(t::col_unit(l)),
        Column::number(t::open_key_late(l)),
        Column::number(t::open_key_week(l)),
        Column::number(t::open_key_later(l)),
    ];
    let row = |(unit, numbers): &(&KnownUnit, [Number; 3])| {
        let mut cells = vec![Cell::text(unit.name.as_str())];
        cells.extend(numbers.map(|number| Cell::text(said(l, number))));
        Row::new(cells)
    };
    let rows = all.iter().map(row).collect();
    view! { <DataTable caption=t::open_plot(l) head=head rows=rows labels=true/> }.into_any()
}
