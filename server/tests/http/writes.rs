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
    let large = browser.send(form(format!("back={}", "a".repeat(300_000)))).await;
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

#[tokio::test(flavor = "multi_thread")]
async fn t25_a_thousand_dribbling_sockets_keep_nobody_out() {
    use tokio::io::AsyncWriteExt;
    // Both ends of a thousand sockets are in this process.
    let _ = rlimit::increase_nofile_limit(8_192);
    let portal = Portal::start().await;
    let address = portal.base.trim_start_matches("http://").replace("localhost", "127.0.0.1");
    let mut sockets = Vec::new();
    for _ in 0..1_000 {
        let mut socket = tokio::net::TcpStream::connect(&address).await.expect("a socket");
        socket.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.expect("written");
        sockets.push(socket);
    }
    let other = portal.browser();
    for probe in 0..50 {
        if let Some(socket) = sockets.get_mut(probe * 20) {
            let _ = socket.write_all(b"a").await;
        }
        assert_eq!(other.get("/help").await.status, StatusCode::OK, "probe {probe}");
    }
    assert_eq!(sockets.len(), 1_000, "they were there all the time");
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_a_body_without_end_and_a_million_names_are_refused() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    let form = "application/x-www-form-urlencoded";
    let read = pushed_until_cut(&portal.base).await;
    assert!(read < 64 * 1024 * 1024, "{read} bytes went out before it ended");
    let names: String = (0..1u32 << 20).map(|n| format!("n{n}&")).collect();
    let many = browser.request(Method::POST, "/language").header(header::CONTENT_TYPE, form).body(names);
    let refused = many.send().await.map(|answer| answer.status());
    assert!(refused.is_err() || refused.is_ok_and(|status| status.is_client_error()));
    let few: String = (0..500).map(|n| format!("n{n}=&")).collect();
    let few = browser.request(Method::POST, "/language").header(header::CONTENT_TYPE, form).body(few);
    assert_eq!(browser.send(few).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(browser.get("/help").await.status, StatusCode::OK, "and others are served");
}

/// Sends a body that would come to ten gigabytes, a piece at a time: how much went out before the line was cut.
async fn pushed_until_cut(base: &str) -> usize {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let address = base.trim_start_matches("http://").replace("localhost", "127.0.0.1");
    let mut socket = tokio::net::TcpStream::connect(address).await.expect("a socket");
    let head = "POST /language HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\
        Content-Type: application/x-www-form-urlencoded\r\n\r\n";
    socket.write_all(head.as_bytes()).await.expect("written");
    let chunk = [b"10000\r\n".as_slice(), &[b'a'; 0x10000], b"\r\n"].concat();
    let (mut reader, mut writer) = socket.into_split();
    let push = async move {
        let mut sent = 0;
        while sent < 10_000_000_000 && writer.write_all(&chunk).await.is_ok() {
            sent += 0x10000;
        }
        sent
    };
    let answer = async move {
        let mut first = [0; 12];
        reader.read_exact(&mut first).await.ok();
        String::from_utf8_lossy(&first).into_owned()
    };
    let push = tokio::spawn(push);
    assert_eq!(answer.await, "HTTP/1.1 413", "it is told as soon as it is too much");
    // The server reads no more: what is under way fills the line, and then nothing moves.
    let cut = tokio::time::timeout(std::time::Duration::from_secs(20), push).await;
    cut.map_or(0, |sent| sent.unwrap_or(0))
}

/// What is guessed and what is secret never shrink together: no page is compressed.
#[tokio::test(flavor = "multi_thread")]
async fn t26_no_page_of_a_person_is_compressed() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    for path in ["/my", "/visits", "/visits/apply/whom", "/my/contact", "/visits/book"] {
        let request = browser.request(Method::GET, path).header(header::ACCEPT_ENCODING, "gzip, br");
        let page = browser.send(request).await;
        assert_eq!((page.status, page.header("content-encoding")), (StatusCode::OK, ""), "{path}");
    }
}
