//! A unit's own words, wherever visitors read them: plain text, line by line, in the language it is written in.

use domain::{
    kernel::Locale,
    visits::booking::text::{Topic, UnitText},
};
use leptos::prelude::*;

use crate::{i18n::public as t, ui::SummaryRow};

pub(crate) fn title(l: Locale, topic: Topic) -> String {
    match topic {
        Topic::Hours => t::unit_hours(l),
        Topic::Travel => t::unit_travel(l),
        Topic::Bring => t::unit_bring(l),
        Topic::Identity => t::unit_identity(l),
    }
}

/// What is said of this topic, if anything is.
pub(crate) fn of(all: &[UnitText], topic: Topic) -> Option<&UnitText> {
    all.iter().find(|text| text.topic == topic)
}

pub(crate) fn body(l: Locale, text: &UnitText) -> AnyView {
    let (lang, words) = text.said(l);
    let lines = words.lines().map(|line| {
        let line = line.to_owned();
        view! { {line}<br/> }
    });
    view! { <p lang=lang.code()>{lines.collect_view()}</p> }.into_any()
}

/// As facts of a list.
pub(crate) fn rows(l: Locale, all: &[UnitText]) -> Vec<SummaryRow> {
    let row = |text: &UnitText| {
        let (lang, words) = text.said(l);
        SummaryRow::new(title(l, text.topic), words).lang(lang.code())
    };
    all.iter().map(row).collect()
}
