//! A title stands in the tab, in the history and in what a screen reader says first: no title holds a name, and what
//! is wrong stands first in it. And no address alone can say that something was done.

use backend::visits::booking::testing::Stage;
use domain::{access::Person, kernel::Id};
use reqwest::StatusCode;

use crate::harness::{Browser, Page, Portal};

/// Everybody's family name here: the applicant's, the child's, the inmate's and that of no inmate at all.
const NAMES: [&str; 2] = ["Fjellvik", "Ingensteds"];
const UNIT: &str = "SELECT id FROM unit WHERE slug = 'lyngmo'";
const LATEST: &str =
    "SELECT person_id FROM session WHERE person_id IS NOT NULL ORDER BY opened_at DESC, id DESC LIMIT 1";

fn title(page: &Page) -> String {
    let (_, rest) = page.text.split_once("<title>").expect("a title");
    rest.split("</title>").next().unwrap_or_default().to_owned()
}

/// Opens the page and gives its title.
pub(crate) async fn neutral(browser: &Browser, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    let title = title(&page);
    assert!(title.ends_with(" – Varde"), "{path}: {title}");
    assert!(!NAMES.iter().any(|name| title.contains(name)), "{path}: {title}");
    title
}

/// Posts what is refused and gives the title of the page that says so.
async fn refused(browser: &Browser, to: &str, form: &[(&str, &str)]) -> String {
    let answer = browser.post(to, form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{to}: {}", answer.text);
    let title = neutral(browser, answer.location()).await;
    assert!(title.starts_with("Feil: "), "{to}: {title}");
    title
}

/// Maja applies to visit this person, with a child: the application's public id.
async fn applied(browser: &Browser, inmate: &str) -> String {
    let whom = [("name", inmate), ("birth_day", "1"), ("birth_month", "1"), ("birth_year", "1970")];
    let child = [("name", "Ask Fjellvik"), ("birth_day", "3"), ("birth_month", "4"), ("birth_year", "2020")];
    let steps: [(&str, Vec<(&str, &str)>); 6] = [
        ("whom", [&whom[..], &[("number", "")]].concat()),
        ("relation", vec![("relation", "sibling")]),
        ("contact", vec![("email", "maja@eksempel.no"), ("phone", "41234567")]),
        ("children", [&child[..], &[("then", "on")]].concat()),
        ("needs", vec![("needs[]", "wheelchair"), ("note", "")]),
        ("police", vec![("read", "yes")]),
    ];
    for (step, form) in steps {
        neutral(browser, &format!("/visits/apply/{step}")).await;
        let page = browser.post(&format!("/api/visits/apply/{step}"), &form).await;
        assert!(!page.location().contains("try="), "{step} was refused: {}", page.location());
    }
    neutral(browser, "/visits/apply/check").await;
    let sent = browser.post("/api/visits/apply/submit", &[]).await;
    neutral(browser, sent.location()).await;
    sent.location().rsplit('/').next().expect("an id").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_title_of_a_case_holds_a_name() {
    let portal = Portal::start().await;
    let maja = portal.browser();
    maja.sign_in("citizen", "maja", "/my").await;
    let id = applied(&maja, "Even Fjellvik").await;
    for path in ["/my", "/my/contact", "/visits", "/visits/apply"] {
        neutral(&maja, path).await;
    }
    let case = neutral(&maja, &format!("/visits/clearances/{id}")).await;
    assert!(case.starts_with("Søknad "), "{case}");
    neutral(&maja, &format!("/visits/clearances/{id}/withdraw")).await;
    let unmatched = applied(&maja, "Odd Ingensteds").await;

    let officer = portal.browser();
    officer.sign_in("staff", "henrik", "/staff").await;
    neutral(&officer, "/staff").await;
    neutral(&officer, &format!("/staff/clearances/{id}")).await;
    let path = format!("/staff/clearances/{id}?reason=handle_case");
    let page = officer.get(&path).await;
    assert!(neutral(&officer, &path).await.starts_with("Søknad "));
    let [public, version, look] = ["id", "version", "look"].map(|name| page.hidden(name));
    let seen = [("id", public.as_str()), ("version", version.as_str()), ("look", look.as_str())];
    let form = [&seen[..], &[("on_day", ""), ("on_month", ""), ("on_year", "")]].concat();
    let wrong = refused(&officer, "/api/staff/clearances/answer", &form).await;
    assert!(wrong.starts_with("Feil: Søknad "), "{wrong}");

    let intake = portal.browser();
    intake.sign_in("staff", "petter", "/staff").await;
    let case = format!("/staff/clearances/{unmatched}");
    assert!(neutral(&intake, &format!("{case}?reason=handle_case")).await.starts_with("Søknad "));
    neutral(&intake, &format!("{case}/match?reason=handle_case")).await;
}

/// A signed-in relative who may visit Even Fjellvik.
async fn relative(portal: &Portal) -> Browser {
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    let (unit,): (String,) = portal.ctx.db.one(UNIT, vec![]).await.expect("the unit");
    let (person,): (String,) = portal.ctx.db.one(LATEST, vec![]).await.expect("her session");
    let person: Id<Person> = Id::new(person);
    Stage::new(&portal.ctx, Id::new(unit)).await.grant(&person, &person, "").await;
    browser
}

/// Books through every question, with each mistake first: the visit's path.
async fn booked(browser: &Browser) -> String {
    let who = browser.get("/visits/book").await;
    neutral(browser, "/visits/book").await;
    let (inmate, person) = (who.hidden("inmate"), who.hidden("people[]"));
    refused(browser, "/api/visits/book/who", &[("inmate", &inmate)]).await;
    browser.post("/api/visits/book/who", &[("inmate", &inmate), ("people[]", &person)]).await;
    let when = browser.get("/visits/book/when").await;
    neutral(browser, "/visits/book/when").await;
    let (session, from) = (when.hidden("session"), when.hidden("from"));
    refused(browser, "/api/visits/book/when", &[("from", &from)]).await;
    browser.post("/api/visits/book/when", &[("session", &session), ("from", &from)]).await;
    neutral(browser, "/visits/book/check").await;
    let hold = browser.get("/visits/book/check").await.hidden("hold");
    browser.post("/api/visits/book/extend", &[("hold", &hold)]).await;
    refused(browser, "/api/visits/book/extend", &[("hold", &hold)]).await;
    let answer = browser.post("/api/visits/book/confirm", &[("hold", &hold)]).await;
    neutral(browser, answer.location()).await;
    answer.location().trim_end_matches("?done=booked").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_title_of_a_visit_holds_a_name() {
    let portal = Portal::start_standing().await;
    let maja = relative(&portal).await;
    let visit = booked(&maja).await;
    assert_eq!(neutral(&maja, &visit).await, "Besøket – Varde");
    neutral(&maja, &format!("{visit}/cancel")).await;

    let staff = portal.browser();
    staff.sign_in("staff", "henrik", "/staff").await;
    let ask = format!("/staff{}/cancel", visit.trim_start_matches("/visits"));
    neutral(&staff, &ask).await;
    let page = staff.get(&ask).await;
    let (public, version) = (page.hidden("public"), page.hidden("version"));
    let form = [("public", public.as_str()), ("version", version.as_str())];
    refused(&staff, "/api/staff/bookings/cancel", &form).await;
    let form = [form[0], form[1], ("reason", "staffing")];
    let done = staff.post("/api/staff/bookings/cancel", &form).await;
    neutral(&staff, done.location()).await;
    assert_eq!(neutral(&maja, &visit).await, "Besøket – Varde");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cancels_second_is_told_who_was_first_and_why() {
    let portal = Portal::start_standing().await;
    let maja = relative(&portal).await;
    let visit = booked(&maja).await;
    let staff = portal.browser();
    staff.sign_in("staff", "henrik", "/staff").await;
    let (date,): (String,) = portal.ctx.db.one("SELECT date FROM booking", vec![]).await.expect("a booking");
    let day = format!("/staff/day?unit=lyngmo&date={date}");
    let id = visit.rsplit('/').next().expect("an id");
    for forged in ["done=cancelled".to_owned(), format!("done=already&booking={id}")] {
        let page = staff.get(&format!("{day}&{forged}")).await.text;
        assert!(!page.contains("får beskjed") && !page.contains("var alt avlyst"), "{forged}");
    }
    let ask = format!("/staff/bookings/{id}/cancel");
    let page = staff.get(&ask).await;
    let (public, version) = (page.hidden("public"), page.hidden("version"));
    let form = [("public", public.as_str()), ("version", version.as_str()), ("reason", "staffing")];
    staff.post("/api/staff/bookings/cancel", &form).await;
    let second = staff.post("/api/staff/bookings/cancel", &form).await;
    let mut page = staff.get(second.location()).await;
    while page.status == StatusCode::SEE_OTHER {
        page = staff.get(page.location()).await;
    }
    assert!(page.text.contains("var alt avlyst.") && page.text.contains("For få ansatte"), "{}", page.text);
    let forged = maja.get("/visits?done=discarded").await;
    assert!(forged.text.contains("Utkastet er slettet"), "with no draft it is true, whoever says it");
    let unconfirmed = maja.get("/my/contact?done=confirmed").await;
    assert!(!unconfirmed.text.contains("Adressen er bekreftet"), "no address is confirmed");
}
