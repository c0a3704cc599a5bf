//! The code flow as a relying party and a browser see it.

mod support;

use http::{StatusCode, header};
use serde_json::json;
use support::*;
use testid::{Forgery, Kind};

#[tokio::test]
async fn a_citizen_signs_in_and_out_through_every_endpoint() {
    let world = World::new(Kind::Citizen);
    let wish = [("acr_values", "idporten-loa-substantial"), ("ui_locales", "nn")];
    let redirect = world.choose(&wish, "maja", "substantial").await;
    assert!(redirect.location().starts_with(&format!("{BACK}?code=")));
    assert_eq!(redirect.param("state"), Some("st%26te%3D1"));
    assert_eq!(redirect.param("iss"), Some("http%3A%2F%2Flocalhost%3A3000%2Ftestid%2Fcitizen"));

    let answer = world.token(redirect.param("code").unwrap(), &[]).await;
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let tokens = answer.json();
    assert_eq!(tokens["token_type"], "Bearer");
    let id_token = tokens["id_token"].as_str().unwrap();
    let claims = world.verified(id_token).await;
    assert_eq!(claims["sub"], testid::subject(ISSUER, "varde", "maja"));
    assert_eq!(claims["pid"], "14839121866");
    assert_eq!(claims["acr"], "idporten-loa-substantial");
    assert_eq!(claims["amr"], json!(["TestID"]));
    assert_eq!((&claims["nonce"], &claims["locale"]), (&json!("n-1"), &json!("nn")));
    assert_eq!((&claims["iat"], &claims["auth_time"]), (&json!(NOON), &json!(NOON)));
    assert_eq!(claims["exp"], NOON + 120);
    assert!(claims["sid"].is_string() && claims["jti"].is_string());
    assert!(claims.get("name").is_none(), "ID-porten gives no names");

    let access = tokens["access_token"].as_str().unwrap();
    let info = world.bearer(access).await.json();
    assert_eq!(info, json!({ "sub": claims["sub"], "pid": "14839121866", "locale": "nn" }));

    world.pass_seconds(3_000); // the hint is long past its expiry by now
    let query = form(&[("id_token_hint", id_token), ("post_logout_redirect_uri", AFTER), ("state", "x y")]);
    let out = world.get(&format!("/logout?{query}")).await;
    assert_eq!(out.location(), format!("{AFTER}?state=x%20y"));
}

#[tokio::test]
async fn signing_out_ends_the_access_token_and_is_refused_for_foreign_addresses() {
    let world = World::new(Kind::Citizen);
    let (tokens, _) = world.signed_in(&[], "eirik", "high").await;
    let (hint, access) = (tokens["id_token"].as_str().unwrap(), tokens["access_token"].as_str().unwrap());
    let evil = [("id_token_hint", hint), ("post_logout_redirect_uri", "https://evil.example/")];
    assert_eq!(world.post("/logout", &evil, None).await.status, StatusCode::BAD_REQUEST);
    let no_hint = [("post_logout_redirect_uri", AFTER)];
    assert_eq!(world.post("/logout", &no_hint, None).await.status, StatusCode::BAD_REQUEST);
    let forged = [("id_token_hint", "a.b.c"), ("post_logout_redirect_uri", AFTER)];
    assert_eq!(world.post("/logout", &forged, None).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(world.bearer(access).await.status, StatusCode::OK);
    let out = world.post("/logout", &[("id_token_hint", hint)], None).await;
    assert_eq!(out.status, StatusCode::OK);
    assert_eq!(world.bearer(access).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_relative_with_a_foreign_eid_has_no_number() {
    let world = World::new(Kind::Citizen);
    let wish = [("acr_values", "idporten-loa-substantial eidas-loa-substantial")];
    let (tokens, claims) = world.signed_in(&wish, "luca", "high").await;
    assert!(claims.get("pid").is_none());
    assert_eq!(claims["acr"], "eidas-loa-substantial", "no higher than the eID reaches");
    assert_eq!(claims["amr"], json!(["eIDAS"]));
    assert_eq!(claims["eidas_firstname"], "Luca");
    assert_eq!(claims["eidas_lastname"], "Montefinto");
    assert_eq!(claims["eidas_date_of_birth"], "1986-12-05");
    assert!(claims["eidas_identifier"].as_str().unwrap().starts_with("IT/NO/"));
    let info = world.bearer(tokens["access_token"].as_str().unwrap()).await.json();
    assert!(info.get("pid").is_none());
    let (_, claims) = world.signed_in(&[], "luca", "substantial").await;
    assert_eq!(claims["acr"], "idporten-loa-substantial", "named as eIDAS only to those who asked for it");
}

#[tokio::test]
async fn staff_have_a_name_roles_and_units_and_no_number() {
    let world = World::new(Kind::Staff);
    let (_, claims) = world.signed_in(&[], "petter", "high").await;
    assert_eq!(claims["acr"], "high");
    assert_eq!(claims["name"], "Petter Bekkesol");
    assert_eq!(claims["roles"], json!(["case_officer"]));
    assert_eq!(claims["units"], json!(["lyngmo", "storaasen", "intake"]));
    assert!(claims.get("pid").is_none());
}

#[tokio::test]
async fn the_chosen_level_is_the_one_answered_even_if_another_was_asked_for() {
    let world = World::new(Kind::Citizen);
    let (_, claims) = world.signed_in(&[("acr_values", "idporten-loa-high")], "maja", "low").await;
    assert_eq!(claims["acr"], "idporten-loa-low");
}

#[tokio::test]
async fn a_wrong_pkce_verifier_is_refused_and_spends_the_code() {
    let world = World::new(Kind::Citizen);
    let code = world.code("maja").await;
    let wrong = world.token(&code, &[("code_verifier", &VERIFIER.replace("horse", "mouse"))]).await;
    assert_eq!((wrong.status, wrong.error().as_str()), (StatusCode::BAD_REQUEST, "invalid_grant"));
    assert_eq!(world.token(&code, &[]).await.error(), "invalid_grant");
    let short = world.token(&world.code("maja").await, &[("code_verifier", "short")]).await;
    assert_eq!(short.error(), "invalid_grant");
    let none = world.token(&world.code("maja").await, &[("code_verifier", "")]).await;
    assert_eq!(none.error(), "invalid_request");
}

#[tokio::test]
async fn a_code_works_once_and_its_second_use_ends_the_session() {
    let world = World::new(Kind::Citizen);
    let code = world.code("maja").await;
    let first = world.token(&code, &[]).await.json();
    let access = first["access_token"].as_str().unwrap();
    assert_eq!(world.bearer(access).await.status, StatusCode::OK);
    assert_eq!(world.token(&code, &[]).await.error(), "invalid_grant");
    assert_eq!(world.bearer(access).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_code_is_refused_when_late_for_another_address_or_another_client() {
    let world = World::new(Kind::Citizen);
    let code = world.code("maja").await;
    world.pass_seconds(60);
    assert_eq!(world.token(&code, &[]).await.error(), "invalid_grant");
    let code = world.code("maja").await;
    assert_eq!(world.token(&code, &[("redirect_uri", AFTER)]).await.error(), "invalid_grant");
    let code = world.code("maja").await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
    ];
    let stolen = world.post("/token", &fields, Some(&basic("other", "other"))).await;
    assert_eq!(stolen.error(), "invalid_grant");
}

#[tokio::test]
async fn clients_prove_themselves_by_header_by_body_or_are_public() {
    let world = World::new(Kind::Citizen);
    let wrong = world.post("/token", &[("code", "x")], Some(&basic("varde", "guess"))).await;
    assert_eq!((wrong.status, wrong.error().as_str()), (StatusCode::UNAUTHORIZED, "invalid_client"));
    assert!(wrong.headers.contains_key(header::WWW_AUTHENTICATE));
    assert_eq!(world.post("/token", &[("client_id", "varde")], None).await.error(), "invalid_client");

    let code = world.code("maja").await;
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
        ("client_id", "varde"),
        ("client_secret", "s:e c+ret"),
    ];
    assert_eq!(world.post("/token", &fields, None).await.status, StatusCode::OK);
    let redirect = world.choose(&[("client_id", "public")], "maja", "high").await;
    fields.truncate(4);
    fields[1].1 = redirect.param("code").unwrap();
    fields.push(("client_id", "public"));
    assert_eq!(world.post("/token", &fields, None).await.status, StatusCode::OK);
}

#[tokio::test]
async fn other_grants_and_repeated_parameters_are_refused() {
    let world = World::new(Kind::Citizen);
    let grant = world.token("x", &[("grant_type", "password")]).await;
    assert_eq!(grant.error(), "unsupported_grant_type");
    assert_eq!(world.post("/token", &[("code", "a"), ("code", "b")], None).await.error(), "invalid_request");
    let large = "x".repeat(20_000);
    let answer = world.post("/token", &[("code", large.as_str())], None).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_pushed_request_is_good_once_and_for_its_client_alone() {
    let world = World::new(Kind::Citizen);
    let (basic, fields) = (basic("varde", "s%3Ae+c%2Bret"), asked(&[]));
    assert_eq!(world.post("/par", &fields, None).await.status, StatusCode::UNAUTHORIZED, "who asks?");
    let pushed = world.post("/par", &fields, Some(&basic)).await;
    assert_eq!(pushed.status, StatusCode::CREATED, "{}", pushed.body);
    let uri = pushed.json()["request_uri"].as_str().unwrap().replace(':', "%3A");
    let other = world.get(&format!("/authorize?client_id=other&request_uri={uri}")).await;
    assert_eq!(other.status, StatusCode::BAD_REQUEST, "another client's");
    let pushed = world.post("/par", &fields, Some(&basic)).await;
    let uri = pushed.json()["request_uri"].as_str().unwrap().replace(':', "%3A");
    let path = format!("/authorize?client_id=varde&request_uri={uri}");
    assert!(!world.get(&path).await.request_key().is_empty());
    assert_eq!(world.get(&path).await.status, StatusCode::BAD_REQUEST, "once");
}

#[tokio::test]
async fn a_session_ended_here_is_told_in_a_frame_and_behind_it() {
    let world = World::new(Kind::Citizen);
    let (_, claims) = world.signed_in(&[], "maja", "high").await;
    let sid = claims["sid"].as_str().unwrap();
    assert!(world.get("/sessions").await.body.contains(sid));
    let ended = world.post("/sessions", &[("sid", sid)], None).await;
    assert!(ended.body.contains(&format!("{FRONT}?iss=")) && ended.body.contains(sid), "{}", ended.body);
    let told = world.told();
    assert_eq!((told.len(), told[0].0.as_str()), (1, BEHIND));
    let token = told[0].1.strip_prefix("logout_token=").unwrap();
    let claims = world.verified(token).await;
    assert_eq!((claims["sid"].as_str(), claims["nonce"].as_str()), (Some(sid), None));
    assert!(claims["events"]["http://schemas.openid.net/event/backchannel-logout"].is_object());
    assert_eq!(world.post("/sessions", &[("sid", sid)], None).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_forged_token_is_false_in_one_thing_alone() {
    let world = World::new(Kind::Citizen);
    for forgery in Forgery::ALL {
        let page = world.authorize(&[]).await;
        let fields = [
            ("request", page.request_key()),
            ("persona", "maja"),
            ("level", "high"),
            ("forge", forgery.code()),
        ];
        let redirect = world.post("/authorize", &fields, None).await;
        let tokens = world.token(redirect.param("code").unwrap(), &[]).await.json();
        let token = tokens["id_token"].as_str().unwrap().to_owned();
        let claims = part(&token, 1);
        let (truth, head) = (world.signed_in(&[], "maja", "high").await.1, part(&token, 0));
        let changes = ["aud", "iss", "nonce", "acr", "auth_time"];
        let changed: Vec<&str> = changes.into_iter().filter(|name| claims[name] != truth[name]).collect();
        let expected: &[&str] = match forgery {
            Forgery::Audience => &["aud"],
            Forgery::Issuer => &["iss"],
            Forgery::Nonce => &["nonce"],
            Forgery::Level => &["acr"],
            Forgery::OldLogin => &["auth_time"],
            _ => &[],
        };
        assert_eq!(changed, expected, "{forgery:?}");
        let alg = match forgery {
            Forgery::Unsigned => "none",
            Forgery::PublicKeyAsSecret => "HS256",
            _ => "RS256",
        };
        assert_eq!(head["alg"], alg);
    }
}
