//! Header and footer. The public side is paper, the staff side is dark, so that nobody mistakes
//! which side they are on.
use leptos::prelude::*;

use super::text::{Link, MaybeText};
use super::{Count, Icon, IconName, Mark};

/// One entry of the menu.
#[derive(Clone, Debug)]
pub struct MenuItem {
    link: Link,
    here: bool,
    count: Option<(usize, String)>,
}

impl MenuItem {
    /// An entry leading to `href`.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { link: Link::new(href, text), here: false, count: None }
    }

    /// Marks it as the place where one is, when `here`.
    #[must_use]
    pub fn here(mut self, here: bool) -> Self {
        self.here = here;
        self
    }

    /// How many wait there; `about` says of what, such as "uleste". Zero is not shown.
    #[must_use]
    pub fn count(mut self, n: usize, about: impl Into<String>) -> Self {
        self.count = (n > 0).then(|| (n, about.into()));
        self
    }
}

/// Who is signed in, and the way out.
#[derive(Clone, Debug)]
pub struct Account {
    /// Name as shown.
    pub name: String,
    /// Address of the sign-out form.
    pub action: String,
    /// "Logg ut".
    pub sign_out: String,
}

/// The header of the public side.
#[component]
pub fn SiteHeader(
    /// Name of the link home, such as "Varde, til forsiden".
    #[prop(into)]
    home: String,
    /// Name of the menu, and the word that opens it on a phone.
    #[prop(into)]
    menu_label: String,
    /// The menu; may be empty.
    #[prop(optional)]
    menu: Vec<MenuItem>,
    /// The way to the languages.
    #[prop(optional_no_strip)]
    language: Option<Link>,
    /// Who is signed in.
    #[prop(optional_no_strip)]
    account: Option<Account>,
    /// The way to sign in.
    #[prop(optional_no_strip)]
    sign_in: Option<Link>,
    /// "Forlat siden": where it goes and what it says.
    #[prop(optional_no_strip)]
    quick_exit: Option<Link>,
) -> impl IntoView {
    let language = language.map(|link| {
        view! { <a class="header-link" href=link.href><Icon name=IconName::Globe /><span>{link.text}</span></a> }
    });
    view! {
        <header class="header">
            <div class="wrap header-row">
                <Logo name=home href="/" />
                <Menu items=menu label=menu_label />
                <div class="header-end">
                    {language}
                    {sign_in.map(|link| view! { <a class="header-sign" href=link.href>{link.text}</a> })}
                    {account.map(|account| view! { <AccountRow account=account /> })}
                    {quick_exit.map(|link| view! { <QuickExit link=link /> })}
                </div>
            </div>
        </header>
    }
}

/// The header of the staff side.
#[component]
pub fn StaffHeader(
    /// Name of the link home.
    #[prop(into)]
    home: String,
    /// Where home is.
    #[prop(default = "/staff".to_owned(), into)]
    home_href: String,
    /// The unit, beside the logo.
    #[prop(optional, into)]
    unit: MaybeText,
    /// Name of the menu.
    #[prop(into)]
    menu_label: String,
    /// The tabs.
    #[prop(optional)]
    menu: Vec<MenuItem>,
    /// The word that opens the rest of them.
    #[prop(optional, into)]
    more_label: String,
    /// What stands behind one tab.
    #[prop(optional)]
    more: Vec<MenuItem>,
    /// Who is signed in.
    #[prop(optional_no_strip)]
    account: Option<Account>,
) -> impl IntoView {
    view! {
        <header class="header header--staff">
            <div class="wrap wrap--staff header-row">
                <Logo name=home href=home_href />
                {unit.into_option().map(|unit| view! { <span class="header-unit">{unit}</span> })}
                <Menu items=menu label=menu_label more_label=more_label more=more />
                <div class="header-end">
                    {account.map(|account| view! { <AccountRow account=account /> })}
                </div>
            </div>
        </header>
    }
}

#[component]
fn Logo(name: String, #[prop(into)] href: String) -> impl IntoView {
    view! {
        <a class="logo" href=href aria-label=name><Mark /><span class="logo-word" lang="nb">"Varde"</span></a>
    }
}

/// The menu, twice in one landmark: in the row on a wide screen, in a details on a phone. One of them is
/// always `display: none`, so it is met once. What is more stands behind a tab of its own in the row, which says where one
/// is when that is one of them, and below the others on a phone.
#[component]
fn Menu(
    items: Vec<MenuItem>,
    label: String,
    #[prop(optional)] more_label: String,
    #[prop(optional)] more: Vec<MenuItem>,
) -> impl IntoView {
    (!items.is_empty()).then(|| {
        let small: Vec<MenuItem> = items.iter().chain(&more).cloned().collect();
        let rows = menu_rows(items);
        let behind = (!more.is_empty()).then(|| behind(more_label, more));
        let name = label.clone();
        view! {
            <nav class="menu-nav" aria-label=name>
                <div class="menu"><ul class="menu-list">{rows}{behind}</ul></div>
                <details class="menu-small">
                    <summary class="menu-open"><Icon name=IconName::Menu /><span>{label}</span></summary>
                    <div class="menu-sheet"><ul class="menu-list">{menu_rows(small)}</ul></div>
                </details>
            </nav>
        }
    })
}

/// A tab that opens to more of them.
fn behind(label: String, more: Vec<MenuItem>) -> impl IntoView {
    let here = more.iter().find(|item| item.here).map(|item| item.link.text.clone());
    let class = if here.is_some() {
        "menu-link menu-more-open menu-more-open--here"
    } else {
        "menu-link menu-more-open"
    };
    let words = here.map_or(label.clone(), |here| format!("{label}: {here}"));
    view! {
        <li>
            <details class="menu-more">
                <summary class=class>{words}</summary>
                <ul class="menu-more-list">{menu_rows(more)}</ul>
            </details>
        </li>
    }
}

fn menu_rows(items: Vec<MenuItem>) -> impl IntoView {
    let rows = items.into_iter().map(|item| {
        let count = item.count.map(|(n, about)| view! { <Count n=n about=about now=true /> });
        view! {
            <li><a class="menu-link" href=item.link.href aria-current=item.here.then_some("page")>
                {item.link.text}{count}
            </a></li>
        }
    });
    rows.collect_view()
}

#[component]
fn AccountRow(account: Account) -> impl IntoView {
    view! {
        <div class="account">
            <span class="account-name"><Icon name=IconName::Person /><span class="account-text">{account.name}</span></span>
            <form method="post" action=account.action>
                <button class="link-button" type="submit">{account.sign_out}</button>
            </form>
        </div>
    }
}

/// Leave at once. An ordinary link; `leave.js` makes it replace this page in the history.
#[component]
pub fn QuickExit(
    /// Where to, and "Forlat siden".
    link: Link,
) -> impl IntoView {
    view! {
        <a class="quick-exit" href=link.href rel="noreferrer" data-quick-exit="">
            <Icon name=IconName::Exit /><span>{link.text}</span>
        </a>
    }
}

/// The footer: links at the left, languages (children) at the right.
#[component]
pub fn SiteFooter(
    /// Name of the navigation, such as "Om Varde".
    #[prop(into)]
    label: String,
    /// Help, privacy, accessibility.
    links: Vec<Link>,
    /// A sentence first, such as "Alle oppslag blir logget."
    #[prop(optional, into)]
    note: MaybeText,
    /// The staff side's width.
    #[prop(optional)]
    staff: bool,
    /// `LanguageSwitch`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let rows = links.into_iter().map(|link| view! { <li><a href=link.href>{link.text}</a></li> });
    view! {
        <footer class="footer">
            <div class=if staff { "wrap wrap--staff footer-row" } else { "wrap footer-row" }>
                {note.into_option().map(|text| view! { <p class="footer-note">{text}</p> })}
                <nav aria-label=label><ul class="footer-links">{rows.collect_view()}</ul></nav>
                {children.map(|children| children())}
            </div>
        </footer>
    }
}
