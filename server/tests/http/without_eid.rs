//! Somebody without eID hands in and follows an application by a code, as a browser without script walks it; staff register it; and
//! whoever guesses, floods or looks from elsewhere gets nowhere.

use app::letters::Letters;
use backend::{args, delivery::Mailer, wiring};
use reqwest::{Method, StatusCode};

use crate::{
    harness::{Browser, Page, Portal},
    titles::neutral,
    worlds::{Transcript, assert_same},
};

const START: &str = "/visits/without-eid";
const ASK: &str = "/api/without-eid/ask";
const CODE: &str = "/api/without-eid/code";
const FORM: &str = "/api/without-eid/form";
const SEND: &str = "/api/without-eid/send";
const TRACK: &str = "/api/track/ask";
const TRACK_CODE: &str = "/api/track/code";
const WITHDRAW: &str = "/api/track/withdraw";
const ADDRESS: &str = "agnes@eksempel.no";

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

fn silent(page: &Page, words: &[&str]) {
    for words in words {
        assert!(!page.text.contains(words), "{words:?} in {}", page.text);
    }
}

async fn count(portal: &Portal, sql: &'static str) -> i64 {
    portal.ctx.db.one::<(i64,)>(sql, vec![]).await.expect("a count").0
}

const HANDED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM hand_in";
const SENT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM demo_mail WHERE kind LIKE 'visits.hand_in%code'";
const LATEST: &str =
    "SELECT subject, body FROM demo_mail WHERE recipient = $1 ORDER BY sent_at DESC, outbox_id DESC LIMIT 1";

async fn work(portal: &Portal) {
    let mailer = Mailer::new(&portal.ctx.settings).expect("a mailer");
    while wiring::work_once(&portal.ctx, &mailer, &Letters).await.expect("it works") > 0 {}
}

/// Subject and words of what came last.
async fn came(portal: &Portal, to: &str) -> (String, String) {
    work(portal).await;
    portal.ctx.db.one(LATEST, args![to]).await.expect("something came")
}

async fn code(portal: &Portal, to: &str) -> String {
    let (_, body) = came(portal, to).await;
    let digits = body.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6);
    digits.expect("a code").to_owned()
}

/// Another one than this.
fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

/// With the form open.
async fn opened(portal: &Portal, to: &str) -> Browser {
    let browser = portal.browser();
    browser.post(ASK, &[("reached", to)]).await;
    let kept = if to.contains('@') { to.to_owned() } else { format!("+47{to}") };
    let code = code(portal, &kept).await;
    let answer = browser.post(CODE, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/visits/without-eid/form");
    browser
}

fn written<'a>(name: &'a str, whom: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", name),
        ("birth_day", "4"),
        ("birth_month", "2"),
        ("birth_year", "1961"),
        ("country", "Island"),
        ("address", "Storgata 1\r\n0001 Oslo"),
        ("email", ADDRESS),
        ("phone", ""),
        ("whom", whom),
        ("whom_birth_day", "3"),
        ("whom_birth_month", "2"),
        ("whom_birth_year", "1990"),
        ("unit", "lyngmo"),
        ("relation", "parent"),
        ("note", "Jeg trenger tolk."),
        ("read", "yes"),
    ]
}

/// Hands one in, and gives its reference as it is said.
async fn handed(portal: &Portal, to: &str, whom: &str) -> (Browser, String) {
    let browser = opened(portal, to).await;
    let check = browser.post(FORM, &written("Agnes Lidar", whom)).await;
    assert_eq!(check.location(), "/visits/without-eid/check");
    let page = led(&browser, &browser.post(SEND, &[]).await).await;
    let (_, rest) = page.text.split_once("receipt-value--ref\">").expect("a reference");
    let reference = rest.split('<').next().expect("a reference").to_owned();
    (browser, reference)
}

/// The case as whoever follows it sees it.
async fn followed(portal: &Portal, reference: &str, to: &str) -> (Browser, Page) {
    let browser = portal.browser();
    browser.post(TRACK, &[("reference", reference), ("reached", to)]).await;
    let code = code(portal, to).await;
    let page = led(&browser, &browser.post(TRACK_CODE, &[("code", &code)]).await).await;
    (browser, page)
}

async fn staff(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("staff", persona, "/staff").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_eid_hands_in_by_a_code_and_has_a_receipt() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    for path in ["/how-visits-work", "/help", "/apply-on-paper", "/sign-in"] {
        says(&browser.get(path).await, &["href=\"/visits/without-eid\""]);
    }
    says(&browser.get(START).await, &["kopi i posten", "href=\"/apply-on-paper\"", "href=\"/track\""]);
    neutral(&browser, START).await;
    for (typed, words) in
        [("", "Skriv en e-postadresse eller"), ("agnes@", "Skriv adressen slik"), ("41", "åtte siffer")]
    {
        let page = led(&browser, &browser.post(ASK, &[("reached", typed)]).await).await;
        says(&page, &["<title>Feil: ", words, &format!("value=\"{typed}\"")]);
    }
    let asked = browser.post(ASK, &[("reached", ADDRESS)]).await;
    let cookie = asked.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    says(&led(&browser, &asked).await, &["a•••@eksempel.no", "30 minutter"]);
    let (subject, letter) = came(&portal, ADDRESS).await;
    for word in ["esøk", "engsel", "nnsatt", "øknad"] {
        assert!(!subject.contains(word) && !letter.contains(word), "{word}: {subject} {letter}");
    }
    let right = code(&portal, ADDRESS).await;
    assert!(!subject.contains(&right));
    let page = led(&browser, &browser.post(CODE, &[("code", wrong(&right))]).await).await;
    says(&page, &["<title>Feil: ", "Koden er ikke riktig"]);
    let before = browser.cookie("varde_form");
    let form = led(&browser, &browser.post(CODE, &[("code", &right)]).await).await;
    says(&form, &["Vi spør politiet om deg", &format!("value=\"{ADDRESS}\""), "Lyngmo fengsel"]);
    assert_ne!(browser.cookie("varde_form"), before, "whoever knew the old token has nothing");

    let mut bad = written("", "Even Fjellvik");
    bad[2] = ("birth_month", "13");
    bad[13] = ("relation", "");
    let page = led(&browser, &browser.post(FORM, &bad).await).await;
    says(&page, &["<title>Feil: ", "Skriv hele navnet ditt", "href=\"#birth_month\"", "Velg hvem du er"]);
    says(&page, &["value=\"Even Fjellvik\"", "Storgata 1", "Jeg trenger tolk.", "value=\"Island\""]);
    says(&page, &["<option value=\"lyngmo\" selected"]);
    let check = led(&browser, &browser.post(FORM, &written("Agnes Lidar", "Even Fjellvik")).await).await;
    says(&check, &["Agnes Lidar", "4. februar 1961", "Storgata 1", "Even Fjellvik", "mor eller far"]);
    neutral(&browser, "/visits/without-eid/check").await;

    let sent = browser.post(SEND, &[]).await;
    let receipt = led(&browser, &sent).await;
    says(&receipt, &["Søknaden er levert", "receipt-value--ref", "data-print"]);
    silent(&receipt, &["Fjellvik", "Agnes", "Lyngmo"]);
    for _ in 0..2 {
        assert_eq!(browser.post(SEND, &[]).await.location(), sent.location(), "twice is one");
    }
    assert_eq!(count(&portal, HANDED).await, 1);
    let (subject, letter) = came(&portal, ADDRESS).await;
    assert_eq!(subject, "Kvittering fra Varde");
    let (_, rest) = receipt.text.split_once("receipt-value--ref\">").expect("a reference");
    assert!(letter.contains(rest.split('<').next().expect("a reference")), "{letter}");
    for word in ["esøk", "engsel", "Fjellvik", "øknad"] {
        assert!(!letter.contains(word), "{word}: {letter}");
    }
    let told: Vec<(String,)> = portal
        .ctx
        .db
        .all("SELECT actor_kind FROM audit WHERE action = 'handin_received'", vec![])
        .await
        .expect("a trail");
    assert_eq!(told, [("anonymous".to_owned(),)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_register_it_with_what_she_wrote_and_she_follows_it_without_a_name_or_an_outcome() {
    let portal = Portal::start().await;
    let (_, reference) = handed(&portal, ADDRESS, "Even Fjellvik").await;
    let (_, page) = followed(&portal, &reference, ADDRESS).await;
    says(&page, &[reference.as_str(), "Mottatt", "Her er den nå", "Trekk søknaden"]);
    portal.run("UPDATE hand_in SET due_at = 1").await;

    let henrik = staff(&portal, "henrik").await;
    says(&henrik.get("/staff/work").await, &["Registrer en søknad levert uten eID", "/staff/hand-ins/"]);
    let (public,): (String,) =
        portal.ctx.db.one("SELECT public_id FROM hand_in", vec![]).await.expect("a hand-in");
    let one = format!("/staff/hand-ins/{public}");
    assert!(neutral(&henrik, &one).await.starts_with("Levert uten eID"));
    says(&henrik.get(&one).await, &["Agnes Lidar", "Island", "Even Fjellvik", "Jeg trenger tolk.", ADDRESS]);
    let new = format!("/staff/assist/new?hand_in={public}");
    let page = henrik.get(&new).await;
    says(&page, &["value=\"Agnes Lidar\"", "value=\"1961\"", reference.as_str()]);
    let key = page.hidden("key");
    let form = [
        ("key", key.as_str()),
        ("hand_in", public.as_str()),
        ("name", "Agnes Lidar"),
        ("birth_day", "4"),
        ("birth_month", "2"),
        ("birth_year", "1961"),
        ("channel", "paper"),
        ("impartial", ""),
    ];
    let refused = led(&henrik, &henrik.post("/api/staff/assist/register", &form).await).await;
    assert_eq!(refused.hidden("hand_in"), public, "it is not forgotten");
    let form: Vec<(&str, &str)> =
        form.into_iter().filter(|(name, _)| *name != "impartial").chain([("impartial", "yes")]).collect();
    let contact = henrik.post("/api/staff/assist/register", &form).await.location().to_owned();
    says(&followed(&portal, &reference, ADDRESS).await.1, &["Blir registrert", "Her er den nå"]);
    let apply = henrik.get(&format!("{contact}/apply")).await;
    says(&apply, &["value=\"Even Fjellvik\"", "value=\"1990\"", "<option value=\"parent\" selected"]);
    says(&apply, &[reference.as_str()]);
    let (id, key) = (contact.rsplit('/').next().expect("an id"), apply.hidden("key"));
    let form = [
        ("contact", id),
        ("key", key.as_str()),
        ("name", "Even Fjellvik"),
        ("birth_day", "3"),
        ("birth_month", "2"),
        ("birth_year", "1990"),
        ("relation", "parent"),
        ("locale", "nb"),
        ("told", "yes"),
    ];
    let filed = henrik.post("/api/staff/assist/apply", &form).await;
    assert!(filed.location().ends_with("?done=applied"), "{}", filed.location());

    let (browser, page) = followed(&portal, &reference, ADDRESS).await;
    says(&page, &["Blir vurdert", "Her er den nå"]);
    silent(&page, &["Fjellvik", "Even", "Lyngmo"]);
    for sql in [
        "UPDATE application SET state = 'decided' WHERE typed_name = 'Even Fjellvik'",
        "UPDATE application SET state = 'not_processed' WHERE typed_name = 'Even Fjellvik'",
    ] {
        portal.run(sql).await;
        let page = browser.get("/track/case").await;
        says(&page, &["Avgjort", "sendt i posten"]);
        silent(&page, &["Fjellvik", "nnvilg", "vslag", "ikke behandlet", "Trekk søknaden"]);
    }
    silent(&henrik.get("/staff/work").await, &["Registrer en søknad levert uten eID"]);
    says(&henrik.get(&one).await, &["Er blitt sak"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn she_takes_it_back_and_the_unit_closes_it_for_a_reason_she_is_not_told() {
    let portal = Portal::start().await;
    let henrik = staff(&portal, "henrik").await;
    let (_, reference) = handed(&portal, ADDRESS, "Even Fjellvik").await;
    let (browser, _) = followed(&portal, &reference, ADDRESS).await;
    says(&led(&browser, &browser.post(WITHDRAW, &[]).await).await, &["Trukket", "Du kan søke igjen"]);
    says(&led(&browser, &browser.post(WITHDRAW, &[]).await).await, &["Trukket", "kommet for langt"]);

    let (_, reference) = handed(&portal, "41234567", "Ola Ingensteds").await;
    let (public,): (String,) = portal
        .ctx
        .db
        .one("SELECT public_id FROM hand_in WHERE state = 'received'", vec![])
        .await
        .expect("one");
    let ask = led(&henrik, &henrik.post("/api/staff/hand-ins/ask", &[("public", &public)]).await).await;
    says(&ask, &["Venter på noe fra personen"]);
    let browser = portal.browser();
    browser.post(TRACK, &[("reference", &reference.to_lowercase()), ("reached", "412 34 567")]).await;
    let code = code(&portal, "+4741234567").await;
    let page = led(&browser, &browser.post(TRACK_CODE, &[("code", &code)]).await).await;
    says(&page, &["Vi trenger noe fra deg", "Ta kontakt med fengselet"]);
    let close = "/api/staff/hand-ins/close";
    says(
        &led(&henrik, &henrik.post(close, &[("public", &public)]).await).await,
        &["Velg hvorfor", "<title>Feil: "],
    );
    let link = [("public", public.as_str()), ("reference", "0000-0000")];
    let page = led(&henrik, &henrik.post("/api/staff/hand-ins/link", &link).await).await;
    says(&page, &["<title>Feil: ", "value=\"0000-0000\""]);
    let closed = [("public", public.as_str()), ("why", "cannot_find")];
    says(&led(&henrik, &henrik.post(close, &closed).await).await, &["Finner ikke den personen vil besøke"]);
    let page = browser.get("/track/case").await;
    says(&page, &["Lukket", "Ta kontakt med fengselet"]);
    silent(&page, &["Finner ikke", "Ingensteds"]);
    says(&led(&henrik, &henrik.post(close, &closed).await).await, &["alt gjort ferdig"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn t02_a_wrong_reference_and_a_wrong_address_are_answered_like_right_ones() {
    let portal = Portal::start_standing().await;
    let (_, reference) = handed(&portal, ADDRESS, "Even Fjellvik").await;
    let (_, other) = handed(&portal, "berit@eksempel.no", "Even Fjellvik").await;
    let before = count(&portal, SENT).await;
    let mut seen = vec![];
    for (case, typed) in [("another's", other.as_str()), ("nobody's", "0000-0000"), ("hers", &reference)] {
        let browser = portal.browser();
        let answer = browser.post(TRACK, &[("reference", typed), ("reached", ADDRESS)]).await;
        assert_eq!(answer.location(), "/track/code", "{case}");
        let mut told = Transcript::new(&portal);
        told.get(&browser, "/track/code").await;
        let refused = told.post(&browser, TRACK_CODE, &[("code", "000000")]).await;
        told.get(&browser, refused.location()).await;
        seen.push((case, told));
    }
    for pair in seen.windows(2) {
        assert_same((pair[0].0, &pair[0].1), (pair[1].0, &pair[1].1));
    }
    work(&portal).await;
    assert_eq!(count(&portal, SENT).await, before + 1, "to the right one alone a code went out");
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_a_code_is_guessed_five_times_and_asked_for_five_times_and_a_network_has_its_share() {
    let portal = Portal::start_standing().await;
    let browser = portal.browser();
    browser.post(ASK, &[("reached", ADDRESS)]).await;
    let right = code(&portal, ADDRESS).await;
    for _ in 0..5 {
        browser.post(CODE, &[("code", wrong(&right))]).await;
    }
    let page = led(&browser, &browser.post(CODE, &[("code", &right)]).await).await;
    says(&page, &["skrevet feil for mange ganger"]);
    assert_eq!(browser.get("/visits/without-eid/form").await.location(), "/visits/without-eid?ended=1");

    for _ in 0..6 {
        let answer = portal.browser().post(ASK, &[("reached", ADDRESS)]).await;
        assert_eq!(
            answer.location(),
            "/visits/without-eid/code",
            "the answer does not say that none goes out"
        );
    }
    work(&portal).await;
    assert_eq!(count(&portal, SENT).await, 5);
    portal.run("UPDATE rule SET value = '7' WHERE key = 'handin.network_codes'").await;
    let browser = portal.browser();
    let refused = browser.post(ASK, &[("reached", "berit@eksempel.no")]).await;
    let page = led(&browser, &refused).await;
    says(&page, &["Det er for mange koder på kort tid", "papirskjemaet", "value=\"berit@eksempel.no\""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_one_address_hands_in_so_many_a_day() {
    let portal = Portal::start().await;
    portal.run("UPDATE rule SET value = '1' WHERE key = 'handin.a_day'").await;
    handed(&portal, ADDRESS, "Even Fjellvik").await;
    let browser = opened(&portal, ADDRESS).await;
    browser.post(FORM, &written("Agnes Lidar", "Even Fjellvik")).await;
    let page = led(&browser, &browser.post(SEND, &[]).await).await;
    says(&page, &["det siste døgnet", "Agnes Lidar"]);
    assert_eq!(count(&portal, HANDED).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_too_late_is_there_again_with_a_new_code_to_the_same_address() {
    let portal = Portal::start_standing().await;
    let browser = opened(&portal, ADDRESS).await;
    portal.wait_minutes(61);
    let late = browser.post(FORM, &written("Agnes Lidar", "Even Fjellvik")).await;
    says(&led(&browser, &late).await, &["Tiden er ute", "ligger der i et døgn"]);
    let again = opened(&portal, ADDRESS).await;
    says(&again.get("/visits/without-eid/form").await, &["value=\"Agnes Lidar\"", "value=\"Even Fjellvik\""]);
    let other = opened(&portal, "berit@eksempel.no").await;
    silent(&other.get("/visits/without-eid/form").await, &["Agnes Lidar", "Even Fjellvik"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn t02_another_site_writes_nothing_and_a_code_signs_nobody_in() {
    let portal = Portal::start().await;
    let browser = opened(&portal, ADDRESS).await;
    browser.post(FORM, &written("Agnes Lidar", "Even Fjellvik")).await;
    for origin in ["cross-site", "same-site"] {
        let request = browser.request(Method::POST, SEND).header("sec-fetch-site", origin).form(&[("", "")]);
        assert_eq!(browser.send(request).await.status, StatusCode::FORBIDDEN, "{origin}");
    }
    let bare =
        browser.request(Method::POST, SEND).header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(
        browser.send(bare).await.status,
        StatusCode::FORBIDDEN,
        "with a code's cookie it must say whence it comes"
    );
    assert_eq!(count(&portal, HANDED).await, 0);
    for path in ["/my", "/visits", "/visits/apply"] {
        assert!(browser.get(path).await.location().starts_with("/sign-in"), "{path}");
    }
    // Following has a session of its own.
    assert_eq!(browser.get("/track/case").await.location(), "/track?ended=1");
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_another_duty_and_another_unit_find_nothing() {
    let portal = Portal::start().await;
    handed(&portal, ADDRESS, "Even Fjellvik").await;
    portal.run("UPDATE hand_in SET unit_id = (SELECT id FROM unit WHERE slug = 'havvik')").await;
    let (public,): (String,) =
        portal.ctx.db.one("SELECT public_id FROM hand_in", vec![]).await.expect("a hand-in");
    for persona in ["henrik", "geir", "mari", "auditor"] {
        let browser = staff(&portal, persona).await;
        let page = browser.get(&format!("/staff/hand-ins/{public}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{persona}");
        let new = browser.get(&format!("/staff/assist/new?hand_in={public}")).await;
        silent(&new, &["Agnes Lidar"]);
        for path in ["ask", "close", "link"] {
            let form: Vec<(&str, &str)> = match path {
                "close" => vec![("public", &public), ("why", "duplicate")],
                "link" => vec![("public", &public), ("reference", "0000-0000")],
                _ => vec![("public", &public)],
            };
            let answer = browser.post(&format!("/api/staff/hand-ins/{path}"), &form).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{persona} {path}");
        }
    }
    let still = "SELECT CAST(COUNT(*) AS BIGINT) FROM hand_in WHERE state = 'received'";
    assert_eq!(count(&portal, still).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_all_in_the_readers_own_language_sami_too() {
    let portal = Portal::start().await;
    let titles = [
        ("nb", "Søk uten elektronisk ID"),
        ("nn", "Søk utan elektronisk ID"),
        ("en", "Apply without electronic ID"),
        ("se", "Oza elektrovnnalaš ID haga"),
    ];
    for (locale, title) in titles {
        let browser = opened(&portal, &format!("agnes.{locale}@eksempel.no")).await;
        browser.set_cookie("varde_locale", locale);
        says(&browser.get(START).await, &[&format!("<h1>{title}<")]);
        let wrong = led(&browser, &browser.post(FORM, &[("name", "")]).await).await;
        says(
            &wrong,
            &[&app::i18n::visits_without::wrong_name(domain::kernel::Locale::parse(locale).expect("one"))],
        );
    }
}
