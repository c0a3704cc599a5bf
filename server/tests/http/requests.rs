//! A visit that the unit looks at first, in a browser without script: asked for, answered, taken back.

use backend::{
    ctx::Actor,
    visits::{
        booking::testing::{Stage, rules},
        sessions::put_rules,
    },
};
use domain::visits::booking::{Approval, UnitRules};
use reqwest::StatusCode;

use crate::{
    booking::{confirm, held, relative, stage},
    harness::{Browser, Page, Portal},
    titles::neutral,
};

async fn follow(browser: &Browser, answer: &Page) -> Page {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    browser.get(answer.location()).await
}

fn has(page: &Page, words: &[&str]) {
    assert_eq!(page.status, StatusCode::OK);
    for words in words {
        assert!(page.text.contains(words), "{words}");
    }
}

pub async fn looks(portal: &Portal, stage: &Stage, approval: Approval) {
    // Newer than those of the demo.
    let valid_from = portal.ctx.now().date().plus_days(-60);
    let rules = UnitRules { approval, valid_from, ..rules() };
    put_rules(&portal.ctx, &Actor::System, &stage.unit, rules).await.expect("rules");
}

/// The path of what she has asked for.
pub async fn asked(browser: &Browser) -> String {
    let check = held(browser).await;
    has(&check, &["Fengselet må si ja til dette besøket", "Send forespørsel"]);
    assert!(!check.text.contains("Bestill besøket"), "it is not booked by a press");
    let answer = browser.post("/api/visits/book/request", &[("hold", &check.hidden("hold"))]).await;
    let page = follow(browser, &answer).await;
    has(&page, &["Forespørselen er sendt", "Besøket er ikke bestilt ennå."]);
    answer.location().trim_end_matches("?done=sent").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_asked_for_and_the_unit_says_no_and_yes() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (maja, _) = relative(&portal, &stage, "maja").await;
    // A page from before the rule: nothing is booked, and the page says what is to be done.
    let before = held(&maja).await;
    assert!(before.text.contains("/api/visits/book/confirm"));
    looks(&portal, &stage, Approval::Always).await;
    let refused = confirm(&maja, &before.hidden("hold")).await;
    has(
        &follow(&maja, &refused).await,
        &["error-summary", "Send en forespørsel.", "/api/visits/book/request"],
    );

    let path = asked(&maja).await;
    neutral(&maja, &path).await;
    neutral(&maja, &format!("{path}/withdraw")).await;
    has(&maja.get("/visits").await, &["Forespørsler", &path, "Svar senest"]);
    let who = maja.get("/visits/book").await;
    let form = [("inmate", &who.hidden("inmate")), ("people[]", &who.hidden("people[]"))];
    let form = form.map(|(name, value)| (name, value.as_str()));
    let second = maja.post("/api/visits/book/who", &form).await;
    has(&follow(&maja, &second).await, &["error-summary", "som ikke er besvart"]);

    let officer = portal.browser();
    officer.sign_in("staff", "henrik", "/staff").await;
    has(&officer.get("/staff/work").await, &["Svar på forespørsel om besøk"]);
    let desk = format!("/staff{path}");
    let page = officer.get(&desk).await;
    has(
        &page,
        &[
            "Maja",
            "Even Fjellvik",
            "Enheten ser på alle besøk",
            "Ingenting er i veien",
            "Godkjenn og bestill",
        ],
    );
    let public = page.hidden("public");
    let no = officer.post("/api/staff/visits/requests/reject", &[("public", &public)]).await;
    has(&follow(&officer, &no).await, &["error-summary", "Velg hvorfor enheten sier nei."]);
    let form = [("public", public.as_str()), ("reason", "staffing")];
    let no = officer.post("/api/staff/visits/requests/reject", &form).await;
    has(&follow(&officer, &no).await, &["Enheten har sagt nei"]);
    has(
        &maja.get(&path).await,
        &["Fengselet har sagt nei til denne tiden", "ikke nok ansatte", "Velg en ny tid"],
    );

    // For security: control is considered first, and she reads what the no rests on.
    let path = asked(&maja).await;
    let public = officer.get(&format!("/staff{path}")).await.hidden("public");
    let form = [("public", public.as_str()), ("reason", "risk")];
    let no = officer.post("/api/staff/visits/requests/reject", &form).await;
    let page = follow(&officer, &no).await;
    has(&page, &["error-summary", "Kryss av for at kontroll er vurdert", "checked"]);
    let form = [("public", public.as_str()), ("reason", "risk"), ("considered", "yes")];
    let no = officer.post("/api/staff/visits/requests/reject", &form).await;
    has(&follow(&officer, &no).await, &["Enheten har sagt nei"]);
    has(
        &maja.get(&path).await,
        &[
            "heller ikke med kontroll",
            "straffegjennomføringsloven § 31",
            "kan du klage. Skriv til Lyngmo fengsel hva du",
        ],
    );

    let path = asked(&maja).await;
    let public = officer.get(&format!("/staff{path}")).await.hidden("public");
    let yes = officer.post("/api/staff/visits/requests/approve", &[("public", &public)]).await;
    has(&follow(&officer, &yes).await, &["Godkjent og bestilt", "Åpne besøket"]);
    let page = maja.get(&path).await;
    has(&page, &["Fengselet har sagt ja", "/visits/bookings/"]);
    let list = maja.get("/visits").await.text;
    assert!(list.contains("Forespørsler"), "the one that was said no to stands there until its day");
    assert!(!list.contains(&path), "the other one is a visit now");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_for_is_taken_back_after_a_question() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    looks(&portal, &stage, Approval::First).await;
    let (maja, _) = relative(&portal, &stage, "maja").await;
    let path = asked(&maja).await;
    let ask = maja.get(&format!("{path}/withdraw")).await;
    has(&ask, &["Vil du trekke forespørselen tilbake?", "Behold forespørselen"]);
    let done = maja.post("/api/visits/requests/withdraw", &[("public", &ask.hidden("public"))]).await;
    has(&follow(&maja, &done).await, &["Du trakk forespørselen tilbake"]);
    assert_eq!(maja.get(&format!("{path}/withdraw")).await.location(), path, "once");
    let (taken,): (i64,) = portal
        .ctx
        .db
        .one("SELECT CAST(SUM(taken) AS BIGINT) FROM visit_session", vec![])
        .await
        .expect("places");
    assert_eq!(taken, 0);
}
