//! The auditor without script: searching with a reason, the file of what was found, the check of the chain, and what is out of
//! the ordinary; to everybody else none of it is there.

use app::letters::Letters;
use backend::{delivery::Mailer, wiring};
use reqwest::StatusCode;

use crate::{
    consents::{led, says},
    harness::{Browser, Portal},
};

const SEARCH: &str = "/api/staff/trail/search";
const CHECK: &str = "/api/staff/trail/check";
const SETTLE: &str = "/api/staff/trail/settle";

async fn on_both_engines(test: impl AsyncFn(Portal, Browser)) {
    for portal in [Some(Portal::start_standing().await), Portal::start_standing_on_postgres().await] {
        let Some(portal) = portal else { continue };
        let unni = portal.browser();
        unni.sign_in("staff", "auditor", "/staff").await;
        test(portal, unni).await;
    }
}

/// The days of a search around the portal's own.
fn form<'a>(day: &'a [String; 3], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("from_day", day[2].as_str()),
        ("from_month", &day[1]),
        ("from_year", &day[0]),
        ("to_day", &day[2]),
        ("to_month", &day[1]),
        ("to_year", &day[0]),
    ];
    form.extend(more);
    form
}

fn today(portal: &Portal) -> [String; 3] {
    let iso = portal.ctx.now().date().iso();
    let mut parts = iso.split('-').map(str::to_owned);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_searches_with_a_reason_and_takes_what_she_found_as_a_file() {
    on_both_engines(async |portal, unni| {
        let henrik = portal.browser();
        henrik.sign_in("staff", "henrik", "/staff").await;
        henrik.get("/staff").await;
        let day = today(&portal);
        says(&unni.get("/staff/trail").await, &["Søk i loggen", "Ikke kontrollert ennå"]);
        let wrong = form(&day, &[("reason", ""), ("reference", "?"), ("who", "Hen")]);
        let back = led(&unni, &unni.post(SEARCH, &wrong).await).await;
        says(&back, &["Velg hvorfor du søker", "Skriv referansen", "value=\"Hen\""]);
        let typed = form(&day, &[("reason", "sample"), ("who", "henrik")]);
        let found = unni.post(SEARCH, &typed).await;
        assert!(!found.location().contains("enrik"), "what was searched for stands in no address");
        let page = led(&unni, &found).await;
        says(&page, &["Henrik Lyngrabbe", "Åpnet en liste", "Saksbehandler"]);
        assert!(!page.text.contains("Unni Tjernglans</"), "of one name alone");

        let file = found.location().replace("/found?", "/found.csv?");
        let csv = unni.get(&file).await;
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        says(&csv, &["Når,Hvem,Rolle", "Henrik Lyngrabbe,Saksbehandler"]);
        // The key of her search is hers.
        assert_eq!(henrik.get(&file).await.status, StatusCode::NOT_FOUND);
        let all = unni.post(SEARCH, &form(&day, &[("reason", "sample"), ("who", "Unni")])).await;
        says(&led(&unni, &all).await, &["Søkte i loggen", "Lastet ned fra loggen", "Stikkprøve"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_is_checked_outside_the_request_and_the_page_says_how_it_stands() {
    on_both_engines(async |portal, unni| {
        says(&led(&unni, &unni.post(CHECK, &[]).await).await, &["Kontrollen er i gang"]);
        let mailer = Mailer::new(&portal.ctx.settings).expect("a mailer");
        while wiring::work_once(&portal.ctx, &mailer, &Letters).await.expect("it works") > 0 {}
        says(&unni.get("/staff/trail").await, &["Loggen er hel", "linjer, kontrollert"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_to_everybody_else_the_trail_is_not_there() {
    on_both_engines(async |portal, unni| {
        let nobody = "0".repeat(26);
        for persona in ["henrik", "geir", "mari", "sunniva", "ragnhild", "duty1"] {
            let other = portal.browser();
            other.sign_in("staff", persona, "/staff").await;
            let paths =
                ["/staff/trail", "/staff/trail/found", "/staff/trail/found.csv", "/staff/trail/alerts"];
            for path in paths {
                assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{persona} {path}");
            }
            let day = today(&portal);
            for (path, form) in [
                (SEARCH, form(&day, &[("reason", "sample")])),
                (CHECK, vec![]),
                (SETTLE, vec![("id", nobody.as_str()), ("outcome", "explained"), ("note", "x")]),
            ] {
                assert_eq!(other.post(path, &form).await.status, StatusCode::NOT_FOUND, "{persona} {path}");
            }
        }
        let alert = format!("/staff/trail/alerts/{nobody}");
        assert_eq!(unni.get(&alert).await.status, StatusCode::NOT_FOUND);
        says(&unni.get("/staff/trail/alerts").await, &["Ingen uvanlige oppslag"]);
        assert_eq!(
            unni.post(SETTLE, &[("id", &nobody), ("outcome", "explained"), ("note", "x")]).await.status,
            StatusCode::NOT_FOUND
        );
    })
    .await;
}
