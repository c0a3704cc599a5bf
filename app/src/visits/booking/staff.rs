//! What the staff pages of booking begin with.

use std::future::Future;

use backend::{
    Result,
    ctx::{Ctx, Staff},
    visits::booking,
};
use domain::{
    access::Area,
    kernel::{CivilDate, Locale, Public},
    visits::booking::Booking,
};
use leptos::prelude::*;

use crate::{
    i18n::visits_booking as t,
    identity::require,
    public::{NotFound, broken},
    request::{self, Page},
    routes,
};

/// The member of staff of this request, and the context to ask in.
#[derive(Clone)]
pub(super) struct Desk {
    pub ctx: Ctx,
    pub who: Staff,
    pub page: Page,
}

impl Desk {
    /// The language that the words of booking have for this reader.
    pub fn locale(&self) -> Locale {
        t::lang(self.page.locale)
    }
}

pub(super) fn desk() -> Option<Desk> {
    let signed_in = require(Area::Staff);
    let page = request::page();
    let who = page.actor.staff().filter(|_| signed_in)?.clone();
    Some(Desk { ctx: use_context::<Ctx>()?, who, page })
}

/// A page that is read in one piece; nothing to show is the page of what is not there. It is read once: every
/// look is logged.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| {
        let lang = desk.locale().code();
        let made = make(desk);
        let made = Suspend::new(async move {
            match made.await {
                Ok(Some(page)) => view! { <div lang=lang>{page}</div> }.into_any(),
                Ok(None) => view! { <NotFound/> }.into_any(),
                Err(error) => broken(&error),
            }
        });
        view! { <Suspense>{made}</Suspense> }
    })
}

/// Where it leads when a booking of the officer's units has been cancelled: to its day, or to the telephone if no
/// letter reaches the one who booked.
pub(super) async fn after_cancelling(desk: &Desk, public: &Public<Booking>) -> Result<Option<String>> {
    let visit = booking::staff_visit(&desk.ctx, &desk.who, public).await?;
    Ok(visit.map(|v| {
        if v.reachable {
            format!("{}&done=cancelled", day_path(&v.unit_slug, v.date))
        } else {
            format!("{}?done=ring", routes::staff_cancel(public))
        }
    }))
}

pub(super) fn day_path(unit: &str, date: CivilDate) -> String {
    routes::staff_day(unit, &date.iso())
}
