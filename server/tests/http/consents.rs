//! Those at home as a browser without script walks it: asked by an officer, answered alone after a fresh sign-in, taken back;
//! and to everybody else none of it exists.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use app::letters::Letters;
use backend::{consents, delivery::Mailer, wiring};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::kernel::Reference;
use reqwest::StatusCode;

use crate::{
    harness::{Browser, Page, Portal},
    matrix::{FUNCTIONS, For, PAGES},
    titles::neutral,
    worlds::{Transcript, assert_same},
};

const OPEN: &str = "/api/staff/homes/open";
const ADD: &str = "/api/staff/homes/add";
const FACTS: &str = "/api/staff/homes/facts";
const CLOSE: &str = "/api/staff/homes/close";
const WITHOUT: &str = "/api/staff/homes/without";
const ANSWER: &str = "/api/my/home/answer";
const WITHDRAW: &str = "/api/my/home/withdraw";
/// Maja's.
const NUMBER: &str = "14839121866";

struct Scene {
    portal: Portal,
    henrik: Browser,
    maja: Browser,
    /// The path of the case.
    case: String,
}

pub fn says(page: &Page, words: &[&str]) {
    for words in words {
        assert!(page.text.contains(words), "{words:?} in {}", page.text);
    }
}

pub async fn led(browser: &Browser, answer: &Page) -> Page {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let page = browser.get(answer.location()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", answer.location());
    page
}

/// From the page that asks for a fresh sign-in back to where she was.
pub async fn prove(browser: &Browser, persona: &str, asked: &Page) -> String {
    assert!(asked.location().contains("confirm=high"), "{}", asked.location());
    let page = browser.get(asked.location()).await;
    let back = page.hidden("return_to").replace("&amp;", "&");
    let (fresh, level) = (page.hidden("fresh"), page.hidden("level"));
    assert_eq!(level, "high");
    let form = [("return_to", back.as_str()), ("fresh", &fresh), ("level", &level)];
    let authorize = browser.start_with("citizen", &form).await;
    let callback = browser.choose("citizen", &authorize, persona, "high").await;
    browser.get(&callback).await.location().to_owned()
}

impl Scene {
    async fn on(portal: Portal) -> Self {
        let (henrik, maja) = (portal.browser(), portal.browser());
        henrik.sign_in("staff", "henrik", "/staff").await;
        maja.sign_in("citizen", "maja", "/my").await;
        let page = henrik.get("/staff/homes/new").await;
        let key = page.hidden("key");
        let wrong =
            [("key", key.as_str()), ("name", "Ola Ingensteds"), ("address", ""), ("answer_by_day", "32")];
        let back = led(&henrik, &henrik.post(OPEN, &wrong).await).await;
        says(
            &back,
            &["Skriv adressen", "Den datoen finnes ikke", "value=\"Ola Ingensteds\"", "value=\"32\""],
        );
        let form = [("key", key.as_str()), ("name", "Ola Ingensteds"), ("address", "Kvistveien 2")];
        // The last day that the page itself gives.
        let day = |part: &str| value(&page, &format!("answer_by_{part}"));
        let (d, m, y) = (day("day"), day("month"), day("year"));
        let by = [("answer_by_day", d.as_str()), ("answer_by_month", &m), ("answer_by_year", &y)];
        let opened = henrik.post(OPEN, &[&form[..], &by].concat()).await;
        let case = opened.location().to_owned();
        assert!(case.starts_with("/staff/homes/"), "{case}");
        Self { portal, henrik, maja, case }
    }

    fn id(&self) -> &str {
        self.case.rsplit('/').next().unwrap_or_default()
    }

    async fn add(&self, number: &str, email: &str) -> Page {
        let form = [("id", self.id()), ("number", number), ("name", "Maja Fjellvik"), ("email", email)];
        led(&self.henrik, &self.henrik.post(ADD, &form).await).await
    }

    /// Her page of the home, found on her list.
    async fn home(&self) -> String {
        let list = self.maja.get("/my/home").await;
        let (_, rest) = list.text.split_once("href=\"/my/home/").expect("a home");
        format!("/my/home/{}", rest.split('"').next().unwrap_or_default())
    }

    async fn answer(&self, answer: &str, read: &str) -> Page {
        let page = self.maja.get(&self.home().await).await;
        let [id, key, text] = ["id", "key", "text"].map(|name| page.hidden(name));
        let form = [("id", id.as_str()), ("key", &key), ("text", &text), ("answer", answer), ("read", read)];
        self.maja.post(ANSWER, &form).await
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.portal.ctx.db.one::<(i64,)>(sql, vec![]).await.expect("a count").0
    }

    /// Posts what a form of the case sends, with the version that the page shows.
    async fn step(&self, path: &str, more: &[(&str, &str)]) -> Page {
        let version = self.henrik.get(&self.case).await.hidden("version");
        let form = [&[("id", self.id()), ("version", version.as_str())], more].concat();
        self.henrik.post(path, &form).await
    }
}

/// What stands in the field of this name.
fn value(page: &Page, name: &str) -> String {
    let (_, rest) = page.text.split_once(&format!("name=\"{name}\"")).expect("the field");
    let (_, rest) = rest.split_once("value=\"").expect("a value");
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn on_both_engines(test: impl AsyncFn(Scene)) {
    test(Scene::on(Portal::start_standing().await).await).await;
    if let Some(portal) = Portal::start_standing_on_postgres().await {
        test(Scene::on(portal).await).await;
    }
}

const WORDS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM consent_word";
const WORRIES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM worry";

#[tokio::test(flavor = "multi_thread")]
async fn one_at_home_is_asked_answers_alone_and_takes_it_back() {
    on_both_engines(async |s| {
        says(
            &s.add("123", "nei").await,
            &["Skriv fødselsnummeret med 11 siffer", "Skriv e-postadressen slik"],
        );
        says(&s.add(NUMBER, "maja@eksempel.no").await, &["Maja Fjellvik", "maja@eksempel.no", "Ikke svart"]);
        says(&s.add(NUMBER, "").await, &["Denne personen er allerede lagt til"]);
        let mailer = Mailer::new(&s.portal.ctx.settings).expect("a mailer");
        while wiring::work_once(&s.portal.ctx, &mailer, &Letters).await.expect("it works") > 0 {}
        let mails = s.maja.get("/demo/mail").await;
        says(&mails, &["maja@eksempel.no"]);

        let home = s.home().await;
        let page = s.maja.get(&home).await;
        says(&page, &["Ola Ingensteds", "Kvistveien 2", "Svar innen", "Jeg samtykker i at straffen"]);
        neutral(&s.maja, &home).await;
        says(&led(&s.maja, &s.answer("", "").await).await, &["Velg hva du svarer"]);
        let unread = led(&s.maja, &s.answer("yes", "").await).await;
        says(&unread, &["Bekreft at du har lest teksten", "value=\"yes\" checked"]);
        let asked = s.answer("yes", "yes").await;
        assert_eq!(s.count(WORDS).await, 0, "nothing is said before she has proved who she is");
        let back = prove(&s.maja, "maja", &asked).await;
        assert!(back.starts_with(&home), "{back}");
        says(&s.maja.get(&back).await, &["value=\"yes\" checked"]);
        let done = led(&s.maja, &s.answer("yes", "yes").await).await;
        says(&done, &["Du har samtykket", "Trekk samtykket", "Dette har du svart"]);
        assert!(!done.text.contains("Hva svarer du?"), "a yes is taken back, not changed");
        says(&s.henrik.get(&s.case).await, &["Samtykker", "Søknaden behandles."]);
        says(&s.maja.get(&format!("{home}/print")).await, &["Svarene dine", "Du har samtykket"]);

        let ask = s.maja.get(&format!("{home}/withdraw")).await;
        says(&ask, &["Straffen kan da ikke begynne eller fortsette hjemme hos deg."]);
        let form = [("id", ask.hidden("id")), ("key", ask.hidden("key"))];
        let form = [
            ("id", form[0].1.as_str()),
            ("key", &form[1].1),
            ("unsafe_home", "yes"),
            ("contact", "Ring jobben"),
        ];
        says(&led(&s.maja, &s.maja.post(WITHDRAW, &form).await).await, &["Du har trukket samtykket"]);
        says(&led(&s.maja, &s.maja.post(WITHDRAW, &form).await).await, &["Du har trukket samtykket"]);
        assert_eq!((s.count(WORDS).await, s.count(WORRIES).await), (2, 1), "twice is once");
        says(&s.henrik.get(&s.case).await, &["Har trukket samtykket", "Ikke trygg"]);
        let verdict = consents::verify(&s.portal.ctx).await.expect("a read");
        assert_eq!(verdict, consents::EvidenceVerdict::Whole { words: 2 });
        checked_without_us(&s).await;
    })
    .await;
}

/// By Python's own library: what was said holds, and what was changed does not.
async fn checked_without_us(s: &Scene) {
    let (stored,): (String,) =
        s.portal.ctx.db.one("SELECT reference FROM consent_case", vec![]).await.expect("a case");
    let reference = Reference::parse(&stored).expect("a reference");
    let kept = consents::export(&s.portal.ctx, &reference).await.expect("a read");
    let lines = |kept: &[consents::Kept]| -> String {
        kept.iter().map(|kept| serde_json::to_string(kept).expect("a line") + "\n").collect()
    };
    assert!(script(&lines(&kept)), "as it was said");
    let mut other = kept.clone();
    let plain = STANDARD.decode(&other[0].evidence).expect("base64");
    let plain = String::from_utf8(plain).expect("text").replace("\"said\":\"yes\"", "\"said\":\"no\"");
    other[0].evidence = STANDARD.encode(plain);
    assert!(!script(&lines(&other)), "another word");
    let mut late = kept;
    late[1].traced_at = vec![];
    assert!(!script(&lines(&late)), "a word that the trail does not know");
}

fn script(lines: &str) -> bool {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../end2end/evidence.py");
    let mut python = Command::new("python3");
    python.arg(file).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = python.spawn().expect("python3");
    child.stdin.take().expect("a way in").write_all(lines.as_bytes()).expect("it reads");
    child.wait().expect("it ends").success()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_officer_works_on_a_case_until_it_is_over() {
    on_both_engines(async |s| {
        s.add(NUMBER, "").await;
        let page = s.henrik.get(&s.case).await;
        says(&page, &["Får invitasjonen på papir", "Dette kan søkeren få vite nå", "Ikke vurdert"]);
        neutral(&s.henrik, &s.case).await;
        let (_, rest) = page.text.split_once(&format!("{}/people/", s.case)).expect("an invitation");
        let letter = format!("{}/people/{}", s.case, rest.split('"').next().unwrap_or_default());
        let letter = s.henrik.get(&letter).await;
        says(&letter, &["Vi har et spørsmål til deg", "/my/home"]);
        assert!(!letter.text.contains("Ola Ingensteds"), "whom it is about stands on no invitation");
        let told = s.henrik.get(&format!("{}/told", s.case)).await;
        says(&told, &["Til Ola Ingensteds", "Søknaden behandles."]);
        assert!(!told.text.contains("Maja"), "whoever applied reads nothing of those at home");
        let seen = s.step(FACTS, &[("dwelling", "suitable"), ("children", "to_hear")]).await;
        says(&led(&s.henrik, &seen).await, &["Skal informeres og høres"]);
        let old = [("id", s.id()), ("version", "1"), ("dwelling", "unsuitable"), ("children", "none")];
        says(&led(&s.henrik, &s.henrik.post(FACTS, &old).await).await, &["Noen andre har endret saken"]);
        says(&led(&s.henrik, &s.step(CLOSE, &[]).await).await, &["Avsluttet"]);
        let home = s.maja.get(&s.home().await).await;
        says(&home, &["Saken er avsluttet"]);
        assert!(!home.text.contains("Hva svarer du?"));
        says(&s.henrik.get("/staff/homes").await, &["Avsluttet"]);
    })
    .await;
}

const EFFECTS: &str = "SELECT CAST((SELECT COUNT(*) FROM consent_word) + (SELECT COUNT(*) FROM consent_person) + \
    (SELECT COUNT(*) FROM consent_case) + (SELECT SUM(version) FROM consent_case) + (SELECT COUNT(*) FROM audit \
    WHERE subject_kind IN ('home_case', 'home_person')) AS BIGINT)";

#[tokio::test(flavor = "multi_thread")]
async fn t01_to_everybody_else_no_home_is_there() {
    on_both_engines(async |s| {
        s.add(NUMBER, "").await;
        let (home, case) = (s.home().await, s.case.clone());
        let person = s.henrik.get(&case).await;
        let (_, rest) = person.text.split_once(&format!("{case}/people/")).expect("an invitation");
        let person = rest.split('"').next().unwrap_or_default().to_owned();
        let before = s.count(EFFECTS).await;
        let [nobody, none] = ["0", "1"].map(|digit| digit.repeat(26));
        let asked = home.rsplit('/').next().unwrap_or_default().to_owned();
        let others = [
            ("citizen", "eirik"),
            ("citizen", "ingrid"),
            ("staff", "geir"),
            ("staff", "mari"),
            ("staff", "sunniva"),
            ("staff", "astrid"),
            ("staff", "ragnhild"),
        ];
        for (area, persona) in others {
            let other = s.portal.browser();
            other.sign_in(area, persona, if area == "staff" { "/staff" } else { "/my" }).await;
            for (pattern, _, who) in PAGES.iter().filter(|(pattern, ..)| is_ours(pattern)) {
                if (*who == For::Staff) != (area == "staff") {
                    continue;
                }
                let path = |id: &str, of: &str| pattern.replace("{public}", id).replace("{person}", of);
                let id = if area == "staff" { s.id() } else { asked.as_str() };
                let (there, not) =
                    (other.get(&path(id, &person)).await, other.get(&path(&nobody, &none)).await);
                assert_eq!(there.status, StatusCode::NOT_FOUND, "{persona} {pattern}");
                assert_same(("another", &noted(&s.portal, &there)), ("nobody", &noted(&s.portal, &not)));
            }
            for (path, who) in FUNCTIONS.iter().filter(|(path, _)| path.contains("/home")) {
                if (*who == For::Staff) != (area == "staff") {
                    continue;
                }
                let id = if area == "staff" { s.id() } else { asked.as_str() };
                let key = "1".repeat(26);
                let answer = match *path {
                    ANSWER => other.post(path, &[("id", id), ("key", &key), ("answer", "no")]).await,
                    WITHDRAW => other.post(path, &[("id", id), ("key", &key), ("unsafe_home", "yes")]).await,
                    OPEN => other.post(path, &[("key", &key), ("name", "x"), ("address", "y")]).await,
                    ADD => other.post(path, &[("id", id), ("number", NUMBER), ("name", "x")]).await,
                    FACTS => {
                        let facts =
                            [("id", id), ("version", "1"), ("dwelling", "suitable"), ("children", "none")];
                        other.post(path, &facts).await
                    }
                    CLOSE => other.post(path, &[("id", id), ("version", "1")]).await,
                    WITHOUT => other.post(path, &[("id", id), ("version", "1"), ("reason", "x")]).await,
                    _ => {
                        let form =
                            [("id", id), ("version", "1"), ("person", person.as_str()), ("then", "removed")];
                        other.post(path, &form).await
                    }
                };
                assert!(answer.status != StatusCode::OK, "{persona} {path}: {}", answer.text);
            }
        }
        assert_eq!(s.count(EFFECTS).await, before, "nobody else has changed anything");
    })
    .await;
}

fn is_ours(pattern: &str) -> bool {
    (pattern.starts_with("/my/home/") || pattern.starts_with("/staff/homes/")) && pattern.contains("{public}")
}

fn noted(portal: &Portal, page: &Page) -> Transcript {
    let mut told = Transcript::new(portal);
    told.note("", page);
    told
}
