//! Behind TLS: what a browser is told to keep to itself and never to send in the clear.

use reqwest::{Client, redirect::Policy};

use crate::harness::Portal;

const HOME: &str = "https://varde.example";

#[tokio::test(flavor = "multi_thread")]
async fn t03_over_tls_cookies_are_bound_to_the_host_and_the_browser_comes_back_by_tls() {
    // The provider lives in another portal: nobody answers at the address of this one.
    let provider = Portal::start().await;
    let issuer = format!("{}/testid/citizen", provider.base);
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
