//! The tables of the page. Their headings are the reader's; what stands in them is the description's own English.

use domain::kernel::Locale;
use leptos::prelude::*;

use super::document::{Answer, Field, Shape, Word};
use crate::{
    i18n::{common, developers as t},
    ui::{Cell, Column, DataTable, Row},
};

/// The description's language.
pub(super) const ENGLISH: &str = "en";

/// A name of the API, as it is written in a call. `id` makes it a place that others can point at.
fn name(name: &str, id: Option<String>) -> Cell {
    let name = name.to_owned();
    Cell::view(view! { <code class="wire" lang=ENGLISH id=id>{name}</code> })
}

pub(super) fn fields(l: Locale, caption: String, fields: &[Field]) -> AnyView {
    let head = vec![
        Column::new(t::col_field(l)),
        Column::corner(t::col_needed(l)),
        Column::new(t::col_kind(l)),
        Column::new(t::col_limits(l)),
        Column::new(t::col_says(l)),
    ];
    let row = |field: &Field| {
        let needed = if field.needed { t::needed(l) } else { common::optional(l) };
        Row::new(vec![
            name(&field.name, None),
            Cell::text(needed),
            Cell::in_lang(ENGLISH, field.kind.as_str()),
            limits(field),
            english(&field.says),
        ])
    };
    let rows = fields.iter().map(row).collect();
    view! { <DataTable caption=caption head=head rows=rows caption_visible=true/> }.into_any()
}

/// Without any the cell is left out on a phone.
fn english(text: &str) -> Cell {
    if text.is_empty() { Cell::view(()) } else { Cell::view(prose(text)) }
}

/// English, with what stands between backticks as it is written in a call.
pub(super) fn prose(text: &str) -> AnyView {
    let part = |(at, part): (usize, &str)| {
        let part = part.to_owned();
        if at % 2 == 1 { view! { <code class="wire">{part}</code> }.into_any() } else { part.into_any() }
    };
    let parts = text.split('`').enumerate().map(part).collect_view();
    view! { <span lang=ENGLISH>{parts}</span> }.into_any()
}

/// A pattern has no place where it breaks by itself.
fn limits(field: &Field) -> Cell {
    let limits = field.limits.clone();
    let pattern = field.pattern.clone().map(|pattern| view! { <code class="wire--long">{pattern}</code> });
    if limits.is_empty() && pattern.is_none() {
        return Cell::view(());
    }
    Cell::view(view! { <span lang=ENGLISH>{limits}" "{pattern}</span> })
}

/// A shape and those within it, each in a table of its own.
pub(super) fn shapes(l: Locale, shapes: &[Shape]) -> AnyView {
    let table = |shape: &Shape| {
        view! {
            <p>{prose(&shape.says)}</p>
            {fields(l, t::fields_of(l, &shape.name), &shape.fields)}
        }
    };
    shapes.iter().map(table).collect_view().into_any()
}

pub(super) fn answers(l: Locale, answers: &[Answer]) -> AnyView {
    let head =
        vec![Column::new(t::col_status(l)), Column::corner(t::col_holds(l)), Column::new(t::col_says(l))];
    let row = |answer: &Answer| {
        Row::new(vec![
            Cell::text(answer.status.as_str()),
            Cell::in_lang(ENGLISH, answer.kind.as_str()),
            english(&answer.says),
        ])
    };
    let rows = answers.iter().map(row).collect();
    view! { <DataTable caption=t::answers_caption(l) head=head rows=rows caption_visible=true/> }.into_any()
}

/// A closed list of codes. With `places` each can be pointed at, as a problem's `type` does.
pub(super) fn words(l: Locale, caption: String, words: &[Word], places: bool) -> AnyView {
    let head = vec![Column::new(t::col_code(l)), Column::new(t::col_says(l))];
    let row = |word: &Word| {
        Row::new(vec![name(&word.code, places.then(|| word.code.clone())), english(&word.says)])
    };
    let rows = words.iter().map(row).collect();
    view! { <DataTable caption=caption head=head rows=rows caption_visible=true/> }.into_any()
}
