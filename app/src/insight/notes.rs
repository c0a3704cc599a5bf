//! How the figures are made, and what they do not show.

use domain::kernel::Locale;
use leptos::prelude::*;

use super::told::Told;
use crate::{i18n::insight as t, ui::Details};

pub(super) fn notes(l: Locale, told: &Told) -> AnyView {
    let bounds = told.known.bounds;
    let lines = [
        t::notes_few(l, bounds.least),
        t::notes_weeks(l),
        t::notes_answers(l, bounds.least_tail),
        t::notes_visits(l),
        t::notes_open(l, bounds.least),
        t::notes_shares(l),
        t::notes_digital(l),
    ];
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! { <Details summary=t::notes_title(l)>{lines}</Details> }.into_any()
}
