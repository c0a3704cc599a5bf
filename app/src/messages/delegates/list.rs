//! Whom she has named, and the way to name one. Whoever has no client and named nobody finds nothing to do here.

use backend::{
    Result,
    identity::delegates::{self, Mine},
};
use domain::{access::Level, kernel::Locale};
use leptos::prelude::*;

use super::{higher, words};
use crate::{
    i18n::{dates, messages_delegates as t},
    identity::here::{Here, page},
    routes,
    ui::{Actions, ButtonKind, EmptyState, Link, LinkButton, LinkRow, LinkRows, PageGrid, PageHead},
};

#[component]
pub fn ListPage() -> impl IntoView {
    page("messages_delegates", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let back = Link::new(routes::MY_CLIENTS, t::back_clients(l));
    let body = if here.who.level < Level::High {
        higher(l, routes::MY_DELEGATES, t::level_text(l))
    } else {
        let all = delegates::mine(&here.ctx, &here.who).await?;
        let clients = delegates::clients(&here.ctx, &here.who).await?;
        people(l, &all, !clients.is_empty())
    };
    Ok(view! {
        <PageGrid aside=words::bounds(l)>
            <PageHead title=t::list_title(l) lead=t::list_lead(l) back=back/>
            {body}
        </PageGrid>
    }
    .into_any())
}

fn people(l: Locale, all: &[Mine], clients: bool) -> AnyView {
    let row = |one: &Mine| {
        let text = format!("{}. {}", dates::capital(&one.named.label), words::stands(l, one));
        LinkRow::new(routes::my_delegate(&one.public), one.named.name.as_str()).text(text)
    };
    let rows: Vec<LinkRow> = all.iter().map(row).collect();
    let new = clients.then(|| {
        view! { <Actions><LinkButton href=routes::MY_DELEGATES_NEW text=t::list_new(l)/></Actions> }
    });
    let none = match (rows.is_empty(), clients) {
        (true, true) => Some((t::list_none(l), t::list_none_text(l))),
        (true, false) => Some((t::list_none(l), t::list_no_client(l))),
        _ => None,
    };
    let none = none.map(|(title, text)| view! { <EmptyState title=title text=text/> });
    let rows = (!rows.is_empty()).then(|| view! { <LinkRows rows=rows/> });
    view! { {none}{rows}{new} }.into_any()
}

/// What stands under her clients.
pub(crate) fn section(l: Locale) -> AnyView {
    view! {
        <section class="section-rule stack">
            <h2>{t::list_title(l)}</h2>
            <p>{t::section_text(l)}</p>
            <Actions>
                <LinkButton href=routes::MY_DELEGATES text=t::section_link(l) kind=ButtonKind::Secondary/>
            </Actions>
        </section>
    }
    .into_any()
}
