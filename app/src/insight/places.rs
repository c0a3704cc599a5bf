//! Places of visits: how many there were, how many were booked, and what became of those.

use std::collections::BTreeMap;

use domain::{
    insight::{Measure, Places, Span, percent, places},
    kernel::{CivilDate, Locale},
};
use leptos::prelude::*;

use super::{
    page::{figure, nothing},
    told::{self, Told},
};
use crate::{
    i18n::insight as t,
    ui::{
        Cell, Column, DataTable, Row,
        plot::{ColumnPlot, Look, Stack},
    },
};

pub(super) fn section(l: Locale, told: &Told) -> AnyView {
    let Ok((span, figures)) = &told.figures else { return ().into_any() };
    let all = places(&figures.sum(Measure::Visits));
    let Some(booked) = percent(all.booked, all.offered).filter(|_| all.booked > 0) else {
        return nothing((t::places_none(l), t::places_none_text(l, told.known.bounds.least)));
    };
    let words = (t::places_booked(l, booked), text(l, all));
    let by_time: BTreeMap<CivilDate, Places> =
        figures.of(Measure::Visits).iter().map(|(point, parts)| (*point, places(parts))).collect();
    let plot = plot(l, *span, &by_time, words.clone());
    figure(l, words, plot, table(l, *span, &by_time))
}

fn text(l: Locale, all: Places) -> String {
    let text = t::places_text(l, all.booked, all.offered, all.attended, all.unused);
    if all.unmarked == 0 { text } else { format!("{text} {}", t::places_unmarked(l, all.unmarked)) }
}

fn plot(
    l: Locale,
    span: Span,
    by_time: &BTreeMap<CivilDate, Places>,
    (finding, text): (String, String),
) -> AnyView {
    let stack = |at: CivilDate| {
        let label = told::label(l, span, at);
        let one = by_time.get(&at).filter(|one| one.offered > 0);
        one.map_or_else(
            || Stack { label: label.clone(), ..Stack::default() },
            |one| of_hundred(label.clone(), one),
        )
    };
    let stacks = span.points().into_iter().map(stack).collect();
    let parts = vec![
        (Look::Solid, t::places_key_attended(l)),
        (Look::Striped, t::places_key_unused(l)),
        (Look::Dotted, t::places_key_unmarked(l)),
    ];
    view! {
        <ColumnPlot id="places" title=t::places_hundred(l) text=format!("{finding}. {text}") stacks=stacks
            room=t::places_key_offered_all(l) parts=parts/>
    }
    .into_any()
}

/// Shares, not numbers: what stands at the end of several weeks is no higher for it.
fn of_hundred(label: String, one: &Places) -> Stack {
    let mut so_far = (0, 0);
    let parts = [one.attended, one.unused, one.unmarked].map(|number| {
        let (sum, before) = (so_far.0 + number, so_far.1);
        so_far = (sum, percent(sum, one.offered).unwrap_or_default());
        so_far.1 - before
    });
    Stack { label, room: 100, parts: parts.into() }
}

fn table(l: Locale, span: Span, by_time: &BTreeMap<CivilDate, Places>) -> AnyView {
    let head = vec![
        Column::new(told::column(l, span)),
        Column::number(t::places_key_offered(l)),
        Column::number(t::places_col_booked(l)),
        Column::number(t::places_key_attended(l)),
        Column::number(t::places_col_unused(l)),
        Column::number(t::places_col_unmarked(l)),
    ];
    let row = |(at, one): (&CivilDate, &Places)| {
        let numbers = [one.offered, one.booked, one.attended, one.unused, one.unmarked];
        let mut cells = vec![Cell::text(told::name(l, span, *at))];
        cells.extend(numbers.map(|number| Cell::text(number.to_string())));
        Row::new(cells)
    };
    let rows = by_time.iter().map(row).collect();
    view! { <DataTable caption=t::places_plot(l) head=head rows=rows labels=true/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_stand_upon_each_other_up_to_what_was_booked() {
        let one = Places { offered: 300, booked: 200, attended: 100, unused: 50, unmarked: 50 };
        let stack = of_hundred("uke 1".into(), &one);
        assert_eq!((stack.room, stack.parts.as_slice()), (100, [33, 17, 17].as_slice()));
        assert_eq!(Some(stack.parts.iter().sum::<i64>()), percent(one.booked, one.offered));
    }
}
