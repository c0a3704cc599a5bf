//! The page of the feed's health: what the API has taken and refused, for those whose duty it is.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::{
    harness::{Browser, Portal},
    integration::{Sender, even, leave},
};

const FEED: &str = "/staff/feed";

async fn signed_in(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("staff", persona, "/staff").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_and_what_was_refused_is_seen_by_those_whose_duty_it_is() {
    let portal = Portal::start().await;
    let auditor = signed_in(&portal, "auditor").await;
    let empty = auditor.get(FEED).await;
    assert_eq!(empty.status, StatusCode::OK);
    for words in ["Ingen kilde har meldt seg", "Ingen hendelser er tatt imot", "Ingenting er avvist"] {
        assert!(empty.text.contains(words), "{words}");
    }

    let koda = Sender::of(&portal).await;
    koda.call(Method::PUT, "/api/v1/inmates/K-1", Some(even())).await;
    let (mut unknown, mut nobody) = (leave(3), leave(1));
    unknown["kind"] = json!("parole");
    nobody["inmate"] = json!("K-9");
    nobody["decision"] = json!("2026/18");
    let events = json!({ "events": [leave(1), leave(2), unknown, nobody] });
    let sent = koda.call(Method::POST, "/api/v1/custody-events", Some(events)).await;
    assert_eq!(sent.0, StatusCode::ACCEPTED);

    let page = auditor.get(FEED).await.text;
    for words in [
        "koda",
        "Melder seg",
        "Erstattet av en senere",
        "2026/17",
        "versjon 2",
        "Feltet kunne ikke leses",
        "kind",
        "2026/18",
        "Kilden har ikke meldt inn en innsatt med denne nøkkelen",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("Fjellvik") && !page.contains("K-1"), "nobody is named");
    assert!(!page.contains("Ring den som drifter"), "nothing is wrong");

    for (persona, sees) in [("astrid", true), ("duty1", true), ("geir", false), ("henrik", false)] {
        let browser = signed_in(&portal, persona).await;
        let menu = browser.get("/staff").await.text;
        assert_eq!(menu.contains("href=\"/staff/feed\""), sees, "the menu of {persona}");
        let status = browser.get(FEED).await.status;
        assert_eq!(status, if sees { StatusCode::OK } else { StatusCode::NOT_FOUND }, "{persona}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_falls_silent_is_said_to_be() {
    let portal = Portal::start_standing().await;
    let koda = Sender::of(&portal).await;
    koda.call(Method::POST, "/api/v1/custody-events", Some(json!({ "events": [leave(1)] }))).await;
    portal.wait_minutes(61);
    let page = signed_in(&portal, "duty1").await.get(FEED).await.text;
    for words in ["1 kilde er stille", "Ring den som drifter", "Stille", "For 1 time siden"] {
        assert!(page.contains(words), "{words}");
    }
}
