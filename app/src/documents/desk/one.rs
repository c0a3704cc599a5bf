//! One document: what she sent, its files, and its answer.

use backend::documents::{self, About, Document};
use domain::{
    documents::Shown,
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use super::{
    forms::{ACCEPT, MORE},
    parts::{self, Desk},
    work::{self, Tried},
};
use crate::{
    documents::{files, words},
    i18n::{common, dates, documents as both, documents_desk as t},
    request, routes,
    ui::{ErrorSummary, Link, Notice, NoticeKind, PageHead, SummaryList, SummaryRow, Tag},
};

#[component]
pub fn OnePage() -> impl IntoView {
    let id = request::param("public").and_then(|id| Public::parse(&id));
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(open) = documents::opened(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let tried = Tried {
            accept: desk.tried(ACCEPT, id.as_str()).await?,
            more: desk.tried(MORE, id.as_str()).await?,
        };
        let kinds = documents::kinds(&desk.ctx).await?;
        let kind = kinds.iter().find(|view| view.kind.code == open.kind);
        let due = kind.map(|view| view.kind.due(desk.today()));
        Ok(Some(shown(&desk, &open, &tried, due)))
    })
}

fn shown(desk: &Desk, open: &Document, tried: &Tried, due: Option<domain::kernel::CivilDate>) -> AnyView {
    let l = desk.l;
    let title = t::one_title(l, open.reference.to_string());
    let tab = tried.tab(l, title.clone());
    let moved = tried.moved(l).map(|text| view! { <Notice kind=NoticeKind::Error title=text/> });
    let listed =
        files::handed(l, &open.files, |file| routes::staff_document_file(&open.public, &file.public));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=tried.summary(l)/>
        {moved}
        <PageHead title=title tab=tab note=open.names.name(l)
            back=Link::new(routes::STAFF_DOCUMENTS, t::list_title(l))/>
        <div class="case">
            <div class="case-main">
                {checking(l, open)}
                <h2>{both::files_title(l)}</h2>
                {listed}
                {hers(l, open)}
            </div>
            <div class="case-side">
                <h2>{t::one_facts(l)}</h2>
                <SummaryList rows=facts(l, open)/>
                {work::work(desk, open, tried, due)}
            </div>
        </div>
    }
    .into_any()
}

/// Why a file cannot be fetched.
fn checking(l: Locale, open: &Document) -> Option<AnyView> {
    let (kind, text) = match open.shown {
        Shown::Checking => (NoticeKind::Info, t::one_checking(l)),
        Shown::Stopped => (NoticeKind::Warn, t::one_stopped(l)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=text/> }.into_any())
}

fn hers(l: Locale, open: &Document) -> Option<AnyView> {
    let words = open.words.clone()?;
    Some(view! { <h2>{t::one_words(l)}</h2><p class="letter-words" dir="auto">{words}</p> }.into_any())
}

/// The case as staff open it: with a reason that they give there.
pub(super) fn case_link(l: Locale, about: &About) -> AnyView {
    let text = words::about(l, about);
    match (about.kind.as_str(), Public::<()>::parse(&about.public)) {
        ("application", Some(public)) => {
            view! { <a href=routes::staff_clearance(&public)>{text}</a> }.into_any()
        }
        _ => text.into_any(),
    }
}

fn facts(l: Locale, open: &Document) -> Vec<SummaryRow> {
    let (state, kind) = words::shown(l, open.shown);
    let mut rows =
        vec![SummaryRow::new(t::col_who(l), &open.sender), SummaryRow::new(t::col_unit(l), &open.unit_name)];
    rows.extend(open.about.as_ref().map(|about| SummaryRow::view(t::col_case(l), case_link(l, about))));
    rows.push(SummaryRow::new(t::col_when(l), dates::date_time_with_year(l, open.handed_at)));
    rows.push(SummaryRow::view(t::col_state(l), view! { <Tag text=state kind=kind/> }));
    let link = |request, text| view! { <a href=routes::staff_document_request(request)>{text}</a> };
    rows.extend(
        open.request.as_ref().map(|r| SummaryRow::view(t::one_request(l), link(r, t::one_see_request(l)))),
    );
    rows.extend(
        open.follow.as_ref().map(|r| SummaryRow::view(t::one_follow(l), link(r, t::one_see_follow(l)))),
    );
    rows.extend(open.answer.as_ref().map(|answer| SummaryRow::new(t::one_answer(l), answer)));
    rows
}
