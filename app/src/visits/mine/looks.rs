//! Who has looked at the case. Before consent the list is closed, for which unit looked would say where he is.

use backend::visits::clearance::{Stage, Tracked};
use domain::kernel::Locale;
use leptos::prelude::AnyView;

use crate::{i18n::visits_mine as t, visits::looks};

pub(super) fn list(l: Locale, case: &Tracked) -> AnyView {
    let nobody = untold(l, case).unwrap_or_else(|| t::looks_none(l));
    looks::list(l, t::looks_title(l), nobody, &case.looks)
}

/// Why there is no list. A withdrawn case shows it only if it had come past the police or to a decision: with less,
/// a *no* of the inmate would look like a *yes*.
fn untold(l: Locale, case: &Tracked) -> Option<String> {
    let past = case.police_on.is_some() || case.people.iter().any(|p| p.decision.is_some());
    match case.stage {
        Stage::Received => Some(t::looks_later(l)),
        Stage::NotProcessed => Some(t::looks_closed(l)),
        Stage::Withdrawn => (!past).then(|| t::looks_withdrawn(l)),
        Stage::AwaitingPolice | Stage::AwaitingDecision | Stage::Decided => None,
    }
}
