//! The banner of the held time, on both pages that show it.

use backend::visits::booking::HoldView;
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use crate::{
    i18n::{dates, visits_booking as t},
    ui::HoldCountdown,
};

/// Which page shows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    When,
    Check,
}

/// What is held, until when, and a mark a minute. Without script it says what was true when the page was made.
pub(super) fn banner(l: Locale, held: &HoldView, now: Instant, at: Where) -> AnyView {
    let session = &held.session;
    let date = dates::capital(&dates::long_date(l, session.date));
    let title = t::hold_title(l, date, dates::clock(l, session.start));
    let until = dates::clock_of(l, held.hold.expires_at);
    let (one, many) = (t::hold_left_one(l, &until), t::hold_left_many(l, "{n}", &until));
    let seconds = (held.hold.expires_at.micros() - now.micros()).max(0) / 1_000_000;
    let seconds = u32::try_from(seconds).unwrap_or(0);
    let note = (at == Where::Check && held.hold.extended)
        .then(|| view! { <p class="small">{t::hold_extended(l)}</p> });
    view! { <HoldCountdown title=title seconds=seconds one=one many=many over=t::hold_over(l)/>{note} }
        .into_any()
}
