//! A relative applies for clearance and follows it, with forms posted as a browser without script posts them.

use backend::{
    ctx::Staff,
    identity::sessions,
    visits::clearance::{self, Application, Case, LookReason},
};
use domain::{
    access::Area,
    kernel::{CivilDate, Locale, Public},
    visits::clearance::{Decided, Measure, PoliceOutcome},
};
use reqwest::StatusCode;

use crate::harness::{Browser, Page, Portal};

/// An inmate of the demo, at Lyngmo.
const EVEN: &[(&str, &str)] = &[
    ("name", "Even Fjellvik"),
    ("birth_day", "1"),
    ("birth_month", "1"),
    ("birth_year", "1970"),
    ("number", ""),
];
const ASK: &[(&str, &str)] = &[
    ("name", "Ask Fjellvik"),
    ("birth_day", "11"),
    ("birth_month", "5"),
    ("birth_year", "2020"),
    ("then", "add"),
];
const SUBMIT: &str = "/api/visits/apply/submit";

async fn relative(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("citizen", persona, "/my").await;
    browser
}

/// Posts the answer to a question and gives where it leads.
async fn answer(browser: &Browser, question: &str, form: &[(&str, &str)]) -> String {
    let page = browser.post(&format!("/api/visits/apply/{question}"), form).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{question}: {}", page.text);
    page.location().to_owned()
}

/// All questions answered; where the last one leads.
async fn answer_all(browser: &Browser, whom: &[(&str, &str)]) -> String {
    answer(browser, "whom", whom).await;
    answer(browser, "relation", &[("relation", "sibling")]).await;
    answer(browser, "contact", &[("email", "maja@eksempel.no"), ("phone", "412 34 567")]).await;
    answer(browser, "children", ASK).await;
    answer(browser, "needs", &[("needs[]", "wheelchair"), ("language", ""), ("note", "")]).await;
    answer(browser, "police", &[("read", "yes")]).await
}

/// Applied: the application's public id.
async fn applied(browser: &Browser, whom: &[(&str, &str)]) -> String {
    assert_eq!(answer_all(browser, whom).await, "/visits/apply/check");
    let receipt = answer(browser, "submit", &[]).await;
    receipt.strip_prefix("/visits/apply/receipt/").expect("a receipt").to_owned()
}

async fn officer(portal: &Portal) -> Staff {
    let browser = portal.browser();
    browser.sign_in("staff", "henrik", "/staff").await;
    let token = browser.cookie("varde_staff").expect("a session");
    let live = sessions::find(&portal.ctx, Area::Staff, &token).await.expect("a read").expect("live");
    live.actor.staff().expect("an officer").clone()
}

async fn case(portal: &Portal, staff: &Staff, public: &Public<Application>) -> Case {
    let found = clearance::case(&portal.ctx, staff, public, LookReason::HandleCase).await;
    found.expect("a read").expect("a case of his unit")
}

fn today(portal: &Portal) -> CivilDate {
    portal.ctx.now().date()
}

/// Without what is drawn anew for every answer.
fn masked(page: &Page) -> String {
    let mut parts = page.text.split("nonce=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('"').map_or(part, |(_, rest)| rest))
}

/// The words on a page, without its markup.
fn words(page: &Page) -> String {
    page.text
        .split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(_, text)| text)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A page, what is posted to it, and the words that refuse it.
type Wrong<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

#[tokio::test(flavor = "multi_thread")]
async fn one_question_leads_to_the_next_and_the_last_to_the_receipt() {
    let portal = Portal::start().await;
    let maja = relative(&portal, "maja").await;
    assert!(maja.get("/visits/apply").await.text.contains("Begynn på søknaden"));
    assert_eq!(maja.get("/visits/apply/check").await.location(), "/visits/apply", "nothing to check yet");
    assert_eq!(answer(&maja, "whom", EVEN).await, "/visits/apply/relation");
    assert_eq!(answer(&maja, "relation", &[("relation", "sibling")]).await, "/visits/apply/contact");
    assert_eq!(maja.get("/visits/apply/check").await.location(), "/visits/apply/contact", "a gap");
    let contact = [("email", "maja@eksempel.no"), ("phone", "412 34 567")];
    assert_eq!(answer(&maja, "contact", &contact).await, "/visits/apply/children");
    assert_eq!(answer(&maja, "children", ASK).await, "/visits/apply/children");
    assert!(maja.get("/visits/apply/children").await.text.contains("Ask Fjellvik"));
    let none = [("name", ""), ("birth_day", ""), ("birth_month", ""), ("birth_year", ""), ("then", "on")];
    assert_eq!(answer(&maja, "children", &none).await, "/visits/apply/needs");
    let needs = [("needs[]", "wheelchair"), ("needs[]", "interpreter"), ("language", "polsk"), ("note", "")];
    assert_eq!(answer(&maja, "needs", &needs).await, "/visits/apply/police");
    assert_eq!(answer(&maja, "police", &[("read", "yes")]).await, "/visits/apply/check");
    let check = maja.get("/visits/apply/check").await;
    for said in
        ["Even Fjellvik", "1. januar 1970", "Bror eller søster", "412 34 567", "Ask Fjellvik", "Tolk: polsk"]
    {
        assert!(check.text.contains(said), "{said}");
    }
    let receipt = maja.get(&answer(&maja, "submit", &[]).await).await;
    assert_eq!(receipt.status, StatusCode::OK);
    assert!(receipt.text.contains("Søknaden er sendt") && receipt.text.contains("m•••@eksempel.no"));
    assert!(maja.get("/visits").await.text.contains("Vi spør den du vil besøke"));
    assert!(maja.get("/visits/apply").await.text.contains("Begynn på søknaden"), "the draft is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_comes_back_with_all_that_was_typed() {
    let portal = Portal::start().await;
    let maja = relative(&portal, "maja").await;
    let wrong: &[Wrong] = &[
        (
            "whom",
            &[
                ("name", ""),
                ("birth_day", "12"),
                ("birth_month", "15"),
                ("birth_year", "1991"),
                ("number", ""),
            ],
            &["Skriv hele navnet", "tall fra 1 til 12", "href=\"#birth_month\"", "value=\"1991\""],
        ),
        (
            "whom",
            &[("name", "<b>\"Even"), ("number", "123")],
            &["Kontroller fødselsnummeret", "&lt;b&gt;&quot;Even", "value=\"123\""],
        ),
        ("relation", &[], &["Velg hvordan dere kjenner hverandre"]),
        (
            "contact",
            &[("email", "maja"), ("phone", "12")],
            &["navn@eksempel.no", "åtte siffer", "value=\"maja\"", "value=\"12\""],
        ),
        (
            "children",
            &[
                ("name", "Ida"),
                ("birth_day", "1"),
                ("birth_month", "5"),
                ("birth_year", "1999"),
                ("then", "on"),
            ],
            &["fylt 18", "value=\"Ida\"", "value=\"1999\""],
        ),
        (
            "needs",
            &[
                ("needs[]", "interpreter"),
                ("needs[]", "sight"),
                ("language", ""),
                ("note", "</textarea><script>"),
            ],
            &["Skriv hvilket språk", "&lt;/textarea&gt;&lt;script&gt;"],
        ),
        ("police", &[], &["Kryss av"]),
    ];
    for (question, form, expected) in wrong {
        let again = answer(&maja, question, form).await;
        assert!(again.starts_with(&format!("/visits/apply/{question}?try=")), "{again}");
        let page = maja.get(&again).await;
        assert!(page.text.contains("id=\"error-summary\"") && page.text.contains("Feil: "), "{question}");
        for said in *expected {
            assert!(page.text.contains(said), "{question}: {said}");
        }
        let eirik = relative(&portal, "eirik").await;
        assert!(!eirik.get(&again).await.text.contains("id=\"error-summary\""), "{question}: hers alone");
    }
    assert_eq!(
        maja.get("/visits/apply/check").await.location(),
        "/visits/apply",
        "nothing was kept as an answer"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_makes_one_application() {
    let portal = Portal::start().await;
    let maja = relative(&portal, "maja").await;
    answer_all(&maja, EVEN).await;
    let (first, second) = tokio::join!(maja.post(SUBMIT, &[]), maja.post(SUBMIT, &[]));
    let third = maja.post(SUBMIT, &[]).await;
    assert!(first.location().starts_with("/visits/apply/receipt/"), "{}", first.location());
    assert_eq!(first.location(), second.location());
    assert_eq!(first.location(), third.location());
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM application";
    let (count,): (i64,) = portal.ctx.db.one(sql, vec![]).await.expect("a count");
    assert_eq!(count, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_application_is_the_same_as_none() {
    let portal = Portal::start().await;
    let (maja, eirik) = (relative(&portal, "maja").await, relative(&portal, "eirik").await);
    let hers = applied(&maja, EVEN).await;
    let none = "0".repeat(hers.len());
    for (before, after) in
        [("/visits/apply/receipt/", ""), ("/visits/clearances/", ""), ("/visits/clearances/", "/withdraw")]
    {
        let path = |id: &str| format!("{before}{id}{after}");
        let (foreign, absent) = (eirik.get(&path(&hers)).await, eirik.get(&path(&none)).await);
        assert_eq!((foreign.status, absent.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert_eq!(masked(&foreign).replace(&hers, &none), masked(&absent), "{}", path("…"));
    }
    eirik.post("/api/visits/clearances/withdraw", &[("public", &hers)]).await;
    assert!(
        maja.get(&format!("/visits/clearances/{hers}")).await.text.contains("Du trenger ikke gjøre noe nå")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_found_again_and_can_be_thrown_away() {
    let portal = Portal::start().await;
    let maja = relative(&portal, "maja").await;
    answer(&maja, "whom", EVEN).await;
    let elsewhere = relative(&portal, "maja").await;
    let start = elsewhere.get("/visits/apply").await;
    assert!(
        start.text.contains("Den gjelder Even Fjellvik") && start.text.contains("/visits/apply/relation")
    );
    assert!(elsewhere.get("/visits/apply/whom").await.text.contains("value=\"Even Fjellvik\""));
    assert!(elsewhere.get("/visits").await.text.contains("Søknad som ikke er sendt"));
    assert!(elsewhere.get("/visits/apply/discard").await.text.contains("Vil du slette utkastet?"));
    assert_eq!(answer(&elsewhere, "discard", &[]).await, "/visits?done=discarded");
    assert!(maja.get("/visits?done=discarded").await.text.contains("Utkastet er slettet"));
    assert!(!maja.get("/visits/apply/whom").await.text.contains("Even"));
}

#[tokio::test(flavor = "multi_thread")]
async fn children_are_named_once_and_taken_off_one_at_a_time() {
    let portal = Portal::start().await;
    let maja = relative(&portal, "maja").await;
    answer(&maja, "children", ASK).await;
    answer(&maja, "children", ASK).await;
    let ida =
        [("name", "Ida"), ("birth_day", "1"), ("birth_month", "5"), ("birth_year", "2019"), ("then", "on")];
    assert_eq!(answer(&maja, "children", &ida).await, "/visits/apply/whom", "named and on to the first gap");
    let page = maja.get("/visits/apply/children").await;
    assert!(page.text.contains("Barn 2") && !page.text.contains("Barn 3"));
    let off = [("index", "0"), ("name", "Ask Fjellvik"), ("birth", "2020-05-11")];
    for _ in 0..2 {
        answer(&maja, "children/remove", &off).await;
    }
    let page = maja.get("/visits/apply/children").await;
    assert!(page.text.contains("Ida") && !page.text.contains("Ask"), "a second click takes nobody else off");
}

#[tokio::test(flavor = "multi_thread")]
async fn contact_details_are_asked_for_once() {
    let portal = Portal::start().await;
    let maja = relative(&portal, "maja").await;
    applied(&maja, EVEN).await;
    let page = maja.get("/visits/apply/contact").await;
    assert!(page.text.contains("Dette har vi fra før") && page.text.contains("value=\"maja@eksempel.no\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn before_consent_the_page_is_the_same_whoever_he_is_and_whatever_he_said() {
    let portal = Portal::start_standing().await;
    let maja = relative(&portal, "maja").await;
    let here = applied(&maja, EVEN).await;
    let nobody: Vec<(&str, &str)> =
        EVEN.iter().map(|f| if f.0 == "birth_year" { ("birth_year", "1971") } else { *f }).collect();
    let nowhere = applied(&maja, &nobody).await;
    let staff = officer(&portal).await;
    let public = Public::parse(&here).expect("an id");
    let version = case(&portal, &staff, &public).await.version;
    let declined =
        clearance::inmate_answer(&portal.ctx, &staff, &public, version, false, today(&portal)).await;
    declined.expect("a write").expect("done");
    let (one, other) = (
        maja.get(&format!("/visits/clearances/{here}")).await,
        maja.get(&format!("/visits/clearances/{nowhere}")).await,
    );
    let own = |page: &Page, id: &str| {
        let words = words(page);
        let at = words.find("Referanse ").expect("a reference") + "Referanse ".len();
        masked(page).replace(id, "").replace(&words[at..at + 9], "")
    };
    assert_eq!(own(&one, &here), own(&other, &nowhere));
    assert!(!one.text.contains("Lyngmo fengsel"), "no unit is named");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tracker_follows_the_case_to_its_decision() {
    let portal = Portal::start().await;
    let maja = relative(&portal, "maja").await;
    let id = applied(&maja, EVEN).await;
    let path = format!("/visits/clearances/{id}");
    let (public, staff) = (Public::parse(&id).expect("an id"), officer(&portal).await);
    let day = today(&portal);

    let version = case(&portal, &staff, &public).await.version;
    let said = clearance::inmate_answer(&portal.ctx, &staff, &public, version, true, day).await;
    said.expect("a write").expect("done");
    let page = maja.get(&path).await;
    assert!(words(&page).contains("Sjekk hos politiet   Her er vi nå"), "{}", words(&page));
    assert!(page.text.contains("Saksbehandler, Lyngmo fengsel") && page.text.contains("Behandle søknaden"));

    let version = case(&portal, &staff, &public).await.version;
    let police =
        clearance::police_answer(&portal.ctx, &staff, &public, version, PoliceOutcome::NoRemark, day).await;
    police.expect("a write").expect("done");
    assert!(words(&maja.get(&path).await).contains("Vedtak   Her er vi nå"));

    let open = case(&portal, &staff, &public).await;
    let (adult, child): (Vec<_>, Vec<_>) = open.people.iter().partition(|p| !p.child);
    let clearances =
        |people: &[&clearance::CasePerson]| people.iter().map(|p| p.clearance.clone()).collect::<Vec<_>>();
    let valid_to = day.plus_days(365);
    let measures = Decided::Granted {
        measures: vec![Measure::Observation, Measure::GlassWall],
        reason: Some("Grunngivinga\nstår her".into()),
        valid_to,
    };
    let done = clearance::decide(
        &portal.ctx,
        &staff,
        &public,
        open.version,
        &clearances(&adult),
        &measures,
        Locale::Nn,
    )
    .await;
    done.expect("a write").expect("done");
    let open = case(&portal, &staff, &public).await;
    let refused = Decided::Refused { milder_considered: "Påsyn".into(), reason: "<i>Grunn</i>".into() };
    let done = clearance::decide(
        &portal.ctx,
        &staff,
        &public,
        open.version,
        &clearances(&child),
        &refused,
        Locale::Nb,
    )
    .await;
    done.expect("a write").expect("done");

    let page = maja.get(&path).await;
    let text = words(&page);
    for said in [
        "Vedtak for deg",
        "Du får besøke Even Fjellvik med kontrolltiltak: en ansatt ser på og glassvegg mellom dere",
        "Vedtak for Ask Fjellvik",
        "Ask Fjellvik får ikke besøke Even Fjellvik",
        "Dette ble vurdert først",
        "kan du klage innen",
        "Slik klager du",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let html = page.text.replace("<!>", "");
    assert!(html.contains("<div lang=\"nn\" class=\"prose\"><p>Grunngivinga</p>"));
    assert!(page.text.contains("&lt;i&gt;Grunn&lt;/i&gt;"));
    assert!(!page.text.contains("/withdraw"), "nothing left to withdraw");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_is_withdrawn_once_and_a_closed_one_says_so() {
    let portal = Portal::start().await;
    let maja = relative(&portal, "maja").await;
    let id = applied(&maja, EVEN).await;
    let path = format!("/visits/clearances/{id}");
    assert!(maja.get(&format!("{path}/withdraw")).await.text.contains("Vil du trekke søknaden?"));
    let form = [("public", id.as_str())];
    let page = maja.post("/api/visits/clearances/withdraw", &form).await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, path.as_str()));
    let page = maja.get(&path).await.text;
    assert!(page.contains("Søknaden er trukket") && page.contains("en søknad som er trukket, viser vi ikke"));
    let again = maja.post("/api/visits/clearances/withdraw", &form).await;
    assert_eq!(again.location(), format!("{path}?outcome=closed"));
    assert!(maja.get(again.location()).await.text.contains("alt ferdig behandlet"));
    assert_eq!(maja.get(&format!("{path}/withdraw")).await.location(), path);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_journey_speaks_three_languages() {
    let portal = Portal::start().await;
    let maja = relative(&portal, "maja").await;
    let id = applied(&maja, EVEN).await;
    answer_all(&maja, EVEN).await;
    let steps = ["whom", "relation", "contact", "children", "needs", "police", "check", "discard"];
    let mut paths: Vec<String> = steps.iter().map(|step| format!("/visits/apply/{step}")).collect();
    paths.extend(["/visits".to_owned(), "/visits/apply".to_owned(), format!("/visits/apply/receipt/{id}")]);
    paths.extend([format!("/visits/clearances/{id}"), format!("/visits/clearances/{id}/withdraw")]);
    for path in paths {
        let mut heads = std::collections::BTreeSet::new();
        for locale in [Locale::Nb, Locale::Nn, Locale::En] {
            maja.set_cookie("varde_locale", locale.code());
            let page = maja.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_eq!(page.text.matches("<h1").count(), 1, "{path}");
            heads.insert(words(&page));
        }
        assert_eq!(heads.len(), 3, "{path} is not the same in two languages");
        maja.set_cookie("varde_locale", "se");
        assert!(maja.get(&path).await.text.contains("<div lang=\"nb\">"), "{path}: bokmål is marked as such");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_to_nothing_is_corrected_and_sent_again_without_typing_it_all() {
    let portal = Portal::start_standing().await;
    let maja = relative(&portal, "maja").await;
    let id = applied(&maja, EVEN).await;
    answer(&maja, "again", &[("public", &id)]).await;
    assert!(maja.get("/visits/apply").await.text.contains("Begynn på søknaden"), "an open one is not copied");
    portal.wait_minutes(24 * 60 * 43);
    clearance::close_due(&portal.ctx).await.expect("closing");
    let maja = relative(&portal, "maja").await;
    let page = maja.get(&format!("/visits/clearances/{id}")).await;
    assert!(page.text.contains("Rett og send på nytt"), "{}", page.text);
    assert_eq!(answer(&maja, "again", &[("public", &id)]).await, "/visits/apply/whom");
    let whom = maja.get("/visits/apply/whom").await.text;
    assert!(whom.contains("value=\"Even Fjellvik\"") && whom.contains("value=\"1970\""), "{whom}");
    assert_eq!(answer(&maja, "whom", EVEN).await, "/visits/apply/police", "only that is asked anew");
    assert_eq!(answer(&maja, "police", &[("read", "yes")]).await, "/visits/apply/check");
    let check = maja.get("/visits/apply/check").await.text;
    assert!(check.contains("Ask Fjellvik") && check.contains("maja@eksempel.no"), "{check}");
    assert_eq!(answer(&maja, "again", &[("public", &id)]).await, "/visits/apply", "one is under way");
    let other = relative(&portal, "eirik").await;
    answer(&other, "again", &[("public", &id)]).await;
    let begun = other.get("/visits/apply").await.text;
    assert!(begun.contains("Begynn på søknaden"), "somebody else's gives nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leave_that_ends_is_renewed_with_what_is_known() {
    let portal = Portal::start().await;
    let stage = crate::booking::stage(&portal).await;
    let (maja, _) = crate::booking::relative(&portal, &stage, "maja").await;
    let list = maja.get("/visits").await.text;
    let at = list.find("/visits/clearances/").expect("her case");
    let path = list[at..].split('"').next().expect("an address").to_owned();
    let case = maja.get(&path).await.text;
    assert!(!case.contains("Tillatelsen din g"), "it runs on");
    for (end, said) in [("+10 days", "Tillatelsen din går ut"), ("-10 days", "Tillatelsen din gikk ut")] {
        let sql = format!("UPDATE clearance SET valid_to = date('now', '{end}')");
        portal.run(sql.leak()).await;
        assert!(maja.get(&path).await.text.contains(said), "{end}");
    }
    portal.run("UPDATE application SET typed_birth = '1970-01-01'").await;
    let public = path.rsplit('/').next().expect("an id");
    let again = maja.post("/api/visits/apply/again", &[("public", public)]).await;
    assert_eq!(again.location(), "/visits/apply/whom");
    let whom = maja.get(again.location()).await.text;
    assert!(whom.contains("value=\"Even Fjellvik\""), "what she answered is there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leave_is_given_up_after_its_effects_are_told_and_only_by_its_holder() {
    let portal = Portal::start().await;
    let stage = crate::booking::stage(&portal).await;
    let (maja, _) = crate::booking::relative(&portal, &stage, "maja").await;
    let list = maja.get("/visits").await.text;
    let at = list.find("/visits/clearances/").expect("her case");
    let path = list[at..].split('"').next().expect("an address").to_owned();
    let (ask, public) = (format!("{path}/give-up"), path.rsplit('/').next().expect("an id").to_owned());
    let form = [("public", public.as_str())];
    let eirik = relative(&portal, "eirik").await;
    assert_eq!(eirik.get(&ask).await.status, StatusCode::NOT_FOUND);
    eirik.post("/api/visits/clearances/give-up", &form).await;
    assert!(maja.get(&path).await.text.contains(&ask), "she still has it, and the way to give it up");
    let page = words(&maja.get(&ask).await);
    for said in [
        "Vil du avslutte tillatelsen?",
        "ikke lenger skrive til hverandre",
        "Vi sier ikke fra til Even Fjellvik",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
    assert_eq!(maja.post("/api/visits/clearances/give-up", &form).await.location(), path);
    let page = maja.get(&path).await.text;
    assert!(page.contains("Du har avsluttet tillatelsen") && !page.contains(&ask));
    assert!(page.contains("action=\"/api/visits/apply/again\""), "she can apply again");
    assert!(maja.get("/visits").await.text.contains("Tillatelsen er gått ut eller avsluttet"));
    assert_eq!(maja.get(&ask).await.location(), path);
    assert_eq!(maja.post("/api/visits/clearances/give-up", &form).await.location(), path, "twice is once");
}
