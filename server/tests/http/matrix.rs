//! Who may reach what. Every page and every server function that the app registers has a row here; one
//! without a row fails, and so does a row whose page is gone. A row is tried as everybody.

use std::collections::BTreeSet;

use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use reqwest::StatusCode;

use crate::harness::{Browser, Portal};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Everybody,
    Citizens,
    Staff,
}

/// Pages by their pattern, and a path that fits it.
const PAGES: &[(&str, &str, For)] = &[
    ("/", "/", For::Everybody),
    ("/units", "/units", For::Everybody),
    ("/units/{slug}", "/units/lyngmo", For::Everybody),
    ("/how-visits-work", "/how-visits-work", For::Everybody),
    ("/help", "/help", For::Everybody),
    ("/privacy", "/privacy", For::Everybody),
    ("/accessibility", "/accessibility", For::Everybody),
    ("/sign-in", "/sign-in", For::Everybody),
    ("/styleguide", "/styleguide", For::Everybody),
    ("/my", "/my", For::Citizens),
    ("/staff", "/staff", For::Staff),
];

/// Server functions by their address.
const FUNCTIONS: &[(&str, For)] = &[];

#[test]
fn every_page_and_function_has_a_row() {
    let pages: BTreeSet<String> = generate_route_list(app::App).iter().map(|r| r.path().to_owned()).collect();
    let rows: BTreeSet<String> = PAGES.iter().map(|(pattern, ..)| (*pattern).to_owned()).collect();
    assert_eq!(pages, rows, "pages and rows");
    let functions: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let rows: BTreeSet<String> = FUNCTIONS.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(functions, rows, "server functions and rows");
    assert!(
        server_fn_paths().all(|(_, method)| method == http::Method::POST),
        "a server function writes by POST"
    );
}

/// What somebody who may not is told: to sign in. Never more.
fn is_turned_away(status: StatusCode, location: &str) -> bool {
    status == StatusCode::SEE_OTHER && location.starts_with("/sign-in")
}

async fn everybody(portal: &Portal) -> [(&'static str, Browser, Option<For>); 3] {
    let (citizen, staff) = (portal.browser(), portal.browser());
    citizen.sign_in("citizen", "maja", "/my").await;
    staff.sign_in("staff", "henrik", "/staff").await;
    [
        ("anonymous", portal.browser(), None),
        ("citizen", citizen, Some(For::Citizens)),
        ("staff", staff, Some(For::Staff)),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_open_for_those_they_are_for_and_for_nobody_else() {
    let portal = Portal::start().await;
    for (who, browser, is) in everybody(&portal).await {
        for (_, path, whose) in PAGES {
            let page = browser.get(path).await;
            let may = *whose == For::Everybody || Some(*whose) == is;
            assert_eq!(
                !is_turned_away(page.status, page.location()),
                may,
                "{who} at {path}: {}",
                page.status
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn functions_answer_those_they_are_for_and_nobody_else() {
    let portal = Portal::start().await;
    for (who, browser, is) in everybody(&portal).await {
        for (path, whose) in FUNCTIONS {
            let page = browser.post(path, &[]).await;
            let may = *whose == For::Everybody || Some(*whose) == is;
            assert_eq!(
                !is_turned_away(page.status, page.location()),
                may,
                "{who} at {path}: {}",
                page.status
            );
        }
    }
}
