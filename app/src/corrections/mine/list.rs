//! Her requests, the newest first, and the way to a new one.

use backend::{Result, corrections};
use leptos::prelude::*;

use crate::{
    corrections::words,
    i18n::{corrections as t, dates},
    identity::here::{Here, page},
    routes,
    ui::{Actions, EmptyState, Link, LinkButton, LinkRow, LinkRows, PageGrid, PageHead},
};

#[component]
pub fn ListPage() -> impl IntoView {
    page("corrections", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let mine = corrections::mine(&here.ctx, &here.who).await?;
    let row = |one: corrections::Mine| {
        let title = t::row_title(l, words::wish(l, one.wish), one.reference.to_string());
        let state = words::state(l, &one.state);
        let text = t::row_text(l, words::about(l, one.about), state, dates::plain(l, one.sent_at.date()));
        LinkRow::new(routes::my_correction(&one.public), title).text(text)
    };
    let rows: Vec<LinkRow> = mine.into_iter().map(row).collect();
    let body = match rows.is_empty() {
        true => view! { <EmptyState title=t::list_none(l) text=t::list_none_text(l)/> }.into_any(),
        false => view! { <LinkRows rows=rows/> }.into_any(),
    };
    Ok(view! {
        <PageGrid>
            <PageHead title=t::list_title(l) lead=t::list_lead(l) back=Link::new(routes::MY_DATA, t::list_back(l))/>
            <Actions><LinkButton href=routes::MY_CORRECTION_NEW text=t::new_link(l)/></Actions>
            {body}
        </PageGrid>
    }
    .into_any())
}
