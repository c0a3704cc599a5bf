//! The code from the e-mail or the text message: the same page whether or not one was sent.

use backend::{Result, visits::assisted::handin};
use domain::{identity::CODE_MINUTES, visits::handin::Purpose};
use leptos::prelude::*;

use super::{
    api::{CODE, TRACK_CODE},
    fields::{tab, tried},
    parts::{Guest, ended, led, shown},
    start::aside,
};
use crate::{
    i18n::{common, visits_without as t},
    routes,
    ui::{Actions, Button, ErrorSummary, Field, FieldError, Form, Kind, Link, PageGrid, PageHead, Width},
};

#[component]
pub fn CodePage() -> impl IntoView {
    let way = Way { start: routes::WITHOUT_EID, on: routes::WITHOUT_EID_FORM, form: CODE };
    shown(move |guest| code(guest, Purpose::Write, way))
}

#[component]
pub fn TrackCodePage() -> impl IntoView {
    let way = Way { start: routes::TRACK, on: routes::TRACK_CASE, form: TRACK_CODE };
    shown(move |guest| code(guest, Purpose::Track, way))
}

/// Where one comes from and goes to.
#[derive(Clone, Copy)]
struct Way {
    start: &'static str,
    on: &'static str,
    form: &'static str,
}

async fn code(guest: Guest, purpose: Purpose, way: Way) -> Result<AnyView> {
    // Pressed twice: the first has opened it.
    if guest.session(purpose).await?.is_some() {
        return Ok(led(way.on));
    }
    let waits = match guest.token(purpose) {
        Some(token) => handin::waits(&guest.ctx, purpose, token).await?,
        None => None,
    };
    let Some(reached) = waits else { return Ok(led(&ended(way.start))) };
    let (l, kept) = (guest.l(), guest.tried(way.form).await?);
    let errors = tried(l, &kept);
    let lead = match purpose {
        Purpose::Write => t::code_lead(l, reached.masked(), CODE_MINUTES),
        Purpose::Track => t::code_lead_track(l, reached.masked(), CODE_MINUTES),
    };
    let tab = tab(l, !errors.is_empty(), t::code_title(l));
    let (value, error) = (kept.value("code"), FieldError::of(&errors, "code"));
    let aside = aside(l, guest.page.demo);
    Ok(view! {
        <PageGrid aside=aside>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::code_title(l) tab=tab lead=lead back=Link::new(way.start, t::code_back(l))/>
            <Form action=format!("/api/{}", way.form)>
                <Field name="code" label=t::code_field(l) kind=Kind::Number width=Width::Short
                    autocomplete="one-time-code" value=value error=error/>
                <Actions><Button text=t::code_button(l)/></Actions>
            </Form>
            <h2>{t::code_none_title(l)}</h2>
            <p>{t::code_none_text(l)}</p>
            <p><a href=way.start>{t::code_again(l)}</a></p>
        </PageGrid>
    }
    .into_any())
}
