//! The figures as a file: a line a number, the same that the page tells.

use std::fmt::Display;

use domain::{
    insight::{Measure, places},
    kernel::{CivilDate, Locale},
};

use super::{
    answers, open, shares,
    told::{Told, days},
};
use crate::{i18n::insight as t, sheet};

/// What, unit, first day, last day, of what, value.
type Line = [String; 6];

/// Nothing where the days are no period.
pub fn csv(l: Locale, told: &Told) -> Result<Vec<u8>, csv::Error> {
    let head =
        [t::col_figure(l), t::col_unit(l), t::col_from(l), t::col_to(l), t::col_what(l), t::col_value(l)];
    let mut lines = by_time(l, told);
    lines.extend(by_unit(l, told));
    sheet::written(head, lines)
}

fn line(
    what: String,
    unit: &str,
    (from, to): (CivilDate, CivilDate),
    of: String,
    value: impl Display,
) -> Line {
    [what, unit.to_owned(), from.iso(), to.iso(), of, value.to_string()]
}

fn by_time(l: Locale, told: &Told) -> Vec<Line> {
    let Ok((span, figures)) = &told.figures else { return vec![] };
    let (unit, mut lines) = (told.unit_name(l), vec![]);
    for (point, one) in answers::by_time(&figures.of(Measure::Answers), told.known.bounds.least_tail) {
        let numbers = [
            (t::answers_key_half(l), one.half),
            (t::answers_key_nine(l), one.nine),
            (t::answers_col_number(l), Some(one.number)),
        ];
        let there = numbers.into_iter().filter_map(|(of, number)| Some((of, number?)));
        lines.extend(
            there.map(|(of, number)| line(t::answers_plot(l), &unit, days(*span, point), of, number)),
        );
    }
    for (point, parts) in figures.of(Measure::Visits) {
        let one = places(&parts);
        let numbers = [
            (t::places_key_offered(l), one.offered),
            (t::places_col_booked(l), one.booked),
            (t::places_key_attended(l), one.attended),
            (t::places_col_unused(l), one.unused),
            (t::places_col_unmarked(l), one.unmarked),
        ];
        let made = |(of, number)| line(t::places_plot(l), &unit, days(*span, point), of, number);
        lines.extend(numbers.into_iter().map(made));
    }
    lines
}

fn by_unit(l: Locale, told: &Told) -> Vec<Line> {
    let (mut lines, today) = (vec![], told.today);
    for unit in told.units() {
        let keys = [t::open_key_late(l), t::open_key_week(l), t::open_key_later(l)];
        let numbers = keys.into_iter().zip(open::numbers(told, unit));
        lines.extend(numbers.map(|(of, number)| {
            line(t::open_plot(l), &unit.name, (today, today), of, open::said(l, number))
        }));
        for quarter in &told.known.quarters {
            let (value, days) =
                (shares::said(l, unit.shares.get(quarter)), (quarter.first_day(), quarter.last_day()));
            lines.push(line(t::shares_plot(l), &unit.name, days, shares::name(l, *quarter), value));
        }
    }
    lines
}
