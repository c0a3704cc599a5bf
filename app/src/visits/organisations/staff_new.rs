//! Clearing an organisation, or clearing it again: what it is, how its visits are watched, until when, and who names the others.

use backend::{Result, visits::organisations};
use domain::visits::organisations::{OrganisationKind, Watch};
use leptos::prelude::*;

use super::{
    parts::{self, Desk, at_most, day},
    staff_api::REGISTER,
    words::{self, wrong},
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, visits_organisations as t},
    routes,
    ui::{
        Actions, Button, Choice, ErrorSummary, Field, Form, Kind as Input, Link, PageGrid, PageHead,
        RadioGroup, Select, Width,
    },
};

#[component]
pub fn StaffNewPage() -> impl IntoView {
    parts::page(|desk| async move {
        let fields = desk.tried(REGISTER).await?;
        shown(&desk, &fields).await.map(Some)
    })
}

async fn shown(desk: &Desk, fields: &Fields) -> Result<AnyView> {
    let l = desk.l;
    let (errors, tab) = (fields.summary(l, wrong), fields.tab(l, t::new_title(l)));
    let back = Link::new(routes::STAFF_ORGANISATIONS, t::staff_title(l));
    let units = organisations::units_of(&desk.ctx, &desk.who).await?;
    let form = form(desk, fields, units, at_most(&desk.ctx, l).await?);
    Ok(view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::new_title(l) tab=tab lead=t::new_lead(l) back=back/>
            {form}
        </PageGrid>
    }
    .into_any())
}

fn form(desk: &Desk, fields: &Fields, units: Vec<(String, String)>, hint: String) -> AnyView {
    let l = desk.l;
    let unit = match (fields.value("unit"), units.first()) {
        (typed, Some((slug, _))) if typed.is_empty() => slug.clone(),
        (typed, _) => typed,
    };
    let units: Vec<Choice> = units.into_iter().map(|(slug, name)| Choice::new(slug, name)).collect();
    let kinds = OrganisationKind::ALL.map(|one| Choice::new(one.code(), words::kind(l, one))).to_vec();
    let watches = Watch::ALL.map(|one| Choice::new(one.code(), words::watch(l, one))).to_vec();
    let names = ["organisation", "name", "kind", "watch", "contact", "number"];
    let [organisation, name, kind, watch, contact, number] = names.map(|field| fields.value(field));
    let [bad_organisation, bad_name, bad_kind, bad_watch, bad_contact, bad_number] =
        names.map(|field| fields.error(l, wrong, field));
    let to = day(l, fields, wrong, "to", (t::new_to(l), hint));
    view! {
        <Form action=format!("/api/{REGISTER}")>
            <Select name="unit" label=t::fact_unit(l) options=units value=unit/>
            <Field name="organisation" label=t::new_number(l) hint=t::new_number_hint(l) kind=Input::Number
                width=Width::Half value=organisation error=bad_organisation autocomplete="off"/>
            <Field name="name" label=t::new_name(l) value=name error=bad_name autocomplete="off"/>
            <RadioGroup name="kind" legend=t::new_kind(l) options=kinds value=kind error=bad_kind/>
            <RadioGroup name="watch" legend=t::new_watch(l) hint=t::new_watch_hint(l) options=watches value=watch
                error=bad_watch/>
            {to}
            <h2>{t::new_contact_title(l)}</h2>
            <p>{t::new_contact_lead(l)}</p>
            <Field name="contact" label=t::fact_name(l) value=contact error=bad_contact autocomplete="off"/>
            <Field name="number" label=t::person_number(l) hint=t::person_number_hint(l) kind=Input::Number
                width=Width::Half value=number error=bad_number autocomplete="off"/>
            <Actions><Button text=t::new_send(l)/></Actions>
        </Form>
    }
    .into_any()
}
