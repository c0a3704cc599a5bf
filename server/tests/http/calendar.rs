//! A calendar's address of one's own, in a browser without script and in a calendar that has never signed in.

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

/// The path that the page shows.
fn address(page: &Page) -> String {
    let at = page.text.find("/calendar/").expect("an address");
    page.text[at..].split('<').next().expect("an end").to_owned()
}

async fn opened(browser: &Browser) -> String {
    let key = browser.get("/visits/calendar").await.hidden("key");
    let answer = browser.post("/api/visits/calendar/open", &[("key", &key)]).await;
    let page = follow(browser, &answer).await;
    assert!(page.text.contains("Adressen er laget."));
    address(&page)
}

#[tokio::test(flavor = "multi_thread")]
async fn t12_an_address_tells_when_and_nothing_else_until_it_is_taken_back() {
    let portal = Portal::start().await;
    let stage = stage(&portal).await;
    let (maja, _) = relative(&portal, &stage, "maja").await;
    let nobody = portal.browser();
    neutral(&maja, "/visits/calendar").await;
    let first = opened(&maja).await;
    assert_eq!(address(&maja.get("/visits/calendar").await), first, "she is shown it again");
    let empty = nobody.get(&first).await;
    assert!(empty.text.contains("BEGIN:VCALENDAR") && !empty.text.contains("BEGIN:VEVENT"));

    let booked = confirm(&maja, &held(&maja).await.hidden("hold")).await;
    let visit = booked.location().trim_end_matches("?done=booked").to_owned();
    let file = nobody.get(&first).await;
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(file.header("cache-control"), "no-store");
    assert!(file.text.contains("SUMMARY:Avtale") && file.text.contains("STATUS:CONFIRMED"));
    for told in ["Fjellvik", "Lyngmo", "fengsel", "esøk", "LOCATION"] {
        assert!(!file.text.contains(told), "it says {told}");
    }
    let one = maja.get(&format!("{visit}/calendar.ics")).await;
    let uid = one.text.lines().find(|line| line.starts_with("UID:")).expect("a UID");
    assert!(file.text.contains(uid), "the same entry as in the file of the visit");

    let ask = maja.get(&format!("{visit}/cancel")).await;
    let form = [("public", ask.hidden("public")), ("version", ask.hidden("version"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    maja.post("/api/visits/bookings/cancel", &form).await;
    let file = nobody.get(&first).await;
    assert!(file.text.contains("STATUS:CANCELLED") && file.text.contains("SEQUENCE:1"));

    // A new one ends the old one; taken back, nothing is left.
    let second = opened(&maja).await;
    assert_ne!(first, second);
    assert_eq!(nobody.get(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(nobody.get(&second).await.status, StatusCode::OK);
    let page = follow(&maja, &maja.post("/api/visits/calendar/close", &[]).await).await;
    assert!(page.text.contains("Adressen er slått av."));
    for wrong in [second.as_str(), "/calendar/00000000000000000000000000/varde.ics", "/calendar/x/varde.ics"]
    {
        assert_eq!(nobody.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}
