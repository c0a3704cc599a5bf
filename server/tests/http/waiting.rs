//! The waiting list in a browser without script: put on it, offered a time, yes and no, taken back.

use backend::visits::booking::{testing::Stage, waiting};
use domain::kernel::CivilDate;
use reqwest::StatusCode;

use crate::{
    booking::{relative, stage},
    harness::{Browser, Page, Portal},
    titles::neutral,
};

const FILL: &str = "UPDATE visit_session SET taken = capacity";
const FREE_ALL: &str = "UPDATE visit_session SET taken = 0";

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

/// Who comes is chosen, and nothing is free.
async fn nothing_free(portal: &Portal) -> (Stage, Browser) {
    let stage = stage(portal).await;
    stage.run(FILL, vec![]).await;
    let (browser, _) = relative(portal, &stage, "maja").await;
    assert_eq!(browser.get("/visits/book/wait").await.location(), "/visits/book", "who comes is asked first");
    let who = browser.get("/visits/book").await;
    let (inmate, person) = (who.hidden("inmate"), who.hidden("people[]"));
    browser.post("/api/visits/book/who", &[("inmate", &inmate), ("people[]", &person)]).await;
    (stage, browser)
}

/// From today for so many days.
async fn wait_for(
    portal: &Portal,
    browser: &Browser,
    days: i64,
    (last, suits): (Option<&str>, &str),
) -> Page {
    let first = portal.ctx.now().date();
    let parts = |date: CivilDate| {
        [i16::from(date.0.day()), i16::from(date.0.month()), date.0.year()].map(|n| n.to_string())
    };
    let ([day, month, year], [to_day, to_month, to_year]) = (parts(first), parts(first.plus_days(days)));
    let form = [
        ("from_day", day.as_str()),
        ("from_month", &month),
        ("from_year", &year),
        ("to_day", last.unwrap_or(&to_day)),
        ("to_month", &to_month),
        ("to_year", &to_year),
        ("suits", suits),
    ];
    browser.post("/api/visits/book/wait", &form).await
}

/// On the list for a month: the page of her wait.
async fn on_the_list(portal: &Portal, browser: &Browser) -> Page {
    let answer = wait_for(portal, browser, 30, (None, "any")).await;
    assert!(answer.location().ends_with("?done=waiting"), "{}", answer.location());
    follow(browser, &answer).await
}

/// The path of the offer that stands on the list of her visits.
async fn offered(browser: &Browser) -> String {
    let list = browser.get("/visits").await;
    has(&list, &["Svar innen", "Se tilbudet og svar"]);
    let at = list.text.find("/visits/offers/").expect("an offer");
    list.text[at..].split('"').next().expect("its path").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_finds_no_time_waits_is_offered_one_and_books_it_by_one_press() {
    let portal = Portal::start_standing().await;
    let (stage, browser) = nothing_free(&portal).await;
    has(&browser.get("/visits/book/when").await, &["Finner du ingen tid som passer?", "/visits/book/wait"]);
    has(&browser.get("/visits/book/wait").await, &["Sett meg på ventelisten", "Maja"]);

    // What is wrong stands at its field, and what was typed is kept.
    let wrong = wait_for(&portal, &browser, 30, (Some("99"), "sundays")).await;
    let wrong = follow(&browser, &wrong).await;
    let kept = [
        "error-summary",
        "Dagen må være et tall fra 1 til 31.",
        "Velg hvilke dager som passer.",
        "value=\"99\"",
    ];
    has(&wrong, &kept);
    let first = wait_for(&portal, &browser, 20, (None, "weekends")).await;
    has(&follow(&browser, &first).await, &["Du står på ventelisten"]);
    let anew = wait_for(&portal, &browser, 30, (None, "any")).await;
    has(&follow(&browser, &anew).await, &["Du står på ventelisten på nytt", "Du stiller bakerst"]);
    neutral(&browser, anew.location()).await;
    has(&browser.get("/visits").await, &["Venteliste", "Tid hos Even Fjellvik"]);

    stage.run(FREE_ALL, vec![]).await;
    assert_eq!(waiting::tend(&portal.ctx).await.expect("a round").offered, 1);
    let path = offered(&browser).await;
    has(&browser.get("/my").await, &["Tilbud om en ledig tid", &path]);
    let page = browser.get(&path).await;
    has(&page, &["Ja, bestill dette besøket", "Ingenting er bestilt før du sier ja."]);
    neutral(&browser, &path).await;
    neutral(&browser, &format!("{path}/decline")).await;
    let public = page.hidden("public");
    let yes = async || browser.post("/api/visits/offers/accept", &[("public", &public)]).await;
    let (one, other) = tokio::join!(yes(), yes());
    assert!(one.location().ends_with("?done=booked"), "{}", one.location());
    assert_eq!((one.location(), yes().await.location()), (other.location(), other.location()));
    has(&follow(&browser, &one).await, &["Besøket er bestilt"]);
    let again = browser.get(&path).await;
    assert!(again.location().starts_with("/visits/bookings/"), "the offer leads to the visit");
    assert!(!browser.get("/visits").await.text.contains("Venteliste"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_a_hindrance_and_an_end_are_told() {
    let portal = Portal::start_standing().await;
    let (stage, browser) = nothing_free(&portal).await;
    let wait = on_the_list(&portal, &browser).await;
    has(&wait, &["Ingenting bestilles uten at du sier ja.", "Ta meg av ventelisten"]);
    stage.run(FREE_ALL, vec![]).await;
    waiting::tend(&portal.ctx).await.expect("a round");

    // No, and she goes on waiting.
    let path = offered(&browser).await;
    let no = browser.get(&format!("{path}/decline")).await;
    let public = no.hidden("public");
    let said = browser.post("/api/visits/offers/decline", &[("public", &public)]).await;
    has(&follow(&browser, &said).await, &["Du har sagt nei til tiden", "Du beholder plassen din i køen."]);
    has(&browser.get(&path).await, &["Du har sagt nei til denne tiden", "Du står fortsatt på ventelisten"]);

    // What stands in the way of her yes is told in the words of booking.
    waiting::tend(&portal.ctx).await.expect("a round");
    let path = offered(&browser).await;
    let public = browser.get(&path).await.hidden("public");
    stage.run("UPDATE clearance SET outcome = 'withdrawn'", vec![]).await;
    let refused = browser.post("/api/visits/offers/accept", &[("public", &public)]).await;
    let refused = follow(&browser, &refused).await;
    has(&refused, &["Besøket er ikke bestilt", "error-summary", "er gått videre"]);
    stage.run("UPDATE clearance SET outcome = 'granted'", vec![]).await;

    // It runs out.
    waiting::tend(&portal.ctx).await.expect("a round");
    let path = offered(&browser).await;
    let public = browser.get(&path).await.hidden("public");
    portal.wait_minutes(25 * 60);
    browser.sign_in("citizen", "maja", "/my").await;
    has(&browser.get(&path).await, &["Fristen er gått ut"]);
    let late = browser.post("/api/visits/offers/accept", &[("public", &public)]).await;
    has(&follow(&browser, &late).await, &["Fristen er gått ut"]);

    // She takes it back.
    let list = browser.get("/visits").await;
    let at = list.text.find("/visits/waits/").expect("her wait");
    let wait = list.text[at..].split('"').next().expect("its path").to_owned();
    let ask = browser.get(&format!("{wait}/end")).await;
    has(&ask, &["Vil du av ventelisten?"]);
    neutral(&browser, &format!("{wait}/end")).await;
    let public = ask.hidden("public");
    for _ in 0..2 {
        let end = browser.post("/api/visits/waits/end", &[("public", &public)]).await;
        has(&follow(&browser, &end).await, &["Du står ikke lenger på venteliste"]);
    }
    assert_eq!(browser.get(&format!("{wait}/end")).await.location(), wait);
}
