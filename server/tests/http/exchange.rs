//! Letters between a relative and an inmate, as a browser without script walks them, with the control desk between the two.
//! What is not hers is, byte for byte, what does not exist.

use backend::messages::{
    FormKey,
    exchange::{InsideExchange, acknowledge, feed, reply},
    inside::{self, Inside},
};
use domain::{access::Person, kernel::Id, messages::WrittenForm};
use reqwest::StatusCode;

use crate::{
    booking::{relative, stage},
    harness::{Browser, Page, Portal},
    titles::neutral,
    worlds::Transcript,
};

pub(crate) const WRITE: &str = "/api/my/letters/write";
pub(crate) const DECIDE: &str = "/api/staff/letters/decide";
pub(crate) const WORDS: &str = "Hei Even.\r\nMøt meg kl. 8 ved porten.\r\nHilsen Maja";

/// Maja, who may visit Even at Lyngmo; Mari, who controls letters there; and Even at his own end.
pub(crate) struct Scene {
    pub portal: Portal,
    pub maja: Browser,
    person: Id<Person>,
    pub mari: Browser,
    /// The inmate's public id.
    pub even: String,
}

impl Scene {
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    pub async fn with(settings: &[(&str, &str)]) -> Self {
        Self::on(Portal::start_standing_with(settings).await).await
    }

    pub async fn on(portal: Portal) -> Self {
        let stage = stage(&portal).await;
        let (maja, person) = relative(&portal, &stage, "maja").await;
        portal
            .run("INSERT INTO inmate_key (source, key, inmate_id) SELECT 'koda', 'K-1', inmate_id FROM clearance")
            .await;
        let mari = portal.browser();
        mari.sign_in("staff", "mari", "/staff").await;
        Self { even: stage.inmate_public.to_string(), portal, maja, person, mari }
    }

    pub fn path(&self, more: &str) -> String {
        format!("/my/letters/{}{more}", self.even)
    }

    /// Time goes on; chance and clock make other keys.
    pub fn tick(&self) {
        self.portal.wait_minutes(1);
    }

    pub async fn inside(&self) -> Inside {
        inside::enter(&self.portal.ctx, "koda", "K-1").await.expect("a read").expect("he is here")
    }

    pub async fn his(&self) -> Vec<InsideExchange> {
        feed(&self.portal.ctx, &self.inside().await).await.expect("a read")
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        self.portal.ctx.db.one::<(i64,)>(sql, vec![]).await.expect("a count").0
    }

    pub async fn letters(&self) -> i64 {
        self.count("SELECT CAST(COUNT(*) AS BIGINT) FROM letter").await
    }

    /// Opens the page and posts what stands there with these words.
    async fn post_letter(&self, words: &str, then: &str) -> Page {
        self.tick();
        let page = self.maja.get(&self.path("/write")).await;
        let (inmate, key, draft) = (page.hidden("inmate"), page.hidden("key"), page.hidden("draft"));
        self.maja.post(WRITE, &typed(&inmate, &key, &draft, words, then)).await
    }

    /// She sends it; the page that she comes to.
    pub async fn sent(&self, words: &str) -> Page {
        let answer = self.post_letter(words, "").await;
        led(&self.maja, &answer).await
    }

    /// The most urgent letter, as the desk opens it.
    pub async fn opened(&self) -> (String, Page) {
        let queue = self.mari.get("/staff/letters").await;
        let path = first(&queue);
        let page = self.mari.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        (path, page)
    }
}

pub(crate) fn typed<'a>(
    inmate: &'a str,
    key: &'a str,
    draft: &'a str,
    words: &'a str,
    then: &'a str,
) -> [(&'a str, &'a str); 5] {
    [("inmate", inmate), ("key", key), ("draft", draft), ("words", words), ("then", then)]
}

/// The first of the rows of a list.
pub(crate) fn first(page: &Page) -> String {
    let tags = page.text.split("<a ").filter_map(|rest| rest.split('>').next());
    let row = tags.into_iter().find(|tag| tag.contains("class=\"cell-link\"")).expect("a row");
    let (_, rest) = row.split_once("href=\"").expect("an address");
    rest.split('"').next().unwrap_or_default().to_owned()
}

pub(crate) async fn led(browser: &Browser, answer: &Page) -> Page {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let page = browser.get(answer.location()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", answer.location());
    page
}

pub(crate) fn says(page: &Page, words: &[&str]) {
    for words in words {
        assert!(page.text.contains(words), "{words:?} in {}", page.text);
    }
}

/// A decision on the letter that this page shows.
pub(crate) fn decision<'a>(
    page: &'a (String, String),
    fields: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    [&[("id", page.0.as_str()), ("version", page.1.as_str())], fields].concat()
}

pub(crate) fn target(page: &Page) -> (String, String) {
    (page.hidden("id"), page.hidden("version"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_goes_by_control_to_him_and_his_answer_comes_back() {
    let scene = Scene::new().await;
    says(&scene.maja.get("/my").await, &["href=\"/my/letters\""]);
    says(&scene.maja.get("/my/letters").await, &["Even Fjellvik", "Du kan skrive"]);
    let page = scene.maja.get(&scene.path("/write")).await;
    says(
        &page,
        &[
            "blir lest av ansatte før det gis videre",
            "opptil 2500 tegn",
            "Du kan sende 5 brev til",
            "2500 tegn igjen",
        ],
    );
    let page = scene.sent(WORDS).await;
    says(
        &page,
        &[
            "Brevet er sendt",
            "I kontroll, ferdig innen",
            "Møt meg kl. 8 ved porten.",
            "Du kan sende 4 brev til",
        ],
    );
    assert!(scene.his().await[0].letters.is_empty(), "nobody has it yet");

    says(&scene.mari.get("/staff").await, &["href=\"/staff/letters\""]);
    let (_, letter) = scene.opened().await;
    says(
        &letter,
        &[
            "Maja Fjellvik til Even Fjellvik",
            "24 timer igjen",
            "§ 30",
            "På dette nivået skal brev kontrolleres",
        ],
    );
    let about = target(&letter);
    let answer = scene.mari.post(DECIDE, &decision(&about, &[("outcome", "release")])).await;
    says(&led(&scene.mari, &answer).await, &["Brevet er sluppet gjennom.", "Ingen brev venter"]);
    says(&scene.maja.get(&scene.path("")).await, &["Sluppet gjennom"]);

    let his = scene.his().await;
    let (exchange, letter) = (&his[0], &his[0].letters[0]);
    assert_eq!(letter.words, WORDS.replace("\r\n", "\n"));
    acknowledge(&scene.portal.ctx, &scene.inside().await, &letter.public, true)
        .await
        .expect("a write")
        .expect("his");
    says(&scene.maja.get(&scene.path("")).await, &["Lest "]);
    scene.tick();
    let key: FormKey = scene.portal.ctx.chance.public();
    let form = WrittenForm { key: key.to_string(), words: "Takk for brevet".into(), draft: String::new() };
    reply(&scene.portal.ctx, &scene.inside().await, &exchange.public, &form)
        .await
        .expect("a write")
        .expect("sent");
    assert!(!scene.maja.get(&scene.path("")).await.text.contains("Takk for brevet"), "his is controlled too");
    let (_, letter) = scene.opened().await;
    says(&letter, &["Even Fjellvik til Maja Fjellvik"]);
    let about = target(&letter);
    scene.mari.post(DECIDE, &decision(&about, &[("outcome", "release")])).await;
    says(&scene.maja.get("/my/letters").await, &["1 nytt"]);
    says(&scene.maja.get(&scene.path("")).await, &["Takk for brevet", "Even Fjellvik skrev"]);
    says(
        &scene.maja.get(&scene.path("/print")).await,
        &["Takk for brevet", "Møt meg kl. 8 ved porten.", "Slik det stod"],
    );
    assert!(!scene.maja.get("/my/letters").await.text.contains("1 nytt"), "she has read it");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_title_of_letters_holds_a_name() {
    let scene = Scene::new().await;
    let wrong = scene.post_letter("", "").await;
    assert!(neutral(&scene.maja, wrong.location()).await.starts_with("Feil: Skriv brev"));
    scene.sent(WORDS).await;
    neutral(&scene.maja, "/my/letters").await;
    for more in
        ["", "/write", "/change?wish=pause", "/change?wish=block", "/change?wish=open", "/report", "/print"]
    {
        neutral(&scene.maja, &scene.path(more)).await;
    }
    let (path, letter) = scene.opened().await;
    assert_eq!(neutral(&scene.mari, &path).await, "Brev til kontroll – Varde");
    let about = target(&letter);
    let wrong = scene.mari.post(DECIDE, &decision(&about, &[])).await;
    assert!(neutral(&scene.mari, wrong.location()).await.starts_with("Feil: "));
    for path in ["/staff/letters", "/staff/letters/reports", "/staff/letters/numbers"] {
        neutral(&scene.mari, path).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stopped_is_told_to_its_sender_with_reason_basis_and_appeal() {
    let scene = Scene::new().await;
    scene.sent(WORDS).await;
    let (path, letter) = scene.opened().await;
    let about = target(&letter);
    let long = "Det gjelder et møte utenfor.";
    // Nothing is lost when something is missing.
    let wrong = scene.mari.post(DECIDE, &decision(&about, &[("outcome", "stop"), ("reason", long)])).await;
    let page = led(&scene.mari, &wrong).await;
    says(
        &page,
        &["Velg en av lovens grunner", "Skriv hvorfor noe mildere ikke er nok", long, "<title>Feil: "],
    );
    assert!(!page.text.contains("Skriv en begrunnelse"), "that one was given");
    let whole =
        [("outcome", "stop"), ("category", "escape"), ("reason", long), ("milder", "En del er ikke nok.")];
    let answer = scene.mari.post(DECIDE, &decision(&about, &whole)).await;
    says(&led(&scene.mari, &answer).await, &["Brevet er stanset, og avsenderen har fått vedtaket."]);
    // The second of two is told, and overwrites nothing.
    let late = scene.mari.post(DECIDE, &decision(&about, &[("outcome", "release")])).await;
    says(&led(&scene.mari, &late).await, &["Brevet venter ikke lenger"]);
    says(&scene.mari.get(&path).await, &["Brevet er avgjort"]);

    let page = scene.maja.get(&scene.path("")).await;
    says(&page, &["Stanset ", "Brevet ble stanset.", "unndragelse av straffen", long, "En del er ikke nok."]);
    says(&page, &["straffegjennomføringsloven § 30", "Du kan klage til og med", "Lyngmo fengsel"]);
    assert!(scene.his().await[0].letters.is_empty(), "he never gets it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_cut_and_watched_words_are_marked_for_the_eye_alone() {
    let scene = Scene::new().await;
    let add = "INSERT INTO watch_word (id, public_id, unit_id, word, added_by, added_at) SELECT 'w', '0000000000000000000000000W', \
        u.id, 'porten', s.id, 1 FROM unit u, staff_member s WHERE u.slug = 'lyngmo' AND s.name = 'Mari Sivglans'";
    scene.portal.run(add).await;
    scene.sent(&format!("{WORDS}\r\n</textarea><script>alert(1)</script>\u{202e}snu")).await;
    let (_, letter) = scene.opened().await;
    says(&letter, &["<mark>porten", "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;snu"]);
    assert!(!letter.text.contains('\u{202e}'), "nothing turns what a controller reads");
    let about = target(&letter);
    let part = |passages| {
        vec![
            ("outcome", "part"),
            ("category", "escape"),
            ("reason", "Møtet."),
            ("milder", "Resten går videre."),
            ("passages", passages),
        ]
    };
    let wrong = scene.mari.post(DECIDE, &decision(&about, &part("Står ikke der"))).await;
    says(
        &led(&scene.mari, &wrong).await,
        &["En av linjene står ikke slik i brevet", "Står ikke der", "Møtet."],
    );
    scene.mari.post(DECIDE, &decision(&about, &part("Møt meg kl. 8 ved porten."))).await;
    let his = scene.his().await;
    let words = &his[0].letters[0].words;
    assert!(words.contains("[…]") && !words.contains("porten"), "{words}");
    let page = scene.maja.get(&scene.path("")).await;
    says(&page, &["En del av brevet ble holdt tilbake. Resten gikk videre.", "Møt meg kl. 8 ved porten."]);
    assert!(!page.text.contains("<script>alert"), "text and nothing else");
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_letters_of_others_are_as_if_they_did_not_exist() {
    let scene = Scene::new().await;
    scene.sent(WORDS).await;
    let (path, letter) = scene.opened().await;
    let (id, version) = target(&letter);
    let (ingrid, nadia, henrik) = (scene.portal.browser(), scene.portal.browser(), scene.portal.browser());
    ingrid.sign_in("citizen", "ingrid", "/my").await;
    nadia.sign_in("staff", "nadia", "/staff").await;
    henrik.sign_in("staff", "henrik", "/staff").await;
    let before = scene.portal.audited("look", "").await;
    let none = "1".repeat(26);
    let compare = async |browser: &Browser, real: Page, path: String, form: Option<Vec<(&str, &str)>>| {
        let other = match form {
            None => browser.get(&path).await,
            Some(form) => browser.post(&path, &form).await,
        };
        assert_eq!(real.status, StatusCode::NOT_FOUND, "{path}");
        let masked = [&real, &other].map(|page| {
            let mut told = Transcript::new(&scene.portal);
            told.note("", page);
            told.steps
        });
        assert_eq!(masked[0], masked[1], "{path}");
    };
    for more in ["", "/write", "/change?wish=pause", "/report", "/print"] {
        let real = ingrid.get(&scene.path(more)).await;
        compare(&ingrid, real, format!("/my/letters/{none}{more}"), None).await;
    }
    let key = "2".repeat(26);
    for then in ["", "save", "discard"] {
        let real = ingrid.post(WRITE, &typed(&scene.even, &key, "0", "Hei", then)).await;
        compare(&ingrid, real, WRITE.into(), Some(typed(&none, &key, "0", "Hei", then).to_vec())).await;
    }
    let wish = "/api/my/letters/wish";
    let real = ingrid.post(wish, &[("inmate", &scene.even), ("wish", "block")]).await;
    compare(&ingrid, real, wish.into(), Some(vec![("inmate", &none), ("wish", "block")])).await;
    let report = "/api/my/letters/report";
    let real = ingrid.post(report, &[("inmate", &scene.even), ("key", &key), ("words", "Hei")]).await;
    compare(&ingrid, real, report.into(), Some(vec![("inmate", &none), ("key", &key), ("words", "Hei")]))
        .await;
    for staff in [&nadia, &henrik] {
        let real = staff.get(&path).await;
        compare(staff, real, format!("/staff/letters/{none}"), None).await;
        let form = [("id", id.as_str()), ("version", version.as_str()), ("outcome", "release")];
        let real = staff.post(DECIDE, &form).await;
        compare(staff, real, DECIDE.into(), Some(vec![("id", &none), form[1], form[2]])).await;
        let second = "/api/staff/letters/second";
        let real = staff.post(second, &form[..2]).await;
        compare(staff, real, second.into(), Some(vec![("id", &none), form[1]])).await;
    }
    assert_eq!(scene.portal.audited("look", "").await, before, "nobody has looked");
    assert_eq!(scene.count("SELECT CAST(COUNT(*) AS BIGINT) FROM message_draft").await, 0);
    assert_eq!(scene.count("SELECT CAST(COUNT(*) AS BIGINT) FROM exchange_report").await, 0);
    assert_eq!(
        scene.count("SELECT CAST(COUNT(*) AS BIGINT) FROM letter WHERE state = 'in_control'").await,
        1
    );
    says(&scene.maja.get(&scene.path("")).await, &["I kontroll"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leave_that_ends_before_she_sends_closes_it_and_her_words_are_kept() {
    let scene = Scene::new().await;
    let page = led(&scene.maja, &scene.post_letter("Et halvt brev", "save").await).await;
    says(&page, &["Utkastet er lagret.", "Et halvt brev"]);
    says(&scene.maja.get(&scene.path("")).await, &["Fortsett på utkastet"]);
    let page = scene.maja.get(&scene.path("/write")).await;
    let (key, draft) = (page.hidden("key"), page.hidden("draft"));
    scene.portal.run("UPDATE clearance SET outcome = 'withdrawn'").await;
    // She may have written before, so her own page of it is still there.
    let before = "INSERT INTO exchange (id, public_id, person_id, inmate_id, opened_at) SELECT 'e', \
        '0000000000000000000000000E', person_id, inmate_id, 1 FROM clearance";
    scene.portal.run(before).await;
    let form = typed(&scene.even, &key, &draft, "Et helt brev", "");
    let page = led(&scene.maja, &scene.maja.post(WRITE, &form).await).await;
    says(&page, &["Du kan ikke skrive til Even Fjellvik nå", "vi sier ikke hvilken", "Et helt brev"]);
    assert!(!page.text.contains("Lyngmo"), "where he is, is told to nobody to whom it is closed");
    assert_eq!(scene.letters().await, 0);
    says(&scene.maja.get(&scene.path("")).await, &["Se utkastet ditt"]);
    says(&scene.maja.get(&scene.path("/write")).await, &["Et helt brev"]);
    says(&scene.maja.get("/my/letters").await, &["Du kan ikke skrive nå"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn twice_is_one_letter_and_another_window_loses_nothing() {
    let scene = Scene::new().await;
    let page = scene.maja.get(&scene.path("/write")).await;
    let key = page.hidden("key");
    for _ in 0..2 {
        let form = typed(&scene.even, &key, "0", "Bare én gang", "");
        led(&scene.maja, &scene.maja.post(WRITE, &form).await).await;
    }
    assert_eq!(scene.letters().await, 1);
    scene.tick();
    let key = scene.maja.get(&scene.path("/write")).await.hidden("key");
    scene.maja.post(WRITE, &typed(&scene.even, &key, "0", "Fra det ene vinduet", "save")).await;
    let other = scene.maja.post(WRITE, &typed(&scene.even, &key, "0", "Fra det andre", "save")).await;
    let page = led(&scene.maja, &other).await;
    says(&page, &["Du hadde skrevet noe annet i et annet vindu", "Fra det ene vinduet", "Fra det andre"]);
    scene.maja.post(WRITE, &typed(&scene.even, &key, "2", "", "discard")).await;
    assert_eq!(scene.count("SELECT CAST(COUNT(*) AS BIGINT) FROM message_draft").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_comes_back_as_typed_and_runs_nowhere() {
    let scene = Scene::new().await;
    let trap = format!("</textarea><script>alert(1)</script>{}", "ø".repeat(2500));
    let page = led(&scene.maja, &scene.post_letter(&trap, "").await).await;
    says(
        &page,
        &["Teksten er for lang", "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;øø", "<title>Feil: "],
    );
    says(&page, &[&format!("{} tegn for mye", trap.chars().count() - 2500)]);
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    let page = led(&scene.maja, &scene.post_letter("  \r\n ", "").await).await;
    says(&page, &["Skriv noe først"]);
    assert_eq!(scene.letters().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn she_pauses_reports_and_opens_again_and_he_is_told_nothing() {
    let scene = Scene::new().await;
    scene.sent(WORDS).await;
    let wish = "/api/my/letters/wish";
    says(
        &scene.maja.get(&scene.path("/change?wish=pause")).await,
        &["Ja, ta en pause", "sier ikke fra til den andre"],
    );
    assert_eq!(scene.maja.get(&scene.path("/change?wish=other")).await.status, StatusCode::NOT_FOUND);
    let answer = scene.maja.post(wish, &[("inmate", &scene.even), ("wish", "pause")]).await;
    says(&led(&scene.maja, &answer).await, &["Brevene er satt på pause.", "Åpne igjen"]);
    says(&scene.mari.get("/staff/letters").await, &["Ingen brev venter"]);
    let his = scene.his().await;
    assert!(his[0].open.is_none() && his[0].own_side == "open", "he sees what a run-out leave shows");
    let report = "/api/my/letters/report";
    let key = scene.maja.get(&scene.path("/report")).await.hidden("key");
    let wrong = scene.maja.post(report, &[("inmate", &scene.even), ("key", &key), ("words", " ")]).await;
    says(&led(&scene.maja, &wrong).await, &["Skriv noe først"]);
    for _ in 0..2 {
        let form = [("inmate", scene.even.as_str()), ("key", &key), ("words", "Han truer meg")];
        says(
            &led(&scene.maja, &scene.maja.post(report, &form).await).await,
            &["Vi har fått det du meldte fra om"],
        );
    }
    let page = scene.mari.get("/staff/letters/reports").await;
    says(&page, &["Han truer meg", "Maja Fjellvik om brevene med Even Fjellvik"]);
    assert_eq!(page.text.matches("Han truer meg").count(), 1, "once");
    let settled = scene.mari.post("/api/staff/letters/settle", &[("id", &page.hidden("id"))]).await;
    says(&led(&scene.mari, &settled).await, &["Meldingen er fulgt opp.", "Ingenting er meldt"]);
    let again = scene.mari.post("/api/staff/letters/settle", &[("id", &page.hidden("id"))]).await;
    says(&led(&scene.mari, &again).await, &["Noen andre har alt fulgt opp meldingen."]);
    let answer = scene.maja.post(wish, &[("inmate", &scene.even), ("wish", "open")]).await;
    says(&led(&scene.maja, &answer).await, &["Du har åpnet for brev igjen.", "Skriv brev"]);
    scene.opened().await;
    let _ = &scene.person;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_view_and_a_translation_stand_beside_the_letter_and_lateness_stands_out() {
    let scene = Scene::new().await;
    scene.sent(WORDS).await;
    let (path, letter) = scene.opened().await;
    let (id, version) = target(&letter);
    let key = letter.hidden("key");
    let form = [("id", id.as_str()), ("key", &key), ("translation", "Hi Even")];
    for _ in 0..2 {
        let done = scene.mari.post("/api/staff/letters/translate", &form).await;
        says(&led(&scene.mari, &done).await, &["Oversettelsen er lagret.", "Hi Even"]);
    }
    assert_eq!(scene.mari.get(&path).await.text.matches("Hi Even").count(), 1, "once");
    let asked = scene.mari.post("/api/staff/letters/second", &[("id", &id), ("version", &version)]).await;
    says(&led(&scene.mari, &asked).await, &["En annen blir bedt om sin vurdering.", "Du har bedt om den"]);
    says(&scene.mari.get(&path).await, &["Du har bedt om en annens vurdering"]);
    let own =
        scene.mari.post("/api/staff/letters/opinion", &[("id", &id), ("key", &key), ("opinion", "Ja")]).await;
    says(&led(&scene.mari, &own).await, &["Du ba selv om vurderingen"]);
    scene.portal.wait_minutes(26 * 60);
    scene.mari.sign_in("staff", "mari", "/staff").await;
    says(
        &scene.mari.get("/staff/letters").await,
        &["1 har ventet for lenge", "class=\"due-late\"", "over fristen"],
    );
    says(
        &scene.mari.get("/staff/letters/numbers").await,
        &["Brevkontrollen i tall", "Vanlig ventetid", "Ingen ennå"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn on_paper_it_is_printed_handed_over_and_answered_on_a_sheet() {
    let scene = Scene::new().await;
    scene.portal.run("UPDATE message_rule SET means = 'print'").await;
    scene.sent(WORDS).await;
    let (_, letter) = scene.opened().await;
    let about = target(&letter);
    scene.mari.post(DECIDE, &decision(&about, &[("outcome", "release")])).await;
    let path = first(&scene.mari.get("/staff/letters/paper").await);
    let sheet = scene.mari.get(&path).await;
    says(&sheet, &["Møt meg kl. 8 ved porten.", "Svar til Maja Fjellvik"]);
    let (_, number) = sheet.text.split_once(">Nummer ").expect("its number");
    let number = number.split('<').next().expect("a number");
    says(&sheet, &["class=\"barcode\""]);
    let find = async |typed: &str| scene.mari.post("/api/staff/letters/sheet", &[("number", typed)]).await;
    // Not handed over, no number, and a number of nobody: one and the same.
    for typed in [number, "", "x", "0000-0000"] {
        let page = led(&scene.mari, &find(typed).await).await;
        says(&page, &["Vi finner ikke et utlevert brev", "<title>Feil: ", &format!("value=\"{typed}\"")]);
    }
    let about = target(&sheet);
    let handed = scene.mari.post("/api/staff/letters/handed", &decision(&about, &[])).await;
    says(
        &led(&scene.mari, &handed).await,
        &["Brevet er levert, og avsenderen ser det.", "Ingenting å skrive ut"],
    );
    let again = scene.mari.post("/api/staff/letters/handed", &decision(&about, &[])).await;
    says(&led(&scene.mari, &again).await, &["Brevet kan ikke leveres nå."]);
    assert_eq!(scene.mari.get(&path).await.status, StatusCode::NOT_FOUND, "nothing is printed twice");
    let found = find(&number.replace('-', "").to_lowercase()).await;
    assert_eq!(found.location(), path.replace("/paper", "/answer"));
    let page = led(&scene.mari, &found).await;
    says(&page, &["Even Fjellvik, innsatt", "Maja Fjellvik, pårørende", number]);
    assert!(!page.text.contains("Møt meg"), "whose it is, and none of the words");
    let (id, key) = (page.hidden("id"), page.hidden("key"));
    let answer = "/api/staff/letters/answer";
    let empty = scene.mari.post(answer, &[("id", &id), ("key", &key), ("words", " ")]).await;
    says(&led(&scene.mari, &empty).await, &["Skriv svaret", "<title>Feil: "]);
    let form = [("id", id.as_str()), ("key", key.as_str()), ("words", "Svar på et ark")];
    for _ in 0..2 {
        says(
            &led(&scene.mari, &scene.mari.post(answer, &form).await).await,
            &["Svaret er lagret og går sin vei."],
        );
    }
    assert_eq!(scene.letters().await, 2, "hers and his, once");
    says(&scene.maja.get(&scene.path("")).await, &["Levert "]);
    says(&scene.opened().await.1, &["Even Fjellvik til Maja Fjellvik", "Svar på et ark"]);
    let nadia = scene.portal.browser();
    nadia.sign_in("staff", "nadia", "/staff").await;
    assert_eq!(nadia.get(found.location()).await.status, StatusCode::NOT_FOUND, "another unit's");
    let other = nadia.post("/api/staff/letters/sheet", &[("number", number)]).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "she controls no letters at all");
}
