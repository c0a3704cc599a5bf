//! The front page once more, written by hand with maud: what the same page costs without the framework. It lives
//! in the bench only. [`same`] holds it to the real one, so that it cannot fall behind unseen.

use std::sync::Arc;

use app::{
    i18n::{self, common, public as t},
    request::Page,
    routes,
};
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use backend::ctx::Ctx;
use domain::kernel::Locale;
use http::{HeaderName, header};
use maud::{DOCTYPE, Markup, html};
use server::security;

const STONES: [&str; 4] = [
    "M2.6 19.7C2.6 17.9 4.2 17 6.6 16.9L17.2 16.6C19.9 16.5 21.6 17.7 21.6 19.5C21.6 21.2 20 22.2 17.5 22.2L6.7 22.2C4.2 22.2 2.6 21.4 2.6 19.7Z",
    "M6 14C5.9 12.6 7.1 11.9 8.9 11.9L14.7 12C16.7 12 17.9 12.8 17.8 14.1C17.7 15.3 16.5 15.9 14.7 15.9L8.8 15.9C7.1 15.9 6.1 15.2 6 14Z",
    "M4.3 9.8C4.2 8.7 5.3 8.1 7 8L16.8 7.5C18.6 7.4 19.8 8 19.8 9.2C19.8 10.3 18.7 10.9 17 11L7.1 11.2C5.4 11.2 4.4 10.8 4.3 9.8Z",
    "M8.7 4.4C8.6 2.7 10 1.6 12 1.6C14.2 1.6 15.9 2.7 15.8 4.4C15.7 5.9 14.3 6.7 12.2 6.7C10.1 6.7 8.8 5.9 8.7 4.4Z",
];

const RIDGES: [(&str, &str); 3] = [
    (
        "far",
        "M0 208C120 168 220 158 330 160C470 162 560 120 640 104C740 84 820 6 900 6C980 8 1030 78 1120 66C1190 58 1240 40 1280 28V300H0Z",
    ),
    (
        "mid",
        "M0 248C120 222 240 212 330 214C480 222 560 216 640 190C720 166 780 158 850 158C930 158 990 186 1070 182C1150 178 1220 154 1280 138V300H0Z",
    ),
    (
        "near",
        "M0 278C160 270 300 268 460 264C640 262 760 250 860 236C960 224 1080 218 1150 226C1200 232 1250 242 1280 248V300H0Z",
    ),
];

const HERO: [(&str, &str); 4] = [
    (
        "1",
        "M1 192C1 175 16 165 42 163L150 161C184 161 203 173 203 193C203 212 186 220 160 220L44 220C16 220 1 209 1 192Z",
    ),
    (
        "2",
        "M37 132C37 118 50 110 72 110L128 111C150 112 162 120 162 133C162 146 148 153 126 153L72 153C50 153 37 146 37 132Z",
    ),
    (
        "3",
        "M19 88C18 76 29 70 50 69L152 64C174 63 184 70 184 80C184 91 174 96 152 97L50 103C29 104 19 98 19 88Z",
    ),
    ("lit", "M66 29C66 10 80 1 103 1C127 1 141 11 141 29C141 46 127 55 105 55C81 55 66 46 66 29Z"),
];

/// Answers with the page under the same policy as ours.
pub async fn front(State(ctx): State<Ctx>, Extension(page): Extension<Arc<Page>>) -> Response {
    let policy = security::page_policy(&ctx.chance.token(), &ctx.settings);
    let headers: [(HeaderName, String); 1] = [(header::CONTENT_SECURITY_POLICY, policy)];
    (headers, document(&page)).into_response()
}

fn document(page: &Page) -> Markup {
    let l = page.locale;
    html! {
        (DOCTYPE)
        html lang=(l.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="/mark.svg" type="image/svg+xml";
                link rel="manifest" href="/varde.webmanifest";
                @if !page.assets.css.is_empty() {
                    link rel="stylesheet" href={ "/pkg/" (page.assets.css) };
                }
                title { (common::title(l, t::front_title(l))) }
            }
            body class="public" {
                a href="#main" class="skip-link" { (common::skip(l)) }
                @if page.demo {
                    section aria-label=(common::demo_label(l)) class="wrap page-note demo-line" { (common::demo_notice(l)) }
                }
                (header(l))
                main id="main" tabindex="-1" class="edge-to-edge" { (hero(l)) (doors(l)) }
                (footer(l, "/"))
            }
        }
    }
}

fn header(l: Locale) -> Markup {
    html! {
        header class="header" {
            div class="wrap header-row" {
                a href="/" aria-label=(common::home(l)) class="logo" {
                    (cairn("mark", 4)) span class="logo-word" lang="nb" { "Varde" }
                }
                nav aria-label=(common::menu(l)) class="menu-nav" {
                    div class="menu" { (menu(l)) }
                    details class="menu-small" {
                        summary class="menu-open" { (icon("menu")) span { (common::menu(l)) } }
                        div class="menu-sheet" { (menu(l)) }
                    }
                }
                div class="header-end" {
                    a href="#languages" class="header-link" { (icon("globe")) span { (common::language(l)) } }
                    a href=(routes::SIGN_IN) class="header-sign" { (common::sign_in(l)) }
                }
            }
        }
    }
}

fn menu(l: Locale) -> Markup {
    let items = [
        (routes::HOW, common::nav_how(l)),
        (routes::UNITS, common::nav_units(l)),
        (routes::HELP, common::nav_help(l)),
    ];
    html! {
        ul class="menu-list" {
            @for (href, text) in items { li { a href=(href) class="menu-link" { (text) } } }
        }
    }
}

fn icon(name: &str) -> Markup {
    html! { svg aria-hidden="true" focusable="false" class="icon" { use href={ "/icons.svg#" (name) } {} } }
}

fn cairn(class: &str, stones: usize) -> Markup {
    html! {
        svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class=(class) {
            @for (at, d) in STONES.iter().take(stones).enumerate() {
                path d=(d) class=(if at == 3 { "stone stone--lit" } else { "stone" }) {}
            }
        }
    }
}

fn hero(l: Locale) -> Markup {
    html! {
        section class="hero" {
            svg viewBox="0 0 1280 300" preserveAspectRatio="none" aria-hidden="true" focusable="false" class="ridges" {
                @for (name, d) in RIDGES { path class={ "ridge ridge--" (name) } d=(d) {} }
            }
            div class="wrap hero-wrap" {
                div class="hero-words" {
                    h1 class="hero-title" { (t::front_hero(l)) }
                    p class="hero-lead" { (t::front_lead(l)) }
                    div class="hero-actions" {
                        a href=(routes::SIGN_IN) class="button button--on-bar" { span { (t::front_sign_in(l)) } }
                        a href=(routes::HOW) { (t::front_first_time(l)) }
                    }
                }
                svg viewBox="0 0 204 222" aria-hidden="true" focusable="false" class="hero-cairn" {
                    @for (name, d) in HERO { path class={ "hero-stone hero-stone--" (name) } d=(d) {} }
                }
            }
        }
    }
}

fn doors(l: Locale) -> Markup {
    let steps = [t::front_step_1(l), t::front_step_2(l), t::front_step_3(l), t::front_step_4(l)];
    let relative = [
        (routes::APPLY.to_owned(), t::front_relative_apply(l)),
        (routes::VISITS.to_owned(), t::front_relative_book(l)),
        (routes::UNITS.to_owned(), t::front_relative_units(l)),
    ];
    let lawyer = [
        (format!("{}#lawyer", routes::HELP), t::front_lawyer_today(l)),
        (routes::MY_CLIENTS.to_owned(), t::front_lawyer_write(l)),
    ];
    let victim = [(format!("{}#victim", routes::HELP), t::front_victim_today(l))];
    html! {
        div class="wrap stack front-body" {
            div class="doors" {
                (door(t::front_relative_who(l), t::front_relative_title(l), &relative))
                (door(t::front_lawyer_who(l), t::front_lawyer_title(l), &lawyer))
                (door(t::front_victim_who(l), t::front_victim_title(l), &victim))
            }
            h2 { (t::front_steps_title(l)) }
            ol class="cairn-steps" {
                @for (at, step) in steps.iter().enumerate() {
                    li class="cairn-step" { (cairn("cairn", at + 1)) span { (step) } }
                }
            }
            p class="muted" { (t::front_steps_text(l)) }
        }
    }
}

fn door(who: String, title: String, links: &[(String, String)]) -> Markup {
    html! {
        section class="door" {
            p class="door-kicker" { (who) }
            h2 class="door-title" { (title) }
            ul class="plain-links" { @for (href, text) in links { li { a href=(href) { (text) } } } }
        }
    }
}

fn footer(l: Locale, back: &str) -> Markup {
    let links = [
        (routes::HELP, common::footer_help(l)),
        (routes::PRIVACY, common::footer_privacy(l)),
        (routes::ACCESSIBILITY, common::footer_accessibility(l)),
    ];
    html! {
        footer class="footer" {
            div class="wrap footer-row" {
                nav aria-label=(common::footer_label(l)) {
                    ul class="footer-links" { @for (href, text) in links { li { a href=(href) { (text) } } } }
                }
                form id="languages" method="post" action=(routes::LANGUAGE) aria-label=(common::language(l)) class="languages" {
                    input type="hidden" name="back" value=(back);
                    ul class="languages-list" { @for other in Locale::ALL { li { (language(other, l)) } } }
                }
            }
        }
    }
}

fn language(other: Locale, here: Locale) -> Markup {
    let (code, name) = (other.code(), i18n::own_name(other));
    html! {
        @if other == here {
            span lang=(code) aria-current="true" class="language language--here" { (name) }
        } @else {
            button type="submit" name="locale" value=(code) lang=(code) class="language" { (name) }
        }
    }
}

/// Whether both are the same page: tags, attributes in any order, words. Told apart from it are only the renderer's
/// own comments and its scripts after the document.
pub fn same(ours: &str, twin: &str) -> Result<(), String> {
    let (ours, twin) = (pieces(ours), pieces(twin));
    match (0..ours.len().max(twin.len())).find(|at| ours.get(*at) != twin.get(*at)) {
        None => Ok(()),
        Some(at) => Err(format!("piece {at}: {:?} here, {:?} in the twin", ours.get(at), twin.get(at))),
    }
}

fn pieces(page: &str) -> Vec<String> {
    let page = without_comments(page.split("</html>").next().unwrap_or_default());
    let mut found = Vec::new();
    for part in page.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        if tag != "!" {
            found.push(sorted(tag));
        }
        if !text.trim().is_empty() {
            found.push(text.trim().to_owned());
        }
    }
    found
}

/// A comment may hold what looks like a tag.
fn without_comments(page: &str) -> String {
    let mut parts = page.split("<!--");
    let first = parts.next().unwrap_or_default();
    let rest = parts.filter_map(|part| part.split_once("-->")).map(|(_, text)| text);
    std::iter::once(first).chain(rest).collect()
}

fn sorted(tag: &str) -> String {
    let (name, rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes: Vec<&str> = rest.split_inclusive("\" ").map(str::trim).collect();
    attributes.sort_unstable();
    format!("{name} {}", attributes.join(" "))
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use axum::{
        Router,
        body::Body,
        extract::ConnectInfo,
        http::{Request, header},
        routing::get,
    };
    use http_body_util::BodyExt;
    use server::{open::http, router};
    use tower::ServiceExt;

    use super::{front, same};
    use crate::{Failure, booking::ctx_with};

    /// The bench says so too, but nobody runs that each day.
    #[tokio::test]
    async fn the_front_page_and_its_twin_are_the_same_page() -> Result<(), Failure> {
        let folder = tempfile::tempdir()?;
        let within = |name: &str| folder.path().join(name).display().to_string();
        let (files, key) = (within("files"), within("sender.pem"));
        let more = [("VARDE_BLOBS__STORE", files.as_str()), ("VARDE_MASKINPORTEN__DEMO_KEY_FILE", &key)];
        let ctx = ctx_with(&format!("sqlite:{}", within("varde.db")), &more).await?;
        let twin = Router::new().route("/bench/twin", get(front).with_state(ctx.clone()));
        let site = router::guarded(router::site(&ctx, &http()?, twin)?, &ctx)?;
        same(&page(&site, "/").await?, &page(&site, "/bench/twin").await?)?;
        Ok(())
    }

    async fn page(site: &Router, path: &str) -> Result<String, Failure> {
        let request = Request::get(path)
            .extension(ConnectInfo(SocketAddr::from((Ipv4Addr::LOCALHOST, 1))))
            .header(header::HOST, "127.0.0.1")
            .header(header::ACCEPT, "text/html")
            .body(Body::empty())?;
        let answer = site.clone().oneshot(request).await?;
        if !answer.status().is_success() {
            return Err(format!("{path}: {}", answer.status()).into());
        }
        Ok(String::from_utf8(answer.into_body().collect().await?.to_bytes().to_vec())?)
    }

    #[test]
    fn order_and_comments_make_no_other_page_but_words_and_attributes_do() {
        let ours = "<p class=\"a\" id=\"b\">Hei<!></p><!--<() />--></html><script>1</script>";
        assert_eq!(same(ours, "<p id=\"b\" class=\"a\">Hei</p></html>"), Ok(()));
        for other in [
            "<p id=\"b\" class=\"a\">Ha</p></html>",
            "<p id=\"b\">Hei</p>",
            "<p id=\"b\" class=\"a\">Hei</p><i>",
        ] {
            assert!(same(ours, other).is_err(), "{other}");
        }
    }
}
