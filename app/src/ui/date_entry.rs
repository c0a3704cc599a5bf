//! A date as three numbers. No calendar to find one's way in: people know their own dates.
use leptos::prelude::*;

use super::field::{FieldMessage, Hint, field_class};
use super::text::{MaybeText, described_by, field_id};

/// A part of the date; used to mark only what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePart {
    /// Day of the month.
    Day,
    /// Month as a number.
    Month,
    /// Year with four digits.
    Year,
}

/// The three labels, in the reader's language.
#[derive(Clone, Debug, Default)]
pub struct DateLabels {
    /// "Dag".
    pub day: String,
    /// "Måned".
    pub month: String,
    /// "År".
    pub year: String,
}

/// What has been typed so far.
#[derive(Clone, Debug, Default)]
pub struct DateValue {
    /// Day as typed.
    pub day: String,
    /// Month as typed.
    pub month: String,
    /// Year as typed.
    pub year: String,
}

/// Day, month and year in one group. Submits `{name}_day`, `{name}_month`, `{name}_year`.
#[component]
pub fn DateEntry(
    /// Stem of the three names.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// The three labels.
    labels: DateLabels,
    /// What has been typed.
    #[prop(optional)]
    value: DateValue,
    /// Help, such as an example.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong.
    #[prop(optional, into)]
    error: MaybeText,
    /// The part that is wrong; all three are marked without it.
    #[prop(optional)]
    wrong: Option<DatePart>,
    /// It is the person's own birth date, so the browser may fill it in.
    #[prop(optional)]
    own_birth_date: bool,
) -> impl IntoView {
    let id = field_id(&name);
    let described = described_by(&id, hint.is_some(), error.is_some());
    let bad = error.is_some();
    let marked = |part| bad && wrong.is_none_or(|wrong| wrong == part);
    let fill = |token: &'static str| own_birth_date.then_some(token);
    view! {
        <fieldset class=field_class(bad) aria-describedby=described>
            <legend class="label">{legend}</legend>
            <Hint id=id.clone() text=hint />
            <FieldMessage id=id text=error />
            <div class="date">
                <Part name=format!("{name}_day") label=labels.day value=value.day
                    fill=fill("bday-day") bad=marked(DatePart::Day) />
                <Part name=format!("{name}_month") label=labels.month value=value.month
                    fill=fill("bday-month") bad=marked(DatePart::Month) />
                <Part name=format!("{name}_year") label=labels.year value=value.year long=true
                    fill=fill("bday-year") bad=marked(DatePart::Year) />
            </div>
        </fieldset>
    }
}

#[component]
fn Part(
    name: String,
    label: String,
    value: String,
    fill: Option<&'static str>,
    bad: bool,
    #[prop(optional)] long: bool,
) -> impl IntoView {
    view! {
        <div class="date-part">
            <label class="date-label" for=name.clone()>{label}</label>
            <input class=if long { "input date-input date-input--year" } else { "input date-input" }
                id=name.clone() name=name type="text" inputmode="numeric" value=value
                autocomplete=fill aria-invalid=bad.then_some("true") />
        </div>
    }
}
