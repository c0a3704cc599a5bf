//! A lawyer and her client, and the officer who registers her mandate, as a browser without script walks them. To everybody else, of
//! whatever role, none of it exists.

mod appointed;
mod bringing;
mod delegates;
mod rooms;
mod urgent;

use backend::{
    ctx::Chance,
    messages::{
        FormKey,
        counsel::{acknowledge, feed, reply},
        inside::{self, Inside},
    },
};
use domain::messages::WrittenForm;
use reqwest::StatusCode;

use crate::{
    harness::{Browser, Page, Portal},
    matrix::{FUNCTIONS, For, PAGES},
    titles::neutral,
    worlds::{Transcript, assert_same},
};

const WRITE: &str = "/api/my/clients/write";
const COPY: &str = "/api/my/clients/copy";
const FIND: &str = "/api/staff/mandates/find";
const REGISTER: &str = "/api/staff/mandates/register";
const END: &str = "/api/staff/mandates/end";
const WORDS: &str = "Vi møtes i retten.\r\nTa med tyttebærpapirene.";
const NUMBER: &str = "23918414622";

/// Henrik, who registers at Lyngmo; Ingrid, who is a lawyer; and Even at his own end.
struct Scene {
    portal: Portal,
    henrik: Browser,
    ingrid: Browser,
    even: String,
}

impl Scene {
    async fn on(portal: Portal) -> Self {
        portal
            .run("INSERT INTO inmate_key (source, key, inmate_id) SELECT 'koda', 'K-1', id FROM inmate WHERE name = 'Even Fjellvik'")
            .await;
        let sql = "SELECT public_id FROM inmate WHERE name = 'Even Fjellvik'";
        let (even,): (String,) = portal.ctx.db.one(sql, vec![]).await.expect("Even");
        let (henrik, ingrid) = (portal.browser(), portal.browser());
        henrik.sign_in("staff", "henrik", "/staff").await;
        ingrid.sign_in("citizen", "ingrid", "/my").await;
        Self { portal, henrik, ingrid, even }
    }

    fn path(&self, more: &str) -> String {
        format!("/my/clients/{}{more}", self.even)
    }

    async fn registered(&self) {
        let done = self.henrik.post(REGISTER, &mandate(&self.even, NUMBER, "31", "12", "2099")).await;
        says(
            &led(&self.henrik, &done).await,
            &["Advokaten er registrert.", "Ingrid Tindestrå", "Gjelder nå"],
        );
    }

    async fn post(&self, words: &str, then: &str) -> Page {
        let page = self.ingrid.get(&self.path("")).await;
        let (inmate, key, draft) = (page.hidden("inmate"), page.hidden("key"), page.hidden("draft"));
        self.ingrid.post(WRITE, &typed(&inmate, &key, &draft, words, then)).await
    }

    async fn sent(&self, words: &str) -> Page {
        led(&self.ingrid, &self.post(words, "send").await).await
    }

    async fn inside(&self) -> Inside {
        inside::enter(&self.portal.ctx, "koda", "K-1").await.expect("a read").expect("he is here")
    }

    async fn answers(&self, words: &str) {
        let ctx = &self.portal.ctx;
        let inside = self.inside().await;
        let thread = feed(ctx, &inside).await.expect("a read").remove(0).public;
        let key: FormKey = ctx.chance.public();
        let form = WrittenForm { key: key.to_string(), words: words.into(), draft: String::new() };
        reply(ctx, &inside, &thread, &form).await.expect("a write").expect("sent");
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.portal.ctx.db.one::<(i64,)>(sql, vec![]).await.expect("a count").0
    }
}

const MESSAGES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM counsel_message";
const MANDATES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM mandate";
/// All that anybody could have changed.
const EFFECTS: &str = "SELECT CAST((SELECT COUNT(*) FROM counsel_message) + (SELECT COUNT(*) FROM counsel_thread) + \
    (SELECT COUNT(*) FROM counsel_draft) + (SELECT COUNT(*) FROM mandate) + (SELECT COUNT(*) FROM mandate \
    WHERE ended_at IS NOT NULL) + (SELECT COUNT(*) FROM counsel_message WHERE read_at IS NOT NULL) + (SELECT COUNT(*) \
    FROM audit WHERE subject_kind IN ('counsel_thread', 'mandate', 'inmate')) AS BIGINT)";

/// The clock stands: what a page says of it is the same on two of them.
async fn on_both_engines(test: impl AsyncFn(Scene)) {
    test(Scene::on(Portal::start_standing().await).await).await;
    if let Some(portal) = Portal::start_in_world(Chance::system(), true).await {
        test(Scene::on(portal).await).await;
    }
}

fn typed<'a>(
    inmate: &'a str,
    key: &'a str,
    draft: &'a str,
    words: &'a str,
    then: &'a str,
) -> [(&'a str, &'a str); 5] {
    [("inmate", inmate), ("key", key), ("draft", draft), ("words", words), ("then", then)]
}

fn mandate<'a>(
    inmate: &'a str,
    number: &'a str,
    day: &'a str,
    month: &'a str,
    year: &'a str,
) -> Vec<(&'a str, &'a str)> {
    vec![
        ("inmate", inmate),
        ("number", number),
        ("name", "Ingrid Tindestrå"),
        ("kind", "appointment"),
        ("valid_from_day", "1"),
        ("valid_from_month", "1"),
        ("valid_from_year", "2026"),
        ("valid_to_day", day),
        ("valid_to_month", month),
        ("valid_to_year", year),
    ]
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

fn noted(portal: &Portal, page: &Page) -> Transcript {
    let mut told = Transcript::new(portal);
    told.note("", page);
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_registers_a_mandate_and_ends_it_and_nothing_typed_is_lost() {
    on_both_engines(async |scene| {
        let (henrik, even) = (&scene.henrik, scene.even.as_str());
        says(&henrik.get("/staff").await, &["href=\"/staff/mandates\""]);
        let empty = led(henrik, &henrik.post(FIND, &[("find", " ")]).await).await;
        says(&empty, &["Skriv et navn først", "<title>Feil: Advokater"]);
        let search = henrik.post(FIND, &[("find", "even  fjell")]).await;
        assert!(!search.location().contains("fjell"), "no name stands in an address");
        let of_even = format!("/staff/mandates/inmates/{even}");
        says(&led(henrik, &search).await, &["Even Fjellvik", &format!("href=\"{of_even}\"")]);
        let far = led(henrik, &henrik.post(FIND, &[("find", "Jonas")]).await).await;
        says(&far, &["Ingen med det navnet i enhetene dine"]);
        says(&henrik.get(&of_even).await, &["Ingen advokat er registrert ennå."]);

        let mut form = mandate(even, "123", "30", "13", "2025");
        form[3] = ("kind", "");
        let wrong = led(henrik, &henrik.post(REGISTER, &form).await).await;
        says(
            &wrong,
            &["Skriv fødselsnummeret med 11 siffer", "Velg hva det bygger på", "href=\"#valid_to_month\""],
        );
        says(&wrong, &["value=\"123\"", "value=\"Ingrid Tindestrå\"", "value=\"2025\"", "<title>Feil: "]);
        let past = led(henrik, &henrik.post(REGISTER, &mandate(even, NUMBER, "31", "1", "2026")).await).await;
        says(&past, &["Den siste dagen er forbi", NUMBER]);
        let order =
            led(henrik, &henrik.post(REGISTER, &mandate(even, NUMBER, "31", "12", "2025")).await).await;
        assert!(order.text.contains("Den siste dagen er"), "before the first, or over");
        assert_eq!(scene.count(MANDATES).await, 0);
        for _ in 0..2 {
            scene.registered().await;
        }
        assert_eq!(scene.count(MANDATES).await, 1, "twice is once");
        let page = henrik.get(&of_even).await;
        assert!(!page.text.contains(NUMBER), "her number is shown to nobody");
        let (_, rest) = page.text.split_once("href=\"/staff/mandates/").expect("the way to its end");
        let (_, rest) = rest.split_once("href=\"/staff/mandates/").unwrap_or(("", rest));
        let end = format!("/staff/mandates/{}", rest.split('"').next().unwrap_or_default());
        let asked = henrik.get(&end).await;
        says(&asked, &["Avslutte for denne advokaten?", "Ingrid Tindestrå", "Nei, gå tilbake"]);
        says(&scene.ingrid.get("/my/clients").await, &["Even Fjellvik"]);
        for _ in 0..2 {
            let done = henrik.post(END, &[("id", &asked.hidden("id"))]).await;
            says(&led(henrik, &done).await, &["Advokaten er ikke lenger registrert.", "Avsluttet"]);
        }
        assert_eq!(henrik.get(&end).await.location(), of_even, "there is nothing left to ask");
        says(&scene.ingrid.get("/my/clients").await, &["Ingen klienter her ennå"]);
        assert_eq!(scene.ingrid.get(&scene.path("")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn she_writes_he_answers_and_the_log_says_all_that_touched_it() {
    on_both_engines(async |scene| {
        let ingrid = &scene.ingrid;
        let list = ingrid.get("/my/clients").await;
        says(&list, &["Ingen klienter her ennå", "Fengselet registrerer oppnevningen eller fullmakten."]);
        says(&list, &["ennå ikke hele veien mellom dere", "kunne lese dem"]);
        assert!(!ingrid.get("/my").await.text.contains("/my/clients"), "no client, no entry");
        scene.registered().await;
        says(&ingrid.get("/my").await, &["href=\"/my/clients\"", "Klientene dine"]);
        let page = ingrid.get(&scene.path("")).await;
        says(&page, &["har ikke skrevet til hverandre", "ble registrert", "Saksbehandler, Lyngmo fengsel"]);
        let form = [page.hidden("inmate"), page.hidden("key")];
        for _ in 0..2 {
            let sent = ingrid.post(WRITE, &typed(&form[0], &form[1], "0", WORDS, "send")).await;
            says(
                &led(ingrid, &sent).await,
                &["Meldingen er sendt.", "Ta med tyttebærpapirene.", "Ikke levert ennå"],
            );
        }
        assert_eq!(scene.count(MESSAGES).await, 1, "twice is once");
        let (ctx, inside) = (&scene.portal.ctx, scene.inside().await);
        let there = feed(ctx, &inside).await.expect("a read").remove(0);
        assert_eq!(there.messages[0].words, WORDS.replace("\r\n", "\n"));
        for (opened, said) in [(false, "Levert "), (true, "Lest ")] {
            let message = &there.messages[0].public;
            acknowledge(ctx, &inside, &there.public, message, opened).await.expect("a write").expect("his");
            says(&ingrid.get(&scene.path("")).await, &[said]);
        }
        scene.answers("Jeg tar dem med.").await;
        says(&ingrid.get("/my/clients").await, &["1 ny"]);
        says(&ingrid.get("/my").await, &["1 ulest melding"]);
        let page = ingrid.get(&scene.path("")).await;
        says(&page, &["Jeg tar dem med.", "Even Fjellvik skrev"]);
        assert!(!ingrid.get("/my").await.text.contains("1 ulest melding"), "she has read it");
        // A copy is there once the log says so; an address alone makes none.
        assert_eq!(ingrid.get(&scene.path("/print")).await.location(), scene.path(""));
        let copied = ingrid.post(COPY, &[("inmate", &scene.even)]).await;
        let paper = led(ingrid, &copied).await;
        says(
            &paper,
            &["Kopi for Ingrid Tindestrå", "Ta med tyttebærpapirene.", "Jeg tar dem med.", "Kopi tatt"],
        );
        let page = ingrid.get(&scene.path("")).await;
        let log = [
            "Samtalen ble opprettet",
            "Melding sendt til klienten",
            "Melding levert til klienten",
            "Melding åpnet av klienten",
            "Melding fra klienten",
            "Melding fra klienten åpnet",
            "Kopi tatt",
            "Klienten, fra fengselet",
        ];
        says(&page, &log);
        for path in ["/my/clients".to_owned(), scene.path(""), copied.location().to_owned()] {
            neutral(ingrid, &path).await;
        }
        let of_even = format!("/staff/mandates/inmates/{}", scene.even);
        assert_eq!(neutral(&scene.henrik, &of_even).await, "Advokater for en klient – Varde");
        assert!(!scene.henrik.get(&of_even).await.text.contains("tyttebær"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn her_draft_is_kept_and_two_windows_lose_nothing() {
    on_both_engines(async |scene| {
        scene.registered().await;
        let empty = led(&scene.ingrid, &scene.post("  ", "send").await).await;
        says(&empty, &["Skriv noe først", "<title>Feil: Klient"]);
        let saved = led(&scene.ingrid, &scene.post("Fra det ene vinduet", "save").await).await;
        says(&saved, &["Utkastet er lagret.", "Fra det ene vinduet"]);
        let (key, even) = (saved.hidden("key"), scene.even.as_str());
        let other = scene.ingrid.post(WRITE, &typed(even, &key, "0", "Fra det andre", "save")).await;
        let page = led(&scene.ingrid, &other).await;
        says(
            &page,
            &["i et annet vindu", "Fra det andre", "Dette har du også skrevet", "Fra det ene vinduet"],
        );
        let long = format!("</textarea><script>alert(1)</script>{}", "ø".repeat(20_000));
        let page = led(&scene.ingrid, &scene.post(&long, "send").await).await;
        says(&page, &["Teksten er for lang", "&lt;/textarea&gt;&lt;script&gt;alert(1)"]);
        assert!(!page.text.contains("<script>alert"), "text and nothing else");
        says(&scene.ingrid.get(&scene.path("")).await, &["&lt;/textarea&gt;&lt;script&gt;alert(1)"]);
        says(&led(&scene.ingrid, &scene.post("", "discard").await).await, &["Utkastet er slettet."]);
        assert_eq!(scene.count("SELECT CAST(COUNT(*) AS BIGINT) FROM counsel_draft").await, 0);
        scene.post("Et utkast", "save").await;
        scene.sent("Et utkast").await;
        assert_eq!(
            scene.count("SELECT CAST(COUNT(*) AS BIGINT) FROM counsel_draft").await,
            0,
            "what is sent is none"
        );
        assert_eq!(scene.count(MESSAGES).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn below_the_high_level_nobody_is_told_whether_there_is_anybody() {
    on_both_engines(async |scene| {
        scene.registered().await;
        scene.sent(WORDS).await;
        let low = scene.portal.browser();
        let authorize = low.start_sign_in("citizen", "/my/clients").await;
        let callback = low.choose("citizen", &authorize, "ingrid", "substantial").await;
        low.get(&callback).await;
        let list = low.get("/my/clients").await;
        says(&list, &["Logg inn på høyt nivå", "name=\"level\" value=\"high\""]);
        assert!(
            !list.text.contains("Even Fjellvik") && !low.get("/my").await.text.contains("Klientene dine")
        );
        assert_eq!(low.get(&scene.path("")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

/// Every role that there is, each signed in as a citizen too, for one browser may hold both.
const STAFF: [&str; 10] =
    ["henrik", "nadia", "petter", "astrid", "geir", "mari", "sunniva", "duty1", "duty2", "auditor"];
/// Maja; a colleague of the lawyer; and nobody.
const OTHERS: [&str; 3] = ["maja", "tarjei", ""];

async fn strangers(portal: &Portal) -> Vec<(&'static str, Browser)> {
    let mut all = vec![];
    for persona in STAFF {
        let browser = portal.browser();
        browser.sign_in("staff", persona, "/staff").await;
        browser.sign_in("citizen", "eirik", "/my").await;
        all.push((persona, browser));
    }
    for persona in OTHERS {
        let browser = portal.browser();
        if !persona.is_empty() {
            browser.sign_in("citizen", persona, "/my").await;
        }
        all.push((persona, browser));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_every_role_on_every_route_of_the_letters_gets_what_does_not_exist() {
    on_both_engines(async |scene| {
        scene.registered().await;
        scene.sent(WORDS).await;
        scene.answers("Et tyttebærsvar").await;
        let (portal, none, key) = (&scene.portal, "1".repeat(26), "2".repeat(26));
        let all = strangers(portal).await;
        let before = scene.count(EFFECTS).await;
        for (who, browser) in &all {
            let expected = if who.is_empty() { StatusCode::SEE_OTHER } else { StatusCode::NOT_FOUND };
            let mut pairs = vec![];
            for more in ["", "/print", "?try=x"] {
                let real = browser.get(&scene.path(more)).await;
                pairs.push((more, real, browser.get(&format!("/my/clients/{none}{more}")).await));
            }
            for then in ["send", "save", "discard"] {
                let real = browser.post(WRITE, &typed(&scene.even, &key, "0", "Hei", then)).await;
                let other = browser.post(WRITE, &typed(&none, &key, "0", "Hei", then)).await;
                pairs.push((then, real, other));
            }
            let real = browser.post(COPY, &[("inmate", &scene.even)]).await;
            pairs.push(("copy", real, browser.post(COPY, &[("inmate", &none)]).await));
            for (what, real, other) in &pairs {
                assert_eq!(real.status, expected, "{who} at {what}");
                assert_same((*who, &noted(portal, real)), ("an unknown id", &noted(portal, other)));
                assert!(!real.text.contains("tyttebær") && !real.text.contains("Even"), "{who} at {what}");
            }
            let list = browser.get("/my/clients").await.text;
            assert!(!list.contains("Even") && !list.contains("tyttebær"), "{who}");
        }
        assert_eq!(scene.count(EFFECTS).await, before, "nobody has touched anything");
        // What could not fail would prove nothing: she herself opens it.
        says(&scene.ingrid.get(&scene.path("")).await, &["Et tyttebærsvar", "Ta med tyttebærpapirene."]);
        assert_ne!(scene.count(EFFECTS).await, before, "and that is seen");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_no_page_or_function_of_staff_knows_the_id_of_a_thread_or_of_a_message() {
    let scene = Scene::on(Portal::start_standing().await).await;
    scene.registered().await;
    scene.sent(WORDS).await;
    let (portal, none) = (&scene.portal, "1".repeat(26));
    let sql =
        "SELECT r.public_id, c.public_id FROM counsel_thread r JOIN counsel_message c ON c.thread_id = r.id";
    let (thread, message): (String, String) = portal.ctx.db.one(sql, vec![]).await.expect("a thread");
    let before = scene.count(EFFECTS).await;
    let pages: Vec<&str> =
        PAGES.iter().filter(|row| row.2 == For::Staff).map(|row| row.0).filter(|p| p.contains('{')).collect();
    let functions: Vec<&str> = FUNCTIONS.iter().filter(|row| row.1 == For::Staff).map(|row| row.0).collect();
    assert!(pages.len() > 10 && functions.len() > 30, "{pages:?} {functions:?}");
    for (who, browser) in strangers(portal).await.iter().take(STAFF.len()) {
        for id in [&thread, &message] {
            for page in &pages {
                let path = |id: &str| format!("{}?reason=handle_case", page.replace("{public}", id));
                let [real, other] = [browser.get(&path(id)).await, browser.get(&path(&none)).await];
                assert!(!real.text.contains("tyttebær") && !real.text.contains("Even"), "{who} at {page}");
                assert_same((*who, &noted(portal, &real)), ("an unknown id", &noted(portal, &other)));
            }
            for path in &functions {
                let names = app::forms::known_fields(path).expect("a row");
                let form = |id: &str| names.iter().map(|name| (*name, id.to_owned())).collect::<Vec<_>>();
                let (mine, unknown) = (form(id), form(&none));
                let real = browser.post(path, &borrowed(&mine)).await;
                let other = browser.post(path, &borrowed(&unknown)).await;
                assert_same((*who, &noted(portal, &real)), ("an unknown id", &noted(portal, &other)));
            }
        }
        for path in ["/staff", "/staff/messages", "/staff/letters", "/staff/search", "/staff/feed"] {
            assert!(!browser.get(path).await.text.contains("tyttebær"), "{who} at {path}");
        }
    }
    assert_eq!(scene.count(EFFECTS).await, before, "nobody has touched anything");
}

fn borrowed<'a>(form: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_mandate_is_there_for_the_officers_where_he_is_and_for_nobody_else() {
    on_both_engines(async |scene| {
        scene.registered().await;
        let sql = "SELECT public_id FROM mandate";
        let (id,): (String,) = scene.portal.ctx.db.one(sql, vec![]).await.expect("a mandate");
        let (portal, none) = (&scene.portal, "1".repeat(26));
        let all = strangers(portal).await;
        let before = scene.count(EFFECTS).await;
        // Henrik and Petter serve his unit; the last is not signed in.
        for (who, browser) in all.iter().filter(|(who, _)| !matches!(*who, "henrik" | "petter" | "")) {
            let staff = STAFF.contains(who);
            let expected = if staff { StatusCode::NOT_FOUND } else { StatusCode::SEE_OTHER };
            let mut pairs = vec![];
            for (path, id) in [("/staff/mandates/inmates/{}", &scene.even), ("/staff/mandates/{}/end", &id)] {
                let real = browser.get(&path.replace("{}", id)).await;
                pairs.push((real, browser.get(&path.replace("{}", &none)).await));
            }
            for number in [NUMBER, "123"] {
                let real = browser.post(REGISTER, &mandate(&scene.even, number, "31", "12", "2098")).await;
                pairs.push((real, browser.post(REGISTER, &mandate(&none, number, "31", "12", "2098")).await));
            }
            let real = browser.post(END, &[("id", &id)]).await;
            pairs.push((real, browser.post(END, &[("id", &none)]).await));
            for (real, other) in &pairs {
                assert_eq!(real.status, expected, "{who}");
                assert_same((*who, &noted(portal, real)), ("an unknown id", &noted(portal, other)));
            }
        }
        assert_eq!(scene.count(EFFECTS).await, before, "nobody has looked or changed anything");
        let petter = &all.iter().find(|(who, _)| *who == "petter").expect("Petter").1;
        says(&petter.get(&format!("/staff/mandates/{id}/end")).await, &["Ingrid Tindestrå"]);
    })
    .await;
}
