//! Signing in through a provider that is not ours: npm's oidc-provider, certified by the OpenID Foundation. What TestID
//! and Varde might agree on by mistake is found here. It runs with `node`; `npm ci` brings it.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
};

use reqwest::StatusCode;

use crate::harness::{Browser, Page, Portal};

/// The provider's process; it ends with the test.
struct Provider {
    child: Child,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Provider {
    fn start(port: u16, base: &str, keys: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut child = Command::new("node")
            .arg("end2end/provider.mjs")
            .current_dir(root)
            .envs([("PORT", port.to_string().as_str()), ("BASE", base), ("KEYS", keys), ("NO_COLOR", "1")])
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let ready = lines.map_while(Result::ok).any(|line| line == "ready");
        let provider = Self { child };
        assert!(ready, "the provider starts; has `npm ci` been run?");
        provider
    }
}

/// A portal whose two entrances lead to that provider: the citizens' by key, the staff's by secret.
async fn start() -> (Portal, Provider, tempfile::TempDir) {
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let folder = tempfile::tempdir().expect("a folder");
    let key = folder.path().join("client.pem");
    std::fs::write(&key, testid::Key::generate_pem().expect("a key")).expect("written");
    let issuer = format!("http://localhost:{port}");
    let portal = Portal::start_with(&[
        ("VARDE_OIDC__CITIZEN__ISSUER", &issuer),
        ("VARDE_OIDC__CITIZEN__SIGNING_KEY_FILES", &key.display().to_string()),
        ("VARDE_OIDC__STAFF__ISSUER", &issuer),
        ("VARDE_OIDC__STAFF__CLIENT_SECRET", "a secret with + and : in it, long enough"),
    ])
    .await;
    let keys = portal.browser().get("/auth/citizen/jwks.json").await.text;
    let provider = Provider::start(port, &portal.base, &keys);
    (portal, provider, folder)
}

/// Chooses a person at the provider; gives the portal's answer to what came back.
async fn choose(portal: &Portal, browser: &Browser, authorize: &str, form: &[(&str, &str)]) -> Page {
    let origin = authorize.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let asked = browser.get(authorize).await;
    let choice = format!("{origin}{}", asked.location());
    let chosen = browser.post(&choice, form).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.text);
    let back = browser.get(chosen.location()).await;
    assert!(back.location().starts_with(&portal.base), "{} {}", back.location(), back.text);
    browser.get(back.location()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_by_key_and_an_officer_by_secret_sign_in_through_another_provider() {
    let (portal, _provider, _keys) = start().await;
    let maja = portal.browser();
    let authorize = maja.start_sign_in("citizen", "/my").await;
    assert!(authorize.contains("request_uri="), "it was pushed: {authorize}");
    let landed = choose(&portal, &maja, &authorize, &[("person", "maja")]).await;
    assert_eq!(landed.location(), "/my", "{}", landed.text);
    assert!(maja.get("/my").await.text.contains("Maja Fjellvik"));

    let henrik = portal.browser();
    let authorize = henrik.start_sign_in("staff", "/staff").await;
    let landed = choose(&portal, &henrik, &authorize, &[("person", "henrik")]).await;
    assert_eq!(landed.location(), "/staff", "{}", landed.text);
    assert!(henrik.get("/staff").await.text.contains("Henrik Moengen"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_what_another_provider_gives_at_a_lower_level_opens_nothing() {
    let (portal, _provider, _keys) = start().await;
    let browser = portal.browser();
    let authorize = browser.start_sign_in("citizen", "/my").await;
    let landed =
        choose(&portal, &browser, &authorize, &[("person", "maja"), ("acr", "idporten-loa-low")]).await;
    assert!(landed.location().contains("problem=level"), "{}", landed.location());
    assert!(browser.cookie("varde_citizen").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_sign_in_is_asked_for_though_the_provider_remembers_her() {
    let (portal, _provider, _keys) = start().await;
    let browser = portal.browser();
    let authorize = browser.start_sign_in("citizen", "/my").await;
    choose(&portal, &browser, &authorize, &[("person", "maja")]).await;
    let again = browser.start_sign_in("citizen", "/my").await;
    let silent = browser.get(&again).await;
    assert!(silent.location().starts_with(&portal.base), "the provider remembers her: {}", silent.location());
    let fresh = browser.start_with("citizen", &[("return_to", "/my"), ("fresh", "yes")]).await;
    let landed = choose(&portal, &browser, &fresh, &[("person", "maja")]).await;
    assert_eq!(landed.location(), "/my", "{}", landed.text);
    let (fresh,): (Option<i64>,) = portal
        .ctx
        .db
        .one("SELECT fresh_at FROM session WHERE closed_at IS NULL", vec![])
        .await
        .expect("one session");
    assert!(fresh.is_some(), "it is noted");
}

#[tokio::test(flavor = "multi_thread")]
async fn t07_signing_out_at_another_provider_is_told_behind_the_browser() {
    let (portal, _provider, _keys) = start().await;
    let (browser, elsewhere) = (portal.browser(), portal.browser());
    let authorize = browser.start_sign_in("citizen", "/my").await;
    choose(&portal, &browser, &authorize, &[("person", "maja")]).await;
    let token = browser.cookie("varde_citizen").expect("a session");
    elsewhere.set_cookie("varde_citizen", &token);
    assert_eq!(elsewhere.get("/my").await.status, StatusCode::OK);

    let origin = authorize.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let asked = browser.get(&format!("{origin}/session/end")).await;
    let confirm = format!("{origin}/session/end/confirm");
    let form = [("xsrf", asked.hidden_loose("xsrf")), ("logout", "yes".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = browser.post(&confirm, &form).await;
    assert!(done.status.is_redirection() || done.status.is_success(), "{} {}", done.status, done.text);
    assert_eq!(elsewhere.get("/my").await.status, StatusCode::SEE_OTHER, "told behind the browser");
    assert_eq!(portal.audited("sign_out_at_provider", "citizen").await, 1);
}
