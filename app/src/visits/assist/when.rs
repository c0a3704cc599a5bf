//! When: all free times of the unit's window, and one button that books. A visit that is changed moves.

use backend::{
    Result,
    visits::{
        assisted::{self, Contact},
        booking::Available,
    },
};
use domain::visits::booking::Offer;
use leptos::prelude::*;

use super::{
    api::TAKE,
    parts::{self, Desk},
};
use crate::{
    i18n::{common, dates, visits_assist as t},
    request, routes,
    ui::{
        Actions, Button, EmptyState, ErrorSummary, FieldError, FieldMessage, Form, HiddenInput, Link, Notice,
        NoticeKind, PageGrid, PageHead,
    },
    visits::booking::{all_times, refusals, tab_of},
};

const FIELD: &str = "session";

#[component]
pub fn WhenPage() -> impl IntoView {
    parts::contact_page(|desk, contact| async move {
        let Some(found) = assisted::available(&desk.ctx, &contact).await? else {
            request::redirect(&routes::staff_assist_to(&contact.public, "book"));
            return Ok(Some(().into_any()));
        };
        shown(&desk, &contact, &found).await.map(Some)
    })
}

async fn shown(desk: &Desk, contact: &Contact, found: &Available) -> Result<AnyView> {
    let (l, reader) = (desk.l, desk.page.locale);
    let kept = desk.kept(TAKE).await?;
    let errors: Vec<FieldError> = kept.iter().flat_map(|kept| refusals(reader, kept, FIELD)).collect();
    let chosen = kept.map(|kept| kept.value(FIELD));
    let draft = &found.draft;
    let people: Vec<&str> = draft.people.iter().map(|p| p.name.as_str()).collect();
    let lead = t::when_lead(l, people.join(", "), &draft.inmate_name, &draft.unit_name);
    let moves = draft.changes.as_ref().map(|old| {
        let at = dates::long_date(l, old.date);
        view! { <Notice kind=NoticeKind::Now title=t::when_moves(l, at, dates::clock(l, old.start))/> }
    });
    let back = Link::new(routes::staff_assist(&contact.public), contact.name.clone());
    let tab = tab_of(reader, &errors, &t::when_title(l));
    let error = FieldError::of(&errors, FIELD);
    let error = error.map(|text| view! { <FieldMessage id=FIELD.to_owned() text=text.into()/> });
    let times = times(desk, contact, found, chosen, error.into_any());
    Ok(view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::when_title(l) tab=tab lead=lead back=back/>
            {moves}
            {times}
        </PageGrid>
    }
    .into_any())
}

fn times(
    desk: &Desk,
    contact: &Contact,
    found: &Available,
    chosen: Option<String>,
    error: AnyView,
) -> AnyView {
    let (l, id) = (desk.l, contact.public.to_string());
    if !found.days.iter().any(|day| matches!(day.offer, Offer::Free(_))) {
        return view! { <EmptyState title=t::when_none(l) text=t::when_none_text(l)/> }.into_any();
    }
    let list = all_times(desk.page.locale, found, chosen);
    let button = if found.draft.changes.is_some() { t::when_move(l) } else { t::when_book(l) };
    view! {
        <Form action=format!("/api/{TAKE}")>
            <HiddenInput name="contact" value=id/>
            <fieldset class="stack">
                <legend class="visually-hidden">{t::when_title(l)}</legend>
                {error}
                {list}
            </fieldset>
            <Actions><Button text=button/></Actions>
        </Form>
    }
    .into_any()
}
