//! A lawyer says herself that she is appointed, and an officer checks it, as a browser without script does it. Whatever she names,
//! she is told the same.

use super::*;

const DECLARE: &str = "/api/my/clients/appointed";
const TAKE_BACK: &str = "/api/my/clients/appointed/withdraw";
const CONFIRM: &str = "/api/staff/mandates/declared/confirm";
const REFUSE: &str = "/api/staff/mandates/declared/refuse";
const PASS: &str = "/api/staff/mandates/declared/pass";
const NEW: &str = "/my/clients/appointed";
const ALL: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM appointed";
/// All that anybody could have changed.
const CHANGED: &str = "SELECT CAST((SELECT COUNT(*) FROM appointed) + (SELECT COUNT(*) FROM appointed WHERE due_at IS NOT NULL) + \
    (SELECT COUNT(*) FROM mandate) + (SELECT COUNT(*) FROM audit WHERE subject_kind IN ('appointed', 'mandate')) AS BIGINT)";

fn declared<'a>(key: &'a str, name: &'a str, year: &'a str, box_: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("key", key),
        ("name", name),
        ("birth_day", "1"),
        ("birth_month", "1"),
        ("birth_year", year),
        ("court", "Lyngmo tingrett"),
        ("case_number", "26-1MED"),
        ("from_day", ""),
        ("from_month", ""),
        ("from_year", ""),
    ];
    form.extend((!box_.is_empty()).then_some(("declared", box_)));
    form
}

async fn posted(browser: &Browser, name: &str, year: &str) -> Page {
    let key = browser.get(NEW).await.hidden("key");
    browser.post(DECLARE, &declared(&key, name, year, "yes")).await
}

/// Where it stands, and its id.
async fn sent(browser: &Browser, name: &str, year: &str) -> (Page, String) {
    let answer = posted(browser, name, year).await;
    let page = led(browser, &answer).await;
    (page, answer.location().rsplit('/').next().expect("an id").to_owned())
}

fn confirmation<'a>(id: &'a str, inmate: &'a str, kind: &'a str, year: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("id", id),
        ("inmate", inmate),
        ("kind", kind),
        ("valid_to_day", "31"),
        ("valid_to_month", "12"),
        ("valid_to_year", year),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lawyer_without_a_client_declares_one_and_books_a_room_once_it_is_confirmed() {
    on_both_engines(async |scene| {
        let (ingrid, henrik) = (&scene.ingrid, &scene.henrik);
        says(
            &ingrid.get("/my/clients").await,
            &["Står klienten ikke her?", "href=\"/my/clients/appointed\""],
        );
        assert_eq!(neutral(ingrid, NEW).await, "Meld fra om en klient – Varde");
        // What is wrong stands at its field, and nothing typed is lost.
        let key = ingrid.get(NEW).await.hidden("key");
        let wrong = led(ingrid, &ingrid.post(DECLARE, &declared(&key, "Tyttebær", "19", "")).await).await;
        says(
            &wrong,
            &["<title>Feil: Meld fra", "Skriv året med fire sifre", "Kryss av for at du er", "Tyttebær"],
        );
        assert_eq!((wrong.hidden("key"), scene.count(ALL).await), (key.clone(), 0));
        let mut ways = vec![];
        for _ in 0..2 {
            ways.push(
                ingrid
                    .post(DECLARE, &declared(&key, "Even Fjellvik", "1970", "yes"))
                    .await
                    .location()
                    .to_owned(),
            );
        }
        assert_eq!((&ways[0], scene.count(ALL).await), (&ways[1], 1), "twice is once");
        let id = ways[0].rsplit('/').next().expect("an id").to_owned();
        says(&ingrid.get(&ways[0]).await, &["Vi har fått det", "Du får svar innen", "Lyngmo tingrett"]);
        assert_eq!(neutral(ingrid, &ways[0]).await, "Vi har fått det – Varde");
        // The officers' list of work leads to it.
        let desk = format!("/staff/mandates/declared/{id}");
        says(&henrik.get("/staff/work").await, &[&desk, "Oppnevning å sjekke"]);
        says(&henrik.get(&desk).await, &["Even Fjellvik", "Ingrid Tindestrå", "26-1MED", "Svar innen"]);
        let empty =
            led(henrik, &henrik.post(CONFIRM, &confirmation(&id, &scene.even, "", "2020")).await).await;
        says(&empty, &["Den dagen er forbi", "Velg hva det bygger på", "<title>Feil: "]);
        let done = henrik.post(CONFIRM, &confirmation(&id, &scene.even, "appointment", "2099")).await;
        says(&led(henrik, &done).await, &["Bekreftet", "Se advokatene"]);
        says(&ingrid.get(&ways[0]).await, &["Oppnevningen er bekreftet", &scene.path("/rooms")]);
        says(&ingrid.get(&scene.path("/rooms")).await, &["Ledige tider på Lyngmo fengsel"]);
        says(
            &henrik.get(&format!("/staff/mandates/inmates/{}", scene.even)).await,
            &["Ingrid Tindestrå", "Gjelder nå"],
        );
        let again = henrik.post(REFUSE, &[("id", &id), ("why", "over")]).await;
        says(&led(henrik, &again).await, &["Dette er alt besvart"]);
    })
    .await;
}

/// The page without what differs by itself: the nonce, the id, the reference, the name that she typed.
fn bare(page: &Page, id: &str, name: &str) -> String {
    let (_, rest) = page.text.split_once("Referanse ").expect("a reference");
    let reference = rest.split('.').next().unwrap_or_default();
    let (_, rest) = page.text.split_once("nonce=\"").expect("a nonce");
    let nonce = rest.split('"').next().unwrap_or_default();
    page.text.replace(nonce, "NONCE").replace(id, "ID").replace(reference, "REF").replace(name, "NAME")
}

#[tokio::test(flavor = "multi_thread")]
async fn she_is_told_the_same_of_somebody_inside_and_of_nobody() {
    on_both_engines(async |scene| {
        let (ingrid, henrik, portal) = (&scene.ingrid, &scene.henrik, &scene.portal);
        let (inside, id) = sent(ingrid, "Even Fjellvik", "1970").await;
        let (nobody, other) = sent(ingrid, "Even Fjellvek", "1970").await;
        assert_eq!(bare(&inside, &id, "Even Fjellvik"), bare(&nobody, &other, "Even Fjellvek"));
        assert!(!inside.text.contains("Lyngmo fengsel"), "no unit is named");
        // Nobody's is the intake's, and is refused in words that tell nothing.
        assert_eq!(
            henrik.get(&format!("/staff/mandates/declared/{other}")).await.status,
            StatusCode::NOT_FOUND
        );
        let petter = portal.browser();
        petter.sign_in("staff", "petter", "/staff").await;
        says(
            &petter.get(&format!("/staff/mandates/declared/{other}")).await,
            &["Ingen, eller flere", "Even Fjellvek"],
        );
        for (officer, id) in [(henrik, &id), (&petter, &other)] {
            led(officer, &officer.post(REFUSE, &[("id", id), ("why", "not_found")]).await).await;
        }
        let pages = [ingrid.get(&format!("{NEW}/{id}")).await, ingrid.get(&format!("{NEW}/{other}")).await];
        says(
            &pages[0],
            &["Oppnevningen er ikke bekreftet", "Det betyr ikke at noen er eller ikke er i fengsel"],
        );
        assert_eq!(bare(&pages[0], &id, "Even Fjellvik"), bare(&pages[1], &other, "Even Fjellvek"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_what_she_declared_is_hers_and_the_officers_who_check_it() {
    on_both_engines(async |scene| {
        let (portal, none) = (&scene.portal, "1".repeat(26));
        let (_, id) = sent(&scene.ingrid, "Even Fjellvik", "1970").await;
        // Whom the register does not list is told so, whomever she names, and nothing is kept.
        let maja = portal.browser();
        maja.sign_in("citizen", "maja", "/my").await;
        let refused = led(&maja, &posted(&maja, "Even Fjellvik", "1970").await).await;
        says(&refused, &["Advokatregisteret sier ikke at du er advokat", "Even Fjellvik"]);
        assert_eq!(scene.count(ALL).await, 1);
        // Everybody but the officers of Lyngmo, whose it is to check.
        let mut all = strangers(portal).await;
        all.retain(|(who, _)| !["henrik", "petter"].contains(who));
        let before = scene.count(CHANGED).await;
        for (who, browser) in &all {
            let mut pairs = vec![];
            for path in [NEW, "/staff/mandates/declared"] {
                let real = browser.get(&format!("{path}/{id}")).await;
                pairs.push((real, browser.get(&format!("{path}/{none}")).await));
            }
            pairs.push((
                browser.post(TAKE_BACK, &[("id", &id)]).await,
                browser.post(TAKE_BACK, &[("id", &none)]).await,
            ));
            let form = |id| [("id", id), ("why", "over")];
            pairs.push((browser.post(REFUSE, &form(&id)).await, browser.post(REFUSE, &form(&none)).await));
            let form = |id| [("id", id), ("to", "bekkelund")];
            pairs.push((browser.post(PASS, &form(&id)).await, browser.post(PASS, &form(&none)).await));
            let form = |id| confirmation(id, &scene.even, "appointment", "2099");
            pairs.push((browser.post(CONFIRM, &form(&id)).await, browser.post(CONFIRM, &form(&none)).await));
            for (real, other) in &pairs {
                assert!(real.status != StatusCode::OK, "{who}");
                assert_same((*who, &noted(portal, real)), ("an unknown id", &noted(portal, other)));
                assert!(!real.text.contains("Even"), "{who}");
            }
        }
        assert_eq!(scene.count(CHANGED).await, before, "nobody has touched anything");
        // What could not fail would prove nothing.
        let back = scene.ingrid.post(TAKE_BACK, &[("id", &id)]).await;
        says(&led(&scene.ingrid, &back).await, &["Du trakk det tilbake", "Meld fra på nytt"]);
        assert_eq!(
            scene.henrik.get(&format!("/staff/mandates/declared/{id}")).await.status,
            StatusCode::NOT_FOUND
        );
    })
    .await;
}
