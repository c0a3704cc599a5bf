//! The other parent of a child, without script: asked from the application, answered alone, and what it comes to; the one who
//! applied and everybody else read nothing of it.

use backend::{
    ctx::Citizen,
    visits::{booking::testing::Stage, clearance::LookReason},
};
use domain::{access::Level, kernel::Id};
use reqwest::StatusCode;

use crate::{
    booking::{relative, stage},
    consents::{led, prove, says},
    harness::{Browser, Portal},
};

const PARENT: &str = "/api/staff/children/parent";
const WITHOUT: &str = "/api/staff/homes/without";
const ANSWER: &str = "/api/my/home/answer";
/// Eirik's.
const NUMBER: &str = "02888933193";
const CHILD: &str = "SELECT a.public_id, c.public_id FROM clearance c \
    JOIN application a ON a.id = c.application_id WHERE c.child = 1";

struct Scene {
    portal: Portal,
    henrik: Browser,
    maja: Browser,
    eirik: Browser,
    application: String,
    clearance: String,
}

impl Scene {
    async fn on(portal: Portal) -> Self {
        let visits: Stage = stage(&portal).await;
        let (maja, person) = relative(&portal, &visits, "maja").await;
        let session = portal.ctx.chance.id(portal.ctx.now());
        let (name, level) = ("Maja Fjellvik".to_owned(), Level::High);
        let who =
            Citizen { session, person: Id::new(person.as_str()), name, level, fresh_until: None, by: None };
        visits.child(&who, "Ask Fjellvik", "2020-05-11").await;
        let (application, clearance) = portal.ctx.db.one(CHILD, vec![]).await.expect("a child");
        let (henrik, eirik) = (portal.browser(), portal.browser());
        henrik.sign_in("staff", "henrik", "/staff").await;
        eirik.sign_in("citizen", "eirik", "/my").await;
        Self { portal, henrik, maja, eirik, application, clearance }
    }

    fn form_path(&self) -> String {
        format!("/staff/children/{}/parent", self.clearance)
    }

    fn case_path(&self) -> String {
        let reason = LookReason::HandleCase.code();
        format!("/staff/clearances/{}?reason={reason}", self.application)
    }

    /// Asks, and gives the path of the case.
    async fn ask(&self) -> String {
        let page = self.henrik.get(&self.form_path()).await;
        assert_eq!(page.status, StatusCode::OK);
        let (id, key) = (page.hidden("id"), page.hidden("key"));
        let wrong = [("id", id.as_str()), ("key", &key), ("number", "1"), ("name", "Eirik <b>")];
        let back = led(&self.henrik, &self.henrik.post(PARENT, &wrong).await).await;
        says(&back, &["Skriv fødselsnummeret med 11 siffer", "Skriv datoen", "value=\"Eirik &lt;b&gt;\""]);
        let day = self.portal.ctx.now().date().plus_days(10).iso();
        let parts: Vec<&str> = day.split('-').collect();
        let form = [
            ("id", id.as_str()),
            ("key", &key),
            ("number", NUMBER),
            ("name", "Eirik Fjellvik"),
            ("answer_by_day", parts[2]),
            ("answer_by_month", parts[1]),
            ("answer_by_year", parts[0]),
        ];
        let done = self.henrik.post(PARENT, &form).await;
        let again = self.henrik.post(PARENT, &form).await;
        assert_eq!(done.location(), again.location(), "twice is once");
        done.location().to_owned()
    }
}

async fn on_both_engines(test: impl AsyncFn(Scene)) {
    test(Scene::on(Portal::start_standing().await).await).await;
    if let Some(portal) = Portal::start_standing_on_postgres().await {
        test(Scene::on(portal).await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_childs_other_parent_is_asked_answers_alone_and_the_child_may_come() {
    on_both_engines(async |s| {
        says(&s.henrik.get(&s.case_path()).await, &["Samtykke fra den andre forelderen", "Ikke spurt"]);
        let case = s.ask().await;
        says(&s.henrik.get(&case).await, &["Barn på besøk", "Ask Fjellvik", "Eirik Fjellvik", "Ikke svart"]);
        says(&s.henrik.get(&s.case_path()).await, &["Ikke svart"]);
        says(&s.henrik.get("/staff/homes").await, &["Barn på besøk"]);

        let own = format!("/visits/clearances/{}", s.application);
        let before = s.maja.get(&own).await;
        says(&before, &["Ask Fjellvik kan ikke bli med nå", "Noe er ikke avklart"]);
        assert!(!before.text.contains("Eirik") && !before.text.contains("forelder"));
        assert!(!s.maja.get("/visits/book").await.text.contains("Ask Fjellvik"));

        let list = s.eirik.get("/my/home").await;
        says(&list, &["Ask Fjellvik på besøk sammen med Maja Fjellvik"]);
        let (_, rest) = list.text.split_once("href=\"/my/home/").expect("a question");
        let home = format!("/my/home/{}", rest.split('"').next().unwrap_or_default());
        let page = s.eirik.get(&home).await;
        says(&page, &["Kan barnet bli med på besøk?", "Jeg har foreldreansvar for barnet."]);
        assert!(!page.text.contains("Even Fjellvik"), "whom the child is to visit is not written there");
        let [id, key, text] = ["id", "key", "text"].map(|name| page.hidden(name));
        let form = [("id", id.as_str()), ("key", &key), ("text", &text), ("answer", "yes"), ("read", "yes")];
        let asked = s.eirik.post(ANSWER, &form).await;
        let back = prove(&s.eirik, "eirik", &asked).await;
        assert!(back.starts_with(&home), "{back}");
        says(&led(&s.eirik, &s.eirik.post(ANSWER, &form).await).await, &["Du har samtykket"]);

        assert!(!s.maja.get(&own).await.text.contains("ikke avklart"));
        assert!(s.maja.get("/visits/book").await.text.contains("Ask Fjellvik"));
        says(&s.henrik.get(&s.case_path()).await, &["Samtykker"]);
        says(&s.eirik.get(&format!("{home}/withdraw")).await, &["Barnet eller jeg er ikke trygg"]);
        says(&s.eirik.get(&format!("{home}/print")).await, &["Svarene dine", "Ask Fjellvik"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_decides_without_and_says_why() {
    on_both_engines(async |s| {
        let case = s.ask().await;
        let page = s.henrik.get(&case).await;
        let (id, version) = (case.rsplit('/').next().unwrap_or_default(), page.hidden("version"));
        let form = |reason: &'static str| {
            [("id", id.to_owned()), ("version", version.clone()), ("reason", reason.to_owned())]
        };
        let post = async |reason| {
            let form = form(reason);
            let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
            led(&s.henrik, &s.henrik.post(WITHOUT, &form).await).await
        };
        says(&post("").await, &["Skriv hvorfor"]);
        let done = post("Har ikke foreldreansvar etter barneloven § 34.").await;
        says(&done, &["Avgjort uten samtykke", "barneloven § 34", "Avsluttet"]);
        assert!(s.maja.get("/visits/book").await.text.contains("Ask Fjellvik"));
        // To an officer of another unit neither the child nor the case is there.
        let geir = s.portal.browser();
        geir.sign_in("staff", "geir", "/staff").await;
        for path in [s.form_path(), case.clone()] {
            assert_eq!(geir.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let key = "2".repeat(26);
        let other = [("id", s.clearance.as_str()), ("key", &key), ("number", NUMBER), ("name", "x")];
        let other = geir.post(PARENT, &other).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "{}", other.text);
    })
    .await;
}
