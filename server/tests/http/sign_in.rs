//! Signing in through the provider that ships with the demo, and what must not work.

use reqwest::StatusCode;
use testid::Forgery;

use crate::harness::Portal;

const FAILED: &str = "/sign-in?outcome=failed&problem=";

async fn journey(portal: &Portal) {
    let browser = portal.browser();
    let page = browser.get("/my").await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/sign-in?return_to=/my"));
    let landed = browser.sign_in("citizen", "maja", "/help").await;
    assert_eq!((landed.status, landed.location()), (StatusCode::SEE_OTHER, "/help"), "where they were going");
    assert!(browser.cookie("varde_login_citizen").is_none(), "the attempt is over");
    let my = browser.get("/my").await;
    assert_eq!(my.status, StatusCode::OK);
    assert!(my.text.contains("Maja Fjellvik"), "the name stands on the page");
    assert_eq!(portal.audited("sign_in", "citizen").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relative_signs_in_and_lands_where_she_was_going() {
    journey(&Portal::start().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relative_signs_in_on_postgres_too() {
    if let Some(portal) = Portal::start_on_postgres().await {
        journey(&portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_a_norwegian_number_signs_in() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "luca", "/my").await;
    assert!(browser.get("/my").await.text.contains("Luca Montefinto"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_areas_live_beside_each_other_and_never_merge() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    browser.sign_in("staff", "henrik", "/staff").await;
    assert!(browser.cookie("varde_staff").is_some());
    assert_eq!(
        browser.get("/my").await.status,
        StatusCode::SEE_OTHER,
        "staff are nobody in the citizens' area"
    );
    browser.sign_in("citizen", "maja", "/my").await;
    assert!(browser.cookie("varde_staff").is_some() && browser.cookie("varde_citizen").is_some());
    browser.post("/auth/staff/sign-out", &[]).await;
    assert_eq!(browser.get("/my").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn t04_signing_in_makes_a_new_session_and_signing_out_ends_it() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    browser.set_cookie("varde_citizen", "chosen-by-somebody-else");
    browser.sign_in("citizen", "maja", "/my").await;
    let first = browser.cookie("varde_citizen").expect("a session");
    assert_ne!(first, "chosen-by-somebody-else");
    browser.sign_in("citizen", "maja", "/my").await;
    let second = browser.cookie("varde_citizen").expect("a session");
    assert_ne!(first, second);
    let replay = portal.browser();
    replay.set_cookie("varde_citizen", &first);
    assert_eq!(replay.get("/my").await.status, StatusCode::SEE_OTHER, "the old one is dead");
    let out = browser.post("/auth/citizen/sign-out", &[]).await;
    assert!(out.location().contains("/testid/citizen/logout"), "{}", out.location());
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    // Of staff only what is no page: marks of the gate that are not sent yet have to stay.
    let desk = portal.browser();
    desk.sign_in("staff", "geir", "/staff").await;
    assert_eq!(desk.post("/auth/staff/sign-out", &[]).await.header("clear-site-data"), "\"cache\"");
    replay.set_cookie("varde_citizen", &second);
    assert_eq!(replay.get("/my").await.status, StatusCode::SEE_OTHER, "signed out is signed out");
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_level_below_the_one_asked_for_is_refused() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    let authorize = browser.start_sign_in("citizen", "/my").await;
    let callback = browser.choose("citizen", &authorize, "maja", "low").await;
    let page = browser.get(&callback).await;
    assert_eq!(page.location(), format!("{FAILED}level"));
    assert!(browser.cookie("varde_citizen").is_none());
    assert_eq!(portal.audited("sign_in_refused", "oidc.level_too_low").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn t06_a_code_or_state_of_another_browser_opens_nothing() {
    let portal = Portal::start().await;
    let (attacker, victim) = (portal.browser(), portal.browser());
    let authorize = attacker.start_sign_in("citizen", "/my").await;
    let stolen = attacker.choose("citizen", &authorize, "eirik", "high").await;
    assert_eq!(victim.get(&stolen).await.location(), format!("{FAILED}expired"), "no attempt of hers");
    victim.start_sign_in("citizen", "/my").await;
    assert_eq!(victim.get(&stolen).await.location(), format!("{FAILED}expired"), "another state");
    assert!(victim.cookie("varde_citizen").is_none());
    assert!(portal.audited("sign_in_refused", "sign_in.wrong_state").await >= 1);
    assert_eq!(attacker.get(&stolen).await.location(), "/my");
    assert_eq!(attacker.get(&stolen).await.location(), format!("{FAILED}expired"), "once is all");
}

#[tokio::test(flavor = "multi_thread")]
async fn t07_the_provider_ends_a_session_without_our_cookie() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    let (issuer, sid): (String, String) = portal
        .ctx
        .db
        .one("SELECT issuer, sid FROM session WHERE closed_at IS NULL", vec![])
        .await
        .expect("a session");
    let frame = portal.browser();
    frame.get(&format!("/auth/citizen/front-channel?iss=https://evil.example&sid={sid}")).await;
    assert_eq!(browser.get("/my").await.status, StatusCode::OK, "another issuer is ignored");
    for _ in 0..2 {
        let page = frame.get(&format!("/auth/citizen/front-channel?iss={issuer}&sid={sid}")).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    assert_eq!(browser.get("/my").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn t08_another_person_in_the_same_browser_finds_nothing_of_the_first() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    let first = browser.cookie("varde_citizen").expect("a session");
    browser.sign_in("citizen", "eirik", "/my").await;
    let page = browser.get("/my").await;
    assert!(page.text.contains("Eirik Fjellvik") && !page.text.contains("Maja Fjellvik"));
    browser.set_cookie("varde_citizen", &first);
    assert_eq!(browser.get("/my").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_led_to_another_site_after_signing_in() {
    let portal = Portal::start().await;
    for elsewhere in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let landed = portal.browser().sign_in("citizen", "maja", elsewhere).await;
        assert_eq!(landed.location(), "/my", "{elsewhere}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_synthetic_number_is_refused_where_it_is_not_allowed() {
    let portal = Portal::start_with(&[("VARDE_IDENTITY__SYNTHETIC_NUMBERS", "false")]).await;
    let page = portal.browser().sign_in("citizen", "maja", "/my").await;
    assert_eq!(page.location(), format!("{FAILED}not-allowed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_away_is_said_so() {
    let portal = Portal::start_with(&[("VARDE_OIDC__CITIZEN__ISSUER", "http://localhost:9/none")]).await;
    let page = portal.browser().post("/auth/citizen/start", &[("return_to", "/my")]).await;
    assert_eq!(page.location(), format!("{FAILED}unreachable"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_each_lie_of_the_provider_is_refused_and_has_its_own_trace() {
    let portal = Portal::start().await;
    let table = [
        (Forgery::Audience, "oidc.wrong_audience"),
        (Forgery::Issuer, "oidc.wrong_issuer"),
        (Forgery::Nonce, "oidc.wrong_nonce"),
        (Forgery::Expired, "oidc.expired"),
        (Forgery::Unsigned, "oidc.algorithm"),
        (Forgery::PublicKeyAsSecret, "oidc.algorithm"),
        (Forgery::Level, "oidc.level_too_low"),
        (Forgery::OtherKey, "oidc.signature"),
        (Forgery::OldLogin, "oidc.not_fresh"),
    ];
    assert_eq!(table.len(), Forgery::ALL.len(), "every lie is told here");
    for (forgery, trace) in table {
        let (browser, before) = (portal.browser(), portal.audited("sign_in_refused", trace).await);
        let authorize = browser.start_with("citizen", &[("return_to", "/my"), ("fresh", "yes")]).await;
        let callback = browser.choose_forged("citizen", &authorize, ("maja", "high"), forgery.code()).await;
        let page = browser.get(&callback).await;
        assert!(page.location().contains("outcome=failed"), "{forgery:?}: {}", page.location());
        assert!(browser.cookie("varde_citizen").is_none(), "{forgery:?} opens nothing");
        assert_eq!(portal.audited("sign_in_refused", trace).await, before + 1, "{forgery:?}");
    }
    let sessions = "SELECT CAST(COUNT(*) AS BIGINT) FROM session";
    let (count,): (i64,) = portal.ctx.db.one(sessions, vec![]).await.expect("a count");
    assert_eq!(count, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_of_the_provider_stands_in_no_address() {
    let portal = Portal::start().await;
    let address = portal.browser().start_sign_in("citizen", "/my").await;
    let (_, query) = address.split_once('?').expect("a query");
    let names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    assert_eq!(names, ["client_id", "request_uri"], "it was pushed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_signs_in_instead_of_a_secret_and_can_be_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, testid::Key::generate_pem().expect("a key")).expect("written");
        path.display().to_string()
    };
    let files = [file("new.pem"), file("old.pem")].join(",");
    let key = ("VARDE_OIDC__CITIZEN__SIGNING_KEY_FILES", files.as_str());
    let portal = Portal::start_with(&[key, ("VARDE_OIDC__CITIZEN__CLIENT_SECRET", "not-used")]).await;
    let browser = portal.browser();
    assert_eq!(browser.sign_in("citizen", "maja", "/my").await.location(), "/my");
    let set = browser.get("/auth/citizen/jwks.json").await.text;
    assert_eq!(set.matches("\"kid\"").count(), 2, "both are published: {set}");
    assert!(!set.contains("\"d\""), "and of each the public half alone");
    let staff = browser.get("/auth/staff/jwks.json").await.text;
    assert_eq!(staff, "{\"keys\":[]}", "the other entrance has a secret");
}

#[tokio::test(flavor = "multi_thread")]
async fn t07_the_provider_tells_behind_the_browser_that_a_session_ended() {
    let portal = Portal::start().await;
    let (browser, other) = (portal.browser(), portal.browser());
    browser.sign_in("citizen", "maja", "/my").await;
    other.sign_in("citizen", "eirik", "/my").await;
    let sql =
        "SELECT s.sid FROM session s JOIN person p ON p.id = s.person_id WHERE p.name = 'Maja Fjellvik'";
    let (sid,): (String,) = portal.ctx.db.one(sql, vec![]).await.expect("a session");
    let ended = portal.browser().post("/testid/citizen/sessions", &[("sid", &sid)]).await;
    assert_eq!(ended.status, StatusCode::OK, "{}", ended.text);
    assert_eq!(browser.get("/my").await.status, StatusCode::SEE_OTHER, "hers is over");
    assert_eq!(other.get("/my").await.status, StatusCode::OK, "his is not");
    assert_eq!(portal.audited("sign_out_at_provider", "citizen").await, 1);
    for token in ["", "a.b.c"] {
        let refused = portal.browser().post("/auth/citizen/back-channel", &[("logout_token", token)]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t08_another_person_in_a_live_session_leaves_a_trace() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    browser.sign_in("citizen", "maja", "/my").await;
    assert_eq!(portal.audited("another_person_signed_in", "citizen").await, 0, "the same person again");
    browser.sign_in("citizen", "eirik", "/my").await;
    assert_eq!(portal.audited("another_person_signed_in", "citizen").await, 1);
}
