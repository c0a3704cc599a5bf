//! Booking a visit in a browser without script: who, when, is this right; what is refused; the unit's day.

use backend::visits::booking::testing::Stage;
use domain::{access::Person, kernel::Id};
use reqwest::StatusCode;

use crate::harness::{Browser, Page, Portal};

const UNIT: &str = "SELECT id FROM unit WHERE slug = 'lyngmo'";
const LATEST: &str =
    "SELECT person_id FROM session WHERE person_id IS NOT NULL ORDER BY opened_at DESC, id DESC LIMIT 1";

pub async fn stage(portal: &Portal) -> Stage {
    let (unit,): (String,) = portal.ctx.db.one(UNIT, vec![]).await.expect("the unit");
    Stage::new(&portal.ctx, Id::new(unit)).await
}

/// A signed-in relative with leave to visit.
pub async fn relative(portal: &Portal, stage: &Stage, persona: &str) -> (Browser, Id<Person>) {
    let browser = portal.browser();
    browser.sign_in("citizen", persona, "/my").await;
    let (person,): (String,) = portal.ctx.db.one(LATEST, vec![]).await.expect("her session");
    let person = Id::new(person);
    stage.grant(&person, &person, "").await;
    (browser, person)
}

/// Follows a form's answer to the page it leads to.
async fn follow(browser: &Browser, answer: &Page) -> Page {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    browser.get(answer.location()).await
}

/// Answers the first question and gives the page of times.
async fn times(browser: &Browser) -> Page {
    let who = browser.get("/visits/book").await;
    assert_eq!(who.status, StatusCode::OK);
    let (inmate, person) = (who.hidden("inmate"), who.hidden("people[]"));
    let form = [("inmate", inmate.as_str()), ("people[]", person.as_str())];
    let answer = browser.post("/api/visits/book/who", &form).await;
    assert_eq!(answer.location(), "/visits/book/when");
    follow(browser, &answer).await
}

/// Holds the first free time and gives the page that asks whether this is right.
pub async fn held(browser: &Browser) -> Page {
    let when = times(browser).await;
    let (session, from) = (when.hidden("session"), when.hidden("from"));
    let form = [("session", session.as_str()), ("from", from.as_str())];
    let answer = browser.post("/api/visits/book/when", &form).await;
    assert_eq!(answer.location(), "/visits/book/check");
    follow(browser, &answer).await
}

pub async fn confirm(browser: &Browser, hold: &str) -> Page {
    browser.post("/api/visits/book/confirm", &[("hold", hold)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_booked_kept_in_the_calendar_and_cancelled() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (browser, _) = relative(&portal, &stage, "maja").await;
    let check = held(&browser).await;
    assert!(check.text.contains("Even Fjellvik") && check.text.contains("Lyngmo fengsel"));
    let answer = confirm(&browser, &check.hidden("hold")).await;
    assert!(answer.location().ends_with("?done=booked"), "{}", answer.location());
    let receipt = follow(&browser, &answer).await;
    assert!(receipt.text.contains("Besøket er bestilt"));
    let visit = answer.location().trim_end_matches("?done=booked").to_owned();

    let calendar = browser.get(&format!("{visit}/calendar.ics")).await;
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    assert!(calendar.text.contains("SUMMARY:Avtale") && calendar.text.contains("STATUS:CONFIRMED"));
    for told in ["Fjellvik", "Lyngmo", "fengsel", "esøk"] {
        assert!(!calendar.text.contains(told), "the calendar says {told}");
    }
    assert!(browser.get("/visits").await.text.contains(&visit), "it stands on her list");

    let ask = browser.get(&format!("{visit}/cancel")).await;
    let form = [("public", ask.hidden("public")), ("version", ask.hidden("version"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    for _ in 0..2 {
        let answer = browser.post("/api/visits/bookings/cancel", &form).await;
        assert!(follow(&browser, &answer).await.text.contains("Besøket er avlyst"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn double_click_and_back_button_give_one_visit() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (browser, _) = relative(&portal, &stage, "maja").await;
    let hold = held(&browser).await.hidden("hold");
    let (a, b) = tokio::join!(confirm(&browser, &hold), confirm(&browser, &hold));
    let later = confirm(&browser, &hold).await;
    assert_eq!((a.location(), b.location()), (later.location(), later.location()));
    assert!(later.location().starts_with("/visits/bookings/"));
    let back = browser.get("/visits/book/check").await;
    assert_eq!((back.status, back.location()), (StatusCode::SEE_OTHER, "/visits/book"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_hold_is_told_and_who_comes_is_kept() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (browser, _) = relative(&portal, &stage, "maja").await;
    let hold = held(&browser).await.hidden("hold");
    portal.wait_minutes(9);
    let longer = browser.post("/api/visits/book/extend", &[("hold", hold.as_str())]).await;
    let page = follow(&browser, &longer).await;
    assert!(page.text.contains("11 minutter igjen") && !page.text.contains("Hold av i ti minutter til"));
    let again = browser.post("/api/visits/book/extend", &[("hold", hold.as_str())]).await;
    assert!(follow(&browser, &again).await.text.contains("forlenget én gang før"));
    portal.wait_minutes(11);
    let refused = follow(&browser, &confirm(&browser, &hold).await).await;
    assert!(refused.text.contains("Tiden er ikke lenger holdt av") && refused.text.contains("error-summary"));
    let when = browser.get("/visits/book/when").await;
    assert!(when.text.contains("Even Fjellvik"), "who comes is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_told_on_the_same_page() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (browser, _) = relative(&portal, &stage, "maja").await;
    let who = browser.get("/visits/book").await;
    let answer = browser.post("/api/visits/book/who", &[("inmate", &who.hidden("inmate"))]).await;
    assert!(follow(&browser, &answer).await.text.contains("Velg hvem som kommer."));
    let when = times(&browser).await;
    let answer = browser.post("/api/visits/book/when", &[("from", &when.hidden("from"))]).await;
    assert!(follow(&browser, &answer).await.text.contains("Velg en tid."));
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_changed_meanwhile_is_told_together() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (browser, person) = relative(&portal, &stage, "maja").await;
    let hold = held(&browser).await.hidden("hold");
    let withdraw = "UPDATE clearance SET outcome = 'withdrawn' WHERE person_id = $1";
    stage.run(withdraw, backend::args![&person]).await;
    portal.wait_minutes(10);
    let page = follow(&browser, &confirm(&browser, &hold).await).await;
    for told in ["Tiden er ikke lenger holdt av. Velg en ny.", "har ikke gyldig besøkstillatelse"] {
        assert!(page.text.contains(told), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_another_person_finds_no_visit_and_no_calendar() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (maja, _) = relative(&portal, &stage, "maja").await;
    let answer = confirm(&maja, &held(&maja).await.hidden("hold")).await;
    let visit = answer.location().trim_end_matches("?done=booked").to_owned();
    let other = portal.browser();
    other.sign_in("citizen", "eirik", "/my").await;
    for path in [visit.clone(), format!("{visit}/cancel"), format!("{visit}/calendar.ics")] {
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert!(portal.browser().get(&path).await.location().starts_with("/sign-in"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_unit_sees_the_day_and_cancels_with_a_reason() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (maja, _) = relative(&portal, &stage, "maja").await;
    let answer = confirm(&maja, &held(&maja).await.hidden("hold")).await;
    let visit = answer.location().trim_end_matches("?done=booked").to_owned();
    let (date,): (String,) = portal.ctx.db.one("SELECT date FROM booking", vec![]).await.expect("a booking");

    let staff = portal.browser();
    staff.sign_in("staff", "henrik", "/staff").await;
    let path = format!("/staff/day?unit=lyngmo&date={date}");
    let day = staff.get(&path).await;
    assert!(day.text.contains("Even Fjellvik") && day.text.contains("Ventes"), "{}", day.text);
    assert!(!day.text.contains("Avklar"), "all is as it was booked");
    portal.run("UPDATE clearance SET outcome = 'withdrawn'").await;
    let day = staff.get(&path).await;
    assert!(day.text.contains("Avklar før innslipp") && day.text.contains("1 må avklares."), "{}", day.text);
    let hers = maja.get(&visit).await;
    assert!(hers.text.contains("Saksbehandler, Lyngmo fengsel"), "she sees who has looked: {}", hers.text);
    let ask = format!("/staff{}/cancel", visit.trim_start_matches("/visits"));
    let page = staff.get(&ask).await;
    let (public, version) = (page.hidden("public"), page.hidden("version"));
    let form = [("public", public.as_str()), ("version", version.as_str())];
    let refused = staff.post("/api/staff/bookings/cancel", &form).await;
    assert!(follow(&staff, &refused).await.text.contains("Velg hvorfor besøket avlyses."));
    let form = [form[0], form[1], ("reason", "staffing")];
    let done = staff.post("/api/staff/bookings/cancel", &form).await;
    let told = follow(&staff, &done).await;
    assert!(told.text.contains("Ring den besøkende på"), "she has confirmed no address");
    assert!(
        staff.get("/staff/work").await.text.contains("Ring om avlyst besøk"),
        "and it stands on the list"
    );
    let rung = staff.post("/api/staff/bookings/rung", &[("public", &public)]).await;
    let told = follow(&staff, &rung).await;
    assert!(told.text.contains("Notert at det er gitt beskjed"), "{}", told.text);
    assert!(!staff.get("/staff/work").await.text.contains("Ring om avlyst besøk"));
    let hers = maja.get(&visit).await;
    assert!(hers.text.contains("ikke nok ansatte"), "she reads why");
    assert!(hers.text.contains("Du er først i køen til"), "{}", hers.text);
    assert_eq!(staff.get("/staff/day?unit=havvik").await.status, StatusCode::NOT_FOUND);
}

/// The first times of the page, by their public ids.
fn sessions(when: &Page) -> Vec<String> {
    let parts = when.text.split("name=\"session\" value=\"").skip(1);
    parts.filter_map(|part| part.split('"').next()).map(str::to_owned).collect()
}

async fn hold(browser: &Browser, session: &str) -> Page {
    browser.post("/api/visits/book/when", &[("session", session), ("from", "")]).await
}

pub async fn bookings(portal: &Portal) -> i64 {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking WHERE state = 'booked'";
    portal.ctx.db.one::<(i64,)>(sql, vec![]).await.expect("a count").0
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_tabs_the_older_one_is_told_which_time_is_held() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (browser, _) = relative(&portal, &stage, "maja").await;
    let all = sessions(&times(&browser).await);
    hold(&browser, &all[0]).await;
    let older = browser.get("/visits/book/check").await.hidden("hold");
    hold(&browser, &all[1]).await;
    let newer = browser.get("/visits/book/check").await.hidden("hold");
    assert_ne!(older, newer);
    let told = follow(&browser, &confirm(&browser, &older).await).await;
    assert!(told.text.contains("Du har valgt en annen tid i et annet vindu."));
    assert_eq!(told.hidden("hold"), newer, "the page shows the one that is held");
    assert_eq!(bookings(&portal).await, 0);
    assert!(confirm(&browser, &newer).await.location().ends_with("?done=booked"));
    assert_eq!(bookings(&portal).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_another_took_meanwhile_is_told_and_all_else_is_kept() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (maja, _) = relative(&portal, &stage, "maja").await;
    portal.wait_minutes(1);
    let (eirik, _) = relative(&portal, &stage, "eirik").await;
    let wanted = sessions(&times(&maja).await)[0].clone();
    let seen = sessions(&times(&eirik).await);
    assert!(seen.contains(&wanted), "both see it free");
    stage.run("UPDATE visit_session SET capacity = 1 WHERE public_id = $1", backend::args![&wanted]).await;
    assert_eq!(hold(&maja, &wanted).await.location(), "/visits/book/check");
    let late = hold(&eirik, &wanted).await;
    assert!(late.location().starts_with("/visits/book/when?try="), "{}", late.location());
    let page = follow(&eirik, &late).await;
    assert!(page.text.contains("Tiden ble tatt av en annen. Velg en ny. Alt annet er lagret."));
    assert!(page.text.contains("Even Fjellvik") && !sessions(&page).contains(&wanted), "fresh times");
    assert!(
        confirm(&maja, &maja.get("/visits/book/check").await.hidden("hold"))
            .await
            .location()
            .contains("booked")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_between_hold_and_confirmation_loses_no_answer() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (maja, _) = relative(&portal, &stage, "maja").await;
    let check = held(&maja).await;
    portal.wait_minutes(31);
    let away = confirm(&maja, &check.hidden("hold")).await;
    assert!(away.location().contains("outcome=ended"), "{}", away.location());
    maja.sign_in("citizen", "maja", "/visits/book/check").await;
    let gone = maja.get("/visits/book/check").await;
    assert!(gone.text.contains("Hvem som kommer, er lagret. Velg en ny tid."));
    assert!(maja.get("/visits/book/when").await.text.contains("Even Fjellvik"));
    assert_eq!(bookings(&portal).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calendar_says_more_only_to_whoever_asked_for_plain_words() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (maja, person) = relative(&portal, &stage, "maja").await;
    let answer = confirm(&maja, &held(&maja).await.hidden("hold")).await;
    let file = format!("{}/calendar.ics", answer.location().trim_end_matches("?done=booked"));
    assert!(!maja.get(&file).await.text.contains("Lyngmo"));
    stage.run("UPDATE person SET plain_words = 1 WHERE id = $1", backend::args![&person]).await;
    let plain = maja.get(&file).await.text;
    assert!(plain.contains("SUMMARY:Besøk hos Even Fjellvik"), "{plain}");
    assert!(plain.contains("LOCATION:Lyngmo fengsel"), "{plain}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_changed_and_keeps_its_address_and_its_entry_in_the_calendar() {
    let portal = Portal::start_standing().await;
    let stage = stage(&portal).await;
    let (browser, _) = relative(&portal, &stage, "maja").await;
    let booked = confirm(&browser, &held(&browser).await.hidden("hold")).await;
    let visit = booked.location().trim_end_matches("?done=booked").to_owned();
    let uid = |file: &Page| file.text.lines().find(|line| line.starts_with("UID:")).map(str::to_owned);
    let before = browser.get(&format!("{visit}/calendar.ics")).await;
    assert!(before.text.contains("SEQUENCE:0"));

    let page = browser.get(&visit).await;
    assert!(page.text.contains("Endre tid eller hvem som kommer"));
    let form = [("public", page.hidden("public")), ("version", page.hidden("version"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let begun = browser.post("/api/visits/bookings/change", &form).await;
    assert_eq!(begun.location(), "/visits/book/when");
    let when = follow(&browser, &begun).await;
    assert!(when.text.contains("Du endrer besøket") && when.text.contains("tiden du har nå"));
    assert!(browser.get("/visits/book").await.text.contains("Du endrer besøket"));
    // The first time is her own and stands chosen; the second one is another.
    let times: Vec<&str> = when.text.split("name=\"session\"").skip(1).collect();
    let value =
        |part: &str| part.split("value=\"").nth(1).and_then(|v| v.split('"').next()).map(str::to_owned);
    let other = times.iter().filter(|part| !part.split('>').next().unwrap_or("").contains("checked"));
    let other = other.filter_map(|part| value(part)).next().expect("another time");
    let answer = browser.post("/api/visits/book/when", &[("session", &other), ("from", "")]).await;
    let check = follow(&browser, &answer).await;
    assert!(check.text.contains("Tiden du har nå") && check.text.contains("La besøket være som det er"));
    let changed = confirm(&browser, &check.hidden("hold")).await;
    assert_eq!(changed.location(), booked.location());
    assert!(follow(&browser, &changed).await.text.contains("Besøket er endret"));
    let after = browser.get(&format!("{visit}/calendar.ics")).await;
    assert!(after.text.contains("SEQUENCE:1"));
    assert_eq!(uid(&after), uid(&before));
    assert!(browser.get(&visit).await.text.contains("Var før"));

    // Begun and left: the visit stays as it is.
    let page = browser.get(&visit).await;
    let form = [("public", page.hidden("public")), ("version", page.hidden("version"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    browser.post("/api/visits/bookings/change", &form).await;
    let anew = browser.post("/api/visits/book/anew", &[]).await;
    assert_eq!(anew.location(), "/visits/book");
    assert!(!follow(&browser, &anew).await.text.contains("Du endrer besøket"));
    assert!(!browser.get(&visit).await.text.contains("avlyst"));
}
