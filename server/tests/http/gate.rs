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
