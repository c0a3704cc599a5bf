//! A lawyer books a private room for herself and a client, with nothing to type: the free ones by day, is this right, and the
//! receipt that every visit has. A delegate of hers walks the same pages under his delegation (`side`).

mod again;
mod api;
pub mod bringing;
mod check;
mod company;
pub(super) mod others;
mod rooms;
mod side;
mod under;
pub mod urgent;
mod ways;

pub(super) use again::again;
pub use api::FORMS;
pub use check::CheckPage;
pub use rooms::RoomsPage;
pub(super) use side::{right_of, rooms as free_rooms};
pub use under::{UnderCancelPage, UnderPage};

use std::collections::BTreeMap;

use backend::{
    Result,
    identity::delegates::DelegationMark,
    visits::booking::counsel::{self, Ahead},
};
use domain::{
    kernel::{CivilDate, Locale, Public},
    visits::{booking::Way, organisations::Organisation},
};

use crate::{
    i18n::{dates, visits_counsel as t},
    routes,
    ui::LinkRow,
    visits::Here,
};

/// The next room with each client, as a row of her list of clients, by the public id of the client.
pub(crate) async fn next(here: &Here) -> Result<BTreeMap<String, LinkRow>> {
    let l = t::lang(here.page.locale);
    let mut rows = BTreeMap::new();
    let hers = counsel::ahead(&here.ctx, &here.who).await?;
    for ahead in hers.into_iter().filter(|ahead| ahead.organisation.is_none()) {
        let row = row(l, &ahead, routes::booking(&ahead.booking), here.page.now.date());
        rows.entry(ahead.inmate.to_string()).or_insert(row);
    }
    Ok(rows)
}

/// The next one for an organisation with each whom it meets, likewise.
pub(in crate::visits) async fn next_for(
    here: &Here,
    of: &Public<Organisation>,
) -> Result<BTreeMap<String, LinkRow>> {
    let l = t::lang(here.page.locale);
    let mut rows = BTreeMap::new();
    let hers = counsel::ahead(&here.ctx, &here.who).await?;
    for ahead in hers.into_iter().filter(|ahead| ahead.organisation.as_ref() == Some(of)) {
        let row = row(l, &ahead, routes::booking(&ahead.booking), here.page.now.date());
        rows.entry(ahead.inmate.to_string()).or_insert(row);
    }
    Ok(rows)
}

/// All that are ahead for each client for whom a delegate acts.
pub(crate) async fn next_under(
    here: &Here,
    under: &Public<DelegationMark>,
) -> Result<BTreeMap<String, Vec<LinkRow>>> {
    let l = t::lang(here.page.locale);
    let mut rows: BTreeMap<String, Vec<LinkRow>> = BTreeMap::new();
    for ahead in counsel::ahead_under(&here.ctx, &here.who, under).await? {
        let href = routes::my_lawyer_visit(under, &ahead.booking);
        rows.entry(ahead.inmate.to_string()).or_default().push(row(l, &ahead, href, here.page.now.date()));
    }
    Ok(rows)
}

fn row(l: Locale, ahead: &Ahead, href: String, today: CivilDate) -> LinkRow {
    let (on, at) = (day(l, ahead.date, today), dates::clock(l, ahead.start));
    let title = match ahead.way {
        Way::Room => t::next_room(l, on, at),
        Way::Video => t::next_video(l, on, at),
        Way::Phone => t::next_phone(l, on, at),
    };
    let row = LinkRow::new(href, title);
    match &ahead.by {
        Some(by) => row.text(t::booked_by(l, by)),
        None => row,
    }
}

/// `i morgen, onsdag 2. september`; later days without the first words.
fn day(l: Locale, date: CivilDate, today: CivilDate) -> String {
    let long = dates::long_date(l, date);
    match date.days_since(today) {
        0 | 1 => format!("{}, {long}", dates::relative(l, date, today)),
        _ => long,
    }
}
