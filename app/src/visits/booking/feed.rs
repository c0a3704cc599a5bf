//! A calendar's address of one's own: what it shows and to whom, made by a press, taken back by another.

use backend::{
    Result,
    visits::booking::{self, Feed, joining::FormKey},
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    error::WireError,
    i18n::{dates, visits_booking as t},
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Form, HiddenInput, Link, Notice, NoticeKind, PageGrid,
        PageHead, SummaryList, SummaryRow,
    },
    visits::{Here, failed, here, page},
};

pub(super) const OPEN: &str = "visits/calendar/open";
pub(super) const CLOSE: &str = "visits/calendar/close";

#[component]
pub fn FeedPage() -> impl IntoView {
    page("visits_booking", feed)
}

async fn feed(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let feed = booking::feed(&here.ctx, &here.who).await?;
    let done = match here.page.query("done").as_deref() {
        Some("opened") if feed.is_some() => Some(t::feed_opened(l)),
        Some("closed") if feed.is_none() => Some(t::feed_closed(l)),
        _ => None,
    };
    let done = done.map(|title| view! { <Notice kind=NoticeKind::Done title=title/> });
    let body = match &feed {
        Some(feed) => open(&here, feed),
        None => closed(&here),
    };
    Ok(view! {
        <PageGrid aside=aside(l)>
            <PageHead title=t::feed_title(l) lead=t::feed_lead(l)
                back=Link::new(routes::VISITS, t::back_visits(l))/>
            {done}
            {body}
        </PageGrid>
    }
    .into_any())
}

fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::feed_shows_title(l)><p>{t::feed_shows(l)}</p></AsideBlock>
        <AsideBlock title=t::feed_who_title(l)><p>{t::feed_who(l)}</p></AsideBlock>
    }
    .into_any()
}

fn key(here: &Here) -> String {
    let key: FormKey = here.ctx.chance.public();
    key.to_string()
}

fn closed(here: &Here) -> AnyView {
    let (l, key) = (here.locale(), key(here));
    view! {
        <Form action=format!("/api/{OPEN}")>
            <HiddenInput name="key" value=key/>
            <Actions><Button text=t::feed_make(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn open(here: &Here, feed: &Feed) -> AnyView {
    let (l, key) = (here.locale(), key(here));
    let address = format!("{}{}", here.ctx.settings.server.base_url, routes::calendar_feed(&feed.secret));
    let rows = vec![
        SummaryRow::view(t::feed_address(l), view! { <span class="wire wire--long">{address}</span> }),
        SummaryRow::new(t::feed_since(l), dates::date_time_with_year(l, feed.made_at)),
        SummaryRow::new(t::feed_until(l), dates::with_year(l, feed.until.date())),
    ];
    view! {
        <SummaryList rows=rows/>
        <p>{t::feed_how(l)}</p>
        <Form action=format!("/api/{CLOSE}")>
            <Actions><Button text=t::feed_end(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
        <Form action=format!("/api/{OPEN}")>
            <HiddenInput name="key" value=key/>
            <Actions><Button text=t::feed_anew(l) kind=ButtonKind::Quiet/></Actions>
        </Form>
    }
    .into_any()
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenPost {
    key: String,
}

#[server(endpoint = "visits/calendar/open")]
pub async fn open_feed(#[server(flatten)] form: OpenPost) -> std::result::Result<(), WireError> {
    let here = here().ok_or_else(|| WireError::Hidden.answered())?;
    let key: FormKey = Public::parse(&form.key).ok_or_else(|| WireError::Malformed.answered())?;
    booking::open_feed(&here.ctx, &here.who, key).await.map_err(failed)?;
    request::redirect(&format!("{}?done=opened", routes::CALENDAR));
    Ok(())
}

#[server(endpoint = "visits/calendar/close")]
pub async fn close_feed() -> std::result::Result<(), WireError> {
    let here = here().ok_or_else(|| WireError::Hidden.answered())?;
    booking::close_feed(&here.ctx, &here.who).await.map_err(failed)?;
    request::redirect(&format!("{}?done=closed", routes::CALENDAR));
    Ok(())
}
