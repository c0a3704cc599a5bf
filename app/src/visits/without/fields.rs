//! Errors at their fields and in the summary, and a date in three parts.

use backend::form_try::FormTry;
use domain::{
    kernel::Locale,
    visits::clearance::forms::{FieldError as Wrong, FormErrors},
};
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::common,
    ui::{DateEntry, DateLabels, DatePart, DateValue, FieldError},
};

/// The words under the label of this field.
pub(super) fn error(l: Locale, errors: &FormErrors, field: &str) -> Option<String> {
    errors.iter().find(|e| e.field == field).map(|e| words::wrong(l, field, e.code))
}

fn part(code: &str) -> Option<DatePart> {
    match code {
        "date_day" => Some(DatePart::Day),
        "date_month" => Some(DatePart::Month),
        "date_year" => Some(DatePart::Year),
        _ => None,
    }
}

/// Where an error is put right: of a date, in its part.
fn input(wrong: &Wrong) -> String {
    match (wrong.field, part(wrong.code)) {
        ("birth" | "whom_birth", Some(DatePart::Month)) => format!("{}_month", wrong.field),
        ("birth" | "whom_birth", Some(DatePart::Year)) => format!("{}_year", wrong.field),
        ("birth" | "whom_birth", _) => format!("{}_day", wrong.field),
        _ => wrong.field.to_owned(),
    }
}

pub(super) fn summary(l: Locale, errors: &FormErrors) -> Vec<FieldError> {
    errors.iter().map(|e| FieldError::new(input(e), words::wrong(l, e.field, e.code))).collect()
}

/// The same of a form that was kept because it was refused.
pub(super) fn tried(l: Locale, tried: &FormTry) -> Vec<FieldError> {
    tried.errors.iter().map(|e| FieldError::new(&e.field, words::wrong(l, &e.field, &e.code))).collect()
}

/// The title of the tab, which names nobody: what is wrong is said first.
pub(super) fn tab(l: Locale, wrong: bool, title: String) -> String {
    if wrong { format!("{} {title}", common::error_prefix(l)) } else { title }
}

pub(super) fn date(
    l: Locale,
    errors: &FormErrors,
    (name, legend, hint): (&'static str, String, String),
    [day, month, year]: [&String; 3],
) -> AnyView {
    let labels = DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
    let value = DateValue { day: day.clone(), month: month.clone(), year: year.clone() };
    let error = error(l, errors, name);
    match errors.iter().find(|e| e.field == name).and_then(|e| part(e.code)) {
        Some(wrong) => view! {
            <DateEntry name=name legend=legend labels=labels hint=hint value=value error=error wrong=wrong/>
        }
        .into_any(),
        None => {
            view! { <DateEntry name=name legend=legend labels=labels hint=hint value=value error=error/> }
                .into_any()
        }
    }
}
