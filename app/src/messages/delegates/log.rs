//! What was done in her name: when, what, by whom, with which client. Newest first.

use backend::identity::delegates::{ActDone, Acted};
use domain::kernel::Locale;
use leptos::prelude::*;

use crate::{
    i18n::{dates, messages_delegates as t},
    ui::{Cell, Column, DataTable, Row},
};

/// `with`: which client is told too.
pub(crate) fn log(l: Locale, acts: &[Acted], with: bool) -> AnyView {
    if acts.is_empty() {
        return view! { <p>{t::log_none(l)}</p> }.into_any();
    }
    let mut head = vec![t::log_when(l), t::log_what(l), t::log_who(l)];
    head.extend(with.then(|| t::log_client(l)));
    let row = |act: &Acted| {
        let what = match act.what {
            ActDone::Booked => t::log_booked(l),
            ActDone::Cancelled => t::log_cancelled(l),
            ActDone::BringAsked => t::log_bring_asked(l),
            ActDone::BringWithdrawn => t::log_bring_withdrawn(l),
            ActDone::UrgentAsked => t::log_urgent_asked(l),
            ActDone::UrgentWithdrawn => t::log_urgent_withdrawn(l),
        };
        let mut cells = vec![dates::date_time_with_year(l, act.at), what, t::log_by(l, &act.by)];
        cells.extend(with.then(|| act.client.clone()));
        Row::new(cells.into_iter().map(Cell::text).collect())
    };
    let (head, rows) = (head.into_iter().map(Column::new).collect(), acts.iter().map(row).collect());
    view! { <DataTable caption=t::log_title(l) head=head rows=rows/> }.into_any()
}
