//! A session that runs out: warned of in time, made longer in place, and nothing typed is lost when it was too
//! late after all.

use reqwest::{Method, StatusCode, header};

use crate::harness::{Browser, Page, Portal};

const PAGE: &str = "/visits/apply/whom";
const FORM: &[(&str, &str)] = &[
    ("name", "Kanari <Fugl>"),
    ("birth_day", "3"),
    ("birth_month", "x"),
    ("birth_year", "1990"),
    ("number", ""),
];

async fn send(portal: &Portal, browser: &Browser, form: &[(&str, &str)]) -> Page {
    let request =
        browser.request(Method::POST, &format!("/api{PAGE}")).header("sec-fetch-site", "same-origin");
    browser.send(request.header(header::REFERER, format!("{}{PAGE}", portal.base)).form(form)).await
}

/// Where the sign-in page leads afterwards.
async fn way_back(browser: &Browser, sign_in: &str) -> String {
    let page = browser.get(sign_in).await;
    assert!(page.text.contains("Du er logget ut"), "the page says why one is here");
    page.hidden("return_to").replace("&amp;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_survives_the_end_of_the_session() {
    let portal = Portal::start_standing().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    portal.wait_minutes(31);
    let page = send(&portal, &browser, FORM).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert!(!page.location().contains("Kanari"), "nothing typed stands in an address");
    let back = way_back(&browser, page.location()).await;
    assert!(back.starts_with(PAGE) && back.contains("try=") && back.contains("kept=1"), "{back}");
    browser.sign_in("citizen", "maja", &back).await;
    let form = browser.get(&back).await;
    assert!(form.text.contains("value=\"Kanari &lt;Fugl&gt;\""), "{}", form.text);
    assert!(form.text.contains("Det du skrev, er her ennå"));
    let other = portal.browser();
    other.sign_in("citizen", "eirik", "/my").await;
    let page = other.get(&back).await.text;
    assert!(!page.contains("Kanari") && !page.contains("Det du skrev"), "somebody else finds nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_session_that_ran_out_keeps_anything() {
    let portal = Portal::start_standing().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    let token = browser.cookie("varde_citizen").expect("a session");
    browser.post("/auth/citizen/sign-out", &[]).await;
    for cookie in [token.as_str(), "of-nobody"] {
        browser.set_cookie("varde_citizen", cookie);
        let page = send(&portal, &browser, FORM).await;
        assert_eq!(page.location(), format!("/sign-in?return_to={PAGE}"), "signed out, or never in");
    }
    let (kept,): (i64,) =
        portal.ctx.db.one("SELECT CAST(COUNT(*) AS BIGINT) FROM form_try", vec![]).await.expect("a count");
    assert_eq!(kept, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_asked_for_too_late_comes_after_the_sign_in() {
    let portal = Portal::start_standing().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    portal.wait_minutes(31);
    let page = browser.get("/my").await;
    assert_eq!(page.location(), "/sign-in?return_to=/my&outcome=ended");
    assert_eq!(way_back(&browser, page.location()).await, "/my");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_made_longer_but_not_for_ever() {
    let portal = Portal::start_standing().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    let extend = async || {
        let accept = [(header::ACCEPT, header::HeaderValue::from_static("*/*"))].into_iter().collect();
        let request = browser.request(Method::POST, "/auth/citizen/extend").headers(accept);
        let request = request.header("sec-fetch-site", "same-origin");
        let page = browser.send(request.form::<[(&str, &str)]>(&[])).await;
        (page.status.as_u16(), page.text)
    };
    assert_eq!(extend().await, (200, "1800 7200".to_owned()));
    for expected in ["1800 5700", "1800 4200", "1800 2700", "1200 1200"] {
        portal.wait_minutes(25);
        assert_eq!(extend().await, (200, expected.to_owned()));
    }
    portal.wait_minutes(20);
    assert_eq!(extend().await.0, 401, "two hours are the end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_in_page_carries_the_warning_and_asks_for_no_wasm() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    assert!(!browser.get("/").await.text.contains("session-warning"), "nobody is signed in");
    browser.sign_in("citizen", "maja", "/my").await;
    for path in ["/my", "/"] {
        let page = browser.get(path).await;
        assert!(
            page.text.contains("session-warning") && page.text.contains("/auth/citizen/extend"),
            "{path}"
        );
        assert!(!page.text.contains("rel=\"preload\""), "{path}");
    }
}
