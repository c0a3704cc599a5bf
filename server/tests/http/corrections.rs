//! A request to put something right, as a browser without script walks it: from what is held to the receipt, to the desk of the
//! unit, and back with the answer and the way to complain.

use app::letters::Letters;
use backend::{args, delivery::Mailer, wiring};
use reqwest::StatusCode;

use crate::{
    harness::{Browser, Page, Portal},
    titles::neutral,
};

const ASK: &str = "/api/my/corrections/ask";
const NEW: &str = "/my/data/corrections/new";
const SETTLE: &str = "/api/staff/corrections/settle";

async fn citizen(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("citizen", persona, "/my").await;
    browser
}

async fn officer(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("staff", persona, "/staff").await;
    browser
}

/// What the page would post, with these words.
async fn asked(browser: &Browser, wrong: &str, right: &str) -> Page {
    let page = browser.get(NEW).await;
    assert_eq!(page.status, StatusCode::OK);
    let key = page.hidden("key");
    let form = [
        ("key", key.as_str()),
        ("wish", "correct"),
        ("about", "visits"),
        ("wrong", wrong),
        ("right", right),
        ("unit", "lyngmo"),
    ];
    browser.post(ASK, &form).await
}

async fn work(portal: &Portal) {
    let mailer = Mailer::new(&portal.ctx.settings).expect("a mailer");
    while wiring::work_once(&portal.ctx, &mailer, &Letters).await.expect("it works") > 0 {}
}

async fn settled(henrik: &Browser, desk: &str, outcome: &str, words: &str) -> Page {
    let page = henrik.get(desk).await;
    let [id, version] = ["id", "version"].map(|name| page.hidden(name));
    let form = [("id", id.as_str()), ("version", version.as_str()), ("outcome", outcome), ("words", words)];
    henrik.post(SETTLE, &form).await
}

#[tokio::test(flavor = "multi_thread")]
async fn from_what_is_held_to_the_answer_and_the_way_to_complain() {
    let portal = Portal::start().await;
    let (maja, henrik) = (citizen(&portal, "maja").await, officer(&portal, "henrik").await);
    assert!(
        maja.get("/my/data").await.text.contains("/my/data/corrections"),
        "the page of what is held leads there"
    );
    neutral(&maja, "/my/data/corrections").await;
    neutral(&maja, NEW).await;

    // What is wrong is said, and what was typed is kept.
    let refused = asked(&maja, "Det står kjæreste.", "").await;
    let title = neutral(&maja, refused.location()).await;
    assert!(title.starts_with("Feil: "), "{title}");
    let page = maja.get(refused.location()).await;
    assert!(page.text.contains("Skriv hva som er riktig.") && page.text.contains("Det står kjæreste."));

    let sent = asked(&maja, "Det står kjæreste.", "Søster").await;
    let receipt = sent.location().to_owned();
    assert!(receipt.ends_with("/receipt"), "{receipt}");
    neutral(&maja, &receipt).await;
    let (reference,): (String,) =
        portal.ctx.db.one("SELECT reference FROM correction", args![]).await.expect("a row");
    let page = maja.get(&receipt).await;
    assert!(
        page.text.contains(&format!("{}-{}", &reference[..4], &reference[4..]))
            || page.text.contains(&reference)
    );
    assert!(page.text.contains("Svar innen"), "the clock is told");
    let path = receipt.trim_end_matches("/receipt").to_owned();
    let page = maja.get(&path).await;
    assert!(page.text.contains("Ingen har sett på den ennå.") && page.text.contains("til Lyngmo fengsel."));

    // The desk of the unit.
    let desk = format!("/staff/corrections/{}", path.rsplit('/').next().expect("an id"));
    assert!(henrik.get("/staff/corrections").await.text.contains(&desk));
    neutral(&henrik, &desk).await;
    assert!(henrik.get(&desk).await.text.contains("Det står kjæreste."));
    let page = henrik.get(&desk).await;
    let [id, version] = ["id", "version"].map(|name| page.hidden(name));
    let taken = henrik.post("/api/staff/corrections/take", &[("id", &id), ("version", &version)]).await;
    assert_eq!(taken.location(), desk);
    let wrong = settled(&henrik, &desk, "refused", "").await;
    assert!(wrong.location().contains("try="), "{}", wrong.location());
    assert!(henrik.get(wrong.location()).await.text.contains("Skriv et svar."));
    let done = settled(&henrik, &desk, "refused", "Det er riktig slik det står.").await;
    assert_eq!(done.location(), desk);

    // She is told that there is something, and no more; her page has the answer and the way on.
    work(&portal).await;
    let page = maja.get(&path).await;
    for there in
        ["Ikke gjort", "Det er riktig slik det står.", "Datatilsynet", "Saksbehandler, Lyngmo fengsel"]
    {
        assert!(page.text.contains(there), "{there}");
    }
    let (name,): (String,) = portal.ctx.db.one(HENRIK, args![]).await.expect("his name");
    assert!(!page.text.contains(&name), "never a name");
    let again = settled_again(&henrik, &id).await;
    assert!(henrik.get(again.location()).await.text.contains("alt besvart"), "{}", again.location());
    let file = maja.get("/my/data/file").await.text;
    assert!(file.contains("Det er riktig slik det står."), "what she takes along has it");
}

const HENRIK: &str = "SELECT s.name FROM staff_member s JOIN correction c ON c.officer_id = s.id";

async fn settled_again(henrik: &Browser, id: &str) -> Page {
    henrik.post(SETTLE, &[("id", id), ("version", "3"), ("outcome", "done"), ("words", "Ja.")]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_whole_has_nothing_to_complain_of_and_what_is_taken_back_or_passed_on_is_not_her_officers_work()
 {
    let portal = Portal::start().await;
    let (maja, henrik) = (citizen(&portal, "maja").await, officer(&portal, "henrik").await);
    let path = asked(&maja, "Feil", "Rett").await.location().trim_end_matches("/receipt").to_owned();
    let desk = format!("/staff/corrections/{}", path.rsplit('/').next().expect("an id"));
    settled(&henrik, &desk, "done", "Rettet.").await;
    let page = maja.get(&path).await;
    assert!(page.text.contains("Rettet.") && !page.text.contains("Datatilsynet"));

    // What belongs elsewhere is passed on; she is not told where.
    let path =
        asked(&maja, "Gjelder noe annet", "Slik").await.location().trim_end_matches("/receipt").to_owned();
    let desk = format!("/staff/corrections/{}", path.rsplit('/').next().expect("an id"));
    let page = henrik.get(&desk).await;
    let [id, version] = ["id", "version"].map(|name| page.hidden(name));
    let form = |to| [("id", id.as_str()), ("version", version.as_str()), ("to", to)];
    let nowhere = henrik.post("/api/staff/corrections/pass", &form("")).await;
    assert!(henrik.get(nowhere.location()).await.text.contains("Velg en annen enhet."));
    let passed = henrik.post("/api/staff/corrections/pass", &form("bekkelund")).await;
    assert_eq!(passed.location(), "/staff/corrections?done=passed");
    assert!(
        henrik.get(passed.location()).await.text.contains("Forespørselen står nå hos den andre enheten.")
    );
    assert_eq!(henrik.get(&desk).await.status, StatusCode::NOT_FOUND);
    let page = maja.get(&path).await;
    assert!(page.text.contains("Lyngmo fengsel") && !page.text.contains("Bekkelund"));

    let path = asked(&maja, "Noe", "Annet").await.location().trim_end_matches("/receipt").to_owned();
    let id = path.rsplit('/').next().expect("an id").to_owned();
    let back = maja.post("/api/my/corrections/withdraw", &[("id", &id)]).await;
    assert_eq!(back.location(), path);
    assert!(maja.get(&path).await.text.contains("Du trakk den tilbake"));
    assert_eq!(henrik.get(&format!("/staff/corrections/{id}")).await.status, StatusCode::NOT_FOUND);
}

/// T1: hers alone, and the case officers' of its unit.
#[tokio::test(flavor = "multi_thread")]
async fn t01_a_request_is_hers_and_its_units() {
    let portal = Portal::start().await;
    let maja = citizen(&portal, "maja").await;
    let path = asked(&maja, "Feil", "Rett").await.location().trim_end_matches("/receipt").to_owned();
    let id = path.rsplit('/').next().expect("an id").to_owned();
    let (mine, receipt, desk) = (path.clone(), format!("{path}/receipt"), format!("/staff/corrections/{id}"));
    let unknown = |path: &str| path.replace(&id, &"1".repeat(26));
    let ingrid = citizen(&portal, "ingrid").await;
    for path in [&mine, &receipt] {
        let (hers, nobodys) = (ingrid.get(path).await, ingrid.get(&unknown(path)).await);
        assert_eq!((hers.status, nobodys.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{path}");
    }
    let taken = ingrid.post("/api/my/corrections/withdraw", &[("id", &id)]).await;
    assert_eq!(taken.status, StatusCode::NOT_FOUND);
    for persona in ["nadia", "geir", "auditor", "astrid", "ragnhild"] {
        let staff = officer(&portal, persona).await;
        assert_eq!(staff.get(&desk).await.status, StatusCode::NOT_FOUND, "{persona}");
        for (to, form) in [
            ("/api/staff/corrections/take", vec![("id", id.as_str()), ("version", "1")]),
            ("/api/staff/corrections/pass", vec![("id", id.as_str()), ("version", "1"), ("to", "bekkelund")]),
            (SETTLE, vec![("id", id.as_str()), ("version", "1"), ("outcome", "refused"), ("words", "Nei.")]),
        ] {
            let answer = staff.post(to, &form).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{persona} at {to}");
        }
    }
    let (version, looks): (i64, i64) = portal.ctx.db.one(UNTOUCHED, args![]).await.expect("a state");
    assert_eq!((version, looks), (1, 0));
}

const UNTOUCHED: &str = "SELECT version, (SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE subject_kind = 'correction' \
    AND action = 'look') FROM correction";
