//! What her own visit's page says of the day itself: that she is received, that she was not and why, and how she tells that
//! she is delayed.

use backend::visits::{
    booking::VisitView,
    gate::{Delay, MyGate},
};
use domain::{
    kernel::{Instant, Locale},
    visits::gate::{Arrival, AtGate, DELAYS, Denied, Mark, arrival, last_minute, may_tell_delay},
};
use leptos::prelude::*;

use super::{
    api::{DELAYED, action},
    words,
};
use crate::{
    i18n::{dates, visits_gate as t},
    routes,
    ui::{Actions, ButtonKind, Form, HiddenInput, LinkButton, Notice, NoticeKind},
};

/// Nothing where the day has nothing to say.
pub(in crate::visits) fn told(l: Locale, visit: &VisitView, gate: &MyGate, now: Instant) -> Option<AnyView> {
    match gate.line.state {
        AtGate::Expected => {
            let may = may_tell_delay(gate.line.state, &gate.expected, now);
            may.then(|| delay(l, visit, gate))
        }
        AtGate::Inside { since } => {
            Some(view! { <Notice title=t::my_inside(l, dates::clock_of(l, since))/> }.into_any())
        }
        AtGate::Over { how: Mark::Denied(why), .. } => Some(denied(l, visit, t::my_denied(l), Some(why))),
        AtGate::Over { how: Mark::InmateRefused, .. } => Some(denied(l, visit, t::my_refused(l), None)),
        AtGate::Over { how: Mark::NoShow, .. } => {
            let write = routes::message_about(&visit.visit.public);
            let link = t::my_complain_link(l);
            Some(view! { <Notice title=t::my_no_show(l)><p><a href=write>{link}</a></p></Notice> }.into_any())
        }
        AtGate::Over { how, .. } => how.took_place().then(|| attended(l, visit)),
    }
}

fn attended(l: Locale, visit: &VisitView) -> AnyView {
    let href = routes::booking_attended(&visit.visit.public);
    view! {
        <Notice title=t::my_over(l)/>
        <Actions><LinkButton href=href text=t::my_attended(l) kind=ButtonKind::Secondary/></Actions>
    }
    .into_any()
}

/// The reason in writing, how to complain, and a new time.
fn denied(l: Locale, visit: &VisitView, title: String, why: Option<Denied>) -> AnyView {
    let why = why.map_or_else(|| t::my_refused_text(l), |why| words::told(l, why));
    let write = routes::message_about(&visit.visit.public);
    view! {
        <Notice kind=NoticeKind::Warn title=title>
            <p>{why}</p>
            <p>{t::my_complain(l)}</p>
        </Notice>
        <Actions>
            <LinkButton href=write text=t::my_complain_link(l) kind=ButtonKind::Secondary/>
            <LinkButton href=routes::BOOK text=t::my_new(l)/>
        </Actions>
    }
    .into_any()
}

fn delay(l: Locale, visit: &VisitView, gate: &MyGate) -> AnyView {
    let latest = dates::clock_of(l, last_minute(&gate.expected));
    let buttons = DELAYS.map(|minutes| {
        let public = visit.visit.public.to_string();
        view! {
            <Form action=action(DELAYED)>
                <HiddenInput name="public" value=public/>
                <button class="button button--secondary" type="submit" name="minutes" value=minutes.to_string()>
                    {t::delay_button(l, minutes)}
                </button>
            </Form>
        }
    });
    let said = gate.line.delay.map(|delay| answered(l, visit, gate, delay));
    view! {
        <section class="section-rule stack">
            <h2>{t::delay_title(l)}</h2>
            {said}
            <p>{t::delay_text(l, latest)}</p>
            <div class="actions">{buttons.into_iter().collect_view()}</div>
        </section>
    }
    .into_any()
}

fn answered(l: Locale, visit: &VisitView, gate: &MyGate, delay: Delay) -> AnyView {
    let comes = gate.expected.starts_at.plus_minutes(delay.minutes);
    let (kind, text) = match arrival(&gate.expected, comes) {
        Arrival::InTime | Arrival::Late { .. } => (NoticeKind::Done, t::delay_fine(l)),
        Arrival::TooLate { .. } => {
            let latest = dates::clock_of(l, last_minute(&gate.expected));
            (NoticeKind::Warn, t::delay_too_late(l, latest, &visit.unit_phone))
        }
    };
    view! { <Notice kind=kind title=t::delay_told(l, delay.minutes)><p>{text}</p></Notice> }.into_any()
}
