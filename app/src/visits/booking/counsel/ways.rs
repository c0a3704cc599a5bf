//! How the two meet: of the free times all, or those in a room, on a screen or by telephone alone. Where the unit has one way only there is
//! nothing to choose.

use backend::visits::booking::counsel::FreeRooms;
use domain::{
    kernel::{CivilDate, Locale},
    visits::booking::{Session, Way},
};
use leptos::prelude::*;

use super::side::Side;
use crate::{i18n::visits_counsel as t, visits::Here};

pub(super) struct Ways {
    only: Option<Way>,
    pub nav: Option<AnyView>,
}

impl Ways {
    pub fn of(here: &Here, side: &Side, found: &FreeRooms) -> Self {
        let offers = |way: Way| found.days.iter().any(|(_, rooms)| rooms.iter().any(|room| room.way == way));
        let offered: Vec<Way> = Way::ALL.into_iter().filter(|way| offers(*way)).collect();
        let only = here.page.query("way").and_then(|code| Way::parse(&code));
        let only = only.filter(|way| offered.contains(way));
        let nav = (offered.len() > 1).then(|| nav(here.locale(), &base(side, found), &offered, only));
        Self { only, nav }
    }

    /// Days without such a time are left out.
    pub fn days(&self, found: &FreeRooms) -> Vec<(CivilDate, Vec<Session>)> {
        let fits = |room: &&Session| self.only.is_none_or(|way| room.way == way);
        let kept = |rooms: &[Session]| rooms.iter().filter(fits).cloned().collect::<Vec<_>>();
        let days = found.days.iter().map(|(date, rooms)| (*date, kept(rooms)));
        days.filter(|(_, rooms)| !rooms.is_empty()).collect()
    }

    /// The page as it is chosen, and what goes before one more word of its address.
    pub fn path(&self, side: &Side, found: &FreeRooms) -> (String, char) {
        let (path, sep) = base(side, found);
        match self.only {
            Some(way) => (format!("{path}{sep}way={}", way.code()), '&'),
            None => (path, sep),
        }
    }
}

fn base(side: &Side, found: &FreeRooms) -> (String, char) {
    (side.rooms(&found.client.inmate), if side.moves() { '&' } else { '?' })
}

fn nav(l: Locale, (path, sep): &(String, char), offered: &[Way], only: Option<Way>) -> AnyView {
    let link = |way: Option<Way>, text: String| {
        let here = (only == way).then_some("page");
        let href = way.map_or_else(|| path.clone(), |way| format!("{path}{sep}way={}", way.code()));
        view! { <a href=href aria-current=here>{text}</a> }
    };
    let each = offered.iter().map(|way| link(Some(*way), words(l, *way))).collect_view();
    view! { <nav class="talk-shown" aria-label=t::ways(l)>{link(None, t::way_all(l))}{each}</nav> }.into_any()
}

fn words(l: Locale, way: Way) -> String {
    match way {
        Way::Room => t::way_room(l),
        Way::Video => t::way_video(l),
        Way::Phone => t::way_phone(l),
    }
}
