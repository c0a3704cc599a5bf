//! Parts of the page's plan: main column with aside, the one tinted panel, rows of links.
use leptos::prelude::*;

use super::button::About;
use super::text::MaybeText;
use super::{Icon, IconName};

/// Main column, and beside it (below, on a phone) what helps.
#[component]
pub fn PageGrid(
    /// `AsideBlock`s; absent on pages with one column.
    #[prop(optional, into)]
    aside: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="page">
            <div class="page-main">{children()}</div>
            {aside.map(|aside| view! { <aside class="page-aside">{aside}</aside> })}
        </div>
    }
}

/// One block of the aside.
#[component]
pub fn AsideBlock(
    /// Its heading.
    #[prop(into)]
    title: String,
    children: Children,
) -> impl IntoView {
    view! { <section class="aside-block"><h2 class="aside-title">{title}</h2>{children()}</section> }
}

/// The one important panel of a page. Never one inside another.
#[component]
pub fn Panel(
    /// Small heading above the large words.
    #[prop(optional, into)]
    kicker: MaybeText,
    /// Neutral ground instead of spruce, as for the decision on a case.
    #[prop(optional)]
    plain: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <section class=if plain { "panel panel--plain" } else { "panel" }>
            {kicker.into_option().map(|text| view! { <h2 class="panel-kicker">{text}</h2> })}
            {children()}
        </section>
    }
}

/// One row of links.
#[derive(Clone, Debug)]
pub struct LinkRow {
    href: String,
    title: String,
    text: Option<String>,
    unread: Option<String>,
    about: MaybeText,
}

impl LinkRow {
    /// A row leading to `href`.
    pub fn new(href: impl Into<String>, title: impl Into<String>) -> Self {
        Self { href: href.into(), title: title.into(), text: None, unread: None, about: MaybeText::default() }
    }

    /// A line under the link.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Waits for this person; `words` say so to a screen reader, such as "Ulest".
    #[must_use]
    pub fn unread(mut self, words: impl Into<String>) -> Self {
        self.unread = Some(words.into());
        self
    }

    /// Words within the link that only a screen reader needs, where rows share a title.
    #[must_use]
    pub fn about(mut self, words: impl Into<MaybeText>) -> Self {
        self.about = words.into();
        self
    }
}

/// Links in rows, the whole row a target.
#[component]
pub fn LinkRows(
    /// In order.
    rows: Vec<LinkRow>,
) -> impl IntoView {
    let rows = rows.into_iter().map(|row| {
        let unread = row.unread.map(|words| {
            view! { <span class="dot"></span><span class="visually-hidden">{words} " "</span> }
        });
        view! {
            <li class="link-row">
                <div>
                    {unread}<a class="link-row-title" href=row.href>{row.title}<About text=row.about/></a>
                    {row.text.map(|text| view! { <p class="link-row-text">{text}</p> })}
                </div>
                <Icon name=IconName::Right />
            </li>
        }
    });
    view! { <ul class="link-rows">{rows.collect_view()}</ul> }
}
