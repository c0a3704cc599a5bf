//! The officer's side, as a browser without script walks it: from the list through the inmate's answer and the
//! police to the decision; what is refused keeps everything, and what is another unit's is not there.

use reqwest::StatusCode;

use crate::harness::{Browser, Page, Portal};

/// Even Fjellvik at Lyngmo, one of the demo's inmates.
const EVEN: [&str; 4] = ["Even Fjellvik", "1", "1", "1970"];
/// Nobody of this name is an inmate.
const NOBODY: [&str; 4] = ["Odd Ingensteds", "1", "1", "1970"];
const CHILD: [&str; 4] = ["Ask Fjellvik", "3", "4", "2020"];

async fn answered(browser: &Browser, step: &str, form: &[(&str, &str)]) {
    let page = browser.post(&format!("/api/visits/apply/{step}"), form).await;
    assert!(!page.location().contains("try="), "{step} was refused: {}", page.location());
}

fn dated(person: [&str; 4]) -> Vec<(&str, &str)> {
    let [name, day, month, year] = person;
    vec![("name", name), ("birth_day", day), ("birth_month", month), ("birth_year", year)]
}

/// A relative applies, with these children; gives the case's public id.
async fn application(portal: &Portal, who: &str, inmate: [&str; 4], children: &[[&str; 4]]) -> String {
    let browser = portal.browser();
    browser.sign_in("citizen", who, "/my").await;
    answered(&browser, "whom", &[dated(inmate), vec![("number", "")]].concat()).await;
    answered(&browser, "relation", &[("relation", "sibling")]).await;
    answered(&browser, "contact", &[("email", "maja@eksempel.no"), ("phone", "41234567")]).await;
    for child in children {
        answered(&browser, "children", &[dated(*child), vec![("then", "add")]].concat()).await;
    }
    answered(&browser, "children", &[("name", ""), ("then", "on")]).await;
    answered(&browser, "needs", &[("needs[]", "wheelchair"), ("note", "")]).await;
    answered(&browser, "police", &[("read", "yes")]).await;
    let sent = browser.post("/api/visits/apply/submit", &[]).await;
    sent.location().rsplit('/').next().expect("an id").to_owned()
}

async fn staff(portal: &Portal, who: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("staff", who, "/staff").await;
    browser
}

/// How many rows of this action the audit trail has.
async fn traced(portal: &Portal, action: &'static str) -> i64 {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = $1";
    let (count,): (i64,) = portal.ctx.db.one(sql, backend::args![action]).await.expect("a count");
    count
}

fn case(id: &str) -> String {
    format!("/staff/clearances/{id}?reason=handle_case")
}

/// The hidden fields of the case's form, and today in three fields called `on`.
fn seen(portal: &Portal, page: &Page) -> Vec<(String, String)> {
    let today = portal.ctx.now().date().0;
    let mut form: Vec<(String, String)> =
        ["id", "version", "look"].map(|name| (name.to_owned(), page.hidden(name))).into();
    form.extend([
        ("on_day".to_owned(), today.day().to_string()),
        ("on_month".to_owned(), today.month().to_string()),
        ("on_year".to_owned(), today.year().to_string()),
    ]);
    form
}

async fn post(browser: &Browser, to: &str, form: &[(String, String)], more: &[(&str, &str)]) -> Page {
    let own = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let all: Vec<(&str, &str)> = own.chain(more.iter().copied()).collect();
    browser.post(&format!("/api/staff/{to}"), &all).await
}

/// Yes from the inmate and no remark from the police: gives the case's page, ready for the decision.
async fn ready(portal: &Portal, officer: &Browser, id: &str) -> Page {
    let page = officer.get(&case(id)).await;
    let form = seen(portal, &page);
    let page = post(officer, "clearances/answer", &form, &[("answer", "yes")]).await;
    assert!(page.location().ends_with("&done=answer_yes"), "{}", page.location());
    let page = officer.get(page.location()).await;
    assert!(page.text.contains("Nå venter saken på politiet"));
    let form = seen(portal, &page);
    let page = post(officer, "clearances/police", &form, &[("police", "no_remark")]).await;
    let page = officer.get(page.location()).await;
    assert!(page.text.contains("Saken er klar for vedtak"), "{}", page.text);
    page
}

/// The decision form without the day that only the other forms have.
fn decision(page: &Page) -> Vec<(String, String)> {
    seen_alone(page)
        .into_iter()
        .chain(clearances(page).into_iter().map(|id| ("who[]".to_owned(), id)))
        .collect()
}

/// Whom the decision form offers.
fn clearances(page: &Page) -> Vec<String> {
    let boxes = page.text.split("name=\"who[]\" value=\"").skip(1);
    boxes.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

const VALID: [(&str, &str); 4] =
    [("valid_to_day", "31"), ("valid_to_month", "12"), ("valid_to_year", "2098"), ("text_locale", "nn")];

async fn officers_journey(portal: &Portal) {
    let id = application(portal, "maja", EVEN, &[CHILD]).await;
    let officer = staff(portal, "henrik").await;
    let list = officer.get("/staff").await;
    assert!(list.text.contains("Venter på innsatt") && list.text.contains("Maja Fjellvik"), "{}", list.text);
    assert!(list.text.contains(&case(&id)), "the list is the quick way in");
    assert!(!list.text.contains("Passer ingen innsatt"), "that list is the intake's");

    let page = ready(portal, &officer, &id).await;
    assert!(
        page.text.contains("Maja Fjellvik vil besøke Even Fjellvik") && page.text.contains("Ask Fjellvik")
    );
    let form = decision(&page);
    assert_eq!(clearances(&page).len(), 2, "the applicant and the child");
    let typed =
        [("outcome", "measures"), ("measures[]", "observation"), ("reason", "Ny innsetting.\nSjå att.")];
    let to_letter = post(&officer, "clearances/letter", &form, &[&typed[..], &VALID[..]].concat()).await;
    assert!(to_letter.location().contains("/letter?"), "{}", to_letter.location());
    assert!(!to_letter.location().contains("innsetting"), "nothing typed stands in the address");
    let letter = officer.get(to_letter.location()).await;
    assert!(letter.text.contains("Du og Ask Fjellvik får besøke Even Fjellvik"), "{}", letter.text);
    assert!(letter.text.contains("lang=\"nn\""), "the officer's text in its own language");
    let confirm: Vec<(String, String)> =
        ["id", "look", "kept"].map(|name| (name.to_owned(), letter.hidden(name))).into();
    let done = post(&officer, "clearances/decide", &confirm, &[]).await;
    assert!(done.location().ends_with("&done=decided"), "{}", done.location());
    let again = post(&officer, "clearances/decide", &confirm, &[]).await;
    assert_eq!(again.location(), done.location(), "a double click decides once and says so");
    let page = officer.get(done.location()).await;
    assert!(
        page.text.contains("Vedtaket er fattet. Søkeren har ikke bekreftet")
            && page.text.contains("Ny innsetting.")
    );
    assert_eq!(traced(portal, "decided").await, 1);

    let reader = portal.browser();
    reader.sign_in("citizen", "maja", "/my").await;
    let hers = reader.get(&format!("/visits/clearances/{id}")).await;
    assert!(hers.text.contains("Ny innsetting."), "a decision is there for its reader at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_takes_a_case_from_the_list_to_the_decision() {
    officers_journey(&Portal::start().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_decides_on_postgres_too() {
    if let Some(portal) = Portal::start_on_postgres().await {
        officers_journey(&portal).await;
    }
}

/// Decides for all whom the page offers; gives the case as it is afterwards.
async fn decided(officer: &Browser, page: &Page, typed: &[(&str, &str)]) -> Page {
    let to_letter = post(officer, "clearances/letter", &decision(page), &[typed, &VALID[..]].concat()).await;
    let letter = officer.get(to_letter.location()).await;
    let confirm: Vec<(String, String)> =
        ["id", "look", "kept"].map(|name| (name.to_owned(), letter.hidden(name))).into();
    let done = post(officer, "clearances/decide", &confirm, &[]).await;
    officer.get(done.location()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leave_is_taken_back_by_deciding_anew_and_she_reads_why() {
    let portal = Portal::start().await;
    let id = application(&portal, "maja", EVEN, &[CHILD]).await;
    let officer = staff(&portal, "henrik").await;
    let page = ready(&portal, &officer, &id).await;
    let page = decided(&officer, &page, &[("outcome", "granted"), ("reason", "")]).await;
    assert!(page.text.contains("Vurder på nytt") && clearances(&page).len() == 2, "{}", page.text);
    let refused = post(&officer, "clearances/anew", &seen_alone(&page), &[]).await;
    let refused = officer.get(refused.location()).await;
    for words in ["Velg hvorfor det vurderes på nytt", "<details open", "Feil: "] {
        assert!(refused.text.contains(words), "{words}: {}", refused.text);
    }
    let all = decision(&page);
    let open = post(&officer, "clearances/anew", &all, &[("ground", "conduct")]).await;
    assert!(open.location().ends_with("&done=anew"), "{}", open.location());
    let open = officer.get(open.location()).await;
    assert!(open.text.contains("Vurderes på nytt: noe som skjedde på besøk"), "{}", open.text);
    let twice = post(&officer, "clearances/anew", &all, &[("ground", "conduct")]).await;
    let twice = officer.get(twice.location()).await;
    assert!(twice.text.contains("Saken er endret av en annen"), "{}", twice.text);

    let maja = portal.browser();
    maja.sign_in("citizen", "maja", "/my").await;
    let case = format!("/visits/clearances/{id}");
    let hers = maja.get(&case).await;
    for words in ["blir vurdert på nytt", "noe skjedde på et besøk", "Skriv til enheten"] {
        assert!(hers.text.contains(words), "{words}: {}", hers.text);
    }
    assert!(!hers.text.contains("/withdraw"), "she cannot make the case go away");
    assert!(maja.get("/visits/book").await.text.contains("Even Fjellvik"), "it stands until then");
    let typed =
        [("outcome", "refused"), ("milder", "Glassvegg er ikke nok."), ("reason", "Det skjedde igjen.")];
    let page = decided(&officer, &open, &typed).await;
    assert!(page.text.contains("Vedtaket er fattet"), "{}", page.text);
    let hers = maja.get(&case).await;
    assert!(hers.text.contains("Det skjedde igjen.") && !hers.text.contains("blir vurdert på nytt"));
    assert!(!maja.get("/visits/book").await.text.contains("Even Fjellvik"), "nobody to visit");
}

/// What differs between two answers of one page: its own address, the nonce, what is said of the request.
fn same_for_all(page: &Page, id: &str) -> String {
    let nonce = page.text.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("-");
    page.text.replace(id, "ID").replace(nonce, "NONCE")
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_another_unit_s_case_is_the_same_404_as_none() {
    let portal = Portal::start_standing().await;
    let id = application(&portal, "maja", EVEN, &[]).await;
    let nadia = staff(&portal, "nadia").await;
    let unknown = "0000000000000000000000000Z";
    for tail in ["?reason=handle_case", "/letter?reason=handle_case", "/match?reason=handle_case", ""] {
        let theirs = nadia.get(&format!("/staff/clearances/{id}{tail}")).await;
        let none = nadia.get(&format!("/staff/clearances/{unknown}{tail}")).await;
        assert_eq!(theirs.status, none.status, "{tail}");
        assert_eq!(
            theirs.status == StatusCode::NOT_FOUND,
            !tail.is_empty(),
            "{tail}: asked before it is read"
        );
        assert_eq!(same_for_all(&theirs, &id), same_for_all(&none, unknown), "{tail}");
    }
    let answer = [("id", id.as_str()), ("version", "1"), ("look", "handle_case"), ("answer", "yes")];
    let today = portal.ctx.now().date().0;
    let (date, month, year) = (today.day().to_string(), today.month().to_string(), today.year().to_string());
    let day = [("on_day", date.as_str()), ("on_month", month.as_str()), ("on_year", year.as_str())];
    let form = [&answer[..], &day[..]].concat();
    let theirs = nadia.post("/api/staff/clearances/answer", &form).await;
    assert!(!theirs.location().contains("done="), "{}", theirs.location());
    assert_eq!(nadia.get(theirs.location()).await.status, StatusCode::NOT_FOUND);
    let theirs = nadia.post("/api/staff/clearances/identity", &answer[..3]).await;
    assert!(!theirs.location().contains("done="), "{}", theirs.location());
    for action in ["inmate_yes", "identity_checked", "look"] {
        assert_eq!(traced(&portal, action).await, 0, "{action}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_is_asked_for_its_reason_and_logged() {
    let portal = Portal::start().await;
    let id = application(&portal, "maja", EVEN, &[]).await;
    let officer = staff(&portal, "henrik").await;
    let asks = officer.get(&format!("/staff/clearances/{id}")).await;
    assert!(asks.text.contains("Hvorfor åpner du saken?") && !asks.text.contains("Maja"), "{}", asks.text);
    assert_eq!(traced(&portal, "look").await, 0);
    let bad = officer.get(&format!("/staff/clearances/{id}?reason=curious")).await;
    assert!(bad.text.contains("Hvorfor åpner du saken?"), "the list of reasons is closed");
    let page = officer.get(&format!("/staff/clearances/{id}?reason=answer_question")).await;
    assert!(page.text.contains("Du åpnet saken. Grunn: svare på et spørsmål"), "{}", page.text);
    assert_eq!(traced(&portal, "look").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_without_the_milder_control_keeps_everything() {
    let portal = Portal::start().await;
    let id = application(&portal, "maja", EVEN, &[]).await;
    let officer = staff(&portal, "henrik").await;
    let page = ready(&portal, &officer, &id).await;
    let reason = "Tidlegare misbruk </textarea><script>alert(1)</script>";
    let typed = [("outcome", "refused"), ("reason", reason), ("milder", " "), ("measures[]", "glass_wall")];
    let back =
        post(&officer, "clearances/letter", &decision(&page), &[&typed[..], &VALID[..]].concat()).await;
    assert!(
        back.location().starts_with(&case(&id)) && back.location().contains("&try="),
        "{}",
        back.location()
    );
    let page = officer.get(back.location()).await;
    assert!(
        page.text.contains("href=\"#milder\"") && page.text.contains("id=\"milder-error\""),
        "{}",
        page.text
    );
    assert!(
        page.text.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)") && !page.text.contains("<script>alert")
    );
    let kept = |value: &str| {
        let input = page.text.split("<input").find(|i| i.contains(&format!("value=\"{value}\"")));
        input.is_some_and(|i| i.split('>').next().is_some_and(|tag| tag.contains("checked")))
    };
    assert!(kept("refused") && kept("glass_wall"), "what was chosen is still chosen");
    assert!(
        page.text.contains("value=\"2098\"") && page.text.contains("value=\"nn\" selected"),
        "{}",
        page.text
    );
    let other = portal.browser();
    other.sign_in("staff", "petter", "/staff").await;
    assert!(
        !other.get(back.location()).await.text.contains("Tidlegare misbruk"),
        "kept for its writer alone"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_of_two_officers_is_told_and_overwrites_nothing() {
    let portal = Portal::start().await;
    let id = application(&portal, "maja", EVEN, &[]).await;
    let (first, second) = (staff(&portal, "henrik").await, staff(&portal, "petter").await);
    let form = seen(&portal, &first.get(&case(&id)).await);
    let hers = seen(&portal, &second.get(&case(&id)).await);
    post(&first, "clearances/answer", &form, &[("answer", "no")]).await;
    let told = post(&second, "clearances/answer", &hers, &[("answer", "yes")]).await;
    let page = second.get(told.location()).await;
    assert!(page.text.contains("Saken er endret av en annen") && page.text.contains("Den innsatte sa nei"));
    assert_eq!(traced(&portal, "inmate_yes").await, 0);

    let id = application(&portal, "eirik", EVEN, &[]).await;
    let page = ready(&portal, &first, &id).await;
    let typed = |outcome: &'static str, reason: &'static str| {
        [vec![("outcome", outcome), ("reason", reason), ("milder", "Vurderte glassvegg.")], VALID.to_vec()]
            .concat()
    };
    let letter = |page: Page| page.location().to_owned();
    let to = letter(post(&first, "clearances/letter", &decision(&page), &typed("granted", "")).await);
    let confirm_first = first.get(&to).await;
    let page = second.get(&case(&id)).await;
    let to =
        letter(post(&second, "clearances/letter", &decision(&page), &typed("refused", "Min grunn")).await);
    let confirm_second = second.get(&to).await;
    let fields = |page: &Page| ["id", "look", "kept"].map(|name| (name.to_owned(), page.hidden(name)));
    post(&first, "clearances/decide", &fields(&confirm_first), &[]).await;
    let told = post(&second, "clearances/decide", &fields(&confirm_second), &[]).await;
    let page = second.get(told.location()).await;
    assert!(page.text.contains("Saken er endret av en annen"), "{}", page.text);
    assert!(
        page.text.contains("Min grunn") && page.text.contains("Vurderte glassvegg."),
        "nothing typed is lost"
    );
    assert!(page.text.contains("Innvilget"), "the first one's decision stands");
    assert_eq!(traced(&portal, "decided").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_answers_are_taken_at_once_and_each_is_told() {
    let portal = Portal::start().await;
    let maja = application(&portal, "maja", EVEN, &[]).await;
    let eirik = application(&portal, "eirik", EVEN, &[]).await;
    let luca = application(&portal, "luca", EVEN, &[]).await;
    let officer = staff(&portal, "henrik").await;
    let page = officer.get("/staff/answers").await;
    assert_eq!(page.text.matches("class=\"answer-row\"").count(), 3, "{}", page.text);
    let today = portal.ctx.now().date().0;
    let day = [("on_day", today.day().to_string()), ("on_month", today.month().to_string())]
        .map(|(name, value)| (name.to_owned(), value));
    let rows = |luca_says: &str, year: &str| -> Vec<(String, String)> {
        let row = |id: &str, word: &str| (format!("answers[c{id}]"), word.to_owned());
        let mut form = vec![row(&maja, "yes.1"), row(&eirik, "no.7"), row(&luca, luca_says)];
        form.extend(day.clone());
        form.push(("on_year".to_owned(), year.to_owned()));
        form
    };
    let wrong = post(&officer, "answers", &rows("", "26"), &[]).await;
    assert_eq!(wrong.status, StatusCode::SEE_OTHER, "{}", wrong.text);
    let page = officer.get(wrong.location()).await;
    assert!(
        page.text.contains("href=\"#on_year\"") && page.text.contains("value=\"yes.1\" checked"),
        "{}",
        page.text
    );
    let year = today.year().to_string();
    let told = post(&officer, "answers", &rows("", &year), &[]).await;
    let page = officer.get(told.location()).await;
    assert!(page.text.contains("Ja er registrert"), "{}", page.text);
    assert!(page.text.contains("Ikke registrert. Saken er endret av en annen"), "an old version is told");
    assert_eq!(page.text.matches("class=\"answer-row\"").count(), 2, "the answered one is gone");
    assert_eq!((traced(&portal, "inmate_yes").await, traced(&portal, "inmate_no").await), (1, 0));

    // One of many breaks: the others stand, it is told, and it is chosen still.
    portal.run(BREAK_A_NO).await;
    let mut both = rows("yes.1", &year);
    both[1].1 = "no.1".to_owned();
    let told = post(&officer, "answers", &both, &[]).await;
    let page = officer.get(told.location()).await;
    assert!(page.text.contains("Ikke registrert. Noe gikk galt hos oss."), "{}", page.text);
    assert!(page.text.contains("value=\"no.1\" checked"), "{}", page.text);
    assert_eq!((traced(&portal, "inmate_yes").await, traced(&portal, "inmate_no").await), (2, 0));
}

const BREAK_A_NO: &str = "CREATE TRIGGER broken BEFORE UPDATE ON application WHEN NEW.state = 'declined' \
    BEGIN SELECT RAISE(ABORT, 'broken'); END";

#[tokio::test(flavor = "multi_thread")]
async fn search_asks_why_and_leaves_nothing_in_the_address() {
    let portal = Portal::start().await;
    application(&portal, "maja", EVEN, &[]).await;
    let officer = staff(&portal, "henrik").await;
    let page = officer.post("/api/staff/search", &[("text", "Maja"), ("why", "")]).await;
    let page = officer.get(page.location()).await;
    assert!(page.text.contains("href=\"#why\"") && page.text.contains("value=\"Maja\""), "{}", page.text);
    assert_eq!(traced(&portal, "search").await, 0, "nothing was searched without a reason");
    let found = officer.post("/api/staff/search", &[("text", "fjellvik"), ("why", "answer_question")]).await;
    assert!(!found.location().contains("fjellvik"));
    let page = officer.get(found.location()).await;
    assert!(page.text.contains("1 treff") && page.text.contains("reason=answer_question"), "{}", page.text);
    assert_eq!(traced(&portal, "search").await, 1);
    let nadia = staff(&portal, "nadia").await;
    assert!(!nadia.get(found.location()).await.text.contains("Maja"), "another officer's search is hers");
    let theirs = nadia.post("/api/staff/search", &[("text", "Maja"), ("why", "answer_question")]).await;
    assert!(nadia.get(theirs.location()).await.text.contains("Ingen treff"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_intake_finds_the_inmate_of_an_unmatched_case() {
    let portal = Portal::start().await;
    let id = application(&portal, "maja", NOBODY, &[]).await;
    let (henrik, intake) = (staff(&portal, "henrik").await, staff(&portal, "petter").await);
    assert!(!henrik.get("/staff").await.text.contains("Odd Ingensteds"));
    assert!(intake.get("/staff").await.text.contains("Passer ingen innsatt"));
    let page = intake.get(&format!("/staff/clearances/{id}/match?reason=handle_case")).await;
    assert!(page.text.contains("Søkeren skrev: Odd Ingensteds"), "{}", page.text);
    let hidden: Vec<(String, String)> = ["id", "look"].map(|n| (n.to_owned(), page.hidden(n))).into();
    let born = [("birth_day", ""), ("birth_month", ""), ("birth_year", "")];
    let none = post(&intake, "clearances/find", &hidden, &[&[("name", "")], &born[..]].concat()).await;
    assert!(intake.get(none.location()).await.text.contains("href=\"#name\""));
    let found =
        post(&intake, "clearances/find", &hidden, &[&[("name", "even fj")], &born[..]].concat()).await;
    let page = intake.get(found.location()).await;
    let even = page.text.split("name=\"inmate\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let even = even.expect("an inmate").to_owned();
    let form: Vec<(String, String)> =
        ["id", "version", "look", "kept"].map(|n| (n.to_owned(), page.hidden(n))).into();
    let unchosen = post(&intake, "clearances/match", &form, &[]).await;
    let page = intake.get(unchosen.location()).await;
    assert!(page.text.contains("href=\"#inmate\"") && page.text.contains("Even Fjellvik"), "{}", page.text);
    let matched = post(&intake, "clearances/match", &form, &[("inmate", &even)]).await;
    assert_eq!(matched.location(), "/staff?done=matched");
    assert!(henrik.get("/staff").await.text.contains("Maja Fjellvik"), "it lies with the inmate's unit");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_case_officer_reads_or_sees_nothing() {
    let portal = Portal::start().await;
    let id = application(&portal, "maja", EVEN, &[]).await;
    let reader = staff(&portal, "astrid").await;
    let page = reader.get(&case(&id)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Du kan lese saken") && !page.text.contains("/api/staff/clearances/"));
    let form = [("id", id.as_str()), ("version", "1"), ("look", "handle_case"), ("answer", "yes")];
    let refused = reader.post("/api/staff/clearances/answer", &form).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let gate = staff(&portal, "geir").await;
    assert_eq!(gate.get(&case(&id)).await.status, StatusCode::NOT_FOUND, "no need to know");
    assert!(!gate.get("/staff").await.text.contains("Maja"));
    assert_eq!(traced(&portal, "inmate_yes").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_a_norwegian_number_is_checked_by_hand_and_then_books() {
    let portal = Portal::start().await;
    let id = application(&portal, "luca", EVEN, &[]).await;
    let officer = staff(&portal, "henrik").await;
    let page = ready(&portal, &officer, &id).await;
    assert!(
        page.text.contains("Uten norsk nummer.") && page.text.contains("Hvem er søkeren?"),
        "{}",
        page.text
    );
    let typed = [("outcome", "granted"), ("reason", "")];
    let form = decision(&page);
    let decide = async |form: &[(String, String)]| {
        let to_letter = post(&officer, "clearances/letter", form, &[&typed[..], &VALID[..]].concat()).await;
        let letter = officer.get(to_letter.location()).await;
        let confirm: Vec<(String, String)> =
            ["id", "look", "kept"].map(|name| (name.to_owned(), letter.hidden(name))).into();
        let done = post(&officer, "clearances/decide", &confirm, &[]).await;
        officer.get(done.location()).await
    };
    let refused = decide(&form).await;
    assert!(refused.text.contains("Kontroller hvem søkeren er, før du innvilger"), "{}", refused.text);
    assert_eq!(traced(&portal, "decided").await, 0);

    let checked = post(&officer, "clearances/identity", &seen_alone(&page), &[]).await;
    let page = officer.get(checked.location()).await;
    assert!(page.text.contains("Identiteten er registrert som kontrollert."), "{}", page.text);
    assert!(page.text.contains("Kontrollert for hånd") && !page.text.contains("Hvem er søkeren?"));
    post(&officer, "clearances/identity", &seen_alone(&page), &[]).await;
    assert_eq!(traced(&portal, "identity_checked").await, 1, "once is enough");
    let done = decide(&decision(&page)).await;
    assert!(done.text.contains("Vedtaket er fattet."), "{}", done.text);
    let luca = portal.browser();
    luca.sign_in("citizen", "luca", "/my").await;
    let book = luca.get("/visits/book").await;
    assert!(book.text.contains("Even Fjellvik"), "he can book: {}", book.text);
}

/// The case, its version and the reason, as each form of the page carries them.
fn seen_alone(page: &Page) -> Vec<(String, String)> {
    ["id", "version", "look"].map(|name| (name.to_owned(), page.hidden(name))).into()
}
