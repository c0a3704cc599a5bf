//! Her conversations: the unread first, each with where it stands in words, and what she has begun to write.

use backend::{
    Result,
    messages::officer::{self, MyThread},
};
use leptos::prelude::*;

use super::{api, parts::action, words};
use crate::{
    i18n::{dates, messages_mine as t, worried},
    identity::here::{Here, page},
    messages::fields::Fields,
    routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, EmptyState, Field, IconName, Kind, Link, LinkButton,
        LinkRow, LinkRows, PageGrid, PageHead,
    },
};

#[component]
pub fn ListPage() -> impl IntoView {
    page("messages_mine", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let mut threads = officer::mine(&here.ctx, &here.who).await?;
    threads.sort_by_key(|thread| thread.unread == 0);
    let begun = officer::new_draft(&here.ctx, &here.who).await?.map(|_| {
        LinkRow::new(routes::MESSAGES_NEW, t::list_draft(l))
            .text(t::list_draft_text(l))
            .unread(t::list_waits(l))
    });
    let (any, writes) = (!threads.is_empty(), begun.is_some());
    let rows: Vec<LinkRow> =
        begun.into_iter().chain(threads.into_iter().map(|one| row(&here, one))).collect();
    let aside = view! {
        <AsideBlock title=t::how_title(l)><p>{t::how_text(l)}</p></AsideBlock>
        <AsideBlock title=t::urgent_title(l)>
            <p>{t::urgent_text(l)}</p>
            <p><a href=routes::WORRIED>{worried::link(l)}</a></p>
        </AsideBlock>
    };
    let new = (any && !writes).then(|| {
        view! { <Actions><LinkButton href=routes::MESSAGES_NEW text=t::list_new(l)/></Actions> }
    });
    let body = if rows.is_empty() {
        let link = Some(Link::new(routes::MESSAGES_NEW, t::list_new(l)));
        view! { <EmptyState title=t::list_empty_title(l) text=t::list_empty_text(l) link=link/> }.into_any()
    } else {
        view! { <div class="talks"><LinkRows rows=rows/></div> }.into_any()
    };
    Ok(view! {
        <PageGrid aside=aside.into_any()>
            <PageHead title=t::list_title(l)/>
            {new}
            {body}
            {any.then(|| search_form(&here, &Fields::default()))}
        </PageGrid>
    }
    .into_any())
}

fn row(here: &Here, thread: MyThread) -> LinkRow {
    let l = here.locale();
    let state = words::state(l, thread.state, here.page.now);
    let last = dates::day_month(l, thread.last_at.date());
    // Two conversations may be about the same.
    let row = LinkRow::new(routes::thread(&thread.public), words::topic_of(l, &thread.topic))
        .about(thread.reference.to_string())
        .text(t::list_row(l, state, &thread.unit_name, last, thread.reference));
    if thread.unread > 0 { row.unread(t::list_unread(l)) } else { row }
}

/// On the list and over what was found.
pub(super) fn search_form(here: &Here, fields: &Fields) -> AnyView {
    let l = here.locale();
    let error = fields.code("text").map(|code| words::wrong(l, "text", code));
    view! {
        <form class="filters filters--search" method="post" action=action(api::SEARCH) role="search" novalidate
            aria-label=t::search_title(l)>
            <Field name="text" label=t::search_text(l) value=fields.value("text") error=error
                kind=Kind::Search autocomplete="off"/>
            <Button text=t::search_button(l) kind=ButtonKind::Secondary icon=IconName::Search/>
        </form>
    }
    .into_any()
}
