//! Notices sent in time, of the last quarters of each unit, as far as the compartment tells of them.

use backend::insight::KnownUnit;
use domain::kernel::{Locale, Quarter};
use leptos::prelude::*;

use super::{
    page::{figure, nothing},
    told::Told,
};
use crate::{
    i18n::insight as t,
    ui::{
        Cell, Column, DataTable, Row,
        plot::{BarRow, Look, RowPlot},
    },
};

pub(super) fn section(l: Locale, told: &Told) -> AnyView {
    let units: Vec<&KnownUnit> = told.units().collect();
    let told_of = |quarter: &Quarter| units.iter().any(|unit| unit.shares.contains_key(quarter));
    let Some(quarter) = told.known.quarters.iter().rev().copied().find(|quarter| told_of(quarter)) else {
        return nothing((t::shares_none(l), t::shares_none_text(l)));
    };
    let shares = units.iter().filter_map(|unit| unit.shares.get(&quarter));
    let least = shares.copied().min().unwrap_or_default();
    let finding = if least == 100 { t::shares_all(l) } else { t::shares_least(l, least) };
    let words = (finding, t::shares_text(l, name(l, quarter)));
    let plot = plot(l, &units, quarter, words.clone());
    figure(l, words, plot, table(l, &units, &told.known.quarters))
}

pub(super) fn name(l: Locale, quarter: Quarter) -> String {
    t::quarter(l, quarter.number(), quarter.year())
}

pub(super) fn said(l: Locale, share: Option<&i64>) -> String {
    match share {
        None => t::not_told(l),
        Some(100) => t::share_all(l),
        Some(percent) => t::share(l, percent),
    }
}

fn plot(l: Locale, units: &[&KnownUnit], quarter: Quarter, (finding, text): (String, String)) -> AnyView {
    let row = |unit: &&KnownUnit| {
        let share = unit.shares.get(&quarter);
        BarRow { name: unit.name.clone(), value: said(l, share), parts: share.map(|percent| vec![*percent]) }
    };
    let rows = units.iter().map(row).collect();
    view! {
        <RowPlot id="shares" title=t::shares_plot(l) text=format!("{finding}. {text}") rows=rows looks=vec![Look::Solid]/>
    }
    .into_any()
}

fn table(l: Locale, units: &[&KnownUnit], quarters: &[Quarter]) -> AnyView {
    let mut head = vec![Column::new(t::col_unit(l))];
    head.extend(quarters.iter().map(|quarter| Column::number(name(l, *quarter))));
    let row = |unit: &&KnownUnit| {
        let mut cells = vec![Cell::text(unit.name.as_str())];
        cells.extend(quarters.iter().map(|quarter| Cell::text(said(l, unit.shares.get(quarter)))));
        Row::new(cells)
    };
    let rows = units.iter().map(row).collect();
    view! { <DataTable caption=t::shares_plot(l) head=head rows=rows labels=true/> }.into_any()
}
