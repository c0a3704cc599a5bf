//! What no page of ours sends: it is refused before anything is read.

use reqwest::{Method, StatusCode, header};

use crate::harness::{Browser, Portal};

const WRITE: &str = "/auth/citizen/extend";

async fn answer(browser: &Browser, headers: &[(&str, &str)]) -> StatusCode {
    let form = "application/x-www-form-urlencoded";
    let mut request =
        browser.request(Method::POST, WRITE).header(header::CONTENT_TYPE, form).body("back=%2Fmy");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn t02_cross_site_post_is_refused() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    let base = portal.base.as_str();
    let table: &[(&[(&str, &str)], StatusCode)] = &[
        (&[("sec-fetch-site", "same-origin"), ("origin", base)], StatusCode::SEE_OTHER),
        (&[("origin", base)], StatusCode::SEE_OTHER),
        (&[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")], StatusCode::FORBIDDEN),
        (&[("sec-fetch-site", "same-site"), ("origin", "https://evil.varde.no")], StatusCode::FORBIDDEN),
        (&[("origin", "null")], StatusCode::FORBIDDEN),
        (&[], StatusCode::FORBIDDEN),
    ];
    for (headers, expected) in table {
        assert_eq!(answer(&browser, headers).await, *expected, "{headers:?}");
    }
    for kind in ["text/plain", "application/json", "multipart/form-data; boundary=x"] {
        let request = browser.request(Method::POST, WRITE).header("sec-fetch-site", "same-origin");
        let page = browser.send(request.header(header::CONTENT_TYPE, kind).body("back=/my")).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_a_large_or_crooked_body_is_refused() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    let post = |body: String| browser.request(Method::POST, "/language").body(body);
    let form = |body: String| post(body).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let large = browser.send(form(format!("back={}", "a".repeat(70_000)))).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    for crooked in ["back=/&back=/", "back=%f", "back=%ff", "back=%00", "back=/&admin=1"] {
        assert_eq!(browser.send(form(crooked.to_owned())).await.status, StatusCode::BAD_REQUEST, "{crooked}");
    }
    assert_eq!(browser.send(post("{}".to_owned())).await.status, StatusCode::BAD_REQUEST, "no form at all");
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_a_dribbling_header_loses_its_socket() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let portal = Portal::start_with(&[("VARDE_LIMITS__HEADER_SECONDS", "1")]).await;
    let address = portal.base.trim_start_matches("http://").replace("localhost", "127.0.0.1");
    let mut socket = tokio::net::TcpStream::connect(address).await.expect("a socket");
    socket.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").await.expect("written");
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(std::time::Duration::from_secs(5), socket.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "the server hangs up");
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_who_asks_too_much_waits() {
    let portal = Portal::start_with(&[("VARDE_LIMITS__REQUESTS_PER_MINUTE", "5")]).await;
    let browser = portal.browser();
    for _ in 0..5 {
        assert_eq!(browser.get("/help").await.status, StatusCode::OK);
    }
    let page = browser.get("/help").await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.header("retry-after"), "60");
}
