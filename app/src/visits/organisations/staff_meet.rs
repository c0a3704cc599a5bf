//! Whom an organisation is to meet, written down by the unit: found by name, then until when.

use backend::{
    Result,
    custody::{finding::Found, inmates::Inmate},
    visits::organisations::{self, Opened},
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use super::{
    parts::{self, Desk, at_most, day, named},
    staff_api::{FIND, MEET},
    words::wrong,
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, dates, visits_organisations as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Choice, EmptyState, ErrorSummary, Field, Form, HiddenInput, IconName,
        Kind as Input, Link, PageGrid, PageHead, RadioGroup,
    },
};

#[component]
pub fn StaffMeetPage() -> impl IntoView {
    let id = named();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        match organisations::opened(&desk.ctx, &desk.who, &id).await? {
            Some(one) => shown(&desk, &one).await.map(Some),
            None => Ok(None),
        }
    })
}

async fn shown(desk: &Desk, one: &Opened) -> Result<AnyView> {
    let l = desk.l;
    let (looked, typed) = (desk.tried(FIND).await?, desk.tried(MEET).await?);
    let mut errors = looked.summary(l, wrong);
    errors.extend(typed.summary(l, wrong));
    let tab = if typed.is_wrong() { typed.tab(l, t::meet_title(l)) } else { looked.tab(l, t::meet_title(l)) };
    let back = Link::new(routes::staff_organisation(&one.public), one.name.clone());
    let (find, found) =
        (find(l, (one.public.to_string(), String::new()), &looked), found(desk, &looked).await?);
    let (chosen, hint) = (typed.value("inmate"), at_most(&desk.ctx, l).await?);
    let body = match found {
        Some(found) => Some(form(l, one, &typed, (found, hint))),
        // What is wrong with the day stands beside whom it was for.
        None if !chosen.is_empty() => Some(until(l, one, &typed, (whom(chosen), hint))),
        None => None,
    };
    Ok(view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::meet_title(l) tab=tab lead=t::meet_lead(l) back=back/>
            {find}
            {body}
        </PageGrid>
    }
    .into_any())
}

/// The search, for this page and for the answer to what was asked for.
pub(super) fn find(l: Locale, (of, task): (String, String), looked: &Fields) -> AnyView {
    let (value, error) = (looked.value("find"), looked.error(l, wrong, "find"));
    view! {
        <Form action=format!("/api/{FIND}")>
            <HiddenInput name="public" value=of/>
            <HiddenInput name="task" value=task/>
            <Field name="find" label=t::find_label(l) hint=t::find_hint(l) value=value error=error kind=Input::Search
                autocomplete="off"/>
            <Actions><Button text=t::find(l) kind=ButtonKind::Secondary icon=IconName::Search/></Actions>
        </Form>
    }
    .into_any()
}

/// None: nobody has been looked for.
pub(super) async fn found(desk: &Desk, looked: &Fields) -> Result<Option<Vec<Found>>> {
    let name = looked.value("find");
    if name.trim().is_empty() {
        return Ok(None);
    }
    organisations::find(&desk.ctx, &desk.who, &name).await.map(Some)
}

/// Those found, to choose one of.
pub(super) fn choices(l: Locale, found: &[Found]) -> Vec<Choice> {
    let hint = |one: &Found| t::found_row(l, dates::plain(l, one.birth_date), &one.unit_name);
    found.iter().map(|one| Choice::new(one.public.to_string(), one.name.clone()).hint(hint(one))).collect()
}

pub(super) fn nobody(l: Locale) -> AnyView {
    view! { <EmptyState title=t::found_none(l) text=t::found_none_text(l)/> }.into_any()
}

fn whom(chosen: String) -> AnyView {
    let chosen: Option<Public<Inmate>> = Public::parse(&chosen);
    let chosen = chosen.map(|one| one.to_string()).unwrap_or_default();
    view! { <HiddenInput name="inmate" value=chosen/> }.into_any()
}

fn form(l: Locale, one: &Opened, typed: &Fields, (found, hint): (Vec<Found>, String)) -> AnyView {
    if found.is_empty() {
        return nobody(l);
    }
    let (options, chosen) = (choices(l, &found), typed.value("inmate"));
    let chosen = match found.as_slice() {
        [only] if chosen.is_empty() => only.public.to_string(),
        _ => chosen,
    };
    let bad = typed.error(l, wrong, "inmate");
    let whom =
        view! { <RadioGroup name="inmate" legend=t::fact_inmate(l) options=options value=chosen error=bad/> };
    until(l, one, typed, (whom.into_any(), hint))
}

fn until(l: Locale, one: &Opened, typed: &Fields, (whom, hint): (AnyView, String)) -> AnyView {
    let (of, to) = (one.public.to_string(), day(l, typed, wrong, "to", (t::meet_to(l), hint)));
    view! {
        <Form action=format!("/api/{MEET}")>
            <HiddenInput name="public" value=of/>
            {whom}
            {to}
            <Actions><Button text=t::meet_send(l)/></Actions>
        </Form>
    }
    .into_any()
}
