//! The one list of staff as a browser without script walks it: what stands on it, chosen by a plain form, taken, handed over,
//! undone, and left to others while somebody is away.

use reqwest::StatusCode;

use crate::{
    harness::{Browser, Page, Portal},
    titles::neutral,
};

const TAKE: &str = "/api/staff/work/take";
const GIVE: &str = "/api/staff/work/give";
const UNDO: &str = "/api/staff/work/undo";
const AWAY: &str = "/api/staff/work/away";
const LIST: &str = "/staff/work";

struct Scene {
    portal: Portal,
    /// Lyngmo.
    henrik: Browser,
    /// Lyngmo, Storåsen and the intake.
    petter: Browser,
    /// Storåsen.
    nadia: Browser,
    /// The conversation that Maja has begun.
    thread: String,
}

async fn staff(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("staff", persona, LIST).await;
    browser
}

impl Scene {
    /// Maja has written to Lyngmo, and waits.
    async fn new() -> Self {
        let portal = Portal::start_standing().await;
        let maja = portal.browser();
        maja.sign_in("citizen", "maja", "/my").await;
        let key = maja.get("/messages/new").await.hidden("key");
        let form = [("key", key.as_str()), ("unit", "lyngmo"), ("about", ""), ("topic", "practical")];
        let form = [&form[..], &[("words", "Hemmelig spørsmål"), ("draft", ""), ("then", "send")]].concat();
        let answer = maja.post("/api/messages/new", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        let path = answer.location().split('?').next().expect("a path");
        let thread = path.rsplit('/').next().expect("an id").to_owned();
        let (henrik, petter) = (staff(&portal, "henrik").await, staff(&portal, "petter").await);
        let nadia = staff(&portal, "nadia").await;
        Self { portal, henrik, petter, nadia, thread }
    }

    fn form<'a>(&'a self, back: &'a str) -> Vec<(&'a str, &'a str)> {
        vec![("source", "thread"), ("id", self.thread.as_str()), ("back", back)]
    }

    fn one(&self) -> String {
        format!("{LIST}/thread/{}", self.thread)
    }

    async fn take(&self, browser: &Browser) -> Page {
        led(browser, &browser.post(TAKE, &self.form(LIST)).await).await
    }
}

async fn led(browser: &Browser, answer: &Page) -> Page {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let page = browser.get(answer.location()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", answer.location());
    page
}

fn says(page: &Page, words: &[&str]) {
    for words in words {
        assert!(page.text.contains(words), "{words:?} in {}", page.text);
    }
}

fn says_not(page: &Page, words: &[&str]) {
    for words in words {
        assert!(!page.text.contains(words), "{words:?} in {}", page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_where_staff_land_and_it_leads_to_the_work() {
    let s = Scene::new().await;
    let fresh = s.portal.browser();
    let landed = fresh.sign_in("staff", "henrik", "").await;
    assert_eq!(landed.location(), LIST);
    let page = s.henrik.get(LIST).await;
    let work = format!("href=\"/staff/messages/{}\"", s.thread);
    says(
        &page,
        &["1 oppgave er din eller ingens. Ingen er over fristen.", "Maja Fjellvik", &work, "Ta oppgaven"],
    );
    says(&page, &["Venter på svar", "<option value=\"messages\"", "name=\"whose\""]);
    says_not(&page, &["Hemmelig", "name=\"unit\""]);
    assert!(page.text.contains("badge badge--now\">1<"), "the menu counts it: {}", page.text);
    assert_eq!(neutral(&s.henrik, LIST).await, "Arbeidsliste – Varde");
    assert_eq!(s.henrik.get(&format!("/staff/messages/{}", s.thread)).await.status, StatusCode::OK);
    // Another unit's officer, and those whose duty it is not, see nothing of it.
    for (who, persona) in [
        ("elsewhere", "nadia"),
        ("controls letters", "mari"),
        ("region", "ragnhild"),
        ("trail", "auditor"),
        ("plans", "astrid"),
    ] {
        let page = staff(&s.portal, persona).await.get("/staff/work?whose=all").await;
        says(&page, &["Ingen oppgaver her"]);
        assert!(!page.text.contains("Maja") && !page.text.contains(&s.thread), "{who}");
    }
    for persona in ["geir", "torunn"] {
        let page = staff(&s.portal, persona).await.get(LIST).await;
        says(&page, &["Rollen din har ingen oppgaver i arbeidslisten"]);
        assert!(!page.text.contains("Maja"), "{persona}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_form_chooses() {
    let s = Scene::new().await;
    let page = s.petter.get("/staff/work?unit=lyngmo&what=messages&due=any&whose=nobody").await;
    says(
        &page,
        &["Maja Fjellvik", "Lyngmo fengsel", "value=\"lyngmo\" selected", "value=\"nobody\" selected"],
    );
    for chosen in ["unit=storaasen", "what=documents", "due=late", "whose=mine"] {
        let page = s.petter.get(&format!("{LIST}?{chosen}")).await;
        says(&page, &["Ingen oppgaver her", "Vis alle oppgavene"]);
        says_not(&page, &["Maja"]);
    }
    // What no form of ours sends chooses nothing.
    let odd = s.petter.get("/staff/work?unit=nowhere&what=x&due=x&whose=x&after=x").await;
    says(&odd, &["Maja Fjellvik"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_taken_once_and_taken_back() {
    let s = Scene::new().await;
    let page = s.henrik.get("/staff/work?what=messages").await;
    let [source, id, back] = ["source", "id", "back"].map(|name| page.hidden(name));
    assert_eq!(
        (source.as_str(), id.as_str(), back.as_str()),
        ("thread", s.thread.as_str(), "/staff/work?what=messages")
    );
    let answer = s.henrik.post(TAKE, &[("source", &source), ("id", &id), ("back", &back)]).await;
    assert!(answer.location().starts_with("/staff/work?what=messages&told="), "{}", answer.location());
    let told = led(&s.henrik, &answer).await;
    says(&told, &["Du har oppgaven: Melding ", "Angre", "Gi videre"]);
    says_not(&told, &["Ta oppgaven"]);
    // The address says it to him alone.
    says_not(&s.petter.get(answer.location()).await, &["Du har oppgaven"]);
    says_not(&s.henrik.get("/staff/work?told=abc").await, &["Du har oppgaven"]);
    // A colleague who saw the list before is told, and changes nothing.
    let late = s.take(&s.petter).await;
    says(&late, &["En kollega tok oppgaven før deg"]);
    says(&s.petter.get("/staff/work?whose=all").await, &["Henrik Lyngrabbe"]);
    says_not(&s.petter.get(LIST).await, &["Maja"]);
    let (key, back) = (told.hidden("key"), told.hidden("back"));
    let form = [("key", key.as_str()), ("back", back.as_str())];
    assert_eq!(s.petter.post(UNDO, &form).await.status, StatusCode::NOT_FOUND, "not his to undo");
    let undone = led(&s.henrik, &s.henrik.post(UNDO, &form).await).await;
    says(&undone, &["Angret: Melding ", "Ta oppgaven"]);
    s.take(&s.petter).await;
    let again = led(&s.henrik, &s.henrik.post(UNDO, &form).await).await;
    says(&again, &["Noen andre har gjort noe med oppgaven etter deg"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_handed_over_to_a_colleague_of_the_unit() {
    let s = Scene::new().await;
    let page = s.henrik.get(&s.one()).await;
    assert_eq!(page.status, StatusCode::OK);
    says(&page, &["Hvem skal ha oppgaven?", "Ingen har den nå.", "Jeg tar den", "Petter Bekkesol"]);
    says_not(&page, &["Nadia", "Maja", "Hemmelig"]);
    assert_eq!(neutral(&s.henrik, &s.one()).await, "Hvem skal ha oppgaven? – Varde");
    let empty = led(&s.henrik, &s.henrik.post(GIVE, &s.form(LIST)).await).await;
    says(&empty, &["<title>Feil: Hvem skal ha oppgaven?", "Velg hvem som skal ha oppgaven"]);
    let petter = page.text.split("value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let petter =
        petter.filter(|value| value.len() == 26 && *value != s.thread).last().expect("his id").to_owned();
    let form = [&s.form(LIST)[..], &[("to", petter.as_str())]].concat();
    says(&led(&s.henrik, &s.henrik.post(GIVE, &form).await).await, &["Oppgaven er gitt videre: Melding "]);
    says(&s.petter.get("/staff/work?whose=mine").await, &["Maja Fjellvik"]);
    says(&s.henrik.get(&s.one()).await, &["Petter Bekkesol har den nå."]);
    // An officer elsewhere: as if it did not exist, like what does not.
    let unknown = s.nadia.get(&format!("{LIST}/thread/{}", "0".repeat(26))).await;
    let hidden = s.nadia.get(&s.one()).await;
    assert_eq!((hidden.status, unknown.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    for (path, form) in [(TAKE, s.form(LIST)), (GIVE, [&s.form(LIST)[..], &[("to", "me")]].concat())] {
        assert_eq!(s.nadia.post(path, &form).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(s.henrik.get(&format!("{LIST}/notice/{}", s.thread)).await.status, StatusCode::NOT_FOUND);
    // Back to the list, and to no other site.
    let form = [&s.form("https://evil.example/staff/work")[..], &[("to", "nobody")]].concat();
    let answer = s.petter.post(GIVE, &form).await;
    assert!(answer.location().starts_with("/staff/work?told="), "{}", answer.location());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_away_leaves_her_work_to_others_until_she_is_back() {
    let s = Scene::new().await;
    s.take(&s.petter).await;
    says(&s.henrik.get(LIST).await, &["Ingen oppgaver er dine eller ingens"]);
    let form = [("away", "yes"), ("back", LIST)];
    let away = led(&s.petter, &s.petter.post(AWAY, &form).await).await;
    says(&away, &["Du er satt som borte siden", "Jeg er tilbake"]);
    says(&s.henrik.get(LIST).await, &["Maja Fjellvik", "Ta oppgaven"]);
    says_not(&s.henrik.get(&s.one()).await, &["Petter"]);
    let back = led(&s.petter, &s.petter.post(AWAY, &[("away", "no"), ("back", LIST)]).await).await;
    says(&back, &["Skal du være borte?", "Gi videre"]);
    says_not(&back, &["Du er satt som borte siden"]);
    says(&s.henrik.get(LIST).await, &["Ingen oppgaver er dine eller ingens"]);
    assert_eq!(s.petter.post(AWAY, &[("away", "x")]).await.status, StatusCode::BAD_REQUEST);
}
