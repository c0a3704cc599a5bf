//! What the day says of a visit to whoever opens the door: what has to be settled first, and what the guests need.

use backend::visits::booking::DayRow;
use domain::{
    kernel::Locale,
    visits::booking::{Doubt, SessionKind, Way},
};
use leptos::prelude::*;

use crate::{
    i18n::visits_booking as t,
    ui::{Tag, TagKind},
    visits::{desk, plan},
};

/// The mark of a visit of which something has to be settled before anybody is let in.
pub(super) fn mark(l: Locale, row: &DayRow) -> Option<AnyView> {
    let settle = view! { <Tag text=t::day_settle(l) kind=TagKind::Warn/> };
    (!row.doubts.is_empty()).then(|| settle.into_any())
}

/// What there is to settle, a line each.
pub(in crate::visits) fn doubts(l: Locale, row: &DayRow) -> Vec<String> {
    row.doubts.iter().map(|doubt| words(l, row, doubt)).collect()
}

fn words(l: Locale, row: &DayRow, doubt: &Doubt) -> String {
    match doubt {
        Doubt::NotCleared(person) => {
            let guest = row.guests.iter().find(|g| g.person == *person);
            let name = guest.map(|g| g.name.as_str()).unwrap_or_default();
            match row.kind {
                SessionKind::Lawyer if row.organisation.is_some() => t::day_doubt_organisation(l, name),
                SessionKind::Lawyer => t::day_doubt_mandate(l, name),
                _ => t::day_doubt_cleared(l, name),
            }
        }
        Doubt::Closed => t::day_doubt_closed(l),
        Doubt::Engaged => t::day_doubt_engaged(l),
        Doubt::Apart => t::day_doubt_apart(l),
        Doubt::VisitorsApart => t::day_doubt_visitors_apart(l),
        Doubt::Plan(touch) => plan::words::touch(l, *touch),
        Doubt::NoAdult => t::day_doubt_adult(l),
        Doubt::NotHere => t::day_doubt_here(l),
        Doubt::Banned => t::day_doubt_banned(l),
        Doubt::WrongKind => t::day_doubt_kind(l, plan::words::kind(l, row.kind)),
    }
}

/// In one line: `Rullestol, tolk: somali`.
pub(in crate::visits) fn needs(l: Locale, row: &DayRow) -> Option<String> {
    let all: Vec<String> = row.needs.iter().map(|n| desk::words::needs(l, n).replace('\n', ", ")).collect();
    (!all.is_empty()).then(|| t::day_needs(l, all.join(", ")))
}

/// That nobody comes to a room, and how a lawyer and her client meet instead.
pub(in crate::visits) fn way(l: Locale, row: &DayRow) -> Option<String> {
    match row.way {
        Way::Room => None,
        Way::Video => Some(t::day_way_video(l)),
        Way::Phone => Some(t::day_way_phone(l)),
    }
}

/// Who has booked it for a lawyer, or for which organisation somebody comes.
pub(in crate::visits) fn booker(l: Locale, row: &DayRow) -> Option<String> {
    let of = row.organisation.as_ref().map(|name| t::day_organisation(l, name));
    of.or_else(|| row.delegate.as_ref().map(|name| t::day_delegate(l, name)))
}
