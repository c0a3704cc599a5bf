//! One document: where it stands and what that means, what was answered, what she sent, and who has looked at it.

use backend::{Result, documents::Document};
use domain::{
    access::Area,
    documents::{Shown, State},
    kernel::Locale,
};
use leptos::prelude::*;

use super::{
    api,
    parts::{hers, named, own, stopped, to, tried},
};
use crate::{
    documents::{files, words},
    i18n::{dates, documents as both, documents_mine as t},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{
        Actions, AsideBlock, Cell, Column, DataTable, Link, LinkButton, Notice, NoticeKind, PageGrid,
        PageHead, Row, SummaryList, SummaryRow, Tag,
    },
};

#[component]
pub fn ShowPage() -> impl IntoView {
    let public = named();
    page("documents_mine", move |here| show(here, public))
}

async fn show(here: Here, public: String) -> Result<AnyView> {
    let Some(document) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let fields = tried(&here, &[api::WITHDRAW]).await?.unwrap_or_default();
    let l = here.locale();
    Ok(whole(l, &document, stopped(l, &fields)))
}

fn whole(l: Locale, document: &Document, stopped: Option<AnyView>) -> AnyView {
    let (title, tab) = (document.names.name(l), t::show_tab(l, document.reference.to_string()));
    let note = t::reference(l, document.reference.to_string());
    let listed = (document.state != State::TakenBack)
        .then(|| files::handed(l, &document.files, |file| routes::file(Area::Citizen, &file.public)));
    let (title, facts) = (title.to_owned(), facts(l, document));
    let (stands, looks) = (stands(l, document), looks(l, document));
    view! {
        <PageGrid aside=aside(l, document)>
            <PageHead title=title tab=tab note=note back=Link::new(routes::DOCUMENTS, t::list_title(l))/>
            {stopped}
            {stands}
            <SummaryList rows=facts/>
            <h2>{both::files_title(l)}</h2>
            {listed}
            {looks}
        </PageGrid>
    }
    .into_any()
}

/// What its state means, and what is asked of her now.
fn stands(l: Locale, document: &Document) -> AnyView {
    let (kind, text) = match document.shown {
        Shown::Checking => (NoticeKind::Info, t::means_checking(l)),
        Shown::Stopped => (NoticeKind::Warn, t::means_stopped(l)),
        Shown::Received => (NoticeKind::Info, t::means_received(l)),
        Shown::Reading => (NoticeKind::Info, t::means_reading(l)),
        Shown::Accepted => (NoticeKind::Info, t::means_accepted(l)),
        Shown::More => (NoticeKind::Now, t::means_more(l)),
        Shown::TakenBack => (NoticeKind::Info, t::means_taken_back(l)),
    };
    let title = words::shown(l, document.shown).0;
    let answer = document.answer.clone().map(|answer| view! { <p dir="auto">{answer}</p> });
    let more = document.follow.as_ref().map(routes::document_request).map(|href| {
        view! { <Actions><LinkButton href=href text=t::show_more(l)/></Actions> }
    });
    view! { <Notice kind=kind title=title><p>{text}</p>{answer}</Notice>{more} }.into_any()
}

fn facts(l: Locale, document: &Document) -> Vec<SummaryRow> {
    let (text, kind) = words::shown(l, document.shown);
    let mut rows = vec![
        SummaryRow::view(t::col_state(l), view! { <Tag text=text kind=kind/> }),
        SummaryRow::new(t::handed_at(l), dates::date_time_with_year(l, document.handed_at)),
        to(l, document),
    ];
    rows.extend(document.words.as_ref().map(|words| hers(l, words)));
    rows
}

fn aside(l: Locale, document: &Document) -> AnyView {
    let link = |href: String, text: String| view! { <li><a href=href>{text}</a></li> };
    let receipt = link(routes::document_receipt(&document.public), t::receipt_link(l));
    let request = document.request.as_ref().map(|r| link(routes::document_request(r), t::request_link(l)));
    let back = (document.state == State::Received)
        .then(|| link(routes::document_withdraw(&document.public), t::withdraw_link(l)));
    view! { <AsideBlock title=t::do_title(l)><ul>{receipt}{request}{back}</ul></AsideBlock> }.into_any()
}

/// Role and time; never a name, and no unit, which the case tells in its own time.
fn looks(l: Locale, document: &Document) -> AnyView {
    if document.looks.is_empty() {
        return view! { <h2>{t::looks_title(l)}</h2><p>{t::looks_nobody(l)}</p> }.into_any();
    }
    let head = vec![Column::new(t::looks_when(l)), Column::new(t::looks_who(l))];
    let rows = document.looks.iter().map(|look| {
        let at = dates::date_time_with_year(l, look.at);
        Row::new(vec![Cell::text(at), Cell::text(t::role_case_officer(l))])
    });
    let rows: Vec<Row> = rows.collect();
    view! { <h2>{t::looks_title(l)}</h2><DataTable caption=t::looks_title(l) head=head rows=rows/> }
        .into_any()
}
