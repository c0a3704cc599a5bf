//! The free private rooms, the next days first. Each is a link to the last question; nothing is held meanwhile.

use backend::{
    Result,
    visits::booking::counsel::{self, Ahead, FreeRooms, WithClient},
};
use domain::{
    kernel::{CivilDate, Locale},
    visits::booking::{Session, Way},
};
use leptos::prelude::*;

use super::{
    super::{told::Again, words},
    api::BOOK,
    day,
    side::{Address, Side},
    ways::Ways,
};
use crate::{
    i18n::{dates, visits_counsel as t},
    public::NotFound,
    ui::{
        AsideBlock, EmptyState, ErrorSummary, FieldError, Link, LinkRow, LinkRows, PageGrid, PageHead, Pager,
    },
    visits::{Here, page},
};

/// Days with free rooms on one page.
const DAYS: usize = 5;
const FIELD: &str = "rooms";

#[component]
pub fn RoomsPage() -> impl IntoView {
    let address = Address::read();
    page("visits_counsel", move |here| rooms(here, address))
}

async fn rooms(here: Here, address: Address) -> Result<AnyView> {
    let Some((side, inmate)) = address.side(&here).await? else {
        return Ok(view! { <NotFound/> }.into_any());
    };
    let Some(found) = counsel::rooms(&here.ctx, side.acting.clone(), &inmate).await? else {
        return Ok(view! { <NotFound/> }.into_any());
    };
    let told = Again::of(&here, BOOK).await?.told;
    let error = |told| FieldError::new(FIELD, words::told(here.locale(), told, &[]));
    let errors = told.iter().map(error).collect();
    Ok(whole(&here, &side, &found, errors))
}

fn whole(here: &Here, side: &Side, found: &FreeRooms, errors: Vec<FieldError>) -> AnyView {
    let (l, client) = (here.locale(), &found.client);
    let (tab, list) = (words::tab(l, &errors, &t::tab(l)), list(here, side, found));
    let (title, lead) = (title(l, side, client), lead(l, side, client));
    let (back, aside) = (side.back(l), aside(l, side, client));
    view! {
        <PageGrid aside=aside>
            <ErrorSummary title=t::refused(l) errors=errors/>
            <PageHead title=title tab=tab lead=lead back=back/>
            <div class="stack" id=FIELD tabindex="-1">{list}</div>
        </PageGrid>
    }
    .into_any()
}

fn title(l: Locale, side: &Side, client: &WithClient) -> String {
    match &side.lawyer {
        Some(lawyer) => t::title_under(l, lawyer, &client.name),
        None => t::title(l, &client.name),
    }
}

fn lead(l: Locale, side: &Side, client: &WithClient) -> String {
    match (&client.unit, &side.organisation) {
        (None, _) => String::new(),
        (Some((unit, _)), None) => t::lead(l, unit),
        (Some((unit, _)), Some(name)) => t::lead_organisation(l, unit, name),
    }
}

fn list(here: &Here, side: &Side, found: &FreeRooms) -> AnyView {
    let (l, client) = (here.locale(), &found.client);
    let Some((unit, phone)) = &client.unit else {
        return view! { <EmptyState title=t::nowhere_title(l) text=t::nowhere_text(l)/> }.into_any();
    };
    let ways = Ways::of(here, side, found);
    let days = ways.days(found);
    let from = here.page.query("from").and_then(|day| CivilDate::parse_iso(&day));
    let start = from.and_then(|from| days.iter().position(|(day, _)| *day >= from)).unwrap_or(0);
    let shown: Vec<_> = days.iter().skip(start).take(DAYS).collect();
    if shown.is_empty() {
        return view! { <EmptyState title=t::none_title(l) text=t::none_text(l, unit, phone)/> }.into_any();
    }
    let listed =
        shown.into_iter().map(|(date, rooms)| one_day(here, (side, found), *date, rooms)).collect_view();
    let (path, sep) = ways.path(side, found);
    let later = days.get(start + DAYS);
    let later = later.map(|(day, _)| Link::new(format!("{path}{sep}from={}", day.iso()), t::later(l)));
    let earlier = (start > 0).then(|| Link::new(path.clone(), t::earlier(l)));
    let pager = (later.is_some() || earlier.is_some()).then(|| {
        view! { <Pager label=t::pager(l) previous=earlier next=later/> }
    });
    let beside = beside(here, side, found, (&path, sep));
    view! { {ways.nav}{beside}{listed}{pager} }.into_any()
}

/// Whoever is there that day already can see another client too: the day of her next room here, if there are free ones.
fn beside(here: &Here, side: &Side, found: &FreeRooms, (path, sep): (&str, char)) -> Option<AnyView> {
    if side.moves() {
        return None;
    }
    let l = here.locale();
    let free = |date: CivilDate| found.days.iter().any(|(day, _)| *day == date);
    let hers = found.hers.iter().find(|hers| hers.inmate != found.client.inmate && free(hers.date))?;
    let when = day(l, hers.date, here.page.now.date());
    let text = t::beside(l, when, words::from_to(l, hers.start, hers.end));
    let href = format!("{path}{sep}from={}", hers.date.iso());
    Some(view! { <p>{text}" "<a href=href>{t::beside_link(l)}</a>"."</p> }.into_any())
}

fn one_day(here: &Here, (side, found): (&Side, &FreeRooms), date: CivilDate, rooms: &[Session]) -> AnyView {
    let l = here.locale();
    let words = day(l, date, here.page.now.date());
    let rows = rooms.iter().map(|room| row(l, side, found, &words, room)).collect();
    view! { <section class="stack"><h2>{dates::capital(&words)}</h2><LinkRows rows=rows/></section> }
        .into_any()
}

fn row(l: Locale, side: &Side, found: &FreeRooms, day: &str, room: &Session) -> LinkRow {
    let href = side.room(&found.client.inmate, &room.public);
    let free = t::free(l, room.free(), place(l, room));
    let text = match joins(l, &found.hers, room) {
        Some(joins) => format!("{free} · {joins}"),
        None => free,
    };
    LinkRow::new(href, words::from_to(l, room.start, room.end)).about(day.to_owned()).text(text)
}

/// The room, or how else the two meet.
pub(super) fn place(l: Locale, session: &Session) -> String {
    match session.way {
        Way::Room => session.room.clone(),
        Way::Video => t::way_video(l),
        Way::Phone => t::way_phone(l),
    }
}

/// That this one begins where a room of hers ends, or ends where one begins.
fn joins(l: Locale, hers: &[Ahead], room: &Session) -> Option<String> {
    let mut that_day = hers.iter().filter(|hers| hers.date == room.date);
    that_day.find_map(|hers| match (hers.end == room.start, room.end == hers.start) {
        (true, _) => Some(t::right_after(l, words::from_to(l, hers.start, hers.end))),
        (_, true) => Some(t::right_before(l, words::from_to(l, hers.start, hers.end))),
        _ => None,
    })
}

fn aside(l: Locale, side: &Side, client: &WithClient) -> AnyView {
    let last = match &side.lawyer {
        Some(lawyer) => under(l, lawyer),
        None => {
            view! { <AsideBlock title=t::bring_title(l)><p>{t::bring_text(l)}</p></AsideBlock> }.into_any()
        }
    };
    let urgent = (side.organisation.is_none() && !side.moves()).then(|| {
        let href = side.urgent(&client.inmate);
        let text = match &side.lawyer {
            Some(lawyer) => t::urgent_text_under(l, lawyer),
            None => t::urgent_text(l),
        };
        let (title, link) = (t::urgent_title(l), t::urgent_link(l));
        view! { <AsideBlock title=title><p>{text}</p><p><a href=href>{link}</a></p></AsideBlock> }
    });
    view! {
        {urgent}
        <AsideBlock title=t::quota_title(l)><p>{t::quota_text(l)}</p></AsideBlock>
        {last}
    }
    .into_any()
}

/// For whom a delegate books.
pub(super) fn under(l: Locale, lawyer: &str) -> AnyView {
    let (title, text) = (t::under_aside(l, lawyer), t::under_aside_text(l, lawyer));
    view! { <AsideBlock title=title><p>{text}</p></AsideBlock> }.into_any()
}
