//! The four stones of a case: received, consent, police, decision. Who has it, since when, how long it takes.
//! A case that ended before consent shows its first and its last stone only, the same whatever the cause.

use backend::visits::clearance::{Stage, Tracked};
use domain::kernel::{CivilDate, Locale};
use leptos::prelude::*;

use crate::{
    i18n::{dates, visits_mine as t},
    ui::{TrackStep, Tracker},
};

pub(super) fn steps(l: Locale, case: &Tracked) -> AnyView {
    let received =
        TrackStep::done(t::track_received(l)).text(dates::capital(&dates::date_time(l, case.submitted_at)));
    let steps = match case.stage {
        Stage::NotProcessed => vec![received, ended(l, t::track_closed(l), case)],
        Stage::Withdrawn => vec![received, ended(l, t::track_withdrawn(l), case)],
        _ => vec![received, consent(l, case), police(l, case), decision(l, case)],
    };
    view! { <Tracker label=t::track_label(l) steps=steps/> }.into_any()
}

fn ended(l: Locale, title: String, case: &Tracked) -> TrackStep {
    TrackStep::done(title).text(day(l, case.since.date()))
}

fn consent(l: Locale, case: &Tracked) -> TrackStep {
    match case.stage {
        Stage::Received => TrackStep::here(t::track_consent(l), t::track_here(l))
            .text(t::track_consent_here(l, since(l, case))),
        _ => done(t::track_consent(l), case.consented_on.map(|on| t::track_consent_done(l, long(l, on)))),
    }
}

fn police(l: Locale, case: &Tracked) -> TrackStep {
    match case.stage {
        Stage::Received => TrackStep::ahead(t::track_police(l)),
        Stage::AwaitingPolice => TrackStep::here(t::track_police(l), t::track_here(l))
            .text(t::track_police_here(l, since(l, case))),
        _ => done(t::track_police(l), case.police_on.map(|on| t::track_police_done(l, long(l, on)))),
    }
}

fn decision(l: Locale, case: &Tracked) -> TrackStep {
    match case.stage {
        Stage::AwaitingDecision => TrackStep::here(t::track_decision(l), t::track_here(l))
            .text(t::track_decision_here(l, since(l, case))),
        Stage::Decided => {
            done(t::track_decision(l), Some(t::track_decision_done(l, long(l, case.since.date()))))
        }
        _ => TrackStep::ahead(t::track_decision(l)).text(t::track_decision_ahead(l)),
    }
}

fn done(title: String, text: Option<String>) -> TrackStep {
    let step = TrackStep::done(title);
    match text {
        Some(text) => step.text(text),
        None => step,
    }
}

fn since(l: Locale, case: &Tracked) -> String {
    dates::day_month(l, case.since.date())
}

fn long(l: Locale, date: CivilDate) -> String {
    dates::long_date(l, date)
}

fn day(l: Locale, date: CivilDate) -> String {
    dates::capital(&dates::long_date(l, date))
}
