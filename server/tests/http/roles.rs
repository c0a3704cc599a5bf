//! Who of the staff may reach what: each page and function of the staff's side, tried as each role at the unit. What is
//! not somebody's duty is not there for her, and her menu does not lead to it.

use reqwest::StatusCode;

use crate::harness::{Browser, Portal};

const STAFF: [(&str, Role); 9] = [
    ("henrik", Role::Officer),
    ("astrid", Role::Admin),
    ("geir", Role::Gate),
    ("mari", Role::Controller),
    ("sunniva", Role::Victim),
    ("duty1", Role::Duty),
    ("ragnhild", Role::Appeals),
    ("torunn", Role::Leader),
    ("auditor", Role::Auditor),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Officer,
    Admin,
    Gate,
    Controller,
    Victim,
    Duty,
    Appeals,
    Leader,
    Auditor,
}

use Role::{Admin, Appeals, Auditor, Controller, Duty, Gate, Leader, Officer, Victim};

const PAGES: &[(&str, &[Role])] = &[
    ("/staff/work", &[Officer, Admin, Gate, Controller, Victim, Duty, Appeals, Leader, Auditor]),
    ("/staff", &[Officer, Admin, Gate, Controller, Victim, Duty, Appeals, Leader, Auditor]),
    ("/staff/insight", &[Admin, Leader]),
    ("/staff/insight.csv", &[Admin, Leader]),
    ("/staff/search", &[Officer, Admin, Auditor]),
    ("/staff/answers", &[Officer]),
    ("/staff/day", &[Officer, Admin, Gate, Duty]),
    ("/staff/gate", &[Gate, Duty]),
    ("/staff/visiting", &[Officer, Admin, Gate, Duty]),
    ("/staff/feed", &[Admin, Duty, Auditor]),
    ("/staff/visiting/rules?unit=lyngmo", &[Admin]),
    ("/staff/visiting/times/new?unit=lyngmo", &[Admin]),
    ("/staff/visiting/touched", &[Admin]),
    ("/staff/visiting/watch?unit=lyngmo", &[Admin]),
    ("/staff/visiting/wings?unit=lyngmo", &[Admin]),
    ("/staff/visiting/texts?unit=lyngmo&topic=hours", &[Admin]),
    ("/staff/visiting/times/several?unit=lyngmo", &[Admin]),
    ("/staff/notices", &[Victim]),
    ("/staff/notices/register", &[Victim]),
    ("/staff/break-ins", &[Admin, Auditor]),
    ("/staff/duty", &[Duty]),
    ("/staff/duty/ring-in", &[Duty]),
    ("/staff/worried", &[Duty]),
    ("/staff/mandates", &[Officer]),
    ("/staff/organisations", &[Officer]),
    ("/staff/organisations/new", &[Officer]),
    ("/staff/assist", &[Officer, Admin]),
    ("/staff/assist/new", &[Officer, Admin]),
    ("/staff/appeals", &[Officer, Controller, Appeals]),
    ("/staff/corrections", &[Officer]),
    ("/staff/inmates", &[Officer, Admin]),
    ("/staff/visits/apart", &[Officer, Admin]),
    ("/staff/visits/children", &[Officer, Admin]),
    ("/staff/visits/children.csv", &[Officer, Admin]),
    ("/staff/documents", &[Officer]),
    ("/staff/letters", &[Controller]),
    ("/staff/letters/reports", &[Controller]),
    ("/staff/letters/paper", &[Controller]),
    ("/staff/letters/answer", &[Controller]),
    ("/staff/letters/numbers", &[Controller, Admin]),
];

/// With a form that is empty but for the unit: whoever may is told what is missing.
const FUNCTIONS: &[(&str, &[Role])] = &[
    ("/api/staff/search", &[Officer, Admin, Auditor]),
    ("/api/staff/answers", &[Officer]),
    ("/api/staff/visiting/rules", &[Admin]),
    ("/api/staff/visiting/times/add", &[Admin]),
    ("/api/staff/visiting/times/several", &[Admin]),
    ("/api/staff/visiting/watch", &[Admin]),
    ("/api/staff/visiting/wings/put", &[Admin]),
    ("/api/staff/visiting/texts", &[Admin]),
    ("/api/staff/notices/register", &[Victim]),
    ("/api/staff/duty/ring-in", &[Duty]),
    ("/api/staff/letters/sheet", &[Controller]),
    ("/api/staff/mandates/find", &[Officer]),
    ("/api/staff/organisations/register", &[Officer]),
    ("/api/staff/inmates/find", &[Officer, Admin]),
    ("/api/staff/visits/apart/find", &[Officer, Admin]),
    ("/api/staff/visits/apart/keep", &[Officer, Admin]),
    ("/api/staff/assist/find", &[Officer, Admin]),
    ("/api/staff/assist/register", &[Officer, Admin]),
];

async fn everybody(portal: &Portal) -> Vec<(Role, Browser)> {
    let mut all = Vec::new();
    for (persona, role) in STAFF {
        let browser = portal.browser();
        browser.sign_in("staff", persona, "/staff").await;
        all.push((role, browser));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_there_for_those_whose_duty_they_are() {
    let portal = Portal::start().await;
    for (role, browser) in everybody(&portal).await {
        for (path, roles) in PAGES {
            let status = browser.get(path).await.status;
            let expected = if roles.contains(&role) { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(status, expected, "{role:?} at {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn functions_answer_those_whose_duty_they_are() {
    let portal = Portal::start().await;
    for (role, browser) in everybody(&portal).await {
        for (path, roles) in FUNCTIONS {
            let form: &[(&str, &str)] = if path.contains("visiting") { &[("unit", "lyngmo")] } else { &[] };
            let status = browser.post(path, form).await.status;
            let expected = if roles.contains(&role) { StatusCode::SEE_OTHER } else { StatusCode::NOT_FOUND };
            assert_eq!(status, expected, "{role:?} at {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_menu_leads_to_what_is_not_there() {
    let portal = Portal::start().await;
    for (role, browser) in everybody(&portal).await {
        let page = browser.get("/staff/work").await.text;
        let links = page.split("href=\"/staff").skip(1).filter_map(|rest| rest.split('"').next());
        for link in links.map(|rest| format!("/staff{}", rest.replace("&amp;", "&"))) {
            assert_eq!(browser.get(&link).await.status, StatusCode::OK, "{role:?} at {link}");
        }
    }
}
