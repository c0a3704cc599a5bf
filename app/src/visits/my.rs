//! What visits say on the person's own page: the next one in a panel, what waits for her, her applications.

use backend::{
    Result,
    visits::{
        booking::{self, MyVisit},
        clearance,
    },
};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use super::{
    Here,
    booking::{joining, waiting},
    mine,
};
use crate::{
    i18n::{dates, visits_booking, visits_mine as t},
    routes,
    ui::{Actions, ButtonKind, LinkButton, LinkRow, Panel},
};

/// Most applications on the page; the others stand on the page of all visits.
const MOST: usize = 5;

/// The parts that the own page puts in their places.
pub struct MyVisits {
    pub next: Option<AnyView>,
    pub has_next: bool,
    pub can_book: bool,
    pub waits: Vec<LinkRow>,
    pub applications: Vec<LinkRow>,
}

pub async fn my(here: &Here) -> Result<MyVisits> {
    let (l, now) = (here.locale(), here.page.now);
    let visits = booking::my_visits(&here.ctx, &here.who).await?;
    let next = visits.into_iter().find(|v| v.cancelled.is_none() && !v.off && v.ends_at > now);
    let can_book = booking::bookable(&here.ctx, &here.who).await?.iter().any(|b| b.open);
    let applications = clearance::mine(&here.ctx, &here.who).await?;
    Ok(MyVisits {
        has_next: next.is_some(),
        next: next.map(|visit| panel(l, &visit)),
        can_book,
        waits: waits(here, l, now).await?,
        applications: mine::rows(l, applications.into_iter().take(MOST).collect()),
    })
}

fn panel(l: Locale, visit: &MyVisit) -> AnyView {
    let day = dates::capital(&dates::long_date(l, visit.date));
    let time = visits_booking::from_to(l, dates::clock(l, visit.start), dates::clock(l, visit.end));
    let (href, cancel) = (routes::booking(&visit.public), routes::booking_cancel(&visit.public));
    let stop = if visit.along { visits_booking::along_leave(l) } else { visits_booking::visit_cancel(l) };
    let place = visits_booking::list_text(l, &visit.inmate_name, &visit.unit_name);
    view! {
        <Panel kicker=t::next_visit(l)>
            <p class="panel-large">{day}<br/>{time}</p>
            <p>{place}</p>
            <Actions>
                <LinkButton href=href text=t::next_show(l)/>
                <LinkButton href=cancel text=stop kind=ButtonKind::Secondary/>
            </Actions>
        </Panel>
    }
    .into_any()
}

/// A time that is held and an application that is begun.
async fn waits(here: &Here, l: Locale, now: Instant) -> Result<Vec<LinkRow>> {
    let mut rows = waiting::offered(here).await?;
    rows.extend(joining::asked(here).await?);
    let held = booking::draft(&here.ctx, &here.who).await?.and_then(|d| d.hold);
    if let Some(held) = held.filter(|h| h.hold.is_live(now)) {
        let until = dates::clock_of(l, held.hold.expires_at);
        let row = LinkRow::new(routes::book("check"), t::held(l)).text(t::held_text(l, until));
        rows.push(row.unread(t::list_draft_waits(l)));
    }
    rows.extend(mine::begun(here).await?);
    Ok(rows)
}
