//! What anybody may read, in every language, and what stands on every answer.

use domain::kernel::Locale;
use reqwest::StatusCode;

use crate::harness::Portal;

const PAGES: [&str; 13] = [
    "/",
    "/units",
    "/units/lyngmo",
    "/how-visits-work",
    "/help",
    "/worried",
    "/worried?unit=lyngmo",
    "/visits/without-eid",
    "/track",
    "/privacy",
    "/accessibility",
    "/developers",
    "/sign-in",
];

#[tokio::test(flavor = "multi_thread")]
async fn public_pages_answer_in_four_languages() {
    let portal = Portal::start().await;
    for locale in Locale::ALL {
        let browser = portal.browser();
        browser.set_cookie("varde_locale", locale.code());
        for path in PAGES {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text.contains(&format!("<html lang=\"{}\"", locale.code())), "{path} {locale:?}");
        }
        assert_eq!(browser.get("/nowhere").await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get("/units/nowhere").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_its_headers() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    for path in PAGES.iter().chain(&["/nowhere", "/my", "/auth/citizen/callback", "/pkg/nothing.css"]) {
        let page = browser.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.replace("wasm-unsafe-eval", "").contains("unsafe-"), "{path}: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "t03 {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drawing_of_the_site_is_kept_for_an_hour_and_nothing_else_is() {
    let portal = Portal::start().await;
    std::fs::write(portal.site().join("mark.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .expect("a file");
    let browser = portal.browser();
    let file = browser.get("/mark.svg").await;
    assert_eq!((file.status, file.header("cache-control")), (StatusCode::OK, "public, max-age=3600"));
    assert_eq!(file.header("vary"), "accept-encoding");
    assert_eq!(browser.get("/other.svg").await.header("cache-control"), "no-store", "t03");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nonce_is_used_once_and_stands_on_every_script() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    let nonce =
        |policy: &str| policy.split("'nonce-").nth(1).expect("a nonce").split('\'').next().map(str::to_owned);
    let (one, two) = (browser.get("/").await, browser.get("/").await);
    let (first, second) =
        (nonce(one.header("content-security-policy")), nonce(two.header("content-security-policy")));
    assert_ne!(first, second);
    let expected = format!("nonce=\"{}\"", first.expect("a nonce"));
    for script in one.text.split("<script").skip(1) {
        assert!(script.split('>').next().expect("a tag").contains(&expected), "{script}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_remembered_and_leads_back_to_our_own_pages_only() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    let page = browser.post("/language", &[("locale", "nn"), ("back", "/help")]).await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/help"));
    assert!(browser.get("/").await.text.contains("<html lang=\"nn\""));
    for elsewhere in ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nb"] {
        let page = browser.post("/language", &[("locale", "en"), ("back", elsewhere)]).await;
        assert_eq!(page.location(), "/", "{elsewhere:?}");
    }
    let page = browser.post("/language", &[("locale", "xx"), ("back", "/")]).await;
    assert!(page.headers.get("set-cookie").is_none());
}
