//! The gate: whoever stands there finds a visit, marks what happens and takes it back; she who comes shows a pass, tells a
//! delay, reads why she was not let in, and has it in writing that she was there.

use domain::kernel::Instant;
use reqwest::StatusCode;

use crate::{
    booking::{confirm, held, relative, stage},
    harness::{Browser, Page, Portal},
};

struct Scene {
    portal: Portal,
    maja: Browser,
    geir: Browser,
    /// Her visit's page.
    visit: String,
    public: String,
    reference: String,
    start: Instant,
}

impl Scene {
    /// Ten minutes before it begins.
    async fn new(portal: Portal) -> Self {
        let stage = stage(&portal).await;
        let (maja, _) = relative(&portal, &stage, "maja").await;
        let answer = confirm(&maja, &held(&maja).await.hidden("hold")).await;
        let visit = answer.location().trim_end_matches("?done=booked").to_owned();
        let row = "SELECT reference, starts_at FROM booking";
        let (reference, start): (String, i64) = portal.ctx.db.one(row, vec![]).await.expect("a booking");
        let start = Instant(start);
        portal.ctx.clock.set(start.plus_minutes(-10));
        maja.sign_in("citizen", "maja", "/my").await;
        let geir = portal.browser();
        geir.sign_in("staff", "geir", "/staff").await;
        let public = visit.rsplit('/').next().expect("an id").to_owned();
        Self { portal, maja, geir, visit, public, reference, start }
    }

    async fn post(&self, browser: &Browser, to: &str, form: &[(&str, &str)]) -> Page {
        let answer = browser.post(&format!("/api/{to}"), form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{to}: {}", answer.text);
        browser.get(answer.location()).await
    }

    /// One press on the page of the visit as it stands.
    async fn mark(&self, fields: &[(&str, &str)]) -> Page {
        let page = self.geir.get(&format!("/staff/gate/{}", self.public)).await;
        let (seen, key) = (page.hidden("seen"), page.hidden("key"));
        let form = [("public", self.public.as_str()), ("seen", &seen), ("key", &key)];
        self.post(&self.geir, "staff/gate/mark", &[&form, fields].concat()).await
    }
}

fn says(page: &Page, words: &[&str]) {
    for words in words {
        assert!(page.text.contains(words), "{words:?} in {}", page.text);
    }
}

async fn comes_and_goes(portal: Portal) {
    let s = Scene::new(portal).await;
    let pass = s.maja.get(&format!("{}/pass", s.visit)).await;
    let shown = format!("{}-{}", &s.reference[..4], &s.reference[4..]);
    says(&pass, &[&shown, "class=\"pass-code\"", "Lyngmo fengsel"]);
    assert!(!pass.text.contains("Even Fjellvik"), "whom she visits is on no pass");
    says(&s.maja.get(&s.visit).await, &["Vis besøkspasset", "Er du forsinket?"]);

    let typed = s.post(&s.geir, "staff/gate/find", &[("text", "tull")]).await;
    says(&typed, &["verken et pass eller en referanse", "value=\"tull\"", "<title>Feil: "]);
    let found = s.post(&s.geir, "staff/gate/find", &[("text", &shown)]).await;
    says(&found, &["Maja Fjellvik", "Even Fjellvik", "De er her", "Gyldig legitimasjon"]);
    says(&s.mark(&[]).await, &["Velg hva som skjedde"]);
    says(&s.mark(&[("kind", "denied")]).await, &["Velg hvorfor de ikke slapp inn"]);
    says(&s.mark(&[("kind", "no_show")]).await, &["Det er for tidlig"]);

    let delay = [("public", s.public.as_str()), ("minutes", "20")];
    says(
        &s.post(&s.maja, "visits/bookings/delayed", &delay).await,
        &["omtrent 20 minutter", "Dere slipper inn"],
    );
    says(&s.geir.get("/staff/gate").await, &["Maja Fjellvik", "20 min forsinket", "Ventes"]);

    says(&s.mark(&[("kind", "arrived")]).await, &["Registrert.", "Inne siden"]);
    says(&s.maja.get(&s.visit).await, &["Dere ble registrert i porten"]);
    let late = s.post(&s.maja, "visits/bookings/delayed", &delay).await;
    assert!(!late.text.contains("Er du forsinket?"), "she is here");
    s.portal.ctx.clock.set(s.start.plus_minutes(10));
    says(&s.mark(&[("kind", "normal")]).await, &["Ferdig, "]);
    let undo = [("public", s.public.as_str()), ("seen", "2")];
    says(&s.post(&s.geir, "staff/gate/undo", &undo).await, &["tatt tilbake", "Inne siden"]);
    says(&s.post(&s.geir, "staff/gate/undo", &undo).await, &["Noen har registrert noe imens"]);
    s.mark(&[("kind", "visitor_early")]).await;
    let attended = s.maja.get(&format!("{}/attended", s.visit)).await;
    says(&attended, &["Maja Fjellvik var på besøk i Lyngmo fengsel"]);
    assert!(!attended.text.contains("Even Fjellvik"), "whom she visited is not said");
}

#[tokio::test(flavor = "multi_thread")]
async fn she_comes_and_goes_and_has_it_in_writing() {
    comes_and_goes(Portal::start_standing().await).await;
    if let Some(portal) = Portal::start_standing_on_postgres().await {
        comes_and_goes(portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_let_in_reads_why_at_once_and_how_to_complain() {
    let s = Scene::new(Portal::start_standing().await).await;
    assert_eq!(s.maja.get(&format!("{}/attended", s.visit)).await.status, StatusCode::NOT_FOUND);
    let denied = s.mark(&[("kind", "denied"), ("reason", "search")]).await;
    says(&denied, &["Ikke sluppet inn: Ulovlig gjenstand"]);
    let hers = s.maja.get(&s.visit).await;
    says(
        &hers,
        &["Dere slapp ikke inn", "Kontrollen i porten", "Skriv til enheten om besøket", "Bestill ny tid"],
    );
    assert_eq!(s.maja.get(&format!("{}/attended", s.visit)).await.status, StatusCode::NOT_FOUND);
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE payload LIKE '%not_let_in%'";
    let (letters,): (i64,) = s.portal.ctx.db.one(sql, vec![]).await.expect("a count");
    assert_eq!(letters, 1);
}

const LATER: &str = "SELECT at - written_at FROM visit_mark ORDER BY written_at, id";

impl Scene {
    /// What has been marked, by how much later it was written.
    async fn later(&self) -> Vec<i64> {
        let rows: Vec<(i64,)> = self.portal.ctx.db.all(LATER, vec![]).await.expect("marks");
        rows.into_iter().map(|(later,)| later).collect()
    }

    /// Under what this page's script keeps its marks.
    fn whose(page: &Page) -> String {
        let (_, rest) = page.text.split_once("data-store=\"").expect("a page of the gate");
        rest.split('"').next().expect("a value").to_owned()
    }

    /// As the script sends it: a status and a reason, and nowhere to go.
    async fn sent(&self, by: &Browser, whose: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let form = [&[("public", self.public.as_str()), ("whose", whose)], fields].concat();
        let answer = by.post("/api/staff/gate/mark", &form).await;
        let refused = answer.header("x-refused").to_owned();
        (answer.status, refused)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_was_kept_without_a_line_is_taken_once_with_its_own_time() {
    let both = [Some(Portal::start_standing().await), Portal::start_standing_on_postgres().await];
    for portal in both.into_iter().flatten() {
        let scene = Scene::new(portal).await;
        let (ctx, geir) = (&scene.portal.ctx, &scene.geir);
        let list = geir.get("/staff/gate").await;
        says(&list, &["De er her"]);
        let (whose, key) = (Scene::whose(&list), list.hidden("key"));
        let millis = |at: Instant| (at.micros() / 1_000).to_string();
        let (pressed, other) = (millis(ctx.now()), "7".repeat(26));
        ctx.clock.set(ctx.now().plus_minutes(25));
        let arrived = [("kind", "arrived"), ("seen", "0"), ("key", key.as_str()), ("at", &pressed)];

        // Somebody else has signed in at the machine meanwhile: it is not her who saw it.
        let duty = scene.portal.browser();
        duty.sign_in("staff", "duty1", "/staff").await;
        assert_ne!(Scene::whose(&duty.get("/staff/gate").await), whose);
        assert_eq!(scene.sent(&duty, &whose, &arrived).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(scene.later().await, Vec::<i64>::new());

        for _ in 0..2 {
            assert_eq!(scene.sent(geir, &whose, &arrived).await.0, StatusCode::NO_CONTENT);
        }
        let later = scene.later().await;
        assert_eq!(later.len(), 1, "twice is once");
        assert!((later[0] + 25 * 60_000_000).abs() < 1_000, "{later:?}: to the thousandth of a second");

        let table: [(&str, &str, StatusCode, &str); 4] = [
            ("arrived", &pressed, StatusCode::CONFLICT, "gate_order"),
            ("denied", &pressed, StatusCode::CONFLICT, "choose_reason"),
            ("normal", "yesterday", StatusCode::BAD_REQUEST, ""),
            ("normal", "9223372036854775807", StatusCode::BAD_REQUEST, ""),
        ];
        for (kind, at, status, refused) in table {
            let form = [("kind", kind), ("seen", "0"), ("key", &other), ("at", at)];
            assert_eq!(scene.sent(geir, &whose, &form).await, (status, refused.to_owned()), "{kind} {at}");
        }
        let ahead = millis(ctx.now().plus_minutes(60));
        let fast = [("kind", "normal"), ("seen", "1"), ("key", other.as_str()), ("at", &ahead)];
        assert_eq!(scene.sent(geir, &whose, &fast).await.0, StatusCode::NO_CONTENT);
        assert!(scene.later().await.iter().all(|later| *later <= 0), "nobody has left in the future");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_come_is_marked_in_one_press_on_the_list() {
    let scene = Scene::new(Portal::start_standing().await).await;
    for (press, next) in [("arrived", "Besøket er ferdig"), ("normal", "Ferdig, ")] {
        let list = scene.geir.get("/staff/gate").await;
        let fields = ["public", "seen", "key", "unit", "kind"].map(|name| (name, list.hidden(name)));
        let form: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert!(form.contains(&("kind", press)) && form.contains(&("public", &scene.public)), "{form:?}");
        let after = scene.post(&scene.geir, "staff/gate/mark", &form).await;
        says(&after, &["Registrert.", next, "Porten"]);
        scene.portal.ctx.clock.set(scene.start.plus_minutes(10));
    }
}
