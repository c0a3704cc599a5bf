//! T22: what people type is nowhere but where it belongs. Words that occur nowhere else are typed into every form, put
//! into addresses and headers, and made to break; afterwards neither the log at its most talkative nor a temporary
//! file holds one of them, and what is sealed cannot be read in the database's files.

use std::{path::Path, time::Duration};

use backend::{
    args,
    ctx::Ctx,
    visits::booking::testing::{Member, Stage, Whom},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::header;

use crate::{
    process::{Site, alone, client, ended},
    visitor::{post, stage, without_demo},
};

const NAME: &str = "Kanarius Fuglestrand";
/// Synthetic: Tenor's series, month + 80.
const NUMBER: &str = "14839121866";
const EMAIL: &str = "kanari.fugl@eksempel.no";
const PHONE: &str = "98765431";
const NOTE: &str = "kanarinotat om rullestolen";
const IN_ADDRESS: &str = "kanariadresse";

/// What is sealed at rest.
const SEALED: [&str; 4] = [NUMBER, EMAIL, PHONE, NOTE];
/// What no log holds.
const NOWHERE: [&str; 9] =
    [NAME, NUMBER, EMAIL, PHONE, NOTE, IN_ADDRESS, "Fuglestrand", "kanarinotat", "kanari.fugl"];

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push((entry.path().display().to_string(), std::fs::read(entry.path()).unwrap_or_default()));
        }
    }
    found
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

/// What one inside says and what is told of him, over the API: his key, a report, a letter, a message to a lawyer.
async fn said_inside(site: &Site, stage: &Stage, who: &Member, base: &str) {
    let named = "INSERT INTO inmate_key (source, key, inmate_id) SELECT 'koda', $1, id FROM inmate WHERE public_id = $2";
    stage.run(named, args![IN_ADDRESS, &who.inmate]).await;
    let writes = "INSERT INTO exchange (id, public_id, person_id, inmate_id, opened_at) SELECT 'e', $1, $2, id, 1 \
        FROM inmate WHERE public_id = $3";
    let (exchange, key) = ("0".repeat(26), "1".repeat(26));
    stage.run(writes, args![exchange.as_str(), &who.citizen.person, &who.inmate]).await;
    let mut token = site.varde(&["token", "--inmate", IN_ADDRESS]);
    token.env("VARDE_SERVER__BASE_URL", base);
    let (_, said) = ended(token).await;
    let token = said.lines().find(|line| line.starts_with("eyJ")).expect("a token");
    let body = STANDARD.encode(NOTE);
    let calls = [
        (format!("exchanges/{exchange}/reports"), format!(r#"{{"key":"{key}","words":"{NOTE}"}}"#), 201),
        (format!("exchanges/{exchange}/letters"), format!(r#"{{"key":"{key}","words":"{NOTE}"}}"#), 422),
        (format!("exchanges/{exchange}/letters"), format!(r#"{{"key":"{key}","{NOTE}":"{NOTE}"}}"#), 400),
        (format!("exchanges/{IN_ADDRESS}/letters"), format!(r#"{{"key":"{key}","words":"{NOTE}"}}"#), 404),
        (format!("lawyers/{exchange}/messages"), format!(r#"{{"key":"{key}","body":"{body}"}}"#), 404),
    ];
    for (path, body, status) in calls {
        let call = client().post(format!("{base}/api/v1/inmate/{path}")).bearer_auth(token);
        let answer = call.header(header::CONTENT_TYPE, "application/json").body(body).send().await;
        assert_eq!(answer.expect("an answer").status(), status, "{path}");
    }
}

async fn typed_everywhere(site: &Site, ctx: &Ctx, base: &str) {
    let stage: Stage = stage(ctx).await;
    let who = stage.crowd(1, Whom::OneEach).await.remove(0);
    let http = client();
    let born = [("birth_day", "1"), ("birth_month", "1"), ("birth_year", "1970")];
    let forms: Vec<(&str, Vec<(&str, &str)>)> = vec![
        (
            "whom",
            [
                &[("name", NAME), ("number", NUMBER)][..],
                &[("birth_day", ""), ("birth_month", ""), ("birth_year", "")],
            ]
            .concat(),
        ),
        ("whom", [&[("name", NAME), ("number", "kanariadresse")][..], &born].concat()),
        ("relation", vec![("relation", "sibling")]),
        ("contact", vec![("email", EMAIL), ("phone", "1")]),
        ("contact", vec![("email", EMAIL), ("phone", PHONE)]),
        (
            "children",
            [
                &[("name", NAME), ("then", "add")][..],
                &[("birth_day", "3"), ("birth_month", "4"), ("birth_year", "2020")],
            ]
            .concat(),
        ),
        ("needs", vec![("needs[]", "wheelchair"), ("language", ""), ("note", NOTE)]),
        ("police", vec![("read", "yes")]),
        ("submit", vec![]),
    ];
    for (question, form) in forms {
        let answer = post(&http, base, &who, &format!("/api/visits/apply/{question}"), &form).await;
        assert_eq!(answer.expect("an answer").status, 303, "{question}");
    }
    // What no page of ours sends, and what nobody asked for.
    let known = [("email", EMAIL), ("phone", PHONE), ("letters_in", "nb"), ("plain", "")];
    post(&http, base, &who, "/api/my/contact", &known).await.expect("an answer");
    for form in [[("name", NAME), ("name", NAME)], [("note", NOTE), (NAME, "1")]] {
        post(&http, base, &who, "/api/visits/apply/whom", &form).await.expect("an answer");
    }
    for path in [
        format!("/{IN_ADDRESS}"),
        format!("/visits?q={IN_ADDRESS}"),
        format!("/visits/clearances/{IN_ADDRESS}"),
    ] {
        let request = http.get(format!("{base}{path}")).header(header::USER_AGENT, NAME);
        let request = request.header(header::REFERER, format!("{base}/{IN_ADDRESS}"));
        request
            .header(header::COOKIE, format!("varde_citizen={}; x={NOTE}", who.cookie))
            .send()
            .await
            .expect("an answer");
    }
    said_inside(site, &stage, &who, base).await;
    // A write that breaks, with what was typed in it.
    stage.run("CREATE TRIGGER broken BEFORE UPDATE ON application_draft BEGIN SELECT RAISE(ABORT, 'broken'); END", vec![]).await;
    stage.run("CREATE TRIGGER broken_too BEFORE INSERT ON application_draft BEGIN SELECT RAISE(ABORT, 'broken'); END", vec![]).await;
    let needs = [("language", ""), ("note", NOTE)];
    let broken = post(&http, base, &who, "/api/visits/apply/needs", &needs).await.expect("an answer");
    assert_eq!(broken.status, 500);
}

/// Until the worker has tried to send her the code that she asked for. Only how long it waits at most depends on a clock.
async fn until_tried(ctx: &Ctx) {
    let tried =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'identity.code' AND problem IS NOT NULL";
    for _ in 0..600 {
        if ctx.db.one::<(i64,)>(tried, args![]).await.expect("a count").0 > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no letter was tried within half a minute");
}

#[tokio::test(flavor = "multi_thread")]
async fn t22_nothing_that_is_typed_is_in_a_log_or_readable_at_rest() {
    let _alone = alone().await;
    let site = Site::sqlite();
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let scratch = site.folder.path().join("tmp");
    std::fs::create_dir(&scratch).expect("a folder");
    let scratch = scratch.display().to_string();
    // A mail server that is down: without one the demo would keep its letters to be read.
    let mail = [("VARDE_SMTP__HOST", "127.0.0.1"), ("VARDE_SMTP__PORT", "1"), ("VARDE_SMTP__TLS", "none")];
    let settings = [&[("TMPDIR", scratch.as_str())][..], &mail].concat();
    let server = site.serve_telling("trace", &settings).await;
    typed_everywhere(&site, &ctx, &server.base).await;
    until_tried(&ctx).await;
    server.kill();

    let found = files(site.folder.path());
    let (database, others): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(name, _)| name.contains("varde.db"));
    let log = others.iter().filter(|(name, _)| name.ends_with(".log"));
    let answered: usize =
        log.map(|(_, bytes)| String::from_utf8_lossy(bytes).matches("\"answered\"").count()).sum();
    assert!(answered > 15, "each request has its line: {answered}");
    for (name, bytes) in &others {
        for word in NOWHERE {
            let at =
                String::from_utf8_lossy(bytes).lines().find(|line| line.contains(word)).map(str::to_owned);
            assert_eq!(at, None, "{word} stands in {name}");
        }
    }
    assert!(!database.is_empty());
    for (name, bytes) in &database {
        for word in SEALED {
            assert!(!holds(bytes, word), "{word} can be read in {name}");
        }
    }
}
