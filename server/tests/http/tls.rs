//! Behind TLS: what a browser is told to keep to itself and never to send in the clear.

use std::{sync::Arc, time::Duration};

use backend::ctx::{Chance, Clock};
use reqwest::{Client, redirect::Policy};
use server::listener;

use crate::harness::Portal;

const HOME: &str = "https://varde.example";

#[tokio::test(flavor = "multi_thread")]
async fn t03_over_tls_cookies_are_bound_to_the_host_and_the_browser_comes_back_by_tls() {
    // The provider lives elsewhere: nobody answers at the address of this portal.
    let issuer = provider().await;
    let settings = [("VARDE_SERVER__BASE_URL", HOME), ("VARDE_OIDC__CITIZEN__ISSUER", &issuer)];
    let portal = Portal::start_with(&settings).await;
    let client = Client::builder().redirect(Policy::none()).build().expect("a client");
    let post = client
        .post(format!("{}/auth/citizen/start", portal.base))
        .header("host", "varde.example")
        .header("origin", HOME)
        .header("sec-fetch-site", "same-origin")
        .form(&[("return_to", "/my")]);
    let answer = post.send().await.expect("an answer");
    let header = |name: &str| answer.headers().get(name).map_or("", |value| value.to_str().expect("text"));
    assert!(header("location").starts_with(&issuer), "{}", header("location"));
    assert!(header("strict-transport-security").starts_with("max-age="));
    assert!(header("set-cookie").starts_with("__Host-varde_login_citizen="), "{}", header("set-cookie"));
    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(header("set-cookie").contains(part), "{part}");
    }
    assert!(!header("set-cookie").contains("Domain"), "no other host shares it");
}

#[tokio::test(flavor = "multi_thread")]
async fn t03_pages_of_a_person_are_kept_by_nobody() {
    let portal = Portal::start().await;
    let maja = portal.browser();
    maja.sign_in("citizen", "maja", "/my").await;
    for path in ["/my", "/visits", "/visits/book", "/my/contact", "/"] {
        let page = maja.get(path).await;
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
}

/// TestID at an address of its own, for the portal at home.
async fn provider() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let issuer = format!("http://{}", listener.local_addr().expect("an address"));
    let (clock, chance) = (Clock::system(), Chance::system());
    let provider = testid::router(testid::Config {
        issuer: issuer.clone(),
        kind: testid::Kind::Citizen,
        clients: vec![testid::Client {
            id: "varde-citizen".into(),
            secret: Some("demo-only".into()),
            redirect_uris: vec![format!("{HOME}/auth/citizen/callback")],
            ..testid::Client::default()
        }],
        clock: Arc::new(move || clock.now().micros() / 1_000_000),
        random: Arc::new(move |bytes| chance.fill(bytes)),
        post: Arc::new(|_, _| Box::pin(async {})),
        key: testid::Key::generate().expect("a key"),
    });
    tokio::spawn(listener::serve(listener, provider, Duration::from_secs(10), std::future::pending()));
    issuer
}
