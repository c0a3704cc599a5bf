//! Searching the cases: a reason is asked and logged, and what was searched for stands in no address.

use backend::visits::clearance::{self, DeskRow};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms::{self, SearchForm as Posted},
    list::{head, table_row},
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::{common, visits_desk as t},
    routes,
    ui::{
        Button, ButtonKind, DataTable, EmptyState, ErrorSummary, Field, IconName, Kind, Link, PageHead,
        Select,
    },
};

/// As many as one search gives.
const MOST: usize = 50;

#[component]
pub fn SearchPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.may_read() {
            return Ok(None);
        }
        let fields = desk.tried(forms::SEARCH).await?.unwrap_or_default();
        let posted = Posted { text: fields.value("text"), why: fields.value("why") };
        let found = match posted.parse() {
            Ok((text, reason)) => {
                let rows = clearance::search(&desk.ctx, &desk.who, &text, reason).await?;
                Some(results(&desk, rows, reason))
            }
            Err(_) => None,
        };
        Ok(Some(shown(desk.l, fields, found)))
    })
}

fn shown(l: Locale, fields: Fields, found: Option<AnyView>) -> AnyView {
    let tab = fields.is_wrong().then(|| format!("{} {}", common::error_prefix(l), t::search_title(l)));
    view! {
        <div class="stack">
            <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
            <PageHead title=t::search_title(l) tab=tab back=Link::new(routes::STAFF, t::list_title(l))/>
            <SearchForm l=l fields=fields/>
            {found}
        </div>
    }
    .into_any()
}

fn results(desk: &Desk, rows: Vec<DeskRow>, reason: clearance::LookReason) -> AnyView {
    let l = desk.l;
    if rows.is_empty() {
        return view! { <EmptyState title=t::search_none_title(l) text=t::search_none_text(l)/> }.into_any();
    }
    let (count, many) = (rows.len(), rows.len() >= MOST);
    let rows = rows.into_iter().map(|row| table_row(desk, row, reason, None)).collect();
    view! {
        <h2>{t::search_found(l, i64::try_from(count).unwrap_or(i64::MAX))}</h2>
        {many.then(|| view! { <p class="muted">{t::search_many(l)}</p> })}
        <DataTable caption=t::search_caption(l) head=head(l) rows=rows/>
    }
    .into_any()
}

/// The form, on the list and over its results.
#[component]
pub(super) fn SearchForm(l: Locale, fields: Fields) -> impl IntoView {
    view! {
        <form class="filters filters--search" method="post" action=forms::action(forms::SEARCH) role="search" novalidate
            aria-label=t::search_title(l)>
            <Field name="text" label=t::search_text(l) value=fields.value("text") error=fields.error(l, "text")
                kind=Kind::Search autocomplete="off"/>
            <Select name="why" label=t::search_reason(l) options=words::reasons(l) value=fields.value("why")
                placeholder=t::search_choose(l) error=fields.error(l, "why")/>
            <Button text=t::search_button(l) kind=ButtonKind::Secondary icon=IconName::Search/>
            <p class="small muted filters-note">{t::search_logged(l)}</p>
        </form>
    }
}
