//! The page itself. One panel at most, one primary button: the next visit, else the way to the first one.

use backend::{
    Result,
    identity::{
        contacts::{self, Contacts},
        delegates,
    },
    visits::organisations,
};
use domain::{access::Level, kernel::Locale};
use leptos::prelude::*;

use crate::{
    documents,
    i18n::{identity_contact, mine as t},
    identity::{
        contact::Unconfirmed,
        here::{Here, page},
    },
    routes,
    ui::{
        Actions, AsideBlock, ButtonKind, EmptyState, Link, LinkButton, LinkRow, LinkRows, PageGrid, PageHead,
        Panel,
    },
    visits::{self, MyVisits},
};

#[component]
pub fn MyPage() -> impl IntoView {
    page("mine", my)
}

async fn my(here: Here) -> Result<AnyView> {
    let known = contacts::load(&here.ctx, &here.who.person).await?;
    let mut visits = visits::my(&here).await?;
    visits.waits.extend(documents::mine::waits(&here).await?);
    let lawyers = !delegates::his(&here.ctx, &here.who).await?.is_empty();
    let comes_for = organisations::any(&here.ctx, &here.who).await?;
    Ok(whole(&here, known, visits, (lawyers, comes_for)))
}

fn whole(here: &Here, known: Contacts, visits: MyVisits, others: (bool, bool)) -> AnyView {
    let l = here.locale();
    let first = here.page.name().and_then(|name| name.split_whitespace().next()).unwrap_or_default();
    let next = visits.next.map_or_else(|| start(l, visits.can_book, visits.applications.is_empty()), Some);
    let links = links(here, others);
    let (title, aside) = (t::hello(l, first), aside(here, visits.can_book && visits.has_next, &known));
    view! {
        <PageGrid aside=aside>
            <PageHead title=title tab=t::title(l)/>
            {next}
            <Unconfirmed l=l known=known/>
            {section(t::waits(l), visits.waits)}
            {section(t::applications(l), visits.applications)}
            {section(t::links(l), links)}
        </PageGrid>
    }
    .into_any()
}

/// What to begin with when no visit is ahead.
fn start(l: Locale, can_book: bool, nothing: bool) -> Option<AnyView> {
    if can_book {
        let view = view! {
            <Panel>
                <h2>{t::book_title(l)}</h2>
                <p>{t::book_text(l)}</p>
                <Actions><LinkButton href=routes::BOOK text=t::book(l)/></Actions>
            </Panel>
        };
        return Some(view.into_any());
    }
    let link = Some(Link::new(routes::APPLY, t::apply(l)));
    nothing
        .then(|| view! { <EmptyState title=t::empty_title(l) text=t::empty_text(l) link=link/> }.into_any())
}

fn section(title: String, rows: Vec<LinkRow>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| view! { <h2>{title}</h2><LinkRows rows=rows/> }.into_any())
}

/// Lawyers whom she helps, and organisations for which she comes, if there are any.
fn links(here: &Here, (lawyers, comes_for): (bool, bool)) -> Vec<LinkRow> {
    let (l, unread) = (here.locale(), here.page.unread);
    let messages = LinkRow::new(routes::MESSAGES, t::messages(l));
    let messages = match unread.officer {
        0 => messages.text(t::messages_text(l)),
        n => messages.text(t::messages_unread(l, n)).unread(t::waits(l)),
    };
    let letters = LinkRow::new(routes::MY_LETTERS, t::letters(l));
    let letters = match unread.inmate {
        0 => letters.text(t::letters_text(l)),
        n => letters.text(t::letters_unread(l, n)).unread(t::waits(l)),
    };
    let unread = here.page.unread;
    let clients = (unread.lawyer == 1).then(|| clients(l, unread.client));
    let lawyers = lawyers.then(|| LinkRow::new(routes::MY_LAWYERS, t::lawyers(l)).text(t::lawyers_text(l)));
    let comes_for = comes_for
        .then(|| LinkRow::new(routes::MY_ORGANISATIONS, t::organisations(l)).text(t::organisations_text(l)));
    let always = [
        LinkRow::new(routes::VISITS, t::visits(l)).text(t::visits_text(l)),
        letters,
        LinkRow::new(routes::DOCUMENTS, t::documents(l)).text(t::documents_text(l)),
        LinkRow::new(routes::MY_APPEALS, t::appeals(l)).text(t::appeals_text(l)),
        LinkRow::new(routes::MY_HOMES, t::homes(l)).text(t::homes_text(l)),
        LinkRow::new(routes::MY_DATA, t::data(l)).text(t::data_text(l)),
        LinkRow::new(routes::HOW, t::how(l)).text(t::how_text(l)),
    ];
    [messages].into_iter().chain(clients).chain(lawyers).chain(comes_for).chain(always).collect()
}

/// For a lawyer with a client.
fn clients(l: Locale, unread: i64) -> LinkRow {
    let row = LinkRow::new(routes::MY_CLIENTS, t::clients(l));
    match unread {
        0 => row.text(t::clients_text(l)),
        n => row.text(t::messages_unread(l, n)).unread(t::waits(l)),
    }
}

fn aside(here: &Here, book: bool, known: &Contacts) -> AnyView {
    let l = here.locale();
    let book = book.then(|| {
        view! {
            <AsideBlock title=t::book_aside(l)>
                <LinkButton href=routes::BOOK text=t::book_another(l) kind=ButtonKind::Secondary/>
            </AsideBlock>
        }
    });
    let email = known.email.as_ref().map(|e| view! { <p>{e.address.masked()}</p> });
    let phone = known.phone.as_ref().map(|p| view! { <p>{p.masked()}</p> });
    let none = (email.is_none() && phone.is_none()).then(|| view! { <p>{t::reach_none(l)}</p> });
    view! {
        {book}
        <AsideBlock title=identity_contact::title(l)>
            {email}
            {phone}
            {none}
            <a href=routes::MY_CONTACT>{t::change(l)}<span class="visually-hidden">" "{t::change_about(l)}</span></a>
        </AsideBlock>
        {lawyer(here)}
    }
    .into_any()
}

/// Who her clients are is told at the high level alone: below it, everybody sees the same way to them.
fn lawyer(here: &Here) -> Option<AnyView> {
    let l = here.locale();
    (here.who.level < Level::High).then(|| {
        view! {
            <AsideBlock title=t::lawyer_title(l)>
                <p>{t::lawyer_text(l)}" "<a href=routes::MY_CLIENTS>{t::lawyer_link(l)}</a>"."</p>
            </AsideBlock>
        }
        .into_any()
    })
}
