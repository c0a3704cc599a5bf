//! The frame of every page: document, header, footer. No page asks for Wasm from here; a page with islands
//! places `WithIslands`. Citizens and staff have different headers, so that nobody mistakes the side.

use std::sync::Arc;

use backend::ctx::Ctx;
use domain::{
    access::{Area, Role},
    appeals::may_see as may_see_appeals,
    consents::may_ask,
    corrections::may_handle as may_correct,
    custody::may_see_feed,
    documents::may_handle as may_handle_documents,
    identity::may_register,
    kernel::Locale,
    messages::{may_answer, may_control, may_see_rules, may_take_worries},
    trail::may_audit,
    visits::{booking::may_see_day, gate::may_mark},
};
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::{
    i18n::{self, common},
    request::{self, Page},
    routes,
    session::{SessionEnding, StillHere},
    ui::{Account, Language, LanguageSwitch, Link, MenuItem, SiteFooter, SiteHeader, SkipLink, StaffHeader},
};

/// A document round any body: language, metadata and stylesheet of the request.
pub fn document<V: IntoView>(body: impl FnOnce() -> V) -> impl IntoView {
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    let page = request::page();
    let css = (!page.assets.css.is_empty()).then(|| format!("/pkg/{}", page.assets.css));
    view! {
        <!DOCTYPE html>
        <html lang=page.locale.code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/mark.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/varde.webmanifest"/>
                {css.map(|href| view! { <link rel="stylesheet" href=href/> })}
                <MetaTags/>
            </head>
            <body class=if page.area == Area::Staff { "staff" } else { "public" }>
                {body()}
            </body>
        </html>
    }
}

/// Brings the islands of a page to life at once. It stands last in the page's body, once.
#[component]
pub fn WithIslands() -> impl IntoView {
    let assets = request::page().assets.clone();
    let ready = !assets.js.is_empty() && !assets.wasm.is_empty();
    ready.then(|| {
        view! {
            <link rel="modulepreload" href=format!("/pkg/{}", assets.js)/>
            <link rel="preload" href=format!("/pkg/{}", assets.wasm)
                r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
            <IslandScript/>
        }
    })
}

/// Has `islands.js` fetch the Wasm: now, or `after` so many seconds.
#[component]
pub fn IslandScript(#[prop(optional)] after: Option<u32>) -> impl IntoView {
    let assets = request::page().assets.clone();
    let nonce = leptos::nonce::use_nonce();
    let ready = !assets.js.is_empty() && !assets.wasm.is_empty();
    ready.then(|| {
        view! {
            <script type="module" nonce=nonce src=format!("/pkg/{}", assets.islands)
                data-js=format!("/pkg/{}", assets.js) data-wasm=format!("/pkg/{}", assets.wasm) data-after=after></script>
        }
    })
}

/// Header, main, footer; a page stands in the middle.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let page = request::page();
    let l = page.locale;
    let demo = page.demo.then(|| view! { <section class="wrap page-note demo-line" aria-label=common::demo_label(l)>{common::demo_notice(l)}</section> });
    // The front page's hero goes from edge to edge.
    let width = if page.bare_path() == routes::FRONT { "edge-to-edge" } else { "wrap" };
    let header = if page.area == Area::Staff { staff_header(&page) } else { public_header(&page) };
    view! {
        <SkipLink text=common::skip(l)/>
        {demo}
        {header}
        <main id="main" class=width tabindex="-1"><StillHere/>{children()}</main>
        <Footer page=page/>
        <SessionEnding/>
    }
}

fn public_header(page: &Page) -> AnyView {
    let l = page.locale;
    // The victims' entrance is a page of its own, and its frame leads to no other area.
    let sign_in = (page.name().is_none() && page.area != Area::Victim)
        .then(|| Link::new(way_in(page), common::sign_in(l)));
    let menu = if page.area == Area::Victim { Vec::new() } else { menu(page) };
    let quick_exit = quick_exit(page);
    let leave = quick_exit.is_some().then(|| view! { <LeaveScript/> });
    view! {
        <SiteHeader home=common::home(l) menu_label=common::menu(l) menu=menu
            language=Some(Link::new("#languages", common::language(l))) account=account(page) sign_in=sign_in
            quick_exit=quick_exit/>
        {leave}
    }
    .into_any()
}

/// In the victims' area and on the page that tells of their rights: somebody may look over her shoulder.
fn quick_exit(page: &Page) -> Option<Link> {
    let hers = page.area == Area::Victim || page.is_under(routes::HELP);
    let ctx = hers.then(use_context::<Ctx>)??;
    Some(Link::new(ctx.settings.site.quick_exit.as_str(), common::leave(page.locale)))
}

/// Has the way out leave nothing behind it in the history.
#[component]
fn LeaveScript() -> impl IntoView {
    let (assets, nonce) = (request::page().assets.clone(), leptos::nonce::use_nonce());
    let ready = !assets.leave.is_empty();
    ready.then(|| view! { <script type="module" nonce=nonce src=format!("/pkg/{}", assets.leave)></script> })
}

fn staff_header(page: &Page) -> AnyView {
    let l = page.locale;
    let unit = use_context::<StaffPlace>().map_or_else(|| common::staff_side(l), |place| place.0);
    view! {
        <StaffHeader home=common::home_staff(l) unit=unit menu_label=common::menu(l) menu=staff_menu(page) account=account(page)/>
    }
    .into_any()
}

/// Whether somebody of these roles has a page to look at.
type Duty = fn(&[Role]) -> bool;

/// What is not somebody's duty is not there, so no link leads to it.
fn staff_menu(page: &Page) -> Vec<MenuItem> {
    let l = page.locale;
    let cases = page.bare_path() == routes::STAFF
        || [routes::STAFF_CLEARANCES, routes::STAFF_SEARCH, routes::STAFF_ANSWERS]
            .iter()
            .any(|p| page.is_under(p));
    let roles = page.actor.staff().map(|who| who.roles.as_slice()).unwrap_or_default();
    let mut menu = vec![MenuItem::new(routes::STAFF, common::nav_staff_list(l)).here(cases)];
    let others: [(&str, String, Duty); 12] = [
        (routes::STAFF_MESSAGES, common::nav_messages(l), may_answer),
        (routes::STAFF_DOCUMENTS, common::nav_staff_documents(l), may_handle_documents),
        (routes::STAFF_GATE, common::nav_staff_gate(l), may_mark),
        (routes::STAFF_DAY, common::nav_staff_day(l), may_see_day),
        (routes::STAFF_VISITING, common::nav_staff_visiting(l), may_see_day),
        (routes::STAFF_FEED, common::nav_staff_feed(l), may_see_feed),
        (routes::STAFF_LETTERS, common::nav_staff_letters(l), may_control),
        (routes::STAFF_APPEALS, common::nav_staff_appeals(l), may_see_appeals),
        (routes::STAFF_CORRECTIONS, common::nav_staff_corrections(l), may_correct),
        (routes::STAFF_HOMES, common::nav_staff_homes(l), may_ask),
        (routes::STAFF_MANDATES, common::nav_staff_mandates(l), may_register),
        (routes::STAFF_WORRIED, common::nav_staff_worried(l), may_take_worries),
        (routes::STAFF_TRAIL, common::nav_staff_trail(l), may_audit),
    ];
    // Who sets the bounds of letters and reads none has no queue.
    let bounds = may_see_rules(roles) && !may_control(roles);
    let others = others.into_iter().filter(|(.., may)| may(roles));
    menu.extend(others.map(|(href, text, _)| MenuItem::new(href, text).here(page.is_under(href))));
    menu.extend(bounds.then(|| {
        let here = page.is_under(routes::STAFF_LETTERS);
        MenuItem::new(routes::STAFF_LETTERS_RULES, common::nav_staff_letter_rules(l)).here(here)
    }));
    menu.extend(notices_menu(page));
    menu
}

/// The lists of the notices, each for those alone whose duty it is.
fn notices_menu(page: &Page) -> Vec<MenuItem> {
    let l = page.locale;
    let lists = [
        (Role::VictimOfficer, routes::STAFF_NOTICES, common::nav_staff_notices(l)),
        (Role::DutyOfficer, routes::STAFF_DUTY, common::nav_staff_duty(l)),
    ];
    let watches = (Role::Auditor, routes::STAFF_BREAK_INS, common::nav_staff_break_ins(l));
    let leads = (Role::UnitAdmin, routes::STAFF_BREAK_INS, common::nav_staff_break_ins(l));
    let has = |role: &Role| page.actor.staff().is_some_and(|who| who.roles.contains(role));
    let mut own: Vec<_> = lists.into_iter().chain([watches, leads]).filter(|(role, ..)| has(role)).collect();
    own.dedup_by_key(|(_, path, _)| *path);
    own.into_iter().map(|(_, path, words)| MenuItem::new(path, words).here(page.is_under(path))).collect()
}

/// The name of the unit whose work is on the screen, if the server provides it.
#[derive(Clone)]
pub struct StaffPlace(pub String);

/// The menu follows who reads: somebody signed in has pages of her own first.
fn menu(page: &Page) -> Vec<MenuItem> {
    let l = page.locale;
    let entry = |href: &str, text: String| MenuItem::new(href, text).here(page.is_under(href));
    // The letters stand under her own page's address and beside it in the menu.
    let beside = [routes::MY_LETTERS, routes::MY_CLIENTS].iter().any(|path| page.is_under(path));
    let own = page.is_under(routes::MY) && !beside;
    let mut items = if page.name().is_some() {
        let messages = entry(routes::MESSAGES, common::nav_messages(l));
        let clients = entry(routes::MY_CLIENTS, common::nav_clients(l));
        let clients = clients.count(many(page.unread.client), common::unread(l));
        let mut items = vec![
            MenuItem::new(routes::MY, common::nav_my(l)).here(own),
            entry(routes::VISITS, common::nav_visits(l)),
            messages.count(many(page.unread.officer), common::unread(l)),
            entry(routes::MY_LETTERS, common::nav_letters(l))
                .count(many(page.unread.inmate), common::unread(l)),
        ];
        items.extend((page.unread.lawyer == 1).then_some(clients));
        items
    } else {
        vec![entry(routes::HOW, common::nav_how(l))]
    };
    items.push(entry(routes::UNITS, common::nav_units(l)));
    items.push(entry(routes::HELP, common::nav_help(l)));
    items
}

fn many(unread: i64) -> usize {
    usize::try_from(unread).unwrap_or_default()
}

fn account(page: &Page) -> Option<Account> {
    let (l, name) = (page.locale, page.name()?.to_owned());
    Some(Account { name, action: routes::sign_out(page.area.code()), sign_out: common::sign_out(l) })
}

/// The sign-in page itself keeps where one was going.
fn way_in(page: &Page) -> String {
    if page.bare_path() == routes::SIGN_IN { page.path.clone() } else { routes::SIGN_IN.to_owned() }
}

#[component]
fn Footer(page: Arc<Page>) -> impl IntoView {
    let l = page.locale;
    let staff = page.area == Area::Staff;
    let links = vec![
        Link::new(routes::HELP, common::footer_help(l)),
        Link::new(routes::PRIVACY, common::footer_privacy(l)),
        Link::new(routes::ACCESSIBILITY, common::footer_accessibility(l)),
    ];
    view! {
        <SiteFooter label=common::footer_label(l) links=links note=staff.then(|| common::footer_logged(l)) staff=staff>
            <LanguageSwitch label=common::language(l) back=page.path.clone() languages=languages(l) action=routes::LANGUAGE/>
        </SiteFooter>
    }
}

fn languages(current: Locale) -> Vec<Language> {
    let language = |l: Locale| Language {
        code: l.code().to_owned(),
        name: i18n::own_name(l).to_owned(),
        current: l == current,
    };
    Locale::ALL.map(language).into()
}
