//! What she is asked for, by when and what is missing; what she has begun; what she has handed in and where it stands.

use backend::{
    Result,
    documents::{self, Asked, DraftLine, KindView, Mine},
};
use domain::{
    documents::RequestState,
    kernel::{CivilDate, Locale},
};
use leptos::prelude::*;

use crate::{
    documents::words,
    i18n::{dates, documents_mine as t},
    identity::here::{Here, page},
    routes,
    ui::{
        Actions, Cell, Column, DataTable, Details, EmptyState, Link, LinkButton, LinkRow, LinkRows, PageGrid,
        PageHead, Row, Tag,
    },
};

#[component]
pub fn ListPage() -> impl IntoView {
    page("documents_mine", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let (ctx, who, l, today) = (&here.ctx, &here.who, here.locale(), here.page.now.date());
    let asked = documents::asked(ctx, who).await?;
    let (kinds, drafts) = (documents::kinds(ctx).await?, documents::drafts(ctx, who).await?);
    let mine = documents::mine(ctx, who).await?;
    let (missing, over): (Vec<Asked>, Vec<Asked>) = asked.into_iter().partition(|a| a.state.is_missing());
    let missing = match missing.is_empty() {
        true => view! { <p>{t::list_asked_none(l)}</p> }.into_any(),
        false => {
            let rows = missing.iter().map(|asked| row(l, asked, today)).collect();
            view! { <LinkRows rows=rows/> }.into_any()
        }
    };
    let (begun, sent, earlier) = (begun(l, &kinds, &drafts), sent(l, &mine), earlier(l, &over, today));
    Ok(view! {
        <PageGrid>
            <PageHead title=t::list_title(l) lead=t::list_lead(l) back=Link::new(routes::MY, t::list_back(l))/>
            <h2>{t::list_asked(l)}</h2>
            {missing}
            {begun}
            <Actions><LinkButton href=routes::DOCUMENTS_SEND text=t::send_something(l)/></Actions>
            <h2>{t::list_sent(l)}</h2>
            {sent}
            {earlier}
        </PageGrid>
    }
    .into_any())
}

/// A line of what she is asked for.
fn row(l: Locale, asked: &Asked, today: CivilDate) -> LinkRow {
    let due = words::due(l, asked.due, today);
    let text = match (&asked.said, asked.state) {
        (Some(said), RequestState::Told) => words::how(l, said.how),
        (Some(said), _) => format!("{due} {}", words::how(l, said.how)),
        (None, _) => due,
    };
    let row = LinkRow::new(routes::document_request(&asked.public), asked.names.name(l)).text(text);
    let row = row.about(asked.reference.to_string());
    if asked.state == RequestState::Open { row.unread(t::waits(l)) } else { row }
}

fn begun(l: Locale, kinds: &[KindView], drafts: &[DraftLine]) -> Option<AnyView> {
    let rows = drafts.iter().filter_map(|draft| {
        let kind = kinds.iter().find(|view| view.kind.code == draft.kind)?;
        let text = t::begun_on(l, dates::date_time(l, draft.at));
        Some(LinkRow::new(routes::document_draft_files(&draft.public), kind.names.name(l)).text(text))
    });
    let rows: Vec<LinkRow> = rows.collect();
    (!rows.is_empty()).then(|| view! { <h2>{t::list_begun(l)}</h2><LinkRows rows=rows/> }.into_any())
}

fn sent(l: Locale, mine: &[Mine]) -> AnyView {
    if mine.is_empty() {
        return view! { <EmptyState title=t::list_none(l) text=t::list_none_text(l)/> }.into_any();
    }
    let head = vec![
        Column::new(t::col_reference(l)),
        Column::new(t::col_what(l)),
        Column::new(t::col_when(l)),
        Column::new(t::col_state(l)),
    ];
    let row = |mine: &Mine| {
        let (text, kind) = words::shown(l, mine.shown);
        Row::new(vec![
            Cell::link(routes::document(&mine.came.public), mine.came.reference.to_string()),
            Cell::text(mine.came.names.name(l)),
            Cell::text(dates::date_time_with_year(l, mine.came.handed_at)),
            Cell::view(view! { <Tag text=text kind=kind/> }),
        ])
    };
    let rows = mine.iter().map(row).collect();
    view! { <DataTable caption=t::list_sent(l) head=head rows=rows labels=true/> }.into_any()
}

/// What she was asked for and is not missing any more.
fn earlier(l: Locale, over: &[Asked], today: CivilDate) -> Option<AnyView> {
    let row = |asked: &Asked| {
        LinkRow::new(routes::document_request(&asked.public), asked.names.name(l))
            .text(words::request(l, asked, today).0)
            .about(asked.reference.to_string())
    };
    let rows: Vec<LinkRow> = over.iter().map(row).collect();
    (!rows.is_empty())
        .then(|| view! { <Details summary=t::list_earlier(l)><LinkRows rows=rows/></Details> }.into_any())
}

/// For her own page: what is missing.
pub(crate) async fn waits(here: &Here) -> Result<Vec<LinkRow>> {
    let l = t::lang(here.locale());
    let asked = documents::asked(&here.ctx, &here.who).await?;
    let open = asked.iter().filter(|asked| asked.state == RequestState::Open);
    Ok(open.map(|asked| row(l, asked, here.page.now.date())).collect())
}
