//! What breaks under way: nothing that was typed is lost, and the same form is one button away.

use http::{HeaderMap, HeaderValue, header};
use reqwest::{Method, StatusCode};

use crate::harness::Portal;

const BREAK: &str = "CREATE TRIGGER broken BEFORE INSERT ON application_draft \
    BEGIN SELECT RAISE(ABORT, 'a-secret-of-the-database'); END";
const MEND: &str = "DROP TRIGGER broken";
const NEEDS: &str = "/api/visits/apply/needs";

#[tokio::test(flavor = "multi_thread")]
async fn t24_a_form_that_broke_shows_nothing_of_it_and_is_sent_again_as_it_was() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    portal.run(BREAK).await;
    let form = [("needs[]", "wheelchair"), ("language", ""), ("note", "Rampe \"bak\"\r\n<b>ja</b>")];
    let page = browser.post(NEEDS, &form).await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    for part in [
        "action=\"/api/visits/apply/needs\"",
        "name=\"needs[]\" value=\"wheelchair\"",
        "value=\"Rampe &quot;bak&quot;&#13;&#10;&lt;b&gt;ja&lt;/b&gt;\"",
        "Det du sendte, er her fortsatt",
    ] {
        assert!(page.text.contains(part), "{part} in {}", page.text);
    }
    assert_eq!(page.location(), "", "nothing is put into an address");
    for secret in ["a-secret-of-the-database", "__err", "trigger", "sqlite", "application_draft"] {
        assert!(!page.text.to_lowercase().contains(secret), "{secret} in {}", page.text);
    }
    assert!(page.text.contains("Referanse: "), "a number to quote");
    assert!(page.header("content-security-policy").contains("form-action 'self'"));
    portal.run(MEND).await;
    assert_eq!(browser.post(NEEDS, &form).await.status, StatusCode::SEE_OTHER);
    let kept = browser.get("/visits/apply/needs").await.text;
    assert!(kept.contains("&lt;b&gt;ja&lt;/b&gt;"), "the second time it was kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_no_pages_gets_a_stable_code() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    portal.run(BREAK).await;
    let request = browser.request(Method::POST, NEEDS).header("sec-fetch-site", "same-origin");
    let json = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static("application/json"))]);
    let request = request.headers(json).form(&[("language", ""), ("note", "x")]);
    let page = browser.send(request).await;
    assert_eq!(page.header("content-type"), "application/problem+json");
    assert!(page.text.starts_with("{\"status\":500,\"code\":\"server\",\"trace\":\""), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_page_of_what_broke_a_form_may_lead_on_to_the_provider() {
    let issuer = "https://login.example/realm";
    let portal = Portal::start_with(&[("VARDE_OIDC__STAFF__ISSUER", issuer)]).await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    portal.run(BREAK).await;
    let page = browser.post(NEEDS, &[("language", ""), ("note", "x")]).await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https://login.example"), "{policy}");
}
