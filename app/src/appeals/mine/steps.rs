//! Where an appeal stands, as stones on a line, and when each is expected.

use backend::appeals::Appeal;
use domain::{
    appeals::State,
    kernel::{Instant, Locale},
};
use leptos::prelude::*;

use crate::{
    appeals::words,
    i18n::{appeals_mine as t, dates},
    ui::{TrackStep, Tracker},
};

pub(super) fn steps(l: Locale, appeal: &Appeal) -> AnyView {
    let day = |at: Instant| dates::long_date(l, at.date());
    let sent = TrackStep::done(t::step_sent(l)).text(day(appeal.sent_at));
    let (unit, region) = (&appeal.target.unit_name, appeal.target.region.to_lowercase());
    let due = appeal.due_at.map(day).unwrap_or_default();
    let forwarded = appeal.statement.as_ref().map(|(at, _)| *at);
    let mut steps = vec![sent];
    match &appeal.state {
        State::Withdrawn { at } => {
            steps.push(TrackStep::done(t::step_withdrawn(l)).text(day(*at)));
            return view! { <Tracker label=t::steps_label(l) steps=steps/> }.into_any();
        }
        State::Sent { .. } | State::Preparing { .. } => {
            let here = TrackStep::here(t::step_local(l, unit), t::step_here(l));
            steps.push(here.text(t::step_local_text(l, &due)));
        }
        State::Forwarded { .. } | State::Decided { .. } => {
            let done = TrackStep::done(t::step_local(l, unit));
            steps.push(match forwarded {
                Some(at) => done.text(t::step_local_done(l, day(at))),
                None => done,
            });
        }
    }
    let above = t::step_region(l, &region);
    match &appeal.state {
        State::Forwarded { .. } => {
            let here = TrackStep::here(above, t::step_here(l));
            steps.push(here.text(t::step_region_text(l, &due)));
        }
        State::Decided { at, outcome, .. } => {
            let text = format!("{} {}", words::outcome(l, *outcome), day(*at));
            steps.push(TrackStep::done(t::step_decided(l)).text(text));
        }
        _ => steps.push(TrackStep::ahead(above).text(t::step_region_ahead(l))),
    }
    view! { <Tracker label=t::steps_label(l) steps=steps/> }.into_any()
}
