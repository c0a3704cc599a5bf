//! What is open hears that there is something new: of one's own alone, no words, and no longer than the session.

use std::time::Duration;

use reqwest::{Response, StatusCode};

use crate::{
    exchange::{DECIDE, Scene, WORDS, decision, target},
    harness::Browser,
};

const PATIENCE: Duration = Duration::from_secs(20);

/// Where the page of her letters would listen.
async fn address(scene: &Scene) -> String {
    // Without the site's files a page has no script, and says nothing of it.
    let page = scene.maja.get(&scene.path("")).await;
    assert!(!page.text.contains("data-live"), "a page without script does not listen");
    format!("{}/live", scene.path(""))
}

async fn listen(browser: &Browser, path: &str) -> Response {
    let request = browser.request(reqwest::Method::GET, path);
    tokio::time::timeout(PATIENCE, request.send()).await.expect("an answer in time").expect("an answer")
}

/// All that the stream says until it ends.
async fn heard(stream: Response) -> String {
    assert_eq!(stream.status(), StatusCode::OK);
    let kind = stream.headers().get("content-type").expect("a kind").to_str().expect("text").to_owned();
    assert!(kind.starts_with("text/event-stream"), "{kind}");
    tokio::time::timeout(PATIENCE, stream.text()).await.expect("it ends").expect("text")
}

async fn mark(scene: &Scene) -> i64 {
    let sql = "SELECT CAST(COUNT(*) * 10 AS BIGINT) FROM letter";
    scene.count(sql).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_let_through_is_heard_and_nothing_is_said_of_it() {
    let scene = Scene::with(&[("VARDE_LIMITS__LIVE_SECONDS", "1")]).await;
    scene.sent(WORDS).await;
    let path = address(&scene).await;
    let seen = mark(&scene).await;
    let stream = listen(&scene.maja, &format!("{path}?seen={seen}")).await;
    let (_, letter) = scene.opened().await;
    let about = target(&letter);
    scene.mari.post(DECIDE, &decision(&about, &[("outcome", "release")])).await;
    let said = heard(stream).await;
    assert_eq!(said.trim().lines().map(str::trim).collect::<Vec<_>>(), ["event: new", "data: 1"], "{said}");
    // What came between the page and the stream is heard at once.
    let late = heard(listen(&scene.maja, &format!("{path}?seen={seen}")).await).await;
    assert!(late.contains("event: new"), "{late}");
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_nobody_listens_to_what_is_anothers() {
    let scene = Scene::new().await;
    scene.sent(WORDS).await;
    let none = "1".repeat(26);
    let stranger = scene.portal.browser();
    stranger.sign_in("citizen", "ingrid", "/my").await;
    let thread = "/api/messages/new";
    let key = scene.maja.get("/messages/new").await.hidden("key");
    let form = [
        ("key", key.as_str()),
        ("unit", "lyngmo"),
        ("topic", "other"),
        ("words", "Hei"),
        ("about", ""),
        ("draft", ""),
    ];
    let begun = scene.maja.post(thread, &form).await.location().to_owned();
    let begun = begun.split('?').next().expect("a path").to_owned();
    for path in [scene.path(""), begun] {
        let own = listen(&scene.maja, &format!("{path}/live?seen=-1")).await;
        assert!(heard(own).await.contains("event: new"), "{path}");
        for at in [path.clone(), path.replace(path.rsplit('/').next().expect("an id"), &none)] {
            let page = stranger.get(&format!("{at}/live?seen=-1")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{at}");
        }
        let (real, other) = (
            stranger.get(&format!("{path}/live")).await,
            stranger
                .get(&format!("{}/live", path.replace(path.rsplit('/').next().expect("an id"), &none)))
                .await,
        );
        assert_eq!(real.text.len(), other.text.len(), "{path}");
        let nobody = scene.portal.browser().get(&format!("{path}/live")).await;
        assert_eq!(nobody.status, StatusCode::SEE_OTHER, "the way to the sign-in");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_with_the_session_and_makes_it_no_longer() {
    let scene = Scene::with(&[("VARDE_LIMITS__LIVE_SECONDS", "1")]).await;
    scene.sent(WORDS).await;
    let path = format!("{}/live?seen={}", scene.path(""), mark(&scene).await);
    let out = listen(&scene.maja, &path).await;
    let seen = "SELECT CAST(MAX(seen_at) AS BIGINT) FROM session WHERE area = 'citizen'";
    let before = scene.count(seen).await;
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert_eq!(scene.count(seen).await, before, "listening is no activity");
    scene.maja.post("/auth/citizen/sign-out", &[]).await;
    assert!(heard(out).await.contains("event: end"));

    let scene = Scene::with(&[("VARDE_LIMITS__LIVE_SECONDS", "1")]).await;
    scene.sent(WORDS).await;
    let path = format!("{}/live?seen={}", scene.path(""), mark(&scene).await);
    let idle = listen(&scene.maja, &path).await;
    scene.portal.wait_minutes(scene.portal.ctx.settings.session.idle_minutes + 1);
    assert!(heard(idle).await.contains("event: end"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_session_listens_to_so_much_and_what_is_left_is_free_again() {
    let scene = Scene::with(&[("VARDE_LIMITS__LIVE_SECONDS", "1"), ("VARDE_LIMITS__LIVE_EACH", "2")]).await;
    scene.sent(WORDS).await;
    let path = format!("{}/live?seen={}", scene.path(""), mark(&scene).await);
    let one = listen(&scene.maja, &path).await;
    let two = listen(&scene.maja, &path).await;
    assert_eq!((one.status(), two.status()), (StatusCode::OK, StatusCode::OK));
    assert_eq!(
        listen(&scene.maja, &path).await.status(),
        StatusCode::NO_CONTENT,
        "and the page is as it was"
    );
    drop(one);
    let mut again = StatusCode::NO_CONTENT;
    for _ in 0..40 {
        again = listen(&scene.maja, &path).await.status();
        if again == StatusCode::OK {
            break;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    assert_eq!(again, StatusCode::OK, "a line that is gone holds no place");
}
