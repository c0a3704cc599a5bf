//! A new case: who wants to serve at home, where, and by when those at home are asked to answer.

use backend::{Result, consents::FormKey, rules::Rules};
use domain::kernel::CivilDate;
use leptos::prelude::*;

use super::{
    forms::OPEN,
    parts::{self, Desk, action, wrong},
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, consents_desk as t},
    routes,
    ui::{
        Actions, Button, DateEntry, DateLabels, DateValue, ErrorSummary, Field, Form, HiddenInput, Link,
        PageGrid, PageHead,
    },
};

#[component]
pub fn NewPage() -> impl IntoView {
    parts::page(|desk| async move { new(&desk).await.map(Some) })
}

async fn new(desk: &Desk) -> Result<AnyView> {
    let tried = desk.tried(OPEN).await?;
    let today = desk.page.now.date();
    let days = Rules::on(&desk.ctx.db, today).await?.days("consents.answer_days")?;
    Ok(shown(desk, &tried, today.plus_days(days)))
}

/// What was typed; at first the last day that the rule gives.
pub(super) fn last_day(tried: &Fields, usual: CivilDate) -> DateValue {
    if tried.is_wrong() {
        let value = |part: &str| tried.value(&format!("answer_by_{part}"));
        return DateValue { day: value("day"), month: value("month"), year: value("year") };
    }
    let iso = usual.iso();
    let mut parts = iso.split('-').map(|part| part.trim_start_matches('0').to_owned());
    let (year, month) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    DateValue { day: parts.next().unwrap_or_default(), month, year }
}

fn shown(desk: &Desk, tried: &Fields, usual: CivilDate) -> AnyView {
    let l = desk.l;
    let key = FormKey::parse(&tried.value("key")).unwrap_or_else(|| desk.ctx.chance.public()).to_string();
    let [name, address] = ["name", "address"].map(|field| tried.value(field));
    let [bad_name, bad_address, bad_day] =
        ["name", "address", "answer_by"].map(|field| tried.error(l, wrong, field));
    let labels = DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
    let (day, tab) = (last_day(tried, usual), tried.tab(l, t::new_title(l)));
    let errors = tried.summary(l, wrong);
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::new_title(l) tab=tab lead=t::new_lead(l) back=Link::new(routes::STAFF_HOMES, t::list_title(l))/>
            <Form action=action(OPEN)>
                <HiddenInput name="key" value=key/>
                <Field name="name" label=t::name_label(l) value=name error=bad_name autocomplete="off"/>
                <Field name="address" label=t::address_label(l) hint=t::address_hint(l) value=address error=bad_address
                    autocomplete="off"/>
                <DateEntry name="answer_by" legend=t::by_label(l) hint=t::by_hint(l) labels=labels value=day error=bad_day/>
                <Actions><Button text=t::open_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
