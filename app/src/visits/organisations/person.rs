//! One more of an organisation's people: who she is, and until when. By the first of its people, or by the unit.

use backend::visits::organisations::{self, Person};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api::ADD,
    parts::{self, at_most, day, named, tried_by},
    staff_api::STAFF_ADD,
    words::wrong,
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, dates, visits_organisations as t},
    public::NotFound,
    routes,
    ui::{
        Actions, Button, ButtonKind, ErrorSummary, Field, Form, HiddenInput, Kind as Input, Link, PageGrid,
        PageHead, SummaryList, SummaryRow, Width,
    },
    visits::page,
};

#[component]
pub fn PersonPage() -> impl IntoView {
    let id = named();
    page("visits_organisations", move |here| async move {
        let Some(id) = id else { return Ok(view! { <NotFound/> }.into_any()) };
        let known = organisations::my_one(&here.ctx, &here.who, &id).await?;
        let Some(known) = known.filter(|known| known.mine.leads) else {
            return Ok(view! { <NotFound/> }.into_any());
        };
        let back = Link::new(routes::my_organisation(&id), known.mine.name.clone());
        let hint = at_most(&here.ctx, here.locale()).await?;
        Ok(shown(here.locale(), (ADD, id.to_string()), &tried_by(&here, ADD).await?, (back, hint)))
    })
}

#[component]
pub fn StaffPersonPage() -> impl IntoView {
    let id = named();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(opened) = organisations::opened(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let back = Link::new(routes::staff_organisation(&id), opened.name.clone());
        let fields = desk.tried(STAFF_ADD).await?;
        let hint = at_most(&desk.ctx, desk.l).await?;
        Ok(Some(shown(desk.l, (STAFF_ADD, id.to_string()), &fields, (back, hint))))
    })
}

fn shown(
    l: Locale,
    (action, of): (&'static str, String),
    fields: &Fields,
    (back, hint): (Link, String),
) -> AnyView {
    let (errors, tab) = (fields.summary(l, wrong), fields.tab(l, t::person_title(l)));
    let [name, number] = ["name", "number"].map(|field| fields.value(field));
    let [bad_name, bad_number] = ["name", "number"].map(|field| fields.error(l, wrong, field));
    let to = day(l, fields, wrong, "to", (t::person_to(l), hint));
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::person_title(l) tab=tab lead=t::person_lead(l) back=back/>
            <Form action=format!("/api/{action}")>
                <HiddenInput name="public" value=of/>
                <Field name="name" label=t::fact_name(l) value=name error=bad_name autocomplete="off"/>
                <Field name="number" label=t::person_number(l) hint=t::person_number_hint(l) kind=Input::Number
                    width=Width::Half value=number error=bad_number autocomplete="off"/>
                {to}
                <Actions><Button text=t::person_send(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

/// One of its people as both sides list her; `end`: where it is said that she comes no more, if whoever reads may say so.
pub(super) fn listed(l: Locale, of: String, person: &Person, end: Option<&'static str>) -> AnyView {
    let mut rows = vec![
        SummaryRow::new(t::fact_name(l), &person.name),
        SummaryRow::new(t::fact_until(l), dates::with_year(l, person.valid_to)),
    ];
    if person.leads {
        rows.push(SummaryRow::new(t::fact_leads(l), t::fact_leads_yes(l)));
    }
    let (public, button) = (person.public.to_string(), t::people_end(l, &person.name));
    let end = end.map(|action| {
        view! {
            <Form action=format!("/api/{action}")>
                <HiddenInput name="public" value=of/>
                <HiddenInput name="person" value=public/>
                <Actions><Button text=button kind=ButtonKind::Quiet/></Actions>
            </Form>
        }
    });
    view! { <SummaryList rows=rows/>{end} }.into_any()
}
