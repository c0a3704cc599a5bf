//! A lawyer books a private room for herself and a client, with nothing to type: the free ones by day, is this right, and the
//! receipt that every visit has.

mod api;
mod check;
mod rooms;

pub use api::FORMS;
pub use check::CheckPage;
pub use rooms::RoomsPage;

use std::collections::BTreeMap;

use backend::{
    Result,
    visits::booking::counsel::{self, Ahead},
};
use domain::kernel::{CivilDate, Locale};

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
    for ahead in counsel::ahead(&here.ctx, &here.who).await? {
        let row = row(l, &ahead, here.page.now.date());
        rows.entry(ahead.inmate.to_string()).or_insert(row);
    }
    Ok(rows)
}

fn row(l: Locale, ahead: &Ahead, today: CivilDate) -> LinkRow {
    let title = t::next_room(l, day(l, ahead.date, today), dates::clock(l, ahead.start));
    LinkRow::new(routes::booking(&ahead.booking), title)
}

/// `i morgen, onsdag 2. september`; later days without the first words.
fn day(l: Locale, date: CivilDate, today: CivilDate) -> String {
    let long = dates::long_date(l, date);
    match date.days_since(today) {
        0 | 1 => format!("{}, {long}", dates::relative(l, date, today)),
        _ => long,
    }
}
