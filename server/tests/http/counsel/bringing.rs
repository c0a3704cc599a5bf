//! A lawyer asks to bring an interpreter, as a browser without script does it, and the unit answers. To everybody else none of it
//! exists.

use super::{rooms::booked, *};

const ASK: &str = "/api/visits/bookings/bring";
const WITHDRAW: &str = "/api/visits/bookings/bring/withdraw";
const ANSWER: &str = "/api/staff/visits/bringing/answer";
const BROUGHT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_bring";
/// All that anybody could have changed.
const CHANGED: &str = "SELECT CAST((SELECT COUNT(*) FROM visit_bring) + (SELECT COUNT(*) FROM visit_bring WHERE state <> 'open') \
    + (SELECT COUNT(*) FROM outbox) + (SELECT COUNT(*) FROM audit WHERE subject_kind = 'booking') AS BIGINT)";

fn form<'a>(page: &'a [(&'static str, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    page.iter().map(|(name, value)| (*name, value.as_str())).chain(more.iter().copied()).collect()
}

/// What the page's form for one more sends beside what is typed.
fn hidden(page: &Page) -> [(&'static str, String); 3] {
    ["booking", "delegation", "key"].map(|name| (name, page.hidden(name)))
}

async fn bring_of(scene: &Scene) -> String {
    let sql = "SELECT public_id FROM visit_bring ORDER BY asked_at, id LIMIT 1";
    scene.portal.ctx.db.one::<(String,)>(sql, vec![]).await.expect("one").0
}

#[tokio::test(flavor = "multi_thread")]
async fn she_asks_to_bring_an_interpreter_and_the_unit_answers_and_thinks_again() {
    on_both_engines(async |scene| {
        let visit = booked(&scene).await;
        let (ingrid, henrik) = (&scene.ingrid, &scene.henrik);
        let path = format!("{visit}/bring");
        says(&ingrid.get(&visit).await, &["Tolk og utstyr", &format!("href=\"{path}\"")]);
        let page = ingrid.get(&path).await;
        assert_eq!(neutral(ingrid, &path).await, "Tolk og utstyr – Varde");

        let sent = hidden(&page);
        let wrong = ingrid.post(ASK, &form(&sent, &[("detail", "polsk <b>Nora</b>")])).await;
        let wrong = led(ingrid, &wrong).await;
        says(&wrong, &["Velg hva du vil ta med", "polsk &lt;b&gt;Nora&lt;/b&gt;", "<title>Feil: "]);
        assert!(!wrong.text.contains("Beskriv det du vil ta med"), "only what is wrong");
        let typed = [("what", "interpreter"), ("detail", "polsk, Nora Eng")];
        for _ in 0..2 {
            let done = ingrid.post(ASK, &form(&sent, &typed)).await;
            says(
                &led(ingrid, &done).await,
                &["Sendt. Du får en melding", "polsk, Nora Eng", "Venter på svar"],
            );
        }
        assert_eq!(scene.count(BROUGHT).await, 1, "twice is once");

        let bring = bring_of(&scene).await;
        let staff = format!("/staff/visits/bringing/{bring}");
        says(&henrik.get("/staff/work").await, &["Svar på hva en advokat vil ta med", &staff]);
        says(
            &henrik.get(&staff).await,
            &["Ingrid Tindestrå", "Even Fjellvik", "polsk, Nora Eng", "Godkjenn"],
        );
        assert_eq!(neutral(henrik, &staff).await, "Tolk eller utstyr til et advokatbesøk – Varde");
        let of = [("public", bring.as_str())];
        let none = henrik.post(ANSWER, &[&of[..], &[("answer", "no")]].concat()).await;
        says(&led(henrik, &none).await, &["Velg hvorfor ikke", "<title>Feil: "]);
        let yes = henrik.post(ANSWER, &[&of[..], &[("answer", "yes")]].concat()).await;
        says(&led(henrik, &yes).await, &["Svaret er lagret", "Si nei"]);
        says(&ingrid.get(&visit).await, &["polsk, Nora Eng", "Godkjent"]);
        // Whoever opens the door reads it.
        let (on,): (String,) =
            scene.portal.ctx.db.one("SELECT date FROM booking", vec![]).await.expect("one");
        let day = henrik.get(&format!("/staff/day?unit=lyngmo&date={on}")).await;
        says(&day, &["Tolk (polsk, Nora Eng): godkjent"]);
        let no = henrik.post(ANSWER, &[&of[..], &[("answer", "no"), ("reason", "unclear")]].concat()).await;
        says(&led(henrik, &no).await, &["Svaret er lagret", "Beskrivelsen er for uklar", "Godkjenn"]);
        says(&ingrid.get(&path).await, &["Fengselet trenger en tydeligere beskrivelse"]);

        let back = [("booking", sent[0].1.as_str()), ("delegation", ""), ("public", bring.as_str())];
        says(&led(ingrid, &ingrid.post(WITHDRAW, &back).await).await, &["Tatt bort"]);
        assert!(!ingrid.get(&visit).await.text.contains("Nora"));
        let late = henrik.post(ANSWER, &[&of[..], &[("answer", "yes")]].concat()).await;
        says(&led(henrik, &late).await, &["Svaret ble ikke lagret", "Advokaten har tatt det bort"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_what_she_brings_is_hers_and_her_clients_units_and_everybody_else_gets_what_does_not_exist() {
    on_both_engines(async |scene| {
        let visit = booked(&scene).await;
        let portal = &scene.portal;
        let sent = hidden(&scene.ingrid.get(&format!("{visit}/bring")).await);
        let typed = [("what", "computer"), ("detail", "hemmelig maskin")];
        led(&scene.ingrid, &scene.ingrid.post(ASK, &form(&sent, &typed)).await).await;
        let (bring, none) = (bring_of(&scene).await, "1".repeat(26));
        let mut all = strangers(portal).await;
        // They answer it.
        all.retain(|(who, _)| !["henrik", "petter"].contains(who));
        let low = portal.browser();
        let authorize = low.start_sign_in("citizen", "/my/clients").await;
        low.get(&low.choose("citizen", &authorize, "ingrid", "substantial").await).await;
        all.push(("ingrid below the high level", low));
        let before = scene.count(CHANGED).await;
        let nowhere = [("booking", none.clone()), ("delegation", String::new()), sent[2].clone()];
        let elsewhere = [("booking", none.clone()), ("delegation", none.clone()), sent[2].clone()];
        for (who, browser) in &all {
            let pairs = [
                (
                    browser.get(&format!("{visit}/bring")).await,
                    browser.get(&format!("/visits/bookings/{none}/bring")).await,
                ),
                (
                    browser.post(ASK, &form(&sent, &typed)).await,
                    browser.post(ASK, &form(&nowhere, &typed)).await,
                ),
                (
                    browser.post(WITHDRAW, &form(&sent, &[("public", &bring)])).await,
                    browser.post(WITHDRAW, &form(&elsewhere, &[("public", &none)])).await,
                ),
                (
                    browser.get(&format!("/staff/visits/bringing/{bring}")).await,
                    browser.get(&format!("/staff/visits/bringing/{none}")).await,
                ),
                (
                    browser.post(ANSWER, &[("public", bring.as_str()), ("answer", "yes")]).await,
                    browser.post(ANSWER, &[("public", none.as_str()), ("answer", "yes")]).await,
                ),
            ];
            for (real, other) in &pairs {
                assert_same((*who, &noted(portal, real)), ("an unknown id", &noted(portal, other)));
                assert!(!real.text.contains("maskin") && !real.status.is_success(), "{who}: {}", real.status);
            }
        }
        assert_eq!(scene.count(CHANGED).await, before, "nobody has touched anything");
        // What could not fail would prove nothing.
        let yes = [("public", bring.as_str()), ("answer", "yes")];
        says(&led(&scene.henrik, &scene.henrik.post(ANSWER, &yes).await).await, &["Svaret er lagret"]);
        assert!(scene.count(CHANGED).await > before);
    })
    .await;
}
