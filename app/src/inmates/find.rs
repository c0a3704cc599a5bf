//! Somebody of the reader's units is found, with a reason that the trail keeps.

use backend::{custody::finding::Found, inmates, visits::clearance::LookReason};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api::{FIND, parse},
    parts,
    words::wrong,
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, dates, inmates as t, visits_apart as ta, visits_children as tc},
    routes,
    ui::{
        Actions, Button, ButtonKind, EmptyState, ErrorSummary, Field, Form, IconName, Kind, LinkRow,
        LinkRows, PageGrid, PageHead, Select,
    },
    visits::desk::reasons,
};

#[component]
pub fn FindPage() -> impl IntoView {
    parts::page(|desk| async move {
        let fields = desk.tried(FIND).await?;
        let found = match parse(&fields) {
            Ok((text, why)) => {
                let found = inmates::search(&desk.ctx, &desk.who, &text, why).await?;
                Some(rows(desk.l, found, why))
            }
            Err(_) => None,
        };
        Ok(Some(shown(desk.l, &fields, found)))
    })
}

fn shown(l: Locale, fields: &Fields, found: Option<AnyView>) -> AnyView {
    let (errors, tab) = (fields.summary(l, wrong), fields.tab(l, t::title(l)));
    let [text, why] = ["text", "why"].map(|name| fields.value(name));
    let [bad_text, bad_why] = ["text", "why"].map(|name| fields.error(l, wrong, name));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=errors/>
        <PageGrid>
            <PageHead title=t::title(l) tab=tab lead=t::lead(l)/>
            <Form action=format!("/api/{FIND}")>
                <Field name="text" label=t::text_label(l) hint=t::text_hint(l) value=text error=bad_text
                    kind=Kind::Search autocomplete="off"/>
                <Select name="why" label=t::why_label(l) hint=t::why_hint(l) options=reasons(l) value=why
                    placeholder=t::why_choose(l) error=bad_why/>
                <Actions><Button text=t::find(l) kind=ButtonKind::Secondary icon=IconName::Search/></Actions>
            </Form>
            {found}
            <p><a href=routes::STAFF_VISITS_APART>{ta::link(l)}</a></p>
            <p><a href=routes::STAFF_VISITS_CHILDREN>{tc::link(l)}</a></p>
        </PageGrid>
    }
    .into_any()
}

fn rows(l: Locale, found: Vec<Found>, why: LookReason) -> AnyView {
    if found.is_empty() {
        return view! { <EmptyState title=t::none_title(l) text=t::none_text(l)/> }.into_any();
    }
    let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let row = |one: Found| {
        let text = t::found_row(l, dates::plain(l, one.birth_date), one.unit_name);
        LinkRow::new(routes::staff_inmate_for(&one.public, why.code(), None), one.name).text(text)
    };
    let rows = found.into_iter().map(row).collect();
    view! { <h2>{t::found(l, count)}</h2><LinkRows rows=rows/> }.into_any()
}
