//! A lawyer's talk by telephone: whom she rings, when, and with which reference. The unit puts her through; nobody comes.

use backend::visits::booking::VisitView;
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use crate::{
    i18n::{dates, visits_counsel as t},
    ui::{AsideBlock, Notice, TrackStep},
};

/// Until it is over.
pub(super) fn call(l: Locale, visit: &VisitView, now: Instant) -> Option<AnyView> {
    if now >= visit.visit.ends_at {
        return None;
    }
    let l = t::lang(l);
    let title = t::phone_call(l, &visit.unit_phone, dates::clock(l, visit.visit.start));
    let text = t::phone_call_text(l, visit.reference.to_string());
    Some(view! { <Notice title=title><p>{text}</p></Notice> }.into_any())
}

/// In place of what to bring to a gate.
pub(super) fn aside(l: Locale, visit: &VisitView) -> AnyView {
    let (l, phone) = (t::lang(l), visit.unit_phone.clone());
    let (title, text) = (t::phone_private_title(l), t::phone_private_text(l));
    view! {
        <AsideBlock title=title><p>{text}</p></AsideBlock>
        <AsideBlock title=t::phone_wrong_title(l)><p>{t::phone_wrong_text(l, phone)}</p></AsideBlock>
    }
    .into_any()
}

pub(super) fn step(l: Locale, visit: &VisitView) -> TrackStep {
    let (l, v) = (t::lang(l), &visit.visit);
    let day = dates::capital(&dates::long_date(l, v.date));
    let text = t::phone_step_text(l, day, dates::clock(l, v.start), &visit.unit_phone);
    TrackStep::ahead(t::phone_step(l)).text(text)
}
