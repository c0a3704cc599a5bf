//! Before the inmate has consented nothing that an applicant can see tells whether he exists, is here, may have
//! visits, or said no: the same script in each of these worlds, and all of it the same.

use backend::{
    args,
    ctx::Chance,
    identity::sessions as signed_in,
    visits::clearance::{self, LookReason},
};
use domain::{access::Area, kernel::Public};

use crate::{
    contact::{code_in, newest},
    harness::{Browser, Portal},
    worlds::{Transcript, assert_same, work},
};

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum World {
    /// He is there and does not answer.
    Silent,
    /// He says no on the third day, after officers have opened the case.
    SaysNo,
    /// Nobody has that name and birth date.
    Nobody,
    /// Two have.
    Two,
    /// He is in no unit now.
    Elsewhere,
    /// A court allows him no visits.
    Banned,
}

const WORLDS: [World; 6] =
    [World::Silent, World::SaysNo, World::Nobody, World::Two, World::Elsewhere, World::Banned];

const ADDRESS: &str = "maja@eksempel.no";

/// Days after the application on which she looks; the last ones lie round the fixed day.
const DAYS: [i64; 8] = [0, 2, 3, 8, 22, 41, 42, 44];

async fn world(kind: World, postgres: bool) -> Option<Portal> {
    let portal = Portal::start_in_world(Chance::seeded(7), postgres).await?;
    match kind {
        World::Silent | World::SaysNo => {}
        World::Nobody => {
            portal.run("UPDATE inmate SET birth_date = '1971-01-01' WHERE name = 'Even Fjellvik'").await
        }
        World::Two => {
            portal.run("UPDATE inmate SET name = 'Even Fjellvik', sort_name = (SELECT sort_name FROM inmate WHERE name = 'Even Fjellvik'), birth_date = '1970-01-01' WHERE name = 'Jonas Fjellvik'").await;
        }
        World::Elsewhere => {
            portal.run("UPDATE placement SET ended_at = 1 WHERE inmate_id IN (SELECT id FROM inmate WHERE name = 'Even Fjellvik')").await;
        }
        World::Banned => {
            portal.run("INSERT INTO restriction (id, inmate_id, court_order, kind, valid_from, valid_to) SELECT 'ban', id, 'order', 'visit_ban', '2020-01-01', '2099-01-01' FROM inmate WHERE name = 'Even Fjellvik'").await;
        }
    }
    Some(portal)
}

/// She applies, and on each of the days looks at everything there is to see.
async fn script(kind: World, portal: &Portal) -> Transcript {
    let (mut seen, maja) = (Transcript::new(portal), portal.browser());
    maja.sign_in("citizen", "maja", "/my").await;
    let id = apply(&mut seen, &maja).await;
    confirm_address(portal, &maja).await;
    let mut day = 0;
    for next in DAYS {
        for _ in day..next {
            portal.wait_minutes(24 * 60);
            work(portal).await;
            seen.letters(portal, ADDRESS).await;
        }
        day = next;
        work(portal).await;
        if day == 3 && kind == World::SaysNo {
            says_no(portal, &id).await;
        }
        maja.sign_in("citizen", "maja", "/my").await;
        look(&mut seen, &maja, &id).await;
        seen.letters(portal, ADDRESS).await;
    }
    once_more(kind, portal, &mut seen, &maja, &id).await;
    seen
}

/// She takes back what is closed already, applies again from it, and takes that back too: after another no of his, or
/// while nobody has answered.
async fn once_more(kind: World, portal: &Portal, seen: &mut Transcript, maja: &Browser, id: &str) {
    let (withdraw, again) = ("/api/visits/clearances/withdraw", "/api/visits/apply/again");
    let late = seen.post(maja, withdraw, &[("public", id)]).await;
    assert!(late.location().ends_with("?outcome=closed"), "{}", late.location());
    seen.post(maja, again, &[("public", id)]).await;
    seen.get(maja, "/visits/apply/check").await;
    let second = apply(seen, maja).await;
    work(portal).await;
    if kind == World::SaysNo {
        says_no(portal, &second).await;
    }
    look(seen, maja, &second).await;
    let taken = seen.post(maja, withdraw, &[("public", &second)]).await;
    assert!(taken.location().ends_with(&second), "{}", taken.location());
    work(portal).await;
    look(seen, maja, &second).await;
    seen.letters(portal, ADDRESS).await;
    let begun = seen.post(maja, again, &[("public", &second)]).await;
    assert_eq!(begun.location(), "/visits/apply/whom");
    look(seen, maja, &second).await;
}

async fn apply(seen: &mut Transcript, maja: &Browser) -> String {
    let whom = [("name", "Even Fjellvik"), ("birth_day", "1"), ("birth_month", "1"), ("birth_year", "1970")];
    seen.post(maja, "/api/visits/apply/whom", &whom).await;
    seen.post(maja, "/api/visits/apply/relation", &[("relation", "sibling")]).await;
    let contact = [("email", ADDRESS), ("phone", "412 34 567")];
    seen.post(maja, "/api/visits/apply/contact", &contact).await;
    seen.post(maja, "/api/visits/apply/children", &[("name", ""), ("then", "on")]).await;
    seen.post(maja, "/api/visits/apply/needs", &[("language", ""), ("note", "")]).await;
    seen.post(maja, "/api/visits/apply/police", &[("read", "yes")]).await;
    seen.get(maja, "/visits/apply/check").await;
    let sent = seen.post(maja, "/api/visits/apply/submit", &[]).await;
    sent.location().rsplit('/').next().expect("an id").to_owned()
}

/// So that letters reach her.
async fn confirm_address(portal: &Portal, maja: &Browser) {
    work(portal).await;
    let code = code_in(&newest(maja).await);
    maja.post("/api/my/contact/code", &[("code", &code)]).await;
}

async fn look(seen: &mut Transcript, maja: &Browser, id: &str) {
    let case = format!("/visits/clearances/{id}");
    for path in [
        "/my".to_owned(),
        "/visits".to_owned(),
        "/visits/apply".to_owned(),
        "/visits/book".to_owned(),
        format!("/visits/apply/receipt/{id}"),
        case.clone(),
        format!("{case}/withdraw"),
    ] {
        seen.get(maja, &path).await;
    }
}

/// The officer opens the case, twice, and registers the no.
async fn says_no(portal: &Portal, id: &str) {
    let browser = portal.browser();
    browser.sign_in("staff", "henrik", "/staff").await;
    let token = browser.cookie("varde_staff").expect("a session");
    let live = signed_in::find(&portal.ctx, Area::Staff, &token).await.expect("a read").expect("live");
    let (staff, public) = (live.actor.staff().expect("staff").clone(), Public::parse(id).expect("an id"));
    for _ in 0..2 {
        browser.get(&format!("/staff/clearances/{id}?reason=handle_case")).await;
    }
    let case = clearance::case(&portal.ctx, &staff, &public, LookReason::HandleCase).await;
    let version = case.expect("a read").expect("his case").version;
    let on = portal.ctx.now().date();
    let done = clearance::inmate_answer(&portal.ctx, &staff, &public, version, false, on).await;
    done.expect("a write").expect("taken");
}

/// What the worlds really are, by the database: without this the test could compare six equal ones.
async fn states(portal: &Portal) -> Vec<(String, bool)> {
    let sql = "SELECT state, inmate_id FROM application ORDER BY submitted_at";
    let rows: Vec<(String, Option<String>)> = portal.ctx.db.all(sql, args![]).await.expect("rows");
    rows.into_iter().map(|(state, inmate)| (state, inmate.is_some())).collect()
}

async fn all_worlds(postgres: bool) {
    let mut first: Option<Transcript> = None;
    for kind in WORLDS {
        let Some(portal) = world(kind, postgres).await else { return };
        let seen = script(kind, &portal).await;
        let matched = matches!(kind, World::Silent | World::SaysNo | World::Banned);
        let both = ["not_processed", "withdrawn"].map(|state| (state.to_owned(), matched));
        assert_eq!(states(&portal).await, both, "{kind:?}");
        match &first {
            None => first = Some(seen),
            Some(one) => assert_same(("Silent", one), (&format!("{kind:?}"), &seen)),
        }
    }
    let first = first.expect("worlds");
    let closed =
        first.steps.iter().filter(|(_, text)| text.contains("Vi kan ikke behandle søknaden")).count();
    assert!(closed > 0, "the script came to the fixed day");
    assert!(first.steps.iter().all(|(_, text)| !text.contains(", Lyngmo fengsel")), "no unit is named");
}

#[tokio::test(flavor = "multi_thread")]
async fn before_consent_six_worlds_look_the_same() {
    all_worlds(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_consent_six_worlds_look_the_same_on_postgres() {
    all_worlds(true).await;
}
