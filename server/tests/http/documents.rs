//! Documents as a browser without script walks them: asked for in a case, sent with files, received with a receipt, read at the
//! desk, and asked for once more; a letter that nobody asked for; and one that is taken back.

use app::letters::Letters;
use backend::{
    blobs::{self, Scanner, testing::pdf},
    ctx::Citizen,
    delivery::Mailer,
    identity::sessions,
    visits::clearance,
    wiring,
};
use domain::{
    access::Area,
    kernel::{CivilDate, EmailAddress, Locale, Phone},
    visits::clearance::{Answer, Contact, Needs, Relation, Whom, draft::KnownBy},
};
use reqwest::{Method, StatusCode, header};

use crate::{
    harness::{Browser, Page, Portal},
    titles::neutral,
};

/// Of `pdf(900)`, by another program.
const SHA: &str = "b6b460d27712165a85d3264bb3af94ea858a591239bf0d635f0991081b9fca1f";

struct Scene {
    portal: Portal,
    maja: Browser,
    henrik: Browser,
    /// Public id of Maja's application.
    case: String,
}

async fn person(portal: &Portal, browser: &Browser) -> Citizen {
    let token = browser.cookie("varde_citizen").expect("a session");
    let live = sessions::find(&portal.ctx, Area::Citizen, &token).await.expect("a read").expect("live");
    live.actor.citizen().expect("a citizen").clone()
}

impl Scene {
    async fn new(portal: Portal) -> Self {
        let (maja, henrik) = (portal.browser(), portal.browser());
        maja.sign_in("citizen", "maja", "/my").await;
        henrik.sign_in("staff", "henrik", "/staff").await;
        let born = CivilDate::parse_iso("1970-01-01").expect("a date");
        let who = person(&portal, &maja).await;
        for given in [
            Answer::Whom(Whom { name: "Even Fjellvik".into(), known_by: KnownBy::BirthDate(born) }),
            Answer::Relation(Relation::Sibling),
            Answer::Contact(Contact {
                email: EmailAddress::parse("maja@eksempel.no").expect("an address"),
                phone: Phone::parse("41234567").expect("a phone"),
            }),
            Answer::Children(vec![]),
            Answer::Needs(Needs::default()),
            Answer::Police,
        ] {
            clearance::answer(&portal.ctx, &who, given).await.expect("an answer");
        }
        let case = clearance::submit(&portal.ctx, &who, Locale::Nb).await.expect("sent").expect("whole");
        Self { portal, maja, henrik, case: case.to_string() }
    }

    async fn scan(&self) {
        while blobs::check_due(&self.portal.ctx, &Scanner::Demo).await.expect("a scan") > 0 {}
    }

    async fn work(&self) {
        let mailer = Mailer::new(&self.portal.ctx.settings).expect("a mailer");
        while wiring::work_once(&self.portal.ctx, &mailer, &Letters).await.expect("it works") > 0 {}
    }

    /// Henrik asks for a confirmation: the path of the request at his desk.
    async fn asked(&self) -> String {
        let page = self.henrik.get(&format!("/staff/documents/ask/{}", self.case)).await;
        let due = self.portal.ctx.now().date().plus_days(10).iso();
        let form = due_form(&page, &due, &[("kind", "work_school"), ("reason", "Vi må vite når du jobber.")]);
        let answer = self.henrik.post("/api/staff/documents/ask", &borrowed(&form)).await;
        let again = self.henrik.post("/api/staff/documents/ask", &borrowed(&form)).await;
        assert_eq!(answer.location(), again.location(), "a double click is one request");
        answer.location().to_owned()
    }
}

type Form = Vec<(String, String)>;

fn borrowed(form: &Form) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// What a page that asks for something would post.
fn due_form(page: &Page, due: &str, more: &[(&str, &str)]) -> Form {
    let parts: Vec<&str> = due.split('-').collect();
    let mut form: Form = vec![("id".into(), page.hidden("id")), ("key".into(), page.hidden("key"))];
    for (name, part) in ["due_year", "due_month", "due_day"].into_iter().zip(parts) {
        form.push((name.into(), part.into()));
    }
    form.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    form
}

fn says(page: &Page, words: &[&str]) {
    for words in words {
        assert!(page.text.contains(words), "{words:?} in {}", page.text);
    }
}

async fn led(browser: &Browser, answer: &Page) -> Page {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let page = browser.get(answer.location()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", answer.location());
    page
}

/// The form with files of this page, as a browser sends it.
async fn upload(browser: &Browser, page: &Page, files: &[(&str, &[u8])]) -> Page {
    let mut body = Vec::new();
    for name in ["kind", "draft", "back"] {
        let value = page.hidden(name);
        let field = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(field.as_bytes());
    }
    for (name, bytes) in files {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/pdf\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    let request = browser.request(Method::POST, "/files/form").header("sec-fetch-site", "same-origin");
    let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x").body(body);
    led(browser, &browser.send(request).await).await
}

/// The hand-in that this page would post.
fn hand_in(page: &Page) -> Form {
    let mut form: Form = vec![("id".into(), page.hidden("id")), ("version".into(), page.hidden("version"))];
    let start = "name=\"files[]\" value=\"";
    let files = page.text.match_indices(start).map(|(at, _)| &page.text[at + start.len()..]);
    let files = files.filter_map(|rest| rest.split('"').next());
    form.extend(files.map(|file| ("files[]".to_owned(), file.to_owned())));
    form
}

fn link(page: &Page, begins: &str) -> String {
    let start = format!("href=\"{begins}");
    let at =
        page.text.find(&start).unwrap_or_else(|| panic!("no {begins} in {}", page.text)) + "href=\"".len();
    page.text[at..].split('"').next().expect("an address").to_owned()
}

/// From the officer's question to her receipt; the path of the document and of the request, hers.
async fn answered(s: &Scene) -> (String, String) {
    let desk = s.asked().await;
    let request = desk.replace("/staff", "");
    says(&s.maja.get("/my").await, &["Venter på deg", "Bekreftelse fra arbeid eller skole", "om 10 dager"]);
    says(&s.maja.get("/documents").await, &["Dette mangler", &request, "om 10 dager"]);
    let page = s.maja.get(&request).await;
    says(&page, &["Vi må vite når du jobber.", "Mangler", "Send dokumentet"]);

    // Instead of sending.
    let id = request.rsplit('/').next().expect("an id").to_owned();
    let wrong = [("id", id.as_str()), ("how", "elsewhere"), ("words", "")];
    let page = led(&s.maja, &s.maja.post("/api/documents/say", &wrong).await).await;
    says(&page, &["<title>Feil: ", "Skriv hvor og når", "value=\"elsewhere\" checked"]);
    let later = [("id", id.as_str()), ("how", "later"), ("words", "")];
    says(&led(&s.maja, &s.maja.post("/api/documents/say", &later).await).await, &["Sendes senere"]);

    // Files: a wrong one, a right one, one too many.
    let page = led(&s.maja, &s.maja.post("/api/documents/start", &[("request", &id)]).await).await;
    let page = upload(&s.maja, &page, &[("a.exe", b"MZ")]).await;
    says(&page, &["<title>Feil: ", "Navnet på filen passer ikke", "href=\"#file\""]);
    let page = upload(&s.maja, &page, &[("Bekreftelse.pdf", &pdf(900)), ("feil.pdf", &pdf(901))]).await;
    says(&page, &["Bekreftelse.pdf", "feil.pdf", "Mottatt, blir sjekket"]);
    let page = led(&s.maja, &s.maja.post(&last_remove(&page), &[("back", &page.hidden("back"))]).await).await;
    assert!(!page.text.contains("feil.pdf"));

    // All of it, once.
    let page = s.maja.get(&check_of(&page)).await;
    says(&page, &["Se over og send inn", "Bekreftelse.pdf", "Søknad om besøkstillatelse"]);
    let form = hand_in(&page);
    let answer = s.maja.post("/api/documents/hand-in", &borrowed(&form)).await;
    let again = s.maja.post("/api/documents/hand-in", &borrowed(&form)).await;
    assert_eq!(answer.location(), again.location(), "a double click is one document");
    let receipt = led(&s.maja, &answer).await;
    assert!(receipt.text.replace("<wbr>", "").replace("<!>", "").contains(SHA), "{}", receipt.text);
    says(
        &receipt,
        &["Dokumentet er mottatt", "Bekreftelse.pdf", "1 kB (900 byte)", "Maja Fjellvik", "Skriv ut"],
    );
    (answer.location().trim_end_matches("/receipt").to_owned(), request)
}

/// Where all of it is looked through.
fn check_of(files: &Page) -> String {
    format!("/documents/send/{}/check", files.hidden("draft"))
}

fn last_remove(page: &Page) -> String {
    let at = page.text.rfind("/remove\"").expect("a way to remove");
    let start = page.text[..at].rfind('"').expect("an attribute") + 1;
    format!("{}/remove", &page.text[start..at])
}

async fn from_question_to_answer(portal: Portal) {
    let s = Scene::new(portal).await;
    let case = format!("/staff/clearances/{}?reason=handle_case", s.case);
    says(&s.henrik.get(&case).await, &["Be om et dokument", "Ingenting er bedt om"]);
    let ask = s.henrik.get(&format!("/staff/documents/ask/{}", s.case)).await;
    let past = s.portal.ctx.now().date().iso();
    let wrong = due_form(&ask, &past, &[("kind", ""), ("reason", "Vi må vite")]);
    let page = led(&s.henrik, &s.henrik.post("/api/staff/documents/ask", &borrowed(&wrong)).await).await;
    says(&page, &["<title>Feil: ", "Velg hva slags dokument", "Velg en dag etter i dag", "Vi må vite"]);

    let (document, request) = answered(&s).await;
    let id = document.rsplit('/').next().expect("an id").to_owned();
    says(
        &s.maja.get(&document).await,
        &["Mottatt, blir sjekket", "Ingen ansatte har åpnet det.", "Trekk tilbake"],
    );
    says(&s.maja.get(&format!("/visits/clearances/{}", s.case)).await, &["Sendt inn", &document]);

    // The desk.
    let desk = format!("/staff/documents/{id}");
    says(&s.henrik.get("/staff/documents").await, &["1 dokument venter.", &desk, "Maja Fjellvik"]);
    let page = s.henrik.get(&desk).await;
    says(&page, &["Filer blir sjekket for virus", "Bekreftelse.pdf", "Godta dokumentet"]);
    assert!(!page.text.contains("/files/"), "nothing to fetch before a scan");
    s.scan().await;
    let page = s.henrik.get(&desk).await;
    let file = link(&page, &format!("{desk}/files/"));
    let got = s.henrik.get(&file).await;
    assert_eq!((got.status, got.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert!(got.header("content-disposition").starts_with("attachment; filename=\"Bekreftelse.pdf\""));
    assert_eq!(s.portal.audited("file_opened", "copy").await, 1);
    assert!(s.portal.browser().get(&file).await.location().starts_with("/sign-in"));
    assert!(s.maja.get(&file).await.location().starts_with("/sign-in"), "the desk's door is not hers");
    let nadia = s.portal.browser();
    nadia.sign_in("staff", "nadia", "/staff").await;
    for path in [&desk, &file, &format!("/staff{request}")] {
        assert_eq!(nadia.get(path).await.status, StatusCode::NOT_FOUND, "t01: of another unit: {path}");
    }
    says(&s.maja.get(&document).await, &["Blir lest", "Saksbehandler", "/files/"]);
    assert!(s.maja.get(&format!("{document}/withdraw")).await.location() == document);

    // More is asked for.
    let version = page.hidden("version");
    let due = s.portal.ctx.now().date().plus_days(5).iso();
    let form = due_form(&page, &due, &[("version", &version), ("reason", "")]);
    let refused = led(&s.henrik, &s.henrik.post("/api/staff/documents/more", &borrowed(&form)).await).await;
    says(&refused, &["<title>Feil: ", "Skriv hvorfor dokumentet trengs."]);
    let form = due_form(&page, &due, &[("version", &version), ("reason", "Det mangler en underskrift.")]);
    let done = led(&s.henrik, &s.henrik.post("/api/staff/documents/more", &borrowed(&form)).await).await;
    says(&done, &["Vi trenger mer", "Se hva som mangler"]);
    let hers = s.maja.get(&document).await;
    says(&hers, &["Vi trenger mer", "Se hva vi trenger"]);
    let follow = link(&hers, "/documents/requests/");
    assert_ne!(follow, request);
    says(&s.maja.get(&follow).await, &["Det mangler en underskrift.", "om 5 dager"]);

    // It comes on paper.
    says(&s.henrik.get("/staff/documents?show=waiting").await, &[&format!("/staff{follow}"), "Ventes"]);
    let page = s.henrik.get(&format!("/staff{follow}")).await;
    let (id, version) = (page.hidden("id"), page.hidden("version"));
    let today = s.portal.ctx.now().date();
    let ahead = today.plus_days(1).iso();
    for (day, words) in [(ahead, "Velg i dag eller en dag som har vært."), (today.iso(), "Kommet på papir")]
    {
        let parts: Vec<&str> = day.split('-').collect();
        let form = [
            ("id", id.as_str()),
            ("version", version.as_str()),
            ("on_year", parts[0]),
            ("on_month", parts[1]),
            ("on_day", parts[2]),
            ("note", "Perm 4"),
        ];
        let page = led(&s.henrik, &s.henrik.post("/api/staff/documents/paper", &form).await).await;
        says(&page, &[words, "Perm 4"]);
    }
    let hers = s.maja.get(&follow).await;
    says(&hers, &["Kommet på papir"]);
    assert!(!hers.text.contains("Perm 4"), "where it lies is for staff");
    says(&s.henrik.get(&case).await, &["Bedt om: Bekreftelse", "Kommet på papir"]);

    let paper = s.maja.get(&format!("{document}/receipt.pdf")).await;
    assert_eq!((paper.status, paper.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert!(paper.text.starts_with("%PDF-"));
    let eirik = s.portal.browser();
    eirik.sign_in("citizen", "eirik", "/my").await;
    for path in ["", "/receipt", "/receipt.pdf"] {
        let page = eirik.get(&format!("{document}{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "t01: another's {path}");
    }
    for path in ["", "/receipt"] {
        neutral(&s.maja, &format!("{document}{path}")).await;
    }
    for path in ["/documents", "/documents/send", follow.as_str()] {
        neutral(&s.maja, path).await;
    }
    for path in ["/staff/documents", desk.as_str(), &format!("/staff{follow}")] {
        neutral(&s.henrik, path).await;
    }
    s.work().await;
    let mails: Vec<(String,)> = s
        .portal
        .ctx
        .db
        .all("SELECT problem FROM outbox WHERE failed_at IS NOT NULL", vec![])
        .await
        .expect("a read");
    assert!(mails.is_empty(), "{mails:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_asked_for_sent_read_and_asked_for_once_more() {
    from_question_to_answer(Portal::start().await).await;
    if let Some(portal) = Portal::start_on_postgres().await {
        from_question_to_answer(portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_nobody_asked_for_is_kept_checked_and_taken_back() {
    let s = Scene::new(Portal::start().await).await;
    let page = s.maja.get("/documents/send").await;
    says(&page, &["Hva vil du sende?", "value=\"letter\"", "value=\"travel\""]);
    assert!(!page.text.contains("value=\"ek_consent\""), "only where it was asked for");
    let page = led(&s.maja, &s.maja.post("/api/documents/start", &[("kind", "ek_consent")]).await).await;
    says(&page, &["<title>Feil: ", "Velg hva slags dokument det er."]);
    let page = led(&s.maja, &s.maja.post("/api/documents/start", &[("kind", "letter")]).await).await;
    let (id, version) = (page.hidden("id"), page.hidden("version"));
    let keep = async |unit: &str, words: &str| {
        let form = [
            ("id", id.as_str()),
            ("version", version.as_str()),
            ("about", ""),
            ("unit", unit),
            ("words", words),
        ];
        led(&s.maja, &s.maja.post("/api/documents/keep", &form).await).await
    };
    says(&keep("", "Hei <b>").await, &["<title>Feil: ", "Velg hvor det skal.", "Hei &lt;b&gt;"]);
    says(&keep("lyngmo", "Hei <b>").await, &["Du kan sende inn uten fil."]);
    says(&keep("lyngmo", "Noe annet").await, &["Noe er endret i et annet vindu."]);
    let check = format!("/documents/send/{id}/check");
    let page = s.maja.get(&check).await;
    says(&page, &["Lyngmo fengsel", "Hei &lt;b&gt;", "Ingen filer."]);
    let answer = s.maja.post("/api/documents/hand-in", &borrowed(&hand_in(&page))).await;
    let document = answer.location().trim_end_matches("/receipt").to_owned();
    says(&led(&s.maja, &answer).await, &["Dokumentet er mottatt", "Lyngmo fengsel"]);
    assert_eq!(s.maja.get(&check).await.status, StatusCode::NOT_FOUND, "the draft is gone");

    let page = s.maja.get(&format!("{document}/withdraw")).await;
    says(&page, &["Vil du trekke dokumentet tilbake?"]);
    neutral(&s.maja, &format!("{document}/withdraw")).await;
    let id = page.hidden("id");
    for _ in 0..2 {
        let answer = s.maja.post("/api/documents/withdraw", &[("id", &id)]).await;
        says(&led(&s.maja, &answer).await, &["Trukket tilbake"]);
    }
    assert_eq!(s.henrik.get(&format!("/staff/documents/{id}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_handed_in_that_is_not_whole_and_it_says_where_to_mend_it() {
    let s = Scene::new(Portal::start().await).await;
    let request = s.asked().await.replace("/staff", "");
    let id = request.rsplit('/').next().expect("an id").to_owned();
    let files = led(&s.maja, &s.maja.post("/api/documents/start", &[("request", &id)]).await).await;
    let check = s.maja.get(&check_of(&files)).await;
    let refused =
        led(&s.maja, &s.maja.post("/api/documents/hand-in", &borrowed(&hand_in(&check))).await).await;
    says(&refused, &["<title>Feil: ", "Velg minst én fil", "href=\"#file\""]);
    let bad = backend::blobs::testing::pdf_with(b"<< /S /JavaScript >>");
    let page = upload(&s.maja, &files, &[("skript.pdf", &bad)]).await;
    says(&page, &["PDF-en inneholder program", "skript.pdf"]);
    let check = s.maja.get(&check_of(&page)).await;
    let refused =
        led(&s.maja, &s.maja.post("/api/documents/hand-in", &borrowed(&hand_in(&check))).await).await;
    says(&refused, &["En fil kan ikke brukes."]);
    // Staff no longer need it: what she has begun leads nowhere.
    let desk = s.henrik.get(&format!("/staff{request}")).await;
    let form = [("id", desk.hidden("id")), ("version", desk.hidden("version"))];
    let form: Form = form.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let answer = s.henrik.post("/api/staff/documents/recall", &borrowed(&form)).await;
    says(&led(&s.henrik, &answer).await, &["Trengs ikke lenger"]);
    says(&s.maja.get(&request).await, &["Trengs ikke lenger"]);
    let again = led(&s.maja, &s.maja.post("/api/documents/start", &[("request", &id)]).await).await;
    says(&again, &["Dette er alt gjort, eller trengs ikke lenger."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_language_has_the_whole_journey() {
    let s = Scene::new(Portal::start().await).await;
    let (document, request) = answered(&s).await;
    for (language, words) in
        [("nn", "Dokumentet er motteke"), ("en", "The document is received"), ("nb", "Dokumentet er mottatt")]
    {
        s.maja.post("/language", &[("locale", language), ("back", "/my")]).await;
        says(&s.maja.get(&format!("{document}/receipt")).await, &[words]);
        for path in [document.as_str(), request.as_str(), "/documents", "/documents/send"] {
            assert_eq!(s.maja.get(path).await.status, StatusCode::OK, "{language} {path}");
        }
    }
}
