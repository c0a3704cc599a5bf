//! Her booked visits as a part of the page of all her visits: what is ahead first, and the way to book.

use backend::{
    Result,
    visits::booking::{self, MyVisit},
};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use crate::{
    i18n::{dates, visits_booking as t},
    routes,
    ui::{Actions, Details, LinkButton, LinkRow, LinkRows},
    visits::Here,
};

/// Nothing when she has no visits and nobody to visit yet.
pub(in crate::visits) async fn booked(here: &Here) -> Result<Option<AnyView>> {
    let visits = booking::my_visits(&here.ctx, &here.who).await?;
    let can_book = booking::bookable(&here.ctx, &here.who).await?.iter().any(|b| b.open);
    if visits.is_empty() && !can_book {
        return Ok(None);
    }
    Ok(Some(section(here.locale(), here.page.now, visits, can_book)))
}

fn section(l: Locale, now: Instant, visits: Vec<MyVisit>, can_book: bool) -> AnyView {
    let (ahead, over): (Vec<MyVisit>, Vec<MyVisit>) =
        visits.into_iter().partition(|v| v.ends_at > now && v.cancelled.is_none());
    let ahead: Vec<LinkRow> = ahead.iter().map(|v| row(l, v)).collect();
    let over: Vec<LinkRow> = over.iter().map(|v| row(l, v)).collect();
    let ahead_is_empty = ahead.is_empty();
    let list = (!ahead.is_empty()).then(|| view! { <LinkRows rows=ahead/> });
    let book = can_book.then(|| {
        view! { <Actions><LinkButton href=routes::BOOK text=t::list_book(l)/></Actions> }
    });
    let history = (!over.is_empty()).then(|| {
        view! { <Details summary=t::list_history(l)><LinkRows rows=over/></Details> }
    });
    let calendar = (can_book || !ahead_is_empty).then(|| {
        view! { <p><a href=routes::CALENDAR>{t::feed_link(l)}</a></p> }
    });
    let lang = crate::i18n::lang_of("visits_booking", l).code();
    view! {
        <section class="stack" lang=lang aria-labelledby="booked">
            <h2 id="booked">{t::list_title(l)}</h2>
            {list}
            {book}
            {calendar}
            {history}
        </section>
    }
    .into_any()
}

fn row(l: Locale, visit: &MyVisit) -> LinkRow {
    let day = dates::capital(&dates::with_year(l, visit.date));
    let text = match visit.cancelled {
        // Whom the visit was to is not hers to read any more, whatever became of it.
        _ if visit.off => t::along_off_list(l, &visit.unit_name),
        Some(_) => t::list_cancelled(l, &visit.inmate_name, &visit.unit_name),
        None => t::list_text(l, &visit.inmate_name, &visit.unit_name),
    };
    let title = t::list_row(l, day, dates::clock(l, visit.start));
    LinkRow::new(routes::booking(&visit.public), title).text(text)
}
