//! Following one: its reference and the same address, then where it stands, in plain words. Never whom it is about, and never an outcome.

use backend::{
    Result,
    visits::assisted::handin::{self, Tracked},
};
use domain::{
    kernel::Locale,
    visits::handin::{Purpose, Step},
};
use leptos::prelude::*;

use super::{
    api::{TRACK, WITHDRAW},
    fields::{tab, tried},
    parts::{Guest, ended, led, shown},
    start::{aside, notice},
};
use crate::{
    i18n::{common, dates, visits_without as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Details, ErrorSummary, Field, FieldError, Form, Link, Notice,
        NoticeKind, PageGrid, PageHead, TrackStep, Tracker, Width,
    },
};

#[component]
pub fn TrackPage() -> impl IntoView {
    shown(|guest| async move { ask(guest).await })
}

async fn ask(guest: Guest) -> Result<AnyView> {
    let (l, kept) = (guest.l(), guest.tried(TRACK).await?);
    let errors = tried(l, &kept);
    let [reference, reached] = ["reference", "reached"].map(|field| kept.value(field));
    let [no_reference, no_reached] = ["reference", "reached"].map(|field| FieldError::of(&errors, field));
    let (told, tab) = (notice(&guest.page, false), tab(l, !errors.is_empty(), t::track_title(l)));
    let texts = guest.ctx.settings.offers_texts();
    let label = if texts { t::track_reached(l) } else { t::track_reached_email(l) };
    let aside = aside(l, guest.page.demo);
    Ok(view! {
        <PageGrid aside=aside>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::track_title(l) tab=tab lead=t::track_lead(l)
                back=Link::new(routes::WITHOUT_EID, t::title(l))/>
            {told}
            <Form action=format!("/api/{TRACK}")>
                <Field name="reference" label=t::track_reference(l) hint=t::track_reference_hint(l) value=reference
                    error=no_reference width=Width::Half autocomplete="off"/>
                <Field name="reached" label=label value=reached error=no_reached width=Width::Half
                    autocomplete="email"/>
                <p>{t::track_same(l)}</p>
                <Actions><Button text=t::ask(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any())
}

#[component]
pub fn CasePage() -> impl IntoView {
    shown(|guest| async move { case(guest).await })
}

async fn case(guest: Guest) -> Result<AnyView> {
    let l = guest.l();
    let followed = match guest.session(Purpose::Track).await? {
        Some(session) => handin::tracked(&guest.ctx, &session).await?,
        None => None,
    };
    let Some(followed) = followed else { return Ok(led(&ended(routes::TRACK))) };
    let note = t::case_reference(l, followed.reference.to_string());
    let (steps, text) = (steps(l, &followed), text(l, followed.step));
    let moved = guest.page.query("refused").map(|_| {
        view! { <Notice kind=NoticeKind::Warn title=t::case_moved_on(l)/> }
    });
    let withdraw = (followed.step.may_withdraw() && followed.filed).then(|| withdraw(l));
    Ok(view! {
        <PageGrid>
            <PageHead title=t::case_title(l) note=note/>
            {moved}
            {steps}
            <p>{text}</p>
            <p><a href=routes::UNITS>{t::case_units(l)}</a></p>
            {withdraw}
        </PageGrid>
    }
    .into_any())
}

fn steps(l: Locale, followed: &Tracked) -> AnyView {
    let since = dates::capital(&dates::date_time(l, followed.since));
    let here = |title: String| TrackStep::here(title, t::step_here(l)).text(since.clone());
    let handed = dates::capital(&dates::date_time(l, followed.handed_at));
    let received = TrackStep::done(t::step_received(l)).text(handed);
    let registered = || TrackStep::done(t::step_registering(l));
    let [to_register, to_consider, to_decide] =
        [t::step_registering(l), t::step_considered(l), t::step_decided(l)].map(TrackStep::ahead);
    let steps = match followed.step {
        Step::Received => vec![here(t::step_received(l)), to_register, to_consider, to_decide],
        Step::Registering => vec![received, here(t::step_registering(l)), to_consider, to_decide],
        Step::NeedsYou => vec![received, here(t::step_needs_you(l)), to_consider, to_decide],
        Step::Considered => vec![received, registered(), here(t::step_considered(l)), to_decide],
        Step::Decided => {
            let decided = TrackStep::done(t::step_decided(l)).text(since.clone());
            vec![received, registered(), TrackStep::done(t::step_considered(l)), decided]
        }
        Step::Closed => vec![received, here(t::step_closed(l))],
        Step::Withdrawn => vec![received, here(t::step_withdrawn(l))],
    };
    view! { <Tracker label=t::case_title(l) steps=steps/> }.into_any()
}

fn text(l: Locale, step: Step) -> String {
    match step {
        Step::Received => t::text_received(l),
        Step::Registering => t::text_registering(l),
        Step::NeedsYou => t::text_needs_you(l),
        Step::Considered => t::text_considered(l),
        Step::Decided => t::text_decided(l),
        Step::Closed => t::text_closed(l),
        Step::Withdrawn => t::text_withdrawn(l),
    }
}

fn withdraw(l: Locale) -> AnyView {
    view! {
        <Details summary=t::withdraw_title(l)>
            <p>{t::withdraw_text(l)}</p>
            <Form action=format!("/api/{WITHDRAW}")>
                <Actions><Button text=t::withdraw_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
    .into_any()
}
