//! Signing in through the provider that ships with the demo, and what must not work.

use reqwest::StatusCode;

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
    assert_eq!(out.header("clear-site-data"), "\"cache\"");
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
