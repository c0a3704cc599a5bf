//! The machines' provider as a sender sees it: an assertion becomes a token once, and only if all of it is right.

#![allow(clippy::expect_used, reason = "a test may stop where it stands")]

use std::sync::Arc;

use axum::body::Body;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use testid::{Key, Machine, MachineConfig, assertion, bound_assertion, machine_router};
use tower::ServiceExt;

const NOON: i64 = 1_788_256_800;
const ISSUER: &str = "http://localhost:3000/testid/machine/";
const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const SCOPE: &str = "kriminalomsorg:varde/custody.write";

struct World {
    router: axum::Router,
    key: Key,
}

impl World {
    fn new() -> Self {
        let key = Key::generate().expect("it stands");
        let machine = Machine {
            id: "koda".into(),
            keys: vec![key.jwk()],
            consumer: "0192:911830868".into(),
            scopes: vec![SCOPE.into(), "other".into()],
        };
        let router = machine_router(MachineConfig {
            issuer: ISSUER.into(),
            machines: vec![machine],
            clock: Arc::new(|| NOON),
            random: Arc::new(|bytes| bytes.fill(7)),
            key: Key::generate().expect("it stands"),
        });
        Self { router, key }
    }

    async fn ask(&self, request: Request<Body>) -> (StatusCode, Value) {
        let answer = self.router.clone().oneshot(request).await.expect("it stands");
        let status = answer.status();
        let body = answer.into_body().collect().await.expect("it stands").to_bytes();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    async fn exchange(&self, grant: &str, assertion: &str) -> (StatusCode, Value) {
        let body = format!("grant_type={}&assertion={assertion}", grant.replace(':', "%3A"));
        let form = Request::post("/token").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(form.body(Body::from(body)).expect("it stands")).await
    }

    async fn get(&self, path: &str) -> Value {
        self.ask(Request::get(path).body(Body::empty()).expect("it stands")).await.1
    }
}

#[tokio::test]
async fn an_assertion_becomes_a_token_that_names_the_organisation() {
    let world = World::new();
    let metadata = world.get("/.well-known/oauth-authorization-server").await;
    assert_eq!(metadata["issuer"], ISSUER);
    assert_eq!(metadata["jwks_uri"], "http://localhost:3000/testid/machine/jwks");
    let made = assertion(&world.key, "koda", ISSUER, SCOPE, NOON, "1");
    let (status, answer) = world.exchange(GRANT, &made).await;
    assert_eq!((status, &answer["scope"]), (StatusCode::OK, &Value::from(SCOPE)));
    let keys: JwkSet = serde_json::from_value(world.get("/jwks").await).expect("it stands");
    let mut checks = Validation::new(Algorithm::RS256);
    checks.validate_exp = false;
    let key = DecodingKey::from_jwk(&keys.keys[0]).expect("it stands");
    let token =
        jsonwebtoken::decode::<Value>(answer["access_token"].as_str().expect("it stands"), &key, &checks)
            .unwrap();
    assert_eq!(token.claims["consumer"]["ID"], "0192:911830868");
    assert_eq!(token.claims["exp"], NOON + 120);
    assert_eq!(token.claims["client_id"], "koda");
}

#[tokio::test]
async fn whatever_is_wrong_with_an_assertion_gives_no_token() {
    let world = World::new();
    let stranger = Key::generate().expect("it stands");
    let made = |key, client, issuer, scope, at, jti| assertion(key, client, issuer, scope, at, jti);
    let table = [
        ("authorization_code", made(&world.key, "koda", ISSUER, SCOPE, NOON, "a"), "unsupported_grant_type"),
        (GRANT, "a.b.c".to_owned(), "invalid_grant"),
        (GRANT, made(&stranger, "koda", ISSUER, SCOPE, NOON, "b"), "invalid_grant"),
        (GRANT, made(&world.key, "someone", ISSUER, SCOPE, NOON, "c"), "invalid_grant"),
        (
            GRANT,
            made(&world.key, "koda", "http://localhost:3000/testid/machine", SCOPE, NOON, "d"),
            "invalid_grant",
        ),
        (GRANT, made(&world.key, "koda", ISSUER, SCOPE, NOON - 11, "e"), "invalid_grant"),
        (GRANT, made(&world.key, "koda", ISSUER, SCOPE, NOON + 11, "f"), "invalid_grant"),
        (GRANT, made(&world.key, "koda", ISSUER, "", NOON, "g"), "invalid_scope"),
        (GRANT, made(&world.key, "koda", ISSUER, "other admin", NOON, "h"), "invalid_scope"),
    ];
    for (grant, assertion, error) in table {
        let (status, answer) = world.exchange(grant, &assertion).await;
        assert_eq!((status, &answer["error"]), (StatusCode::BAD_REQUEST, &Value::from(error)), "{answer}");
    }
    let once = assertion(&world.key, "koda", ISSUER, SCOPE, NOON, "z");
    assert_eq!(world.exchange(GRANT, &once).await.0, StatusCode::OK);
    assert_eq!(world.exchange(GRANT, &once).await.1["error"], "invalid_grant", "used before");
}

#[tokio::test]
async fn what_a_token_is_bound_to_stands_in_it_as_it_was_asked() {
    let world = World::new();
    let made = |jti, details| bound_assertion(&world.key, "koda", ISSUER, SCOPE, NOON, jti, details);
    let one = json!([{ "type": "kriminalomsorg:varde/inmate", "source": "koda", "identifier": "K-1" }]);
    let (status, answer) = world.exchange(GRANT, &made("1", one.clone())).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let token = answer["access_token"].as_str().expect("it stands");
    let keys: JwkSet = serde_json::from_value(world.get("/jwks").await).expect("it stands");
    let key = DecodingKey::from_jwk(&keys.keys[0]).expect("it stands");
    let mut checks = Validation::new(Algorithm::RS256);
    checks.validate_exp = false;
    let claims = jsonwebtoken::decode::<Value>(token, &key, &checks).expect("a token").claims;
    assert_eq!(claims["authorization_details"], one);
    for (jti, wrong) in [("2", json!("K-1")), ("3", json!([{ "identifier": "K-1" }])), ("4", json!(["K-1"]))]
    {
        let answer = world.exchange(GRANT, &made(jti, wrong)).await.1;
        assert_eq!(answer["error"], "invalid_authorization_details");
    }
}
