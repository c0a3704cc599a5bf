//! A date as three fields of a form of messages, with what was typed into it and the part that is wrong.

use domain::kernel::Locale;
use leptos::prelude::*;

use super::kept::{Kept, Words};
use crate::{
    i18n::common,
    ui::{DateEntry, DateLabels},
};

pub(super) fn date(
    l: Locale,
    kept: &Kept,
    words: Words,
    name: &'static str,
    legend: String,
    hint: Option<String>,
) -> AnyView {
    let labels = DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
    let (value, error) = (kept.date(name), kept.error(l, words, name));
    match kept.wrong_part(name) {
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
