//! What a page of her clients says of letters: a row a client, and what stands there when there is none.

use backend::messages::counsel::Client;
use domain::{
    access::{Area, Level},
    kernel::{CivilDate, Locale},
};
use leptos::prelude::*;

use crate::{
    i18n::{dates, messages_counsel as t},
    routes,
    ui::{Actions, Button, EmptyState, Form, HiddenInput, Link, LinkRow, Notice},
};

/// To nobody below the high level is it said whether there is anybody.
pub(crate) fn higher(l: Locale) -> AnyView {
    view! {
        <Notice title=t::level_title(l)><p>{t::level_text(l)}</p></Notice>
        <Form action=routes::auth_start(Area::Citizen.code())>
            <HiddenInput name="return_to" value=routes::MY_CLIENTS/>
            <HiddenInput name="level" value=Level::High.code()/>
            <Actions><Button text=t::level_button(l)/></Actions>
        </Form>
    }
    .into_any()
}

pub(crate) fn nobody(l: Locale) -> AnyView {
    let link = Some(Link::new(routes::UNITS, t::empty_link(l)));
    view! { <EmptyState title=t::empty_title(l) text=t::empty_text(l) link=link/> }.into_any()
}

pub(crate) fn row(l: Locale, client: &Client) -> LinkRow {
    let until = CivilDate::parse_iso(&client.valid_to)
        .map_or_else(String::new, |day| t::list_until(l, dates::plain(l, day)));
    let last = client.last_at.map(|at| format!(" {}", t::list_last(l, dates::plain(l, at.date()))));
    let text = format!("{until}{}", last.unwrap_or_default());
    let row = LinkRow::new(routes::my_client(&client.inmate), client.name.as_str()).text(text);
    if client.unread > 0 { row.unread(t::list_unread(l, client.unread)) } else { row }
}
