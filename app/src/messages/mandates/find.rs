//! Whom a mandate is for: an inmate of her units, by a part of the name. What was searched for stands in no address.

use backend::{Result, custody::finding::Found, identity::mandates};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api::FIND,
    parts::{self, Desk},
    words::wrong,
};
use crate::{
    i18n::{common, dates, messages_mandates as t},
    messages::kept::Kept,
    routes,
    ui::{
        Actions, Button, ButtonKind, EmptyState, ErrorSummary, Field, Form, IconName, Kind, LinkRow,
        LinkRows, PageGrid, PageHead,
    },
};

#[component]
pub fn FindPage() -> impl IntoView {
    parts::page(|desk| async move { find(&desk).await.map(Some) })
}

async fn find(desk: &Desk) -> Result<AnyView> {
    let kept = desk.tried(FIND).await?.unwrap_or_default();
    let name = kept.value("find");
    let found = match name.trim().is_empty() {
        true => None,
        false => Some(mandates::find(&desk.ctx, &desk.who, &name).await?),
    };
    Ok(shown(desk.l, &kept, found))
}

fn shown(l: Locale, kept: &Kept, found: Option<Vec<Found>>) -> AnyView {
    let (errors, tab) = (kept.summary(l, wrong), kept.tab(l, t::title(l)));
    let (value, error) = (kept.value("find"), kept.error(l, wrong, "find"));
    let found = found.map(|found| rows(l, found));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=errors/>
        <PageGrid>
            <PageHead title=t::title(l) tab=tab lead=t::lead(l)/>
            <Form action=format!("/api/{FIND}")>
                <Field name="find" label=t::find_label(l) hint=t::find_hint(l) value=value error=error
                    kind=Kind::Search autocomplete="off"/>
                <Actions><Button text=t::find(l) kind=ButtonKind::Secondary icon=IconName::Search/></Actions>
            </Form>
            {found}
        </PageGrid>
    }
    .into_any()
}

fn rows(l: Locale, found: Vec<Found>) -> AnyView {
    if found.is_empty() {
        return view! { <EmptyState title=t::found_none(l) text=t::found_none_text(l)/> }.into_any();
    }
    let row = |one: Found| {
        let text = t::found_row(l, dates::plain(l, one.birth_date), one.unit_name);
        LinkRow::new(routes::staff_mandates_of(&one.public), one.name).text(text)
    };
    view! { <h2>{t::found(l)}</h2><LinkRows rows=found.into_iter().map(row).collect()/> }.into_any()
}
