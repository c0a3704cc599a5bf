//! The integration API over HTTP: who may call, what shape a call has, what comes back.

use std::sync::Arc;

use backend::{
    config::{Environment, Maskinporten},
    machine::{Gate, Refusal},
};
use domain::custody::Wire;
use http::header;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::{
    integration::OPERATIONS,
    sender::{self, SenderError},
    simulate::{Pace, simulate},
};
use testid::Key;

use crate::{
    exchange::{DECIDE, Scene, decision, says, target},
    harness::{Portal, client},
};

pub struct Sender {
    pub base: String,
    pub token: String,
}

impl Sender {
    pub async fn of(portal: &Portal) -> Self {
        let token = sender::token(&portal.ctx, &client(), &key(portal)).await.expect("a token");
        Self { base: portal.base.clone(), token }
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let call = client().request(method, format!("{}{path}", self.base)).bearer_auth(&self.token);
        let call = match body {
            Some(body) => call.header(header::CONTENT_TYPE, "application/json").body(body.to_string()),
            None => call,
        };
        answer(call).await
    }
}

pub fn key(portal: &Portal) -> Key {
    let file = portal.ctx.settings.maskinporten.demo_key_file.clone().expect("a file");
    sender::key(&file).expect("a key")
}

pub async fn answer(call: reqwest::RequestBuilder) -> (StatusCode, Value) {
    let answer = call.send().await.expect("an answer");
    let (status, headers) = (answer.status(), answer.headers().clone());
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let text = answer.text().await.expect("a body");
    let body: Value = serde_json::from_str(&text).unwrap_or_default();
    let expected = if status.is_success() { "application/json" } else { "application/problem+json" };
    assert_eq!(kind, expected, "{status} {text}");
    if !status.is_success() {
        assert_eq!(body["status"], status.as_u16(), "{body}");
        assert!(body["code"].is_string() && body["type"].is_string() && body["title"].is_string(), "{body}");
    }
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    (status, body)
}

/// A path with something in its places.
pub fn filled(path: &str) -> String {
    let places = ["{receipt}", "{key}", "{exchange}", "{letter}", "{thread}", "{message}"];
    places.iter().fold(path.to_owned(), |path, place| path.replace(place, "0"))
}

/// What comes back when a body of this size has been announced, before any of it is sent.
async fn announced(koda: &Sender, size: usize) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let address = koda.base.trim_start_matches("http://").replace("localhost", "127.0.0.1");
    let mut socket = tokio::net::TcpStream::connect(address).await.expect("a socket");
    let head = format!(
        "POST /api/v1/custody-events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
        Authorization: Bearer {}\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n",
        koda.token
    );
    socket.write_all(head.as_bytes()).await.expect("written");
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.expect("an answer");
    answer
}

pub fn even() -> Value {
    json!({ "name": "Even Fjellvik", "birth_date": "1990-02-03", "unit": "lyngmo", "since": "2026-01-01T10:00:00+01:00" })
}

pub fn leave(version: u32) -> Value {
    let wire = Wire {
        decision: "2026/17".into(),
        version,
        inmate: "K-1".into(),
        kind: "leave".into(),
        change: "decided".into(),
        at: "2027-01-10T08:00:00+01:00".into(),
        ..Wire::default()
    };
    serde_json::to_value(wire).expect("json")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_case_system_tells_is_taken_and_the_same_again_changes_nothing() {
    let portal = Portal::start().await;
    let koda = Sender::of(&portal).await;
    let put = |body| koda.call(Method::PUT, "/api/v1/inmates/K-1", Some(body));
    assert_eq!(put(even()).await, (StatusCode::CREATED, json!({ "outcome": "created" })));
    assert_eq!(put(even()).await, (StatusCode::OK, json!({ "outcome": "updated" })));
    let orders = json!({ "restrictions": [{ "court_order": "26-1", "kind": "visit_ban", "from": "2026-01-01", "to": "2026-01-05" }] });
    let done = koda.call(Method::PUT, "/api/v1/inmates/K-1/restrictions", Some(orders)).await;
    assert_eq!(done.0, StatusCode::OK);

    let send =
        |events: Value| koda.call(Method::POST, "/api/v1/custody-events", Some(json!({ "events": events })));
    let (status, first) = send(json!([leave(1)])).await;
    assert_eq!((status, &first["results"][0]["outcome"]), (StatusCode::ACCEPTED, &json!("accepted")));
    assert_eq!(send(json!([leave(1)])).await.1, first, "the same answer");
    let mut unknown = leave(2);
    unknown["kind"] = json!("parole");
    let (status, mixed) = send(json!([unknown, leave(3)])).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    assert_eq!(mixed["results"][0]["problem"]["errors"], json!([{ "field": "kind", "code": "unknown" }]));
    assert_eq!(mixed["results"][1]["outcome"], "accepted");
    let receipt = first["results"][0]["receipt"].as_str().expect("a receipt");
    let (status, kept) = koda.call(Method::GET, &format!("/api/v1/custody-events/{receipt}"), None).await;
    assert_eq!((status, &kept["stands"]), (StatusCode::OK, &json!(false)), "a later version stands");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_of_another_shape_is_refused_whole_and_says_where() {
    let portal = Portal::start().await;
    let koda = Sender::of(&portal).await;
    let mut more = leave(1);
    more["victim"] = json!("somebody");
    let mut text = leave(1);
    text["version"] = json!("1");
    let table = [
        (json!({ "events": [] }), "events"),
        (json!({ "events": vec![leave(1); 1_001] }), "events"),
        (json!({ "events": [more] }), "events[0].victim"),
        (json!({ "events": [text] }), "events[0].version"),
        (json!([[leave(1)]]), "."),
        (
            json!({ "events": [["2026/17", 1, "K-1", "leave", "decided", "2027-01-10T08:00:00+01:00"]] }),
            "events[0]",
        ),
    ];
    for (body, field) in table {
        let (status, problem) = koda.call(Method::POST, "/api/v1/custody-events", Some(body)).await;
        assert_eq!((status, &problem["code"]), (StatusCode::BAD_REQUEST, &json!("malformed")));
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    let plain =
        client().post(format!("{}/api/v1/custody-events", portal.base)).bearer_auth(&koda.token).body("{}");
    assert_eq!(answer(plain).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let large = announced(&koda, 5 * 1024 * 1024).await;
    assert!(large.starts_with("HTTP/1.1 413") && large.contains("application/problem+json"), "{large}");
    let (status, problem) = koda
        .call(
            Method::PUT,
            "/api/v1/inmates/K-1",
            Some(json!({ "name": "", "birth_date": "x", "unit": "lyngmo", "since": "x" })),
        )
        .await;
    assert_eq!(
        (status, problem["errors"].as_array().map(Vec::len)),
        (StatusCode::UNPROCESSABLE_ENTITY, Some(3))
    );
    assert_eq!(
        koda.call(Method::DELETE, "/api/v1/custody-events", None).await.0,
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert_eq!(koda.call(Method::GET, "/api/v1/nothing", None).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_calls_without_a_token_that_is_right_in_all_it_says() {
    let portal = Portal::start().await;
    let settings = &portal.ctx.settings.maskinporten;
    let now = portal.ctx.now().micros() / 1_000_000;
    let claims = |name: &str, value: Value| {
        let mut claims = json!({ "iss": settings.issuer, "scope": settings.scope, "iat": now, "exp": now + 120,
            "consumer": { "authority": "iso6523-actorid-upis", "ID": "0192:911830868" } });
        claims[name] = value;
        claims
    };
    let stranger = Key::generate().expect("a key");
    let signed = |claims: Value| stranger.sign(claims.as_object().expect("claims")).expect("a token");
    let good = Sender::of(&portal).await.token;
    let (head, rest) = good.split_once('.').expect("a token");
    let forged = format!("{head}.{}", rest.replace('.', "A."));
    let tokens = [
        String::new(),
        "a.b.c".to_owned(),
        signed(claims("iss", json!(settings.issuer))),
        forged,
        format!("eyJhbGciOiJub25lIn0.{}.", rest.split('.').next().unwrap_or_default()),
    ];
    for token in tokens {
        for (method, path) in OPERATIONS.into_iter().filter(|(_, path)| *path != "/api/openapi.json") {
            let (path, method) = (filled(path), method.parse().expect("a method"));
            let sender = Sender { base: portal.base.clone(), token: token.clone() };
            let (status, problem) = sender.call(method, &path, Some(json!({}))).await;
            assert_eq!(
                (status, &problem["code"]),
                (StatusCode::UNAUTHORIZED, &json!("unauthorized")),
                "{path} {token}"
            );
        }
    }
    let (n,): (i64,) = portal
        .ctx
        .db
        .one("SELECT CAST(COUNT(*) AS BIGINT) FROM custody_source", vec![])
        .await
        .expect("a count");
    assert_eq!(n, 0, "nothing was heard");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_token_opens_only_what_it_was_given_for() {
    let portal = Portal::start().await;
    let (token, now) = (Sender::of(&portal).await.token, portal.ctx.now());
    let own = portal.ctx.settings.maskinporten.clone();
    let gates = [
        (own.clone(), now, None),
        (Maskinporten { senders: "0192:1=x".into(), ..own.clone() }, now, Some(Refusal::Consumer)),
        (Maskinporten { scope: format!("{}.read", own.scope), ..own.clone() }, now, Some(Refusal::Scope)),
        (Maskinporten { audience: "https://varde.no".into(), ..own.clone() }, now, Some(Refusal::Audience)),
        (
            Maskinporten { issuer: own.issuer.trim_end_matches('/').into(), ..own.clone() },
            now,
            Some(Refusal::Unreachable),
        ),
        (own.clone(), now.plus_seconds(131), Some(Refusal::Expired)),
        (own, now.plus_seconds(-20), Some(Refusal::Expired)),
    ];
    for (settings, at, refused) in gates {
        let gate = Gate::new(&settings, &client());
        assert_eq!(gate.admit(Some(&token), at).await.err(), refused, "{settings:?}");
    }
    let gate = Gate::new(&portal.ctx.settings.maskinporten, &client());
    assert_eq!(gate.admit(Some(&token), now).await.map(|caller| caller.source), Ok("koda".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_names_every_operation() {
    let portal = Portal::start().await;
    let served = answer(client().get(format!("{}/api/openapi.json", portal.base))).await.1;
    assert!(served["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let mut described: Vec<(String, String)> = served["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().expect("operations").keys().map(|m| (m.to_uppercase(), path.clone()))
        })
        .collect();
    let mut operations: Vec<(String, String)> = OPERATIONS
        .iter()
        .filter(|(_, path)| *path != "/api/openapi.json")
        .map(|(m, p)| ((*m).to_owned(), (*p).to_owned()))
        .collect();
    described.sort();
    operations.sort();
    assert_eq!(described, operations);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_repeats_and_reorders_is_taken_whole() {
    let portal = Portal::start().await;
    let pace = Pace { seed: 7, inmates: 12, hours: 200, hour_seconds: 0.0, faults: 30 };
    let tally = simulate(&portal.ctx, &client(), &pace).await.expect("it runs to its end");
    assert_eq!((tally.sent, tally.refused), (tally.accepted, 0), "{tally:?}");
    let (events,): (i64,) = portal
        .ctx
        .db
        .one("SELECT CAST(COUNT(*) AS BIGINT) FROM custody_event", vec![])
        .await
        .expect("a count");
    assert!((100..tally.sent as i64).contains(&events), "{events} of {tally:?}: some came twice");
    let stale = "SELECT CAST(COUNT(*) AS BIGINT) FROM custody_decision d JOIN custody_event e ON e.decision_id = d.id \
        WHERE e.version > d.version";
    let (stale,): (i64,) = portal.ctx.db.one(stale, vec![]).await.expect("a count");
    assert_eq!(stale, 0, "the highest version stands");
}

#[tokio::test(flavor = "multi_thread")]
async fn production_has_no_sender_of_its_own() {
    let portal = Portal::start().await;
    assert!(sender::own(&portal.ctx).is_ok());
    let mut ctx = portal.ctx.clone();
    Arc::make_mut(&mut ctx.settings).environment = Environment::Production;
    assert!(matches!(sender::own(&ctx), Err(SenderError::NotDemo)));
}

#[tokio::test(flavor = "multi_thread")]
async fn inmates_open_what_comes_and_answer_it_while_the_service_goes_on() {
    let scene = Scene::on(Portal::start_standing().await).await;
    scene.sent("Hei Even").await;
    let (_, letter) = scene.opened().await;
    let about = target(&letter);
    scene.mari.post(DECIDE, &decision(&about, &[("outcome", "release")])).await;
    scene.tick();
    let pace = Pace { seed: 7, inmates: 1, hours: 24, hour_seconds: 0.0, faults: 0 };
    let tally = simulate(&scene.portal.ctx, &client(), &pace).await.expect("it runs to its end");
    assert_eq!((tally.opened, tally.answered), (1, 1), "{tally:?}");
    says(&scene.maja.get(&scene.path("")).await, &["Lest "]);
    says(&scene.opened().await.1, &["Even Fjellvik til Maja Fjellvik"]);
    let again = simulate(&scene.portal.ctx, &client(), &pace).await.expect("it runs to its end");
    assert_eq!((again.opened, again.answered), (0, 0), "begun anew it says nothing twice");
}
