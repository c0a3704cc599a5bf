//! Leaders without script: the figures with what they say, the same as a file, and days of one's own that are no period. To
//! everybody else none of it is there.

use backend::{demo, wiring};
use reqwest::StatusCode;

use crate::{
    consents::says,
    harness::{Browser, Portal},
};

const PAGE: &str = "/staff/insight";
const FILE: &str = "/staff/insight.csv";

async fn signed_in(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("staff", persona, "/staff").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_reads_what_each_figure_says_and_takes_it_along_as_a_file() {
    for portal in [Some(Portal::start_standing().await), Portal::start_standing_on_postgres().await] {
        let Some(portal) = portal else { continue };
        let torunn = signed_in(&portal, "torunn").await;
        let empty = torunn.get(PAGE).await;
        says(
            &empty,
            &["Tallene er ikke talt opp ennå", "For få svar til å vises", "For få besøk til å vises"],
        );
        says(
            &empty,
            &["Varsler i tide vises ikke her", "Ingen frister er gått ut", "Slik er tallene regnet"],
        );

        demo::figures(&portal.ctx).await.expect("figures");
        assert_eq!(wiring::count_up(&portal.ctx).await.expect("a night"), 0, "the night has been counted");
        let page = torunn.get(PAGE).await;
        says(&page, &["Alle mine enheter", "Halvparten fikk svar innen", "prosent av plassene ble bestilt"]);
        says(&page, &["ble sendt i tide", "Bekkelund fengsel, kvinner", "Tallene som tabell"]);
        assert_eq!(page.text.matches("class=\"plot-drawing\"").count(), 4);
        let year = torunn.get(&format!("{PAGE}?period=months12&unit=lyngmo")).await;
        says(&year, &["Lyngmo fengsel, ", "/staff/insight.csv?unit=lyngmo&amp;period=months12"]);

        let csv = torunn.get(&format!("{FILE}?unit=lyngmo&period=months12")).await;
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        says(
            &csv,
            &["Tall,Enhet,Fra og med,Til og med,Hva,Verdi", "Dager fra søknad til vedtak,Lyngmo fengsel,"],
        );
        let auditor = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'insight_exported'";
        assert_eq!(portal.ctx.db.one::<(i64,)>(auditor, vec![]).await.expect("a count").0, 1);

        // What is not hers is as if nothing were chosen.
        let astrid = signed_in(&portal, "astrid").await;
        says(&astrid.get(&format!("{PAGE}?unit=havvik")).await, &["Alle mine enheter, "]);
        assert!(!astrid.get(FILE).await.text.contains("Havvik"), "of another's units nothing is there");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_are_no_period_say_what_is_wrong_and_are_no_file() {
    let portal = Portal::start_standing().await;
    let torunn = signed_in(&portal, "torunn").await;
    let own = "period=own&from_day=1&from_month=8&from_year=2026&to_day=31&to_month=7&to_year=2026";
    let page = torunn.get(&format!("{PAGE}?{own}")).await;
    says(
        &page,
        &[
            "<title>Feil: Innsikt",
            "Siste dag må komme etter første dag",
            "href=\"#to_day\"",
            "value=\"2026\"",
        ],
    );
    assert_eq!(torunn.get(&format!("{FILE}?{own}")).await.status, StatusCode::NOT_FOUND);
    let trace = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'insight_exported'";
    assert_eq!(portal.ctx.db.one::<(i64,)>(trace, vec![]).await.expect("a count").0, 0);
    let empty = torunn.get(&format!("{PAGE}?period=own")).await;
    says(&empty, &["Skriv første dag, eller velg en annen periode"]);
}
