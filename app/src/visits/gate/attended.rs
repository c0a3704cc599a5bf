//! That she was there, in writing: for an employer or a school. Whom she visited is not said.

use backend::{Result, visits::gate};
use domain::{
    kernel::{Instant, Public},
    visits::{booking::Booking, gate::AtGate},
};
use leptos::prelude::*;

use crate::{
    i18n::{dates, visits_gate as t},
    public::NotFound,
    request, routes,
    ui::{Actions, Link, PageGrid, PageHead, PrintButton},
    visits::{Here, booking::own, page},
};

#[component]
pub fn AttendedPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_gate", move |here| one(here, public))
}

async fn one(here: Here, public: String) -> Result<AnyView> {
    let none = || view! { <NotFound/> }.into_any();
    let Some(visit) = own(&here, &public).await? else { return Ok(none()) };
    let id: Public<Booking> = visit.visit.public.clone();
    let at_gate = gate::mine(&here.ctx, &here.who, &id).await?;
    let Some(AtGate::Over { how, at }) = at_gate.map(|gate| gate.line.state) else { return Ok(none()) };
    if !how.took_place() {
        return Ok(none());
    }
    let (l, v) = (t::lang(here.page.locale), &visit.visit);
    let back = Link::new(routes::booking(&id), t::visit_title(l, dates::clock(l, v.start)));
    let text = t::attended_text(
        l,
        &here.who.name,
        &v.unit_name,
        dates::with_year(l, v.date),
        dates::clock(l, v.start),
        until(l, at, v.ends_at),
    );
    let made = t::attended_made(l, dates::with_year(l, here.page.now.date()));
    Ok(view! {
        <PageGrid>
            <PageHead title=t::attended_title(l) tab=t::attended_tab(l) back=back/>
            <p>{text}</p>
            <p class="small muted">{t::attended_note(l)}" "{made}</p>
            <Actions><PrintButton text=t::attended_print(l)/></Actions>
        </PageGrid>
    }
    .into_any())
}

/// When it ended, and never later than it was to end: a mark may be made afterwards.
fn until(l: domain::kernel::Locale, at: Instant, ends_at: Instant) -> String {
    dates::clock_of(l, at.min(ends_at))
}
