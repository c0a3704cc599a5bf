//! Those for whom her mandate stands today; or how it comes to be registered.

use backend::{
    Result,
    messages::counsel::{self, Client},
};
use domain::{
    access::{Area, Level},
    kernel::{CivilDate, Locale},
};
use leptos::prelude::*;

use super::parts::protection;
use crate::{
    i18n::{dates, messages_counsel as t},
    identity::here::{Here, page},
    routes,
    ui::{
        Actions, Button, EmptyState, Form, HiddenInput, Link, LinkRow, LinkRows, Notice, PageGrid, PageHead,
    },
};

#[component]
pub fn ListPage() -> impl IntoView {
    page("messages_counsel", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let clients = counsel::clients(&here.ctx, &here.who).await?;
    let body = if here.who.level < Level::High { higher(l) } else { people(l, &clients) };
    Ok(view! {
        <PageGrid aside=protection(l)>
            <PageHead title=t::list_title(l) lead=t::list_lead(l) back=Link::new(routes::MY, t::list_back(l))/>
            {body}
        </PageGrid>
    }
    .into_any())
}

/// To nobody below the high level is it said whether there is anybody.
fn higher(l: Locale) -> AnyView {
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

fn people(l: Locale, clients: &[Client]) -> AnyView {
    if clients.is_empty() {
        let link = Some(Link::new(routes::UNITS, t::empty_link(l)));
        return view! { <EmptyState title=t::empty_title(l) text=t::empty_text(l) link=link/> }.into_any();
    }
    view! { <LinkRows rows=clients.iter().map(|client| row(l, client)).collect()/> }.into_any()
}

fn row(l: Locale, client: &Client) -> LinkRow {
    let until = CivilDate::parse_iso(&client.valid_to)
        .map_or_else(String::new, |day| t::list_until(l, dates::plain(l, day)));
    let last = client.last_at.map(|at| format!(" {}", t::list_last(l, dates::plain(l, at.date()))));
    let text = format!("{until}{}", last.unwrap_or_default());
    let row = LinkRow::new(routes::my_client(&client.inmate), client.name.as_str()).text(text);
    if client.unread > 0 { row.unread(t::list_unread(l, client.unread)) } else { row }
}
