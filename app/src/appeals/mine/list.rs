//! Her appeals, the newest first, and how one comes to be here.

use backend::{Result, appeals};
use leptos::prelude::*;

use crate::{
    appeals::words,
    i18n::{appeals_mine as t, dates},
    identity::here::{Here, page},
    routes,
    ui::{EmptyState, Link, LinkRow, LinkRows, PageGrid, PageHead},
};

#[component]
pub fn ListPage() -> impl IntoView {
    page("appeals_mine", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let appeals = appeals::mine(&here.ctx, &here.who).await?;
    let rows: Vec<LinkRow> = appeals
        .into_iter()
        .map(|appeal| {
            let title = t::row_title(l, words::subject(l, appeal.subject), appeal.reference.to_string());
            let day = dates::plain(l, appeal.sent_at.date());
            LinkRow::new(routes::my_appeal(&appeal.public), title).text(t::row_text(
                l,
                words::state(l, &appeal.state),
                day,
            ))
        })
        .collect();
    let body = match rows.is_empty() {
        true => view! { <EmptyState title=t::list_none(l) text=t::list_none_text(l)/> }.into_any(),
        false => view! { <LinkRows rows=rows/> }.into_any(),
    };
    Ok(view! {
        <PageGrid>
            <PageHead title=t::list_title(l) back=Link::new(routes::MY, t::list_back(l))/>
            {body}
        </PageGrid>
    }
    .into_any())
}
