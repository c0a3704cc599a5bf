//! A table that becomes a list on a phone. Its roles are written out, since a change of `display`
//! would otherwise take them away.
use leptos::prelude::*;

use super::text::MaybeText;

/// A column's heading and place.
#[derive(Clone, Debug)]
pub struct Column {
    label: String,
    class: &'static str,
}

impl Column {
    /// An ordinary column.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "cell" }
    }

    /// Numbers, right-aligned.
    pub fn number(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "cell cell--number" }
    }

    /// Stands in the top right corner of its row on a phone, such as the owner of a task.
    pub fn corner(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "cell cell--corner" }
    }
}

/// One cell.
pub struct Cell(AnyView);

impl Cell {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self(text.into().into_any())
    }

    /// Text with a smaller line under it.
    pub fn two(text: impl Into<String>, small: impl Into<String>) -> Self {
        let (text, small) = (text.into(), small.into());
        Self(view! { <span>{text}</span><span class="cell-small">{small}</span> }.into_any())
    }

    /// Text in this language, which need not be the page's.
    pub fn in_lang(lang: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        Self(view! { <span lang=lang>{text}</span> }.into_any())
    }

    /// The link of the row.
    pub fn link(href: impl Into<String>, text: impl Into<String>) -> Self {
        let (href, text) = (href.into(), text.into());
        Self(view! { <a class="cell-link" href=href>{text}</a> }.into_any())
    }

    /// Due now: words in ember.
    pub fn now(text: impl Into<String>) -> Self {
        let text = text.into();
        Self(view! { <strong class="due-now">{text}</strong> }.into_any())
    }

    /// Overdue: words in berry.
    pub fn late(text: impl Into<String>) -> Self {
        let text = text.into();
        Self(view! { <strong class="due-late">{text}</strong> }.into_any())
    }

    /// Anything else.
    pub fn view(view: impl IntoView + 'static) -> Self {
        Self(view.into_any())
    }
}

/// One row.
pub struct Row {
    cells: Vec<Cell>,
}

impl Row {
    /// A row with a cell per column.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells }
    }
}

/// Rows under a common heading, such as "Over fristen 2". Without a title: just rows.
pub struct TableGroup {
    title: Option<(String, String)>,
    rows: Vec<Row>,
}

impl TableGroup {
    /// Rows under `title` and a small `note`, such as the count.
    pub fn new(title: impl Into<String>, note: impl Into<String>, rows: Vec<Row>) -> Self {
        Self { title: Some((title.into(), note.into())), rows }
    }
}

/// A table, from `rows` or from `groups` of rows (both: the rows come first).
#[component]
pub fn DataTable(
    /// What the table shows; read out, and seen when `caption_visible`.
    #[prop(into)]
    caption: String,
    /// The columns.
    head: Vec<Column>,
    /// Rows without a group.
    #[prop(optional)]
    rows: Vec<Row>,
    /// Rows in groups.
    #[prop(optional)]
    groups: Vec<TableGroup>,
    /// Show the caption.
    #[prop(optional)]
    caption_visible: bool,
    /// On a phone, put each column's name before its value.
    #[prop(optional)]
    labels: bool,
) -> impl IntoView {
    let columns = head.clone();
    let heads = head.into_iter().map(|column| {
        view! { <th class=column.class scope="col" role="columnheader">{column.label}</th> }
    });
    let plain = (!rows.is_empty()).then_some(TableGroup { title: None, rows });
    let bodies = plain.into_iter().chain(groups).map(|group| {
        view! { <Body group=group columns=columns.clone() /> }
    });
    view! {
        <table class=if labels { "table table--labels" } else { "table" } role="table">
            <caption class=if caption_visible { "caption" } else { "visually-hidden" }>{caption}</caption>
            <thead role="rowgroup"><tr role="row">{heads.collect_view()}</tr></thead>
            {bodies.collect_view()}
        </table>
    }
}

#[component]
fn Body(group: TableGroup, columns: Vec<Column>) -> impl IntoView {
    let span = columns.len().to_string();
    let title = group.title.map(|(title, note)| {
        view! {
            <tr class="table-group" role="row">
                <th colspan=span scope="rowgroup" role="rowheader">
                    {title} " " <small>{MaybeText::from(note).into_option()}</small>
                </th>
            </tr>
        }
    });
    let rows = group.rows.into_iter().map(|row| {
        let cells = row.cells.into_iter().zip(columns.clone()).map(|(cell, column)| {
            view! { <td class=column.class role="cell" data-label=column.label>{cell.0}</td> }
        });
        view! { <tr role="row">{cells.collect_view()}</tr> }
    });
    view! { <tbody role="rowgroup">{title}{rows.collect_view()}</tbody> }
}
