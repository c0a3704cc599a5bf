//! What a leader has chosen, in the address and in the form above the figures. A unit that is not hers is as if none were chosen.

use backend::insight::{Known, KnownUnit};
use domain::{
    insight::{FieldError, Period, PeriodForm},
    kernel::Locale,
};
use leptos::prelude::*;

use super::told::Told;
use crate::{
    i18n::{common, insight as t},
    request::Page,
    routes,
    ui::{Button, ButtonKind, Choice, DateEntry, DateLabels, DateValue, Details, Select},
};

#[derive(Clone, Debug)]
pub(super) struct Chosen {
    pub unit: Option<KnownUnit>,
    pub form: PeriodForm,
}

const PARTS: [&str; 3] = ["day", "month", "year"];

impl Chosen {
    pub fn read(page: &Page, known: &Known) -> Self {
        let read = |name: &str| page.query(name).unwrap_or_default();
        let date = |name: &str| PARTS.map(|part| read(&format!("{name}_{part}")));
        let slug = read("unit");
        Self {
            unit: known.units.iter().find(|unit| unit.slug == slug).cloned(),
            form: PeriodForm { period: read("period"), from: date("from"), to: date("to") },
        }
    }

    /// The file of the same.
    pub fn file(&self) -> String {
        let own = self.form.chosen() == Period::Own;
        let part = |date: &[String; 3], at: usize| if own { date[at].clone() } else { String::new() };
        let (from, to) = (&self.form.from, &self.form.to);
        let default = self.form.chosen() == Period::default();
        let period = if default { "" } else { self.form.chosen().code() };
        routes::staff_insight(
            routes::STAFF_INSIGHT_FILE,
            &[
                ("unit", self.unit.as_ref().map(|unit| unit.slug.as_str()).unwrap_or_default()),
                ("period", period),
                ("from_day", &part(from, 0)),
                ("from_month", &part(from, 1)),
                ("from_year", &part(from, 2)),
                ("to_day", &part(to, 0)),
                ("to_month", &part(to, 1)),
                ("to_year", &part(to, 2)),
            ],
        )
    }
}

fn period(l: Locale, period: Period) -> String {
    match period {
        Period::Weeks4 => t::period_weeks4(l),
        Period::Months3 => t::period_months3(l),
        Period::Months12 => t::period_months12(l),
        Period::Own => t::period_own(l),
    }
}

/// A plain form that leads to an address. One unit is no choice.
pub(super) fn form(l: Locale, told: &Told, errors: &[FieldError]) -> AnyView {
    let chosen = &told.chosen;
    let periods = Period::ALL.map(|one| Choice::new(one.code(), period(l, one))).into();
    let value = chosen.form.chosen().code();
    let units = (told.known.units.len() > 1).then(|| {
        let options = told.known.units.iter().map(|unit| Choice::new(&unit.slug, &unit.name)).collect();
        let value = chosen.unit.as_ref().map(|unit| unit.slug.clone()).unwrap_or_default();
        view! { <Select name="unit" label=t::unit_label(l) options=options value=value placeholder=t::all_units(l)/> }
    });
    let own = chosen.form.chosen() == Period::Own;
    let (from, to) = (date(l, "from", chosen, errors), date(l, "to", chosen, errors));
    view! {
        <form class="insight-form" method="get" action=routes::STAFF_INSIGHT role="search" aria-label=t::form_label(l)>
            <div class="filters">
                <Select name="period" label=t::period_label(l) options=periods value=value/>
                {units}
                <Button text=t::form_button(l) kind=ButtonKind::Secondary/>
            </div>
            <Details summary=t::own_summary(l) open=own>
                {from}
                {to}
            </Details>
        </form>
    }
    .into_any()
}

fn date(l: Locale, name: &'static str, chosen: &Chosen, errors: &[FieldError]) -> AnyView {
    let labels = DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
    let (legend, typed) = match name {
        "from" => (t::from_label(l), &chosen.form.from),
        _ => (t::to_label(l), &chosen.form.to),
    };
    let [day, month, year] = typed.clone();
    let value = DateValue { day, month, year };
    let error = errors.iter().find(|error| error.field == name).map(|error| wrong(l, name, error.code));
    view! { <DateEntry name=name legend=legend labels=labels value=value error=error/> }.into_any()
}

/// How to put a day right.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("from", "date_empty") => t::wrong_no_first(l),
        (_, "date_empty") => t::wrong_no_last(l),
        (_, "before_from") => t::wrong_before(l),
        (_, "span") => t::wrong_span(l),
        (_, "not_yet") => t::wrong_not_yet(l),
        _ => t::wrong_date(l),
    }
}
