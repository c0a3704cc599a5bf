//! What is held about somebody, as a browser without script sees it: the page, who has looked, the version for printing, the
//! file; and the victims' area, whose page and file nobody else can tell to be there.

use backend::args;
use reqwest::StatusCode;
use serde_json::Value;

use crate::{
    harness::{Browser, Page, Portal},
    titles::neutral,
};

const FILE: &str = "/my/data/file";

async fn citizen(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("citizen", persona, "/my").await;
    browser
}

fn json(page: &Page) -> Value {
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert_eq!(page.header("content-type"), "application/json");
    assert!(page.header("content-disposition").starts_with("attachment"), "a download");
    assert!(page.header("cache-control").contains("no-store"), "{}", page.header("cache-control"));
    serde_json::from_str(&page.text).expect("JSON")
}

fn part<'a>(file: &'a Value, name: &str) -> &'a Value {
    let parts = file["parts"].as_array().expect("parts");
    parts.iter().find(|part| part["part"] == name).expect("the part")
}

/// Applies by posting what the pages post.
async fn applied(browser: &Browser) {
    let whom = [("name", "Even Fjellvik"), ("birth_day", "1"), ("birth_month", "1"), ("birth_year", "1970")];
    let steps: [(&str, Vec<(&str, &str)>); 6] = [
        ("whom", [&whom[..], &[("number", "")]].concat()),
        ("relation", vec![("relation", "sibling")]),
        ("contact", vec![("email", "maja@eksempel.no"), ("phone", "41234567")]),
        (
            "children",
            vec![("name", ""), ("birth_day", ""), ("birth_month", ""), ("birth_year", ""), ("then", "on")],
        ),
        ("needs", vec![("note", "")]),
        ("police", vec![("read", "yes")]),
    ];
    for (step, form) in steps {
        let page = browser.post(&format!("/api/visits/apply/{step}"), &form).await;
        assert!(!page.location().contains("try="), "{step} was refused: {}", page.location());
    }
    browser.post("/api/visits/apply/submit", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn she_sees_what_is_held_why_by_which_law_and_for_how_long_and_takes_it_along() {
    let portal = Portal::start().await;
    let maja = citizen(&portal, "maja").await;
    applied(&maja).await;
    let my = maja.get("/my").await;
    assert!(my.text.contains("/my/data"), "her own page leads there");
    neutral(&maja, "/my/data").await;
    let page = maja.get("/my/data").await;
    for there in [
        "Dette vet Varde om deg",
        "Søknader og besøk",
        "Even Fjellvik",
        "maja@eksempel.no",
        "traffegjennomføringsloven",
        "10 år",
        "28 dager",
        "Dette har vi ikke noe om",
    ] {
        assert!(page.text.contains(there), "{there}");
    }
    let number: String = portal.ctx.db.one::<(String,)>(LATEST, args![]).await.expect("a person").0;
    let file = json(&maja.get(FILE).await);
    assert_eq!(file["format"], "varde/my-data/1");
    let application = &part(&file, "visits")["things"][0];
    assert_eq!(
        (&application["kind"], &application["whom"]),
        (&"application".into(), &"Even Fjellvik".into())
    );
    let national = part(&file, "person")["things"][0]["national_id"].as_str().expect("her number").to_owned();
    assert_eq!(national.len(), 11);
    assert!(!page.text.contains(&national), "on the page its end is covered");
    assert!(page.text.contains(&format!("{}•••••", &national[..6])));
    for part in file["parts"].as_array().expect("parts") {
        let name = &part["part"];
        assert!(!part["grounds"].as_array().expect("grounds").is_empty(), "{name} has a ground");
        for table in part["register"].as_array().expect("register") {
            assert!(
                !table["purpose"].as_str().unwrap_or_default().is_empty() && !table["kept"].is_null(),
                "{name}"
            );
        }
    }
    assert!(!number.is_empty());

    neutral(&maja, "/my/data/print").await;
    let paper = maja.get("/my/data/print").await;
    assert!(paper.text.contains("Even Fjellvik") && !paper.text.contains("<details class=\"details\""));
    let ingrid = citizen(&portal, "ingrid").await;
    for path in ["/my/data", "/my/data/print", FILE] {
        let others = ingrid.get(path).await;
        assert!(
            !others.text.contains("Even Fjellvik") && !others.text.contains("maja@eksempel.no"),
            "{path}"
        );
    }
}

const LATEST: &str = "SELECT id FROM person ORDER BY created_at DESC LIMIT 1";

#[tokio::test(flavor = "multi_thread")]
async fn who_has_looked_is_told_by_role_unit_time_and_reason_and_never_by_name() {
    let portal = Portal::start().await;
    let maja = citizen(&portal, "maja").await;
    assert!(maja.get("/my/data/looks").await.text.contains("Ingen ansatte har sett"));
    applied(&maja).await;
    let henrik = portal.browser();
    henrik.sign_in("staff", "henrik", "/staff").await;
    let id: String = portal.ctx.db.one::<(String,)>(CASE, args![]).await.expect("a case").0;
    let path = format!("/staff/clearances/{id}?reason=answer_question");
    assert_eq!(henrik.get(&path).await.status, StatusCode::OK);
    let waits = maja.get("/my/data/looks").await;
    assert!(
        waits.text.contains("Ingen ansatte har sett"),
        "before the inmate's yes it would say where he is"
    );
    portal.run("UPDATE application SET state = 'awaiting_police', answered_on = '2026-09-01'").await;
    neutral(&maja, "/my/data/looks").await;
    let page = maja.get("/my/data/looks").await;
    for there in ["Saksbehandler, Lyngmo fengsel", "Svarer på et spørsmål", "Søknad"] {
        assert!(page.text.contains(there), "{there}");
    }
    let (name,): (String,) = portal.ctx.db.one(HENRIK, args![]).await.expect("his name");
    let file = maja.get(FILE).await;
    for text in [&page.text, &file.text, &maja.get("/my/data/print").await.text] {
        assert!(!text.contains(&name), "never a name");
    }
    let look = &json(&file)["looks"][0];
    assert_eq!((&look["role"], &look["why"]), (&"case_officer".into(), &"answer_question".into()));
    assert!(!citizen(&portal, "ingrid").await.get("/my/data/looks").await.text.contains("Svarer på"));
}

const CASE: &str = "SELECT public_id FROM application";
const HENRIK: &str =
    "SELECT s.name FROM staff_member s JOIN audit a ON a.actor_id = s.id WHERE a.action = 'look' LIMIT 1";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_for_whoever_it_is_about() {
    let portal = Portal::start().await;
    let (nobody, staff, visitor) = (portal.browser(), portal.browser(), portal.browser());
    staff.sign_in("staff", "henrik", "/staff").await;
    visitor.sign_in("message", "solveig", "/message").await;
    for browser in [&nobody, &staff, &visitor] {
        let page = browser.get(FILE).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert!(page.location().starts_with("/sign-in"), "{}", page.location());
    }
    let maja = citizen(&portal, "maja").await;
    for browser in [&nobody, &staff, &maja] {
        let page = browser.get("/message/data/file").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert!(page.location().starts_with("/message?"), "{}", page.location());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t09_her_own_area_tells_what_it_holds_and_no_other_page_knows_of_it() {
    let portal = Portal::start_standing().await;
    let (browser, _, _) = crate::notices_mine::told(&portal).await;
    let home = browser.get("/message").await;
    assert!(home.text.contains("/message/data"), "her front page leads there");
    let page = browser.get("/message/data").await;
    for there in ["Bare du ser denne siden.", "Odd Tyttebærmo", "traffegjennomføringsloven §§ 7 b og 7 i"]
    {
        assert!(page.text.contains(there), "{there}: {}", page.status);
    }
    assert!(!page.text.contains("Skal ikke oppsøke henne."), "what a notice says is read in the notice");
    let file = browser.get("/message/data/file").await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"fil.json\"");
    let whole = json(&file);
    let kinds: Vec<&str> = whole["things"]
        .as_array()
        .expect("things")
        .iter()
        .filter_map(|thing| thing["kind"].as_str())
        .collect();
    for kind in ["herself", "request", "registration", "notice", "session"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    assert!(!file.text.to_lowercase().contains("varde"), "the file does not carry the name of the service");
    // The same person in her other area: nothing of it, in page or file.
    let hers = citizen(&portal, "solveig").await;
    for path in ["/my/data", "/my/data/looks", "/my/data/print", FILE] {
        let text = hers.get(path).await.text;
        for sign in
            ["Tyttebærmo", "\"/message/", "7 b og 7 i", "\"registration\"", "\"notice\"", "\"notices\""]
        {
            assert!(!text.contains(sign), "{path}: {sign}");
        }
    }
}
