//! An inmate's own end over the API: what has been let through, receipts, answers, pausing and reporting, and his lawyers'
//! letters; who may call, with which token; and that what is another's is, byte for byte, what does not exist.

use backend::{
    config::Maskinporten,
    ctx::{Citizen, Staff},
    identity::{lawyers, mandates},
    machine::{Binding, Bound, Gate, Refusal},
    messages::{FormKey, counsel},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    access::{Level, Role},
    identity::{MandateKind, NewMandate},
    kernel::{Id, NationalId, Public},
    messages::WrittenForm,
};
use http::header;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::{integration::OPERATIONS, sender};
use testid::Key;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{
    exchange::{DECIDE, Scene, decision, led, says, target},
    harness::{Portal, client},
    integration::{Sender, answer, even, filled, key},
};

const EXCHANGES: &str = "/api/v1/inmate/exchanges";
const LAWYERS: &str = "/api/v1/inmate/lawyers";
const WORDS: &str = "Hei Even.\nHilsen Maja";

/// The self-service system, where this inmate has signed in.
async fn inmate(portal: &Portal, inmate: &str) -> Sender {
    let token = sender::inmate_token(&portal.ctx, &client(), &key(portal), inmate).await.expect("a token");
    Sender { base: portal.base.clone(), token }
}

async fn get(caller: &Sender, path: &str) -> (StatusCode, Value) {
    caller.call(Method::GET, path, None).await
}

async fn post(caller: &Sender, path: &str, body: Value) -> (StatusCode, Value) {
    caller.call(Method::POST, path, Some(body)).await
}

fn fresh(portal: &Portal) -> String {
    let key: FormKey = portal.ctx.chance.public();
    key.to_string()
}

/// His exchange, and the path of it.
async fn exchange(him: &Sender) -> (Value, String) {
    let (status, feed) = get(him, EXCHANGES).await;
    assert_eq!(status, StatusCode::OK, "{feed}");
    let one = feed["exchanges"][0].clone();
    let path = format!("{EXCHANGES}/{}", one["id"].as_str().expect("an id"));
    (one, path)
}

async fn released(scene: &Scene) {
    let (_, letter) = scene.opened().await;
    let about = target(&letter);
    let answer = scene.mari.post(DECIDE, &decision(&about, &[("outcome", "release")])).await;
    led(&scene.mari, &answer).await;
}

async fn on_both_engines(test: impl AsyncFn(Scene)) {
    test(Scene::on(Portal::start_standing().await).await).await;
    if let Some(portal) = Portal::start_standing_on_postgres().await {
        test(Scene::on(portal).await).await;
    }
}

/// A second inmate of the same source, in the same unit.
async fn another(portal: &Portal) -> Sender {
    let koda = Sender::of(portal).await;
    let put = koda.call(Method::PUT, "/api/v1/inmates/K-2", Some(even())).await;
    assert_eq!(put.0, StatusCode::CREATED);
    inmate(portal, "K-2").await
}

#[tokio::test(flavor = "multi_thread")]
async fn her_letter_comes_to_him_is_opened_and_his_answer_comes_back() {
    on_both_engines(async |scene| {
        let portal = &scene.portal;
        let him = inmate(portal, "K-1").await;
        assert_eq!(get(&him, EXCHANGES).await, (StatusCode::OK, json!({ "exchanges": [] })));
        scene.sent(WORDS).await;
        let (one, path) = exchange(&him).await;
        assert_eq!(one["relative"], "Maja Fjellvik");
        assert_eq!(one["letters"], json!([]), "it is in control");
        let writing = &one["writing"];
        assert_eq!(
            (&writing["longest"], &writing["left_this_week"], &writing["controlled"]),
            (&json!(2500), &json!(5), &json!(true))
        );
        released(&scene).await;
        let (one, _) = exchange(&him).await;
        let letter = &one["letters"][0];
        assert_eq!((&letter["words"], &letter["from"]), (&json!(WORDS), &json!("relative")));
        assert_eq!(letter["state"], "released", "reading the feed is no receipt");
        let receipt = format!("/api/v1/inmate/letters/{}/receipt", letter["id"].as_str().expect("an id"));
        for (state, shown) in
            [("delivered", "Levert "), ("read", "Lest "), ("read", "Lest "), ("delivered", "Lest ")]
        {
            let done = post(&him, &receipt, json!({ "state": state })).await;
            assert_eq!(done, (StatusCode::OK, json!({ "outcome": "kept" })), "{state}");
            says(&scene.maja.get(&scene.path("")).await, &[shown]);
        }
        scene.tick();
        let reply = json!({ "key": fresh(portal), "words": "Takk for brevet" });
        let first = post(&him, &format!("{path}/letters"), reply.clone()).await;
        assert_eq!(first.0, StatusCode::CREATED, "{}", first.1);
        assert_eq!(post(&him, &format!("{path}/letters"), reply).await, first, "twice is once");
        let (one, _) = exchange(&him).await;
        assert_eq!(one["letters"].as_array().map(Vec::len), Some(2));
        assert_eq!(
            (&one["letters"][1]["id"], &one["letters"][1]["state"]),
            (&first.1["id"], &json!("in_control"))
        );
        assert_eq!(one["writing"]["left_this_week"], 4);
        let page = scene.maja.get(&scene.path("")).await;
        assert!(!page.text.contains("Takk for brevet"), "his is controlled too");
        released(&scene).await;
        says(&scene.maja.get(&scene.path("")).await, &["Takk for brevet", "Even Fjellvik skrev"]);
        assert_eq!(exchange(&him).await.0["letters"][1]["state"], "read", "he sees that she has read it");
    })
    .await;
}

/// What is said to a post of this length before any of it is sent: whoever sends all of it may be cut off and read nothing.
async fn told_of(base: &str, path: &str, token: &str, length: usize) -> String {
    let host = base.trim_start_matches("http://");
    let mut line = tokio::net::TcpStream::connect(host).await.expect("a line");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    );
    line.write_all(head.as_bytes()).await.expect("written");
    let mut said = vec![0; 64];
    let read = line.read(&mut said).await.expect("an answer");
    String::from_utf8_lossy(&said[..read]).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_too_often_or_of_another_shape_says_so_at_its_field() {
    let scene = Scene::on(Portal::start_standing().await).await;
    let (portal, him) = (&scene.portal, inmate(&scene.portal, "K-1").await);
    scene.sent(WORDS).await;
    let (_, path) = exchange(&him).await;
    let letters = format!("{path}/letters");
    let words = |words: &str| json!({ "key": fresh(portal), "words": words });
    let table = [
        (words(&"ø".repeat(2501)), 422, "fields", "words", "too_long"),
        (words(" \n\u{202e}"), 422, "fields", "words", "empty"),
        (json!({ "key": "1", "words": "Hei" }), 400, "malformed", "key", "form"),
        (json!({ "key": fresh(portal), "words": 1 }), 400, "malformed", "words", "shape"),
        (
            json!({ "key": fresh(portal), "words": "Hei", "inmate": "K-2" }),
            400,
            "malformed",
            "inmate",
            "shape",
        ),
        (json!({ "words": "Hei" }), 400, "malformed", ".", "shape"),
    ];
    for (body, status, code, field, wrong) in table {
        let (got, problem) = post(&him, &letters, body).await;
        assert_eq!((got.as_u16(), &problem["code"]), (status, &json!(code)), "{problem}");
        assert_eq!(problem["errors"], json!([{ "field": field, "code": wrong }]));
    }
    let (status, problem) = post(&him, &format!("{path}/reports"), words(&"ø".repeat(4001))).await;
    assert_eq!((status.as_u16(), &problem["errors"][0]["code"]), (422, &json!("too_long")));
    let side = him.call(Method::PUT, &format!("{path}/side"), Some(json!({ "wish": "never" }))).await;
    assert_eq!((side.0.as_u16(), &side.1["errors"][0]["field"]), (400, &json!("wish")));
    let plain = client().post(format!("{}{letters}", him.base)).bearer_auth(&him.token).body("{}");
    assert_eq!(answer(plain).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let large = told_of(&him.base, &letters, &him.token, 4 * 1024 * 1024 + 1).await;
    assert!(large.starts_with("HTTP/1.1 413 "), "{large}");
    for n in 0..5 {
        assert_eq!(post(&him, &letters, words(&format!("Brev {n}"))).await.0, StatusCode::CREATED);
    }
    assert_eq!(exchange(&him).await.0["writing"]["left_this_week"], 0);
    let (status, problem) = post(&him, &letters, words("Ett til")).await;
    assert_eq!((status.as_u16(), &problem["code"]), (422, &json!("letters_spent")));
    assert_eq!(problem["errors"], json!([{ "field": "exchange", "code": "too_many" }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_a_block_a_ban_and_a_clearance_that_ran_out_are_one_word() {
    on_both_engines(async |scene| {
        let (portal, him) = (&scene.portal, inmate(&scene.portal, "K-1").await);
        scene.sent(WORDS).await;
        released(&scene).await;
        let (_, path) = exchange(&him).await;
        let side = async |wish: &str| {
            let done = him.call(Method::PUT, &format!("{path}/side"), Some(json!({ "wish": wish }))).await;
            assert_eq!(done.0, StatusCode::OK, "{}", done.1);
        };
        let wish = async |wish: &str| {
            scene.maja.post("/api/my/letters/wish", &[("inmate", &scene.even), ("wish", wish)]).await;
        };
        let mut told = vec![];
        let mut closed = async || {
            let one = exchange(&him).await.0;
            assert!(one.get("writing").is_none() && one["letters"] == json!([]), "{one}");
            let body = json!({ "key": fresh(portal), "words": "Hei" });
            let (status, problem) = post(&him, &format!("{path}/letters"), body).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
            told.push(problem);
        };
        for own in ["pause", "block"] {
            side(own).await;
            assert_eq!(exchange(&him).await.0["own_side"], if own == "pause" { "paused" } else { "blocked" });
            closed().await;
            says(&scene.maja.get(&scene.path("")).await, &["vi sier ikke hvilken"]);
            side("open").await;
        }
        wish("pause").await;
        assert_eq!(exchange(&him).await.0["own_side"], "open");
        closed().await;
        wish("open").await;
        let koda = Sender::of(portal).await;
        let ban = json!({ "restrictions": [{ "court_order": "26-1", "kind": "letter_ban", "from": "2026-01-01", "to": "2099-01-05" }] });
        let put = koda.call(Method::PUT, "/api/v1/inmates/K-1/restrictions", Some(ban)).await;
        assert_eq!(put.0, StatusCode::OK, "{}", put.1);
        closed().await;
        let none = json!({ "restrictions": [] });
        koda.call(Method::PUT, "/api/v1/inmates/K-1/restrictions", Some(none)).await;
        portal.run("UPDATE clearance SET valid_to = '2020-01-01'").await;
        closed().await;
        portal.run("UPDATE clearance SET valid_to = '2099-01-01'").await;
        // She gives it up, and he reads what he read when it ran out.
        let leave = scene.maja.get("/visits").await.text;
        let leave = leave.split("/visits/clearances/").nth(1).and_then(|rest| rest.split('"').next());
        scene.maja.post("/api/visits/clearances/give-up", &[("public", leave.expect("her case"))]).await;
        says(&scene.maja.get(&scene.path("")).await, &["vi sier ikke hvilken"]);
        closed().await;
        assert!(told.iter().all(|problem| *problem == told[0]), "{told:?}");
        assert_eq!(told[0]["code"], "exchange_closed");
        let report = json!({ "key": fresh(portal), "words": "Hun truer meg" });
        for _ in 0..2 {
            let done = post(&him, &format!("{path}/reports"), report.clone()).await;
            assert_eq!(done, (StatusCode::CREATED, json!({ "outcome": "kept" })));
        }
        let page = scene.mari.get("/staff/letters/reports").await;
        assert_eq!(page.text.matches("Hun truer meg").count(), 1, "the unit has it, once");
    })
    .await;
}

/// Ingrid, his lawyer, with a mandate registered where he is.
async fn lawyer(scene: &Scene) -> Citizen {
    let ctx = &scene.portal.ctx;
    scene.tick();
    let browser = scene.portal.browser();
    browser.sign_in("citizen", "ingrid", "/my").await;
    let latest =
        "SELECT person_id FROM session WHERE person_id IS NOT NULL ORDER BY opened_at DESC, id DESC LIMIT 1";
    let (person,): (String,) = ctx.db.one(latest, vec![]).await.expect("her session");
    let place = "SELECT s.id, u.id, u.name FROM staff_member s, unit u WHERE s.name = 'Mari Sivglans' AND u.slug = 'lyngmo'";
    let (staff, unit, unit_name): (String, String, String) =
        ctx.db.one(place, vec![]).await.expect("an officer");
    let officer = Staff {
        session: Id::new("test"),
        staff: Id::new(staff),
        name: "Mari Sivglans".into(),
        roles: vec![Role::CaseOfficer],
        units: vec![Id::new(unit)],
        unit_name,
    };
    let today = ctx.now().date();
    let new = NewMandate {
        number: NationalId::parse("23918414622").expect("a number"),
        name: "Ingrid".into(),
        kind: MandateKind::Appointment,
        valid_from: today,
        valid_to: today.plus_days(30),
    };
    let even = Public::parse(&scene.even).expect("an id");
    mandates::register(ctx, &officer, &even, new).await.expect("a write").expect("registered");
    let who = Citizen {
        session: Id::new("test"),
        person: Id::new(person),
        name: "Ingrid".into(),
        level: Level::High,
        fresh_until: None,
        by: None,
    };
    lawyers::freshen(ctx, &who).await.expect("a question");
    who
}

async fn lawyer_writes(scene: &Scene, who: &Citizen, words: &str) {
    scene.tick();
    let even = Public::parse(&scene.even).expect("an id");
    let form = WrittenForm { key: fresh(&scene.portal), words: words.into(), draft: String::new() };
    counsel::write(&scene.portal.ctx, who, &even, &form).await.expect("a write").expect("sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_his_lawyer_writes_is_opened_by_him_alone_and_no_ban_is_in_the_way() {
    on_both_engines(async |scene| {
        let portal = &scene.portal;
        let ingrid = lawyer(&scene).await;
        let him = inmate(portal, "K-1").await;
        assert_eq!(get(&him, LAWYERS).await, (StatusCode::OK, json!({ "lawyers": [] })));
        portal
            .run("INSERT INTO restriction (id, inmate_id, court_order, kind, valid_from, valid_to) SELECT 'r', \
                inmate_id, '26-1', 'letter_ban', '2026-01-01', '2099-01-01' FROM inmate_key WHERE key = 'K-1'")
            .await;
        lawyer_writes(&scene, &ingrid, "Vi møtes i retten").await;
        let (status, feed) = get(&him, LAWYERS).await;
        assert_eq!(status, StatusCode::OK);
        let (one, message) = (&feed["lawyers"][0], &feed["lawyers"][0]["messages"][0]);
        assert_eq!((&message["from"], message.get("delivered_at")), (&json!("lawyer"), None));
        assert_eq!(message["body"], STANDARD.encode("Vi møtes i retten"));
        let id = |of: &Value| of["id"].as_str().expect("an id").to_owned();
        let thread = format!("{LAWYERS}/{}/messages", id(one));
        for state in ["delivered", "read", "read"] {
            let done = post(&him, &format!("{thread}/{}/receipt", id(message)), json!({ "state": state })).await;
            assert_eq!(done, (StatusCode::OK, json!({ "outcome": "kept" })));
        }
        scene.tick();
        let reply = json!({ "key": fresh(portal), "body": STANDARD.encode("Takk") });
        for _ in 0..2 {
            let done = post(&him, &thread, reply.clone()).await;
            assert_eq!(done, (StatusCode::CREATED, json!({ "outcome": "kept" })));
        }
        let even = Public::parse(&scene.even).expect("an id");
        let hers = counsel::counsel(&portal.ctx, &ingrid, &even).await.expect("a read").expect("her client");
        let words: Vec<&str> = hers.messages.iter().map(|message| message.words.as_str()).collect();
        assert_eq!(words, ["Vi møtes i retten", "Takk"]);
        assert!(hers.messages[0].read_at.is_some(), "she sees that he has opened it");
        for (body, field, code) in [
            (json!({ "key": fresh(portal), "body": "ikke base 64!" }), "body", "form"),
            (json!({ "key": fresh(portal), "body": STANDARD.encode([0xff, 0xfe]) }), "body", "form"),
            (json!({ "key": fresh(portal), "body": STANDARD.encode("  ") }), "body", "empty"),
        ] {
            let (status, problem) = post(&him, &thread, body).await;
            assert_eq!((status.as_u16(), &problem["code"]), (422, &json!("fields")));
            assert_eq!(problem["errors"], json!([{ "field": field, "code": code }]));
        }
        // Her mandate ends: she is a stranger, and the thread is not there.
        portal.run("UPDATE mandate SET ended_at = 1").await;
        assert_eq!(get(&him, LAWYERS).await.1, json!({ "lawyers": [] }));
        let late = json!({ "key": fresh(portal), "body": STANDARD.encode("Hei") });
        assert_eq!(post(&him, &thread, late).await.0, StatusCode::NOT_FOUND);
    })
    .await;
}

/// Every call about things of his, with bodies that he could send.
async fn calls(scene: &Scene) -> Vec<(Method, String, Option<Value>)> {
    let him = inmate(&scene.portal, "K-1").await;
    let (one, path) = exchange(&him).await;
    let feed = get(&him, LAWYERS).await.1;
    let id = |of: &Value| of["id"].as_str().expect("an id").to_owned();
    let (thread, message) = (id(&feed["lawyers"][0]), id(&feed["lawyers"][0]["messages"][0]));
    let (words, read) = (json!({ "key": fresh(&scene.portal), "words": "Hei" }), json!({ "state": "read" }));
    let body = json!({ "key": fresh(&scene.portal), "body": STANDARD.encode("Hei") });
    vec![
        (
            Method::POST,
            format!("/api/v1/inmate/letters/{}/receipt", id(&one["letters"][0])),
            Some(read.clone()),
        ),
        (Method::POST, format!("{path}/letters"), Some(words.clone())),
        (Method::PUT, format!("{path}/side"), Some(json!({ "wish": "block" }))),
        (Method::POST, format!("{path}/reports"), Some(words)),
        (Method::POST, format!("{LAWYERS}/{thread}/messages"), Some(body)),
        (Method::POST, format!("{LAWYERS}/{thread}/messages/{message}/receipt"), Some(read)),
    ]
}

/// The answer as it comes, but for the day and the number to quote.
async fn bytes(
    caller: &Sender,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> (u16, Vec<String>, String) {
    let call = client().request(method, format!("{}{path}", caller.base)).bearer_auth(&caller.token);
    let call = match body {
        Some(body) => call.header(header::CONTENT_TYPE, "application/json").body(body.to_string()),
        None => call,
    };
    let answer = call.send().await.expect("an answer");
    let mut headers: Vec<String> = answer
        .headers()
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(n, v)| format!("{n}: {v:?}"))
        .collect();
    headers.sort();
    (answer.status().as_u16(), headers, answer.text().await.expect("text"))
}

/// Another word in the place of every id.
fn unknown(path: &str, word: &str) -> String {
    path.split('/').map(|part| if part.len() == 26 { word } else { part }).collect::<Vec<_>>().join("/")
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_what_is_another_inmates_is_byte_for_byte_what_does_not_exist() {
    on_both_engines(async |scene| {
        let portal = &scene.portal;
        scene.sent(WORDS).await;
        released(&scene).await;
        let ingrid = lawyer(&scene).await;
        lawyer_writes(&scene, &ingrid, "Hemmelig").await;
        let (calls, other) = (calls(&scene).await, another(portal).await);
        for (method, path, body) in &calls {
            let real = bytes(&other, method.clone(), path, body.clone()).await;
            assert_eq!(real.0, 404, "{path}");
            for none in [unknown(path, &"1".repeat(26)), unknown(path, "x")] {
                assert_eq!(bytes(&other, method.clone(), &none, body.clone()).await, real, "{path} {none}");
            }
        }
        assert_eq!(get(&other, EXCHANGES).await.1, json!({ "exchanges": [] }));
        assert_eq!(get(&other, LAWYERS).await.1, json!({ "lawyers": [] }));
        let changed = "SELECT CAST((SELECT COUNT(*) FROM letter WHERE state <> 'released') + (SELECT COUNT(*) FROM \
            exchange_report) + (SELECT COUNT(*) FROM counsel_message WHERE delivered_at IS NOT NULL OR from_lawyer = 0) \
            + (SELECT COUNT(*) FROM exchange WHERE inmate_side <> 'open') AS BIGINT)";
        assert_eq!(scene.count(changed).await, 0, "nothing was touched");
        // Of one who has left, and of one who never was, there is nothing either; it is the same nothing.
        let stranger = inmate(portal, "K-9").await;
        let never = bytes(&stranger, Method::GET, EXCHANGES, None).await;
        assert_eq!(never.0, 404);
        portal.run("UPDATE placement SET ended_at = 1").await;
        let him = inmate(portal, "K-1").await;
        assert_eq!(bytes(&him, Method::GET, EXCHANGES, None).await, never);
        for (method, path, body) in &calls {
            assert_eq!(bytes(&him, method.clone(), path, body.clone()).await.0, 404, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_opens_both_doors_and_no_session_opens_either() {
    let scene = Scene::on(Portal::start_standing().await).await;
    let portal = &scene.portal;
    let (koda, him) = (Sender::of(portal).await, inmate(portal, "K-1").await);
    for (method, path) in OPERATIONS.into_iter().filter(|(_, path)| *path != "/api/openapi.json") {
        let method: Method = method.parse().expect("a method");
        let inmates = path.starts_with("/api/v1/inmate/");
        let (wrong, right) = if inmates { (&koda, &him) } else { (&him, &koda) };
        let (status, problem) = wrong.call(method.clone(), &filled(path), Some(json!({}))).await;
        assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("forbidden")), "{path}");
        let status = right.call(method.clone(), &filled(path), Some(json!({}))).await.0;
        assert!(![401, 403].contains(&status.as_u16()), "{path} {status}");
        // Her controller's session, his relative's session: as nobody.
        let nobody = client().request(method.clone(), format!("{}{}", portal.base, filled(path)));
        let nobody = answer(nobody.body("{}")).await;
        assert_eq!(nobody.0, StatusCode::UNAUTHORIZED);
        for browser in [&scene.mari, &scene.maja] {
            let call = browser.request(method.clone(), &filled(path)).header("sec-fetch-site", "same-origin");
            let page = browser.send(call.form(&[("key", "1")])).await;
            let problem: Value = serde_json::from_str(&page.text).expect("a problem");
            assert_eq!((page.status, problem), nobody, "{path}");
        }
    }
    // Its time runs out.
    portal.wait_minutes(3);
    assert_eq!(get(&him, EXCHANGES).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(get(&inmate(portal, "K-1").await, EXCHANGES).await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_good_for_one_inmate_of_a_source_that_its_organisation_may_speak_for() {
    let portal = Portal::start_standing().await;
    let (own, now) = (portal.ctx.settings.maskinporten.clone(), portal.ctx.now());
    let asked = async |scope: &str, details: Value| {
        let (second, jti) = (now.micros() / 1_000_000, portal.ctx.chance.token());
        let assertion =
            testid::bound_assertion(&key(&portal), "varde-sender", &own.issuer, scope, second, &jti, details);
        let form = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", &assertion)];
        let answer =
            client().post(format!("{}token", own.issuer)).form(&form).send().await.expect("an answer");
        let token: Value = answer.json().await.expect("json");
        token["access_token"].as_str().expect("a token").to_owned()
    };
    let gate = Gate::new(&own, &client());
    let (inmate, both) = (own.inmate_scope.clone(), format!("{} {}", own.scope, own.inmate_scope));
    let one = |source: &str| json!([Binding::new(source, "K-1")]);
    let mut extra = one("koda");
    extra[0]["actions"] = json!(["all"]);
    let table = [
        (&inmate, one("koda"), None),
        (&inmate, json!([]), Some(Refusal::Binding)),
        (&inmate, json!([Binding::new("koda", "K-1"), Binding::new("koda", "K-2")]), Some(Refusal::Binding)),
        (&inmate, one("ek"), Some(Refusal::Binding)),
        (
            &inmate,
            json!([{ "type": "other", "source": "koda", "identifier": "K-1" }]),
            Some(Refusal::Binding),
        ),
        (&inmate, extra, Some(Refusal::Binding)),
        (&own.scope, one("koda"), Some(Refusal::Scope)),
        (&both, one("koda"), Some(Refusal::Scope)),
    ];
    for (scope, details, refused) in table {
        let token = asked(scope, details.clone()).await;
        assert_eq!(gate.admit_inmate(Some(&token), now).await.err(), refused, "{scope} {details}");
    }
    let with_both = asked(&both, one("koda")).await;
    assert_eq!(
        gate.admit(Some(&with_both), now).await.err(),
        Some(Refusal::Scope),
        "one for both is for neither"
    );
    let token = asked(&inmate, one("koda")).await;
    let bound = Bound { source: "koda".into(), key: "K-1".into() };
    assert_eq!(gate.admit_inmate(Some(&token), now).await, Ok(bound));
    let gates = [
        (Maskinporten { vouchers: "0192:1=koda".into(), ..own.clone() }, now, Refusal::Consumer),
        (Maskinporten { vouchers: "0192:911830868=ek".into(), ..own.clone() }, now, Refusal::Binding),
        (Maskinporten { inmate_scope: "another".into(), ..own.clone() }, now, Refusal::Scope),
        (Maskinporten { audience: "https://varde.no".into(), ..own.clone() }, now, Refusal::Audience),
        (own.clone(), now.plus_seconds(131), Refusal::Expired),
        (own.clone(), now.plus_seconds(-20), Refusal::Expired),
    ];
    for (settings, at, refused) in gates {
        let gate = Gate::new(&settings, &client());
        assert_eq!(gate.admit_inmate(Some(&token), at).await, Err(refused), "{settings:?}");
    }
    let claims = json!({ "iss": own.issuer, "scope": inmate, "iat": now.micros() / 1_000_000,
        "exp": now.micros() / 1_000_000 + 120, "consumer": { "ID": "0192:911830868" }, "authorization_details": one("koda") });
    let forged = Key::generate().expect("a key").sign(claims.as_object().expect("claims")).expect("a token");
    assert_eq!(gate.admit_inmate(Some(&forged), now).await, Err(Refusal::UnknownKey));
    assert_eq!(gate.admit_inmate(None, now).await, Err(Refusal::Missing));
}
