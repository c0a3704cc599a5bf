//! Files in a table: as they would go along, with the way to fetch one, or with its hash for a receipt.

use backend::{blobs::FileView, documents::FileLine};
use domain::kernel::Locale;
use leptos::prelude::*;

use crate::{
    files::{size, state},
    i18n::documents as t,
    ui::{Cell, Column, DataTable, Row, Tag, TagKind},
};

fn tag((kind, text): (TagKind, String)) -> Cell {
    Cell::view(view! { <Tag text=text kind=kind/> })
}

/// Uploaded, and not handed in: as it would go along.
pub(super) fn waiting(l: Locale, files: &[FileView]) -> AnyView {
    if files.is_empty() {
        return view! { <p>{t::files_none(l)}</p> }.into_any();
    }
    let row = |file: &FileView| {
        let name = file.name.clone().unwrap_or_default();
        let size = size(l, file.length.unwrap_or(file.received));
        Row::new(vec![Cell::text(name), Cell::text(size), tag(state(l, file.state))])
    };
    let rows = files.iter().map(row).collect();
    view! { <DataTable caption=t::files_title(l) head=head(l) rows=rows labels=true/> }.into_any()
}

fn head(l: Locale) -> Vec<Column> {
    vec![Column::new(t::col_file(l)), Column::new(t::col_size(l)), Column::new(t::col_state(l))]
}

/// What was handed in. `link`: the way to a file that may be read.
pub(super) fn handed(l: Locale, files: &[FileLine], link: impl Fn(&FileLine) -> String) -> AnyView {
    if files.is_empty() {
        return view! { <p>{t::files_none(l)}</p> }.into_any();
    }
    let head = head(l);
    let row = |file: &FileLine| {
        let name = match file.state.may_be_read() {
            true => Cell::link(link(file), &file.name),
            false => Cell::text(&file.name),
        };
        Row::new(vec![name, Cell::text(size(l, file.length)), tag(state(l, file.state))])
    };
    let rows = files.iter().map(row).collect();
    view! { <DataTable caption=t::files_title(l) head=head rows=rows labels=true/> }.into_any()
}

/// Name, size and SHA-256 of each original.
pub(super) fn receipt(l: Locale, files: &[FileLine]) -> AnyView {
    if files.is_empty() {
        return view! { <p>{t::files_none(l)}</p> }.into_any();
    }
    let head = vec![Column::new(t::col_file(l)), Column::new(t::col_size(l)), Column::new(t::col_sha(l))];
    let row = |file: &FileLine| {
        // It wraps on a phone, and is one word when it is copied.
        let parts = file.sha256.as_bytes().chunks(16).map(|part| {
            let part = String::from_utf8_lossy(part).into_owned();
            view! { {part}<wbr/> }
        });
        let hash = parts.collect_view();
        let exact = t::size_exact(l, size(l, file.length), file.length);
        Row::new(vec![Cell::text(&file.name), Cell::text(exact), Cell::view(hash)])
    };
    let rows = files.iter().map(row).collect();
    view! { <DataTable caption=t::files_title(l) head=head rows=rows labels=true/> }.into_any()
}
