//! An appeal as a browser without script walks it: from the decision to its receipt, to the desk where it was decided, to the
//! region, and back to where it is decided anew.

use app::letters::Letters;
use backend::{
    ctx::{Citizen, Staff},
    delivery::Mailer,
    identity::sessions,
    visits::clearance::{self, Application, LookReason},
    wiring,
};
use domain::{
    access::Area,
    kernel::{CivilDate, EmailAddress, Locale, Phone, Public},
    visits::clearance::{Answer, Contact, Decided, Needs, PoliceOutcome, Relation, Whom, draft::KnownBy},
};
use reqwest::StatusCode;

use crate::{
    harness::{Browser, Page, Portal},
    titles::neutral,
};

const WRITE: &str = "/api/my/appeals/write";
const FORWARD: &str = "/api/staff/appeals/forward";
const DECIDE: &str = "/api/staff/appeals/decide";

struct Scene {
    portal: Portal,
    maja: Browser,
    henrik: Browser,
    ragnhild: Browser,
    case: Public<Application>,
}

async fn person(portal: &Portal, browser: &Browser) -> Citizen {
    let token = browser.cookie("varde_citizen").expect("a session");
    let live = sessions::find(&portal.ctx, Area::Citizen, &token).await.expect("a read").expect("live");
    live.actor.citizen().expect("a citizen").clone()
}

async fn officer(portal: &Portal, browser: &Browser) -> Staff {
    let token = browser.cookie("varde_staff").expect("a session");
    let live = sessions::find(&portal.ctx, Area::Staff, &token).await.expect("a read").expect("live");
    live.actor.staff().expect("staff").clone()
}

fn answers() -> [Answer; 6] {
    let born = CivilDate::parse_iso("1970-01-01").expect("a date");
    [
        Answer::Whom(Whom { name: "Even Fjellvik".into(), known_by: KnownBy::BirthDate(born) }),
        Answer::Relation(Relation::Sibling),
        Answer::Contact(Contact {
            email: EmailAddress::parse("maja@eksempel.no").expect("an address"),
            phone: Phone::parse("41234567").expect("a phone"),
        }),
        Answer::Children(vec![]),
        Answer::Needs(Needs::default()),
        Answer::Police,
    ]
}

impl Scene {
    /// Maja's application is refused by Henrik.
    async fn new(portal: Portal) -> Self {
        let (maja, henrik, ragnhild) = (portal.browser(), portal.browser(), portal.browser());
        maja.sign_in("citizen", "maja", "/my").await;
        henrik.sign_in("staff", "henrik", "/staff").await;
        ragnhild.sign_in("staff", "ragnhild", "/staff").await;
        let (ctx, on) = (&portal.ctx, portal.ctx.now().date());
        let (who, staff) = (person(&portal, &maja).await, officer(&portal, &henrik).await);
        for given in answers() {
            clearance::answer(ctx, &who, given).await.expect("an answer");
        }
        let case = clearance::submit(ctx, &who, Locale::Nb).await.expect("sent").expect("whole");
        clearance::inmate_answer(ctx, &staff, &case, 1, true, on).await.expect("a write").expect("taken");
        let police = PoliceOutcome::NoRemark;
        clearance::police_answer(ctx, &staff, &case, 2, police, on).await.expect("a write").expect("taken");
        let seen = clearance::case(ctx, &staff, &case, LookReason::HandleCase).await.expect("a read");
        let people: Vec<_> = seen.expect("his").people.into_iter().map(|p| p.clearance).collect();
        let no = Decided::Refused { milder_considered: "Glassvegg".into(), reason: "Misbruk".into() };
        let done = clearance::decide(ctx, &staff, &case, 3, &people, &no, Locale::Nb).await;
        done.expect("a write").expect("decided");
        Self { portal, maja, henrik, ragnhild, case }
    }

    fn case(&self) -> String {
        format!("/visits/clearances/{}", self.case)
    }

    /// From the page of the decision to the page where an appeal is written.
    async fn write_page(&self) -> (String, Page) {
        let case = self.maja.get(&self.case()).await;
        let path = link(&case, "/my/appeals/write/");
        let page = self.maja.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        (path, page)
    }

    /// Writes and sends one; the path of the appeal.
    async fn appealed(&self) -> String {
        let (_, page) = self.write_page().await;
        let answer =
            self.maja.post(WRITE, &written(&page, &[("disagree", "Det er feil."), ("then", "send")])).await;
        answer.location().trim_end_matches("/receipt").to_owned()
    }

    async fn work(&self) {
        let mailer = Mailer::new(&self.portal.ctx.settings).expect("a mailer");
        while wiring::work_once(&self.portal.ctx, &mailer, &Letters).await.expect("it works") > 0 {}
    }
}

/// What the page would post, with these words.
fn written<'a>(page: &'a Page, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let hidden = |name: &str| -> &'a str {
        let start = format!("name=\"{name}\" value=\"");
        let at = page.text.find(&start).expect("the field") + start.len();
        page.text[at..].split('"').next().expect("a value")
    };
    let mut form = vec![("decision", hidden("decision")), ("key", hidden("key")), ("draft", hidden("draft"))];
    form.extend_from_slice(more);
    form
}

/// The first address on the page that begins so.
fn link(page: &Page, begins: &str) -> String {
    let start = format!("href=\"{begins}");
    let at =
        page.text.find(&start).unwrap_or_else(|| panic!("no {begins} in {}", page.text)) + "href=\"".len();
    page.text[at..].split('"').next().expect("an address").to_owned()
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

async fn from_decision_to_decision(portal: Portal) {
    let s = Scene::new(portal).await;
    let (path, page) = s.write_page().await;
    says(&page, &["Klag på et vedtak", "Siste dag å klage er", "Misbruk", "Papir eller telefon"]);

    // Nothing typed is lost: by a refusal, or by saving.
    let typed = [("disagree", " "), ("want", "Jeg vil på besøk."), ("waits", "yes"), ("then", "send")];
    let refused = led(&s.maja, &s.maja.post(WRITE, &written(&page, &typed)).await).await;
    says(&refused, &["<title>Feil: ", "Skriv hva du er uenig i.", "Jeg vil på besøk.", "checked"]);
    let typed = [("disagree", "Halvferdig"), ("then", "save")];
    let saved = led(&s.maja, &s.maja.post(WRITE, &written(&page, &typed)).await).await;
    says(&saved, &["Utkastet ble lagret", "Halvferdig"]);

    let typed = [("disagree", "Det er feil. <b>"), ("waits", "yes"), ("then", "send")];
    let form = written(&saved, &typed);
    let answer = s.maja.post(WRITE, &form).await;
    let again = s.maja.post(WRITE, &form).await;
    assert_eq!(answer.location(), again.location(), "a double click is one appeal");
    let receipt = led(&s.maja, &answer).await;
    says(&receipt, &["Klagen er sendt", "Klagen kom i tide.", "Ventes ferdig innen", "Her er vi nå"]);
    let appeal = answer.location().trim_end_matches("/receipt").to_owned();
    says(&s.maja.get("/my/appeals").await, &[&appeal, "Klage om besøkstillatelse"]);
    says(&s.maja.get(&s.case()).await, &[&format!("href=\"{appeal}\""), "Se klagen din"]);
    let write_again = s.maja.get(&path).await;
    assert_eq!((write_again.status, write_again.location()), (StatusCode::SEE_OTHER, appeal.as_str()));

    // The unit.
    let id = appeal.rsplit('/').next().expect("an id").to_owned();
    let desk = format!("/staff/appeals/{id}");
    says(&s.henrik.get("/staff/appeals").await, &["1 klage venter.", &desk, "Ber om å vente"]);
    assert_eq!(s.ragnhild.get(&desk).await.status, StatusCode::NOT_FOUND, "it is not the region's yet");
    let page = s.henrik.get(&desk).await;
    says(&page, &["Det er feil. &lt;b&gt;", "Misbruk", "Vedtaket står", "Endre vedtaket selv"]);
    let version = page.hidden("version");
    let form = [("id", id.as_str()), ("version", version.as_str()), ("statement", "")];
    says(&led(&s.henrik, &s.henrik.post(FORWARD, &form).await).await, &["Skriv hvorfor vedtaket står."]);
    let wait =
        [("id", id.as_str()), ("version", version.as_str()), ("waits", "no"), ("why", "Det haster ikke.")];
    let page = led(&s.henrik, &s.henrik.post("/api/staff/appeals/wait", &wait).await).await;
    says(&s.maja.get(&appeal).await, &["Vedtaket venter ikke på klagen.", "Det haster ikke."]);
    let version = page.hidden("version");
    let form = [("id", id.as_str()), ("version", version.as_str()), ("statement", "Vi står på det.")];
    says(&led(&s.henrik, &s.henrik.post(FORWARD, &form).await).await, &["Regionen har klagen."]);
    says(
        &s.maja.get(&appeal).await,
        &["Vi står på det.", "Region øst avgjør klagen", "Saksbehandler, Lyngmo fengsel"],
    );

    // The region.
    says(&s.ragnhild.get("/staff/appeals").await, &[&desk]);
    let page = s.ragnhild.get(&desk).await;
    says(&page, &["Avgjør klagen", "forvaltningsloven § 34", "Vi står på det."]);
    assert!(!page.text.contains("value=\"too_late\""), "it came in time");
    let version = page.hidden("version");
    let form = [
        ("id", id.as_str()),
        ("version", version.as_str()),
        ("outcome", "changed"),
        ("reason", "Påsyn er nok."),
        ("basis", "forvaltningsloven § 34"),
    ];
    assert_eq!(s.henrik.post(DECIDE, &form).await.status, StatusCode::NOT_FOUND);
    says(&led(&s.ragnhild, &s.ragnhild.post(DECIDE, &form).await).await, &["Vedtaket er endret"]);
    says(
        &s.maja.get(&appeal).await,
        &["Klagen er avgjort", "Påsyn er nok.", "Fengselet skal bestemme på nytt."],
    );
    says(&s.maja.get(&format!("{appeal}/print")).await, &["Klage fra Maja Fjellvik", "Påsyn er nok."]);

    // Decided anew where it was decided.
    s.work().await;
    let case = s.henrik.get(&format!("/staff/clearances/{}?reason=handle_case", s.case)).await;
    says(&case, &["Dette skal bestemmes på nytt etter en klage", "Påsyn er nok.", "name=\"outcome\""]);
    for path in ["", "/receipt", "/print"] {
        neutral(&s.maja, &format!("{appeal}{path}")).await;
    }
    neutral(&s.henrik, &desk).await;
    neutral(&s.henrik, "/staff/appeals").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_goes_from_the_decision_to_the_region_and_back() {
    from_decision_to_decision(Portal::start().await).await;
    if let Some(portal) = Portal::start_on_postgres().await {
        from_decision_to_decision(portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_taken_back_after_a_question() {
    let s = Scene::new(Portal::start().await).await;
    let appeal = s.appealed().await;
    let ask = s.maja.get(&format!("{appeal}/withdraw")).await;
    says(&ask, &["Vil du trekke klagen?", "Du kan klage på nytt innen fristen"]);
    let id = ask.hidden("id");
    for _ in 0..2 {
        let answer = s.maja.post("/api/my/appeals/withdraw", &[("id", &id)]).await;
        says(&led(&s.maja, &answer).await, &["Trukket av deg"]);
    }
    assert_eq!(s.maja.get(&format!("{appeal}/withdraw")).await.location(), appeal);
    let (_, page) = s.write_page().await;
    says(&page, &["Klag på et vedtak"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_one_is_sent_with_its_reason_and_marked() {
    let s = Scene::new(Portal::start_standing().await).await;
    let (path, _) = s.write_page().await;
    s.portal.ctx.clock.set(s.portal.ctx.now().plus_days(20));
    s.maja.sign_in("citizen", "maja", "/my").await;
    s.henrik.sign_in("staff", "henrik", "/staff").await;
    let page = s.maja.get(&path).await;
    says(&page, &["Fristen gikk ut", "Du kan klage likevel", "Hvorfor kommer klagen etter fristen?"]);
    let typed = [("disagree", "Det er feil."), ("late_reason", ""), ("then", "send")];
    let refused = led(&s.maja, &s.maja.post(WRITE, &written(&page, &typed)).await).await;
    says(&refused, &["Skriv hvorfor klagen kommer etter fristen.", "Det er feil."]);
    let typed = [("disagree", "Det er feil."), ("late_reason", "Jeg var syk."), ("then", "send")];
    let receipt = led(&s.maja, &s.maja.post(WRITE, &written(&page, &typed)).await).await;
    says(&receipt, &["Klagen kom etter fristen."]);
    says(&s.henrik.get("/staff/appeals").await, &["Kom for sent"]);
    s.portal.ctx.clock.set(s.portal.ctx.now().plus_days(20));
    s.henrik.sign_in("staff", "henrik", "/staff").await;
    says(&s.henrik.get("/staff/appeals?show=late").await, &["Over fristen", "due-late"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_language_has_the_whole_journey() {
    let s = Scene::new(Portal::start().await).await;
    let appeal = s.appealed().await;
    for (language, words) in
        [("nn", "Klaga er send"), ("en", "Your appeal is sent"), ("nb", "Klagen er sendt")]
    {
        s.maja.post("/language", &[("locale", language), ("back", "/my")]).await;
        says(&s.maja.get(&format!("{appeal}/receipt")).await, &[words]);
        assert_eq!(s.maja.get(&appeal).await.status, StatusCode::OK);
    }
}
