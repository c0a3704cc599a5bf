//! Whom she may write to: everybody she has leave to visit, and everybody she has written with. That she cannot write now is
//! said; why not is said to nobody.

use backend::{
    Result,
    messages::exchange::{self, Pen},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use crate::{
    i18n::{dates, messages_exchange as t, worried},
    identity::here::{Here, page},
    routes,
    ui::{AsideBlock, EmptyState, Link, LinkRow, LinkRows, PageGrid, PageHead},
};

#[component]
pub fn ListPage() -> impl IntoView {
    page("messages_exchange", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let pens = exchange::mine(&here.ctx, &here.who).await?;
    let aside = view! {
        <AsideBlock title=t::list_how_title(l)>
            <p>{t::list_how_read(l)}</p>
            <p>{t::list_how_slow(l)}</p>
            <p><a href=routes::WORRIED>{worried::link(l)}</a></p>
        </AsideBlock>
    };
    Ok(view! {
        <PageGrid aside=aside.into_any()>
            <PageHead title=t::list_title(l) lead=t::list_lead(l) back=Link::new(routes::MY, t::list_back(l))/>
            {people(l, &pens)}
            <p><a href=routes::MESSAGES_SEARCH>{t::list_search(l)}</a></p>
        </PageGrid>
    }
    .into_any())
}

fn people(l: Locale, pens: &[Pen]) -> AnyView {
    if pens.is_empty() {
        let link = Some(Link::new(routes::VISITS, t::list_empty_link(l)));
        return view! { <EmptyState title=t::list_empty_title(l) text=t::list_empty_text(l) link=link/> }
            .into_any();
    }
    view! { <LinkRows rows=pens.iter().map(|pen| row(l, pen)).collect()/> }.into_any()
}

fn row(l: Locale, pen: &Pen) -> LinkRow {
    let state = match (pen.own_side.as_str(), pen.open) {
        ("paused", _) => t::list_paused(l),
        ("blocked", _) => t::list_blocked(l),
        (_, true) => t::list_open(l),
        (_, false) => t::list_closed(l),
    };
    let text = match pen.last_at {
        Some(at) => t::list_last(l, state, dates::plain(l, at.date())),
        None => state,
    };
    let row = LinkRow::new(routes::my_letters_of(&pen.inmate), pen.name.as_str()).text(text);
    if pen.unread > 0 { row.unread(t::list_unread(l, pen.unread)) } else { row }
}
