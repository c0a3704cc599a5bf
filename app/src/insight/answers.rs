//! In how many days applications were answered.

use std::collections::BTreeMap;

use domain::{
    insight::{Answers, Measure, Parts, Span, answers},
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
        plot::{LinePlot, LinePoint},
    },
};

pub(super) fn section(l: Locale, told: &Told) -> AnyView {
    let Ok((span, figures)) = &told.figures else { return ().into_any() };
    let tail = told.known.bounds.least_tail;
    let all = answers(&figures.sum(Measure::Answers), tail);
    let Some(half) = all.half else {
        return nothing((t::answers_none(l), t::answers_none_text(l, told.known.bounds.least)));
    };
    let words = (finding(l, half), text(l, all));
    let by_time = by_time(&figures.of(Measure::Answers), tail);
    let plot = plot(l, *span, &by_time, words.clone());
    figure(l, words, plot, table(l, *span, &by_time))
}

/// What each point of time came to; those without anything are not there.
pub(super) fn by_time(points: &BTreeMap<CivilDate, Parts>, tail: i64) -> BTreeMap<CivilDate, Answers> {
    points.iter().map(|(point, parts)| (*point, answers(parts, tail))).collect()
}

fn finding(l: Locale, half: i64) -> String {
    if half == 0 { t::answers_same_day(l) } else { t::answers_half(l, half) }
}

fn text(l: Locale, all: Answers) -> String {
    let number = t::answers_number(l, all.number);
    match all.nine {
        Some(nine) => format!("{} {number}", t::answers_nine(l, nine)),
        None => number,
    }
}

fn plot(
    l: Locale,
    span: Span,
    by_time: &BTreeMap<CivilDate, Answers>,
    (finding, text): (String, String),
) -> AnyView {
    let point = |at: CivilDate| {
        let one = by_time.get(&at);
        let label = told::label(l, span, at);
        LinePoint { label, value: one.and_then(|one| one.half), reach: one.and_then(|one| one.nine) }
    };
    let points = span.points().into_iter().map(point).collect();
    let key = [t::answers_key_half(l), t::answers_key_nine(l)];
    view! {
        <LinePlot id="answers" title=t::answers_plot(l) text=format!("{finding}. {text}") points=points key=key/>
    }
    .into_any()
}

fn table(l: Locale, span: Span, by_time: &BTreeMap<CivilDate, Answers>) -> AnyView {
    let head = vec![
        Column::new(told::column(l, span)),
        Column::number(t::answers_col_half(l)),
        Column::number(t::answers_col_nine(l)),
        Column::number(t::answers_col_number(l)),
    ];
    let row = |(at, one): (&CivilDate, &Answers)| {
        let days = |days: Option<i64>| days.map_or_else(|| t::not_told(l), |days| days.to_string());
        Row::new(vec![
            Cell::text(told::name(l, span, *at)),
            Cell::text(days(one.half)),
            Cell::text(days(one.nine)),
            Cell::text(one.number.to_string()),
        ])
    };
    let rows = by_time.iter().map(row).collect();
    view! { <DataTable caption=t::answers_plot(l) head=head rows=rows labels=true/> }.into_any()
}
