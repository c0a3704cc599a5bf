//! A lawyer's clients: those for whom her mandate stands today, with what is next for each; or what the lawyers' register says, or
//! how a client comes to be registered. Letters and rooms are of two slices: this page puts them side by side.

use std::collections::BTreeMap;

use backend::{
    Result,
    identity::lawyers,
    messages::counsel::{self, Client},
};
use domain::{access::Level, identity::Standing, kernel::Locale};
use leptos::prelude::*;

use crate::{
    i18n::{dates, messages_counsel as t, visits_counsel},
    identity::here::{Here, page},
    messages::{
        appointed,
        counsel::{higher, nobody, protection, row},
        delegates,
    },
    routes,
    ui::{Actions, ButtonKind, Link, LinkButton, LinkRow, LinkRows, Notice, NoticeKind, PageGrid, PageHead},
    visits::booking,
};

#[component]
pub fn ClientsPage() -> impl IntoView {
    page("messages_counsel", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let standing = lawyers::freshen(&here.ctx, &here.who).await?;
    let clients = counsel::clients(&here.ctx, &here.who).await?;
    let next = booking::counsel::next(&here).await?;
    let body = match standing {
        _ if here.who.level < Level::High => higher(l),
        Some(standing) if !standing.is_in() => unheard(l, standing),
        _ if clients.is_empty() => nobody(l),
        _ => people(l, &clients, next),
    };
    let told = standing.is_none_or(Standing::is_in);
    let missing = if told { appointed::section(&here).await? } else { None };
    let delegates = (told && !clients.is_empty()).then(|| delegates::section(l));
    let doubt = standing.and_then(|standing| doubt(l, standing));
    Ok(view! {
        <PageGrid aside=protection(l)>
            <PageHead title=t::list_title(l) lead=t::list_lead(l) back=Link::new(routes::MY, t::list_back(l))/>
            {doubt}
            {body}
            {delegates}
            {missing}
        </PageGrid>
    }
    .into_any())
}

/// The register does not know her as a lawyer, or has not said so yet: of clients nothing is told.
fn unheard(l: Locale, standing: Standing) -> AnyView {
    let (title, text) = match standing {
        Standing::NotListed => (t::register_not_title(l), t::register_not_text(l)),
        _ => (t::register_silent_title(l), t::register_silent_text(l)),
    };
    view! { <Notice kind=NoticeKind::Warn title=title><p>{text}</p></Notice> }.into_any()
}

fn doubt(l: Locale, standing: Standing) -> Option<AnyView> {
    let Standing::Doubtful { verified_at, holds_to } = standing else { return None };
    let (at, until) = (dates::date_time(l, verified_at), dates::long_date(l, holds_to));
    let text = t::register_doubt_text(l, at, until);
    let notice =
        view! { <Notice kind=NoticeKind::Warn title=t::register_doubt_title(l)><p>{text}</p></Notice> };
    Some(notice.into_any())
}

fn people(l: Locale, clients: &[Client], mut next: BTreeMap<String, LinkRow>) -> AnyView {
    let one = |client: &Client| one(l, client, next.remove(client.inmate.as_str()));
    clients.iter().map(one).collect_view().into_any()
}

fn one(l: Locale, client: &Client, next: Option<LinkRow>) -> AnyView {
    let rows = [Some(row(l, client)), next].into_iter().flatten().collect();
    let (order, with) = (visits_counsel::order(l), visits_counsel::with(l, &client.name));
    let rooms = routes::my_client_rooms(&client.inmate);
    view! {
        <section class="stack">
            <LinkRows rows=rows/>
            <Actions><LinkButton href=rooms text=order about=with kind=ButtonKind::Secondary/></Actions>
        </section>
    }
    .into_any()
}
