//! T9: that a victim is registered, is told and is rung changes nothing that anybody else can see. The same script in a
//! world with her and in one without: relatives, every kind of staff, the case system; all of it byte for byte the same.

use std::sync::Arc;

use app::notices::letters::Open;
use backend::{
    ctx::{Actor, Chance, Staff, Visitor},
    delivery::Mailer,
    identity::arrival::Arrival,
    notices::{self, answering, breaker, desk, duty, ladder::ChannelKind, mine, registering, wish},
    wiring::{self, Providers},
};
use domain::{
    access::{Area, Level, Role},
    kernel::{Id, NationalId, Public},
    notices::Answer,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    harness::Portal,
    integration::Sender,
    worlds::{Transcript, assert_same, work},
};

/// Who looks, and where; each is somebody else than she, or she herself in another area.
const LOOKERS: [(&str, &str, &[&str]); 9] = [
    ("citizen", "maja", &["/my", "/visits", "/visits/book", "/my/contact", "/my/data/looks", "/demo/mail"]),
    (
        "citizen",
        "runa",
        &[
            "/my",
            "/visits",
            "/visits/apply",
            "/my/contact",
            "/my/data",
            "/my/data/print",
            "/my/data/file",
            "/help",
        ],
    ),
    ("staff", "henrik", &["/staff/work", "/staff", "/staff/day", "/staff/answers"]),
    (
        "staff",
        "astrid",
        &["/staff/work", "/staff", "/staff/visiting", "/staff/feed", "/staff/insight", "/staff/insight.csv"],
    ),
    ("staff", "torunn", &["/staff/work", "/staff", "/staff/insight?period=months12", "/staff/insight.csv"]),
    ("staff", "geir", &["/staff", "/staff/day"]),
    ("staff", "mari", &["/staff/work?whose=all", "/staff"]),
    ("staff", "ragnhild", &["/staff/work?whose=all", "/staff", "/staff/appeals"]),
    ("staff", "auditor", &["/staff", "/staff/feed"]),
];

/// Runa is a relative too.
const NUMBER: &str = "07898817649";

struct Hers {
    officer: Staff,
    duty: Staff,
    visitor: Visitor,
}

async fn tells(portal: &Portal) {
    let mailer = Mailer::for_notices(&portal.ctx.settings).expect("a way out");
    let out = Arc::new(Providers { mailer, words: Open });
    while wiring::tell_once(&portal.ctx, &out).await.expect("notices") > 0 {}
    notices::calendar::tend(&portal.ctx).await.expect("the calendar");
}

fn staff(role: Role, unit: &str) -> Staff {
    Staff {
        session: Id::new("session"),
        staff: Id::new(format!("staff-{}", role.code())),
        name: "Sunniva Kvitveis".into(),
        roles: vec![role],
        units: vec![Id::new(unit)],
        unit_name: "Lyngmo".into(),
    }
}

/// She signs in at her own entrance.
async fn enters(portal: &Portal) -> Visitor {
    let arrival = Arrival {
        area: Area::Victim,
        issuer: "https://id.example".into(),
        subject: "runa".into(),
        sid: None,
        number: NationalId::parse(NUMBER).ok(),
        name: "Runa Blåveisli".into(),
        birth_date: None,
        level: Level::High,
        fresh_at: Some(portal.ctx.now()),
        roles: vec![],
        units: vec![],
        id_token: "token".into(),
        previous: None,
    };
    let token =
        notices::sessions::welcome(&portal.ctx, &arrival).await.expect("a session").expect("a number");
    let live = notices::sessions::find(&portal.ctx, &token).await.expect("found").expect("live");
    let Actor::Visitor(visitor) = live.actor else { panic!("her own area") };
    visitor
}

/// She asks, is found to be right, and has a channel that she has confirmed.
async fn registered(portal: &Portal) -> Hers {
    let ctx = &portal.ctx;
    let (unit,): (String,) =
        ctx.db.one("SELECT id FROM unit WHERE slug = 'lyngmo'", vec![]).await.expect("the unit");
    let (officer, duty) = (staff(Role::VictimOfficer, &unit), staff(Role::DutyOfficer, &unit));
    let form = wish::AskForm {
        whom: "Even Skogheim".into(),
        role: "victim".into(),
        telephone: "40000000".into(),
        ..wish::AskForm::default()
    };
    wish::ask(ctx, &enters(portal).await, &form).await.expect("asked").expect("taken");
    let list = desk::list(ctx, &officer).await.expect("a list").expect("her duty");
    let request = Public::parse(&list.requests[0].public_id).expect("an id");
    let case = registering::CaseForm {
        reference: "26-1".into(),
        inmate: "Even Skogheim".into(),
        born: "1990-02-03".into(),
        role: "victim".into(),
    };
    registering::verify(ctx, &officer, &request, &case).await.expect("verified").expect("hers").expect("so");
    let visitor = enters(portal).await;
    let add = notices::channels::add(ctx, &visitor, ChannelKind::Sms, "90000001");
    let channel = add.await.expect("added").expect("hers").expect("taken");
    tells(portal).await;
    let text = notices::demo::texts(ctx).await.expect("texts").remove(0).words;
    let code = text.rsplit(' ').next().expect("a code");
    let confirm = notices::channels::confirm(ctx, &visitor, &channel, code);
    confirm.await.expect("confirmed").expect("hers").expect("right");
    Hers { officer, duty, visitor }
}

/// All that is asked is answered with a yes, what is rung is told, what is told is confirmed.
async fn goes_on(portal: &Portal, hers: &Hers) {
    let ctx = &portal.ctx;
    let list = desk::list(ctx, &hers.officer).await.expect("a list").expect("her duty");
    for question in list.questions {
        let public = Public::parse(&question.public_id).expect("an id");
        desk::question(ctx, &hers.officer, &public).await.expect("read").expect("hers");
        let said = answering::Said {
            answer: Answer::Significant { direct: false },
            reason: "Hun bor like ved.".into(),
            standing: false,
        };
        answering::answer(ctx, &hers.officer, &public, said)
            .await
            .expect("said")
            .expect("hers")
            .expect("open");
    }
    tells(portal).await;
    for task in duty::desk(ctx, &hers.duty).await.expect("a desk").expect("her duty").tasks {
        duty::take(ctx, &hers.duty, &task.public).await.expect("taken");
        duty::call(ctx, &hers.duty, &task.public).await.expect("read");
    }
    let visitor = enters(portal).await;
    for line in mine::home(ctx, &visitor).await.expect("home").notices {
        mine::confirm(ctx, &visitor, &line.public).await.expect("confirmed");
    }
    assert!(breaker::verdict("release").is_some() && hers.visitor.recipient.is_some());
}

async fn tell(koda: &Sender, seen: &mut Transcript, method: Method, path: &str, body: Value) {
    let (status, answer) = koda.call(method, path, Some(body)).await;
    seen.say(path, &format!("{status} {answer}"));
    assert!(status.is_success(), "{answer}");
}

fn event(decision: &str, version: u32, kind: &str, change: &str, at: &str) -> Value {
    json!({ "events": [{ "decision": decision, "version": version, "inmate": "K-1", "kind": kind, "change": change,
        "at": at }] })
}

async fn everybody_looks(portal: &Portal, seen: &mut Transcript) {
    work(portal).await;
    tells(portal).await;
    wiring::count_up(&portal.ctx).await.expect("figures");
    for (area, who, paths) in LOOKERS {
        let browser = portal.browser();
        browser.sign_in(area, who, paths[0]).await;
        for path in paths {
            seen.get(&browser, path).await;
        }
    }
}

async fn script(portal: &Portal, with_her: bool) -> Transcript {
    let (koda, mut seen) = (Sender::of(portal).await, Transcript::new(portal));
    let even = json!({ "name": "Even Skogheim", "birth_date": "1990-02-03", "unit": "lyngmo",
        "since": "2026-01-01T10:00:00+01:00" });
    tell(&koda, &mut seen, Method::PUT, "/api/v1/inmates/K-1", even).await;
    let hers = if with_her { Some(registered(portal).await) } else { None };
    let at = |days: i64| portal.ctx.now().plus_days(days).rfc3339();
    let events = [
        event("l", 1, "leave", "decided", &at(10)),
        event("l", 2, "leave", "moved", &at(5)),
        event("e", 1, "escape", "decided", &at(0)),
        event("r", 1, "release", "decided", &at(30)),
        event("l", 3, "leave", "cancelled", &at(5)),
    ];
    for event in events {
        let koda = Sender::of(portal).await;
        tell(&koda, &mut seen, Method::POST, "/api/v1/custody-events", event).await;
        if let Some(hers) = &hers {
            goes_on(portal, hers).await;
        }
        everybody_looks(portal, &mut seen).await;
        portal.wait_minutes(60);
    }
    if with_her {
        let told = notices::demo::texts(&portal.ctx).await.expect("texts");
        assert!(told.len() > 2, "she was told: {told:?}");
    }
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn t09_nobody_else_can_see_that_she_is_registered() {
    for postgres in [false, true] {
        let mut transcripts = Vec::new();
        for with_her in [false, true] {
            let Some(portal) = Portal::start_in_world(Chance::seeded(7), postgres).await else { return };
            transcripts.push(script(&portal, with_her).await);
        }
        assert_same(("without her", &transcripts[0]), ("with her", &transcripts[1]));
        assert!(transcripts[0].steps.len() > 100, "{}", transcripts[0].steps.len());
    }
}
