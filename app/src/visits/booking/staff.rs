//! What the staff pages of booking begin with.

use std::sync::Arc;

use std::future::Future;

use backend::{
    Result,
    ctx::{Ctx, Staff},
    visits::booking,
};
use domain::{
    kernel::{CivilDate, Locale, Public},
    visits::booking::{Booking, may_cancel},
};
use leptos::prelude::*;

use crate::{
    i18n::visits_booking as t,
    request::Page,
    routes,
    visits::parts::{staff, staff_page},
};

/// The member of staff of this request, and the context to ask in.
#[derive(Clone)]
pub(super) struct Desk {
    pub ctx: Ctx,
    pub who: Staff,
    pub page: Arc<Page>,
}

impl Desk {
    /// The language that the words of booking have for this reader.
    pub fn locale(&self) -> Locale {
        t::lang(self.page.locale)
    }
}

pub(super) fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, page })
}

/// A page that is read in one piece; nothing to show is the page of what is not there. It is read once: every
/// look is logged.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| staff_page(desk.locale(), make(desk)))
}

/// Where it leads when a booking of the officer's units has been cancelled: to its day, or to the telephone if no
/// letter reaches the one who booked. Nowhere for those who cancel nothing: they have not looked.
pub(super) async fn after_cancelling(desk: &Desk, public: &Public<Booking>) -> Result<Option<String>> {
    if !may_cancel(&desk.who.roles) {
        return Ok(None);
    }
    let visit = booking::staff_visit(&desk.ctx, &desk.who, public).await?;
    Ok(visit.map(|v| {
        if v.reachable {
            format!("{}&done=cancelled", day_path(&v.unit_slug, v.date))
        } else {
            format!("{}?done=ring", routes::staff_cancel(public))
        }
    }))
}

/// The day of a booking, with a word of what was done.
pub(super) async fn day_of(desk: &Desk, public: &Public<Booking>, done: &str) -> Result<String> {
    let visit = booking::staff_visit(&desk.ctx, &desk.who, public).await?;
    Ok(visit.map_or_else(
        || routes::STAFF.to_owned(),
        |v| format!("{}&done={done}", day_path(&v.unit_slug, v.date)),
    ))
}

pub(super) fn day_path(unit: &str, date: CivilDate) -> String {
    routes::staff_day(unit, &date.iso())
}
