//! Several adults in browsers without script: a code is made and passed on, typed, answered, taken back.

use backend::{ctx::Actor, visits::sessions::put_text};
use domain::{
    kernel::CivilDate,
    visits::booking::text::{Topic, UnitText},
};
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

/// The code as the page shows it: four groups of four.
fn code(page: &Page) -> String {
    let at = page.text.find("class=\"wire\">").expect("a code") + "class=\"wire\">".len();
    page.text[at..at + 19].to_owned()
}

async fn typed(browser: &Browser, code: &str) -> Page {
    browser.post("/api/visits/join/code", &[("code", code)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_adults_come_together_and_each_sees_only_their_part() {
    let portal = Portal::start().await;
    let stage = stage(&portal).await;
    let (maja, _) = relative(&portal, &stage, "maja").await;
    let (tarjei, _) = relative(&portal, &stage, "tarjei").await;
    let text = UnitText {
        topic: Topic::Bring,
        valid_from: CivilDate::parse_iso("2024-01-01").expect("a date"),
        valid_to: None,
        nb: "Bare mynter til automaten.".into(),
        nn: None,
        en: None,
        se: None,
    };
    put_text(&portal.ctx, &Actor::System, &stage.unit, text).await.expect("a text");
    let check = held(&maja).await;
    let booked = confirm(&maja, &check.hidden("hold")).await;
    let visit = booked.location().split('?').next().expect("a path").to_owned();
    let page = maja.get(&visit).await;
    assert!(page.text.contains(&format!("{visit}/others")), "the way to it");
    let others = format!("{visit}/others");
    neutral(&maja, &others).await;
    let page = maja.get(&others).await;
    let form = [("public", page.hidden("public")), ("key", page.hidden("key"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let page = follow(&maja, &maja.post("/api/visits/bookings/ask", &form).await).await;
    assert!(page.text.contains("Ikke svart."), "it waits");
    let code = code(&page);

    // What is wrong is told at the field, what was typed is kept.
    let wrong = follow(&tarjei, &typed(&tarjei, "1234").await).await;
    assert!(wrong.text.contains("value=\"1234\"") && wrong.text.contains("Vi finner ikke noe besøk"));
    let empty = follow(&tarjei, &typed(&tarjei, " ").await).await;
    assert!(empty.text.contains("Skriv inn koden."));
    let answer = typed(&tarjei, &code).await;
    let join = answer.location().to_owned();
    assert!(!join.contains(&code), "no code in an address");
    neutral(&tarjei, &join).await;
    let page = tarjei.get(&join).await;
    assert!(page.text.contains("Even Fjellvik") && page.text.contains("Ja, jeg blir med"));
    let (mine, list) = (tarjei.get("/my").await, tarjei.get("/visits").await);
    assert!(mine.text.contains(&join) && list.text.contains(&join), "it waits on the own pages");

    let public = page.hidden("public");
    let yes = tarjei.post("/api/visits/join/answer", &[("public", &public), ("answer", "yes")]).await;
    let page = follow(&tarjei, &yes).await;
    assert!(page.text.contains("Du er med på besøket."));
    for page in [&page, &maja.get(&visit).await] {
        assert!(page.text.contains("Bare mynter til automaten."), "what the unit says of the day, to both");
    }
    let hers = maja.get(&others).await;
    assert!(hers.text.contains("Kan komme") && !hers.text.contains("Tarjei"));
    assert!(!maja.get(&visit).await.text.contains("Tarjei"));

    let page = follow(&tarjei, &tarjei.post("/api/visits/join/leave", &[("public", &public)]).await).await;
    assert!(page.text.contains("Du har sagt at du ikke kan komme."));
    assert!(maja.get(&others).await.text.contains("Kan ikke komme"));
    let nothing = tarjei.post("/api/visits/join/answer", &[("public", &public), ("answer", "maybe")]).await;
    assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
}
