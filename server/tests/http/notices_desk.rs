//! The officer of the victims and the duty desk, as a browser without script walks them: a request is held against the
//! case, a leave is found to be of significance, and the call is taken and told. What is not theirs is not there.

use std::sync::Arc;

use app::notices::letters::Open;
use backend::{
    args,
    custody::feed::register::{InmateWire, put_inmate},
    delivery::Mailer,
    identity::arrival::Arrival,
    notices::{self, sessions, wish},
    testing, wiring,
};
use domain::{
    access::{Area, Level},
    custody::{Event, Wire, WireCondition},
    kernel::Id,
};
use reqwest::StatusCode;

use crate::harness::{Browser, Page, Portal};

const STORY: &str = "Det gjelder saken fra i fjor høst.";
const UNKNOWN: &str = "0000000000000000000000000Z";

async fn staff(portal: &Portal, who: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("staff", who, "/staff").await;
    browser
}

/// She signs in at her own entrance and asks to be told.
async fn asked(portal: &Portal) {
    let ctx = &portal.ctx;
    let arrival = Arrival {
        area: Area::Victim,
        issuer: "test".into(),
        subject: "liv".into(),
        sid: None,
        number: Some(testing::number_of("liv")),
        name: "Liv Solbakk".into(),
        birth_date: None,
        level: Level::High,
        fresh_at: Some(ctx.now()),
        roles: vec![],
        units: vec![],
        id_token: String::new(),
        previous: None,
    };
    let token = sessions::welcome(ctx, &arrival).await.expect("a session").expect("a number");
    let visitor = sessions::find(ctx, &token).await.expect("a read").expect("she is signed in").actor;
    let visitor = visitor.visitor().expect("a visitor").clone();
    let form = wish::AskForm {
        whom: "Torjus Fjellvik".into(),
        role: "victim".into(),
        story: STORY.into(),
        telephone: "41234567".into(),
        ..wish::AskForm::default()
    };
    wish::ask(ctx, &visitor, &form).await.expect("a write").expect("it is taken");
    let visitor = sessions::find(ctx, &token).await.expect("a read").expect("she is signed in").actor;
    let wishes = wish::WishForm {
        locale: "nb".into(),
        telephone: "41234567".into(),
        safe_word: "blåklokke".into(),
        ..wish::WishForm::default()
    };
    let visitor = visitor.visitor().expect("a visitor").clone();
    let set = wish::set(ctx, &visitor, &wishes).await.expect("a write");
    set.expect("she has a row").expect("they are taken");
}

/// Aslak Solnes is at Lyngmo, as the case system has him.
async fn placed(portal: &Portal) {
    let wire = InmateWire {
        name: "Aslak Solnes".into(),
        birth_date: "1981-03-04".into(),
        national_id: None,
        unit: "lyngmo".into(),
        since: "2026-01-01T10:00:00+01:00".into(),
    };
    put_inmate(&portal.ctx, "koda", "K-9", &wire).await.expect("a write");
}

/// Something is decided about him, or has happened.
async fn told(portal: &Portal, kind: &str, days: i64, conditions: bool) {
    let at = portal.ctx.now().plus_days(days).plus_seconds(-60);
    let wire = Wire {
        decision: format!("{kind}/1"),
        version: 1,
        inmate: "K-9".into(),
        kind: kind.into(),
        change: "decided".into(),
        at: at.rfc3339(),
        until: (kind == "leave").then(|| at.plus_days(2).rfc3339()),
        conditions: if conditions {
            vec![WireCondition { kind: "contact".into(), text: "Ikke kontakt med Liv".into() }]
        } else {
            vec![]
        },
        ..Wire::default()
    };
    let event = Event::parse(&wire, portal.ctx.now()).expect("an event");
    let taken = wiring::take_events(&portal.ctx, "koda", vec![Ok(event)]).await.expect("a write");
    assert!(matches!(taken.as_slice(), [backend::custody::feed::Taken::Accepted(_)]), "{taken:?}");
}

const CASE: [(&str, &str); 6] = [
    ("reference", "26-101"),
    ("inmate", "Aslak Solnes"),
    ("born_day", "4"),
    ("born_month", "3"),
    ("born_year", "1981"),
    ("role", "victim"),
];

/// The first link on a page that begins so.
fn link(page: &Page, start: &str) -> String {
    let at = page.text.find(&format!("href=\"{start}")).unwrap_or_else(|| panic!("{start} in {}", page.text));
    page.text[at + "href=\"".len()..].split('"').next().expect("a link").to_owned()
}

fn id(path: &str) -> String {
    path.rsplit('/').next().expect("an id").split(['?', '#']).next().expect("an id").to_owned()
}

/// Follows a form's answer.
async fn post(browser: &Browser, to: &str, form: &[(&str, &str)]) -> Page {
    let answer = browser.post(&format!("/api/staff/{to}"), form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{to}: {}", answer.text);
    browser.get(answer.location()).await
}

/// Sunniva has registered her in the case: the party's public id.
async fn verified(portal: &Portal, sunniva: &Browser) -> String {
    placed(portal).await;
    asked(portal).await;
    let list = sunniva.get("/staff/notices").await;
    assert!(!list.text.contains("Solbakk"), "no name stands on the list");
    let request = id(&link(&list, "/staff/notices/requests/"));
    let page = post(sunniva, "notices/verify", &[&[("id", request.as_str())], &CASE[..]].concat()).await;
    assert!(page.text.contains("Hun er registrert og blir varslet"), "{}", page.text);
    assert!(!page.text.contains("Kontroller forespørselen"), "it is settled");
    id(&link(&page, "/staff/notices/parties/"))
}

/// A question about him is found to be of significance.
async fn answered(sunniva: &Browser, answer: &str) -> Page {
    let list = sunniva.get("/staff/notices").await;
    let question = id(&link(&list, "/staff/notices/questions/"));
    let form = [("id", question.as_str()), ("answer", answer), ("reason", "Hun bor i samme by.")];
    post(sunniva, "notices/answer", &form).await
}

async fn notices_journey(portal: &Portal) {
    let sunniva = staff(portal, "sunniva").await;
    let party = verified(portal, &sunniva).await;
    told(portal, "leave", 2, true).await;
    let list = sunniva.get("/staff/notices").await;
    assert!(list.text.contains("Permisjon") && list.text.contains("Over fristen med"), "{}", list.text);
    let question = sunniva.get(&link(&list, "/staff/notices/questions/")).await;
    for words in
        ["Liv Solbakk", "Ikke kontakt med Liv", "§ 36 tredje ledd", "vilkårene gjelder henne direkte"]
    {
        assert!(question.text.contains(words), "{words} in {}", question.text);
    }
    let done = answered(&sunniva, "direct").await;
    assert!(done.text.contains("Svaret er lagret"), "{}", done.text);

    let duty = staff(portal, "duty1").await;
    let desk = duty.get("/staff/duty").await;
    assert!(desk.text.contains("Permisjon") && desk.text.contains("Ingen har den"), "{}", desk.text);
    assert!(
        !desk.text.contains("Solbakk") && !desk.text.contains("blåklokke"),
        "nothing of hers is on the list"
    );
    let task = desk.hidden("id");
    let before = duty.get(&format!("/staff/duty/{task}")).await;
    assert!(!before.text.contains("41234567") && !before.text.contains("blåklokke"), "it is taken first");
    let call = post(&duty, "duty/take", &[("id", &task)]).await;
    for words in ["+4741234567", "«blåklokke»", "Ikke kontakt med Liv", "si ingenting", "Du har denne"] {
        assert!(call.text.contains(words), "{words} in {}", call.text);
    }
    let choose = post(&duty, "duty/called", &[("id", &task), ("outcome", "")]).await;
    assert!(choose.text.contains("Velg hvordan det gikk") && choose.text.contains("<title>Feil: "));
    let later = post(&duty, "duty/called", &[("id", &task), ("outcome", "no_answer")]).await;
    assert!(
        later.text.contains("Forsøket er lagret") && later.text.contains("Neste forsøk kl."),
        "{}",
        later.text
    );
    let again = duty.get(&format!("/staff/duty/{task}")).await;
    assert!(again.text.contains("Ikke svar"), "the earlier try is there");

    let other = staff(portal, "duty2").await;
    let not_hers = post(&other, "duty/called", &[("id", &task), ("outcome", "told")]).await;
    assert!(not_hers.text.contains("Du har ikke oppgaven lenger"), "{}", not_hers.text);
    let back = post(&duty, "duty/back", &[("id", &task)]).await;
    assert!(back.text.contains("Oppgaven er gitt tilbake") && back.text.contains("Ingen har den"));
    post(&duty, "duty/take", &[("id", &task)]).await;
    let done = post(&duty, "duty/called", &[("id", &task), ("outcome", "told")]).await;
    assert!(
        done.text.contains("Hun har fått vite det") && done.text.contains("Ingen oppgaver nå"),
        "{}",
        done.text
    );
    assert_eq!(duty.get(&format!("/staff/duty/{task}")).await.status, StatusCode::NOT_FOUND);
    let page = sunniva.get(&format!("/staff/notices/parties/{party}")).await;
    assert!(page.text.contains("Fortalt på telefon"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_becomes_a_call_that_is_told() {
    notices_journey(&Portal::start().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_becomes_a_call_on_postgres_too() {
    if let Some(portal) = Portal::start_on_postgres().await {
        notices_journey(&portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessment_that_nobody_makes_is_answered_from_the_duty_desk() {
    let portal = Portal::start().await;
    verified(&portal, &staff(&portal, "sunniva").await).await;
    told(&portal, "escape", 0, false).await;
    let duty = staff(&portal, "duty1").await;
    let desk = duty.get("/staff/duty").await;
    assert!(desk.text.contains("Vurdering mangler") && desk.text.contains("Rømming"), "{}", desk.text);
    let page = post(&duty, "duty/take", &[("id", &desk.hidden("id"))]).await;
    let question = duty.get(&link(&page, "/staff/notices/questions/")).await;
    assert!(!question.text.contains("value=\"direct\""), "there are no conditions to ask about");
    let form =
        [("id", question.hidden("id")), ("answer", "yes".into()), ("reason", "Hun er kjent for ham.".into())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = post(&duty, "notices/answer", &form).await;
    assert!(done.text.contains("Svaret er lagret") && done.text.contains("Ring henne"), "{}", done.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() {
    let portal = Portal::start().await;
    let sunniva = staff(&portal, "sunniva").await;
    asked(&portal).await;
    let list = sunniva.get("/staff/notices").await;
    let request = id(&link(&list, "/staff/notices/requests/"));
    let page = sunniva.get(&format!("/staff/notices/requests/{request}")).await;
    assert!(page.text.contains(STORY) && page.text.contains("Liv Solbakk"), "{}", page.text);
    let nobody = [("inmate", "Odd Ingensteds"), ("born_month", "13")];
    let mut form = vec![("id", request.as_str())];
    form.extend(
        CASE.map(|(name, value)| nobody.iter().find(|(n, _)| *n == name).copied().unwrap_or((name, value))),
    );
    let page = post(&sunniva, "notices/verify", &form).await;
    assert!(page.text.contains("Måneden må være") && page.text.contains("Odd Ingensteds"), "{}", page.text);
    form.retain(|(name, _)| *name != "born_month");
    form.push(("born_month", "3"));
    let page = post(&sunniva, "notices/verify", &form).await;
    assert!(page.text.contains("Ingen innsatt har dette navnet") && page.text.contains("Odd Ingensteds"));
    assert!(page.text.contains("<title>Feil: Forespørsel om varsling"), "no name stands in the title");

    let typed = [
        ("name", "Gerd Myrvoll"),
        ("telephone", "4123"),
        ("address", ""),
        ("safe_word", ""),
        ("number", "12345678901"),
        ("wish", "wants"),
    ];
    let page = post(&sunniva, "notices/register", &[&typed[..], &[("reference", "")]].concat()).await;
    for words in
        ["Gerd Myrvoll", "åtte siffer", "Skriv trygghetsordet", "elleve siffer", "Skriv saksnummeret"]
    {
        assert!(page.text.contains(words), "{words} in {}", page.text);
    }
    let refused = post(&sunniva, "notices/refuse", &[("id", &request)]).await;
    assert!(refused.text.contains("Forespørselen er avslått"), "{}", refused.text);
    let twice = post(&sunniva, "notices/refuse", &[("id", &request)]).await;
    assert!(twice.text.contains("En annen har alt behandlet"));
}

/// Whoever has neither eID nor telephone is told on paper, by whoever has taken the task and nobody else.
async fn told_on_paper(portal: &Portal) {
    placed(portal).await;
    let sunniva = staff(portal, "sunniva").await;
    let typed = [("name", "Gerd Myrvoll"), ("address", "Storgata 1\n0123 Lysby"), ("wish", "wants")];
    let page = post(&sunniva, "notices/register", &[&typed[..], &CASE[..]].concat()).await;
    let party = id(&link(&page, "/staff/notices/parties/"));
    told(portal, "leave", 2, true).await;
    answered(&sunniva, "direct").await;
    let duty = staff(portal, "duty1").await;
    let task = duty.get("/staff/duty").await.hidden("id");
    let path = format!("/staff/duty/{task}/letter");
    assert_eq!(duty.get(&path).await.status, StatusCode::NOT_FOUND, "it is taken first");
    let call = post(&duty, "duty/take", &[("id", &task)]).await;
    assert!(call.text.contains(&path), "{}", call.text);
    let letter = duty.get(&path).await;
    for words in ["Gerd Myrvoll\nStorgata 1\n0123 Lysby", "Ikke kontakt med Liv", "§ 36 tredje ledd", "112"]
    {
        assert!(letter.text.contains(words), "{words} in {}", letter.text);
    }
    assert!(!letter.text.contains("Solnes"), "he is not named");
    let other = staff(portal, "duty2").await;
    assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "another has it");
    post(&sunniva, "notices/protect", &[("id", &party), ("on", "yes")]).await;
    assert_eq!(duty.get(&path).await.status, StatusCode::NOT_FOUND, "no letter goes there");
    let call = duty.get(&format!("/staff/duty/{task}")).await;
    assert!(!call.text.contains("/letter") && !call.text.contains("Storgata"), "{}", call.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_cannot_be_rung_is_told_on_paper() {
    told_on_paper(&Portal::start().await).await;
    if let Some(portal) = Portal::start_on_postgres().await {
        told_on_paper(&portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_eid_is_registered_and_written_to() {
    let portal = Portal::start().await;
    placed(&portal).await;
    let sunniva = staff(&portal, "sunniva").await;
    let typed =
        [("name", "Gerd Myrvoll"), ("telephone", "98765432"), ("safe_word", "tyttebær"), ("wish", "wants")];
    let page = post(&sunniva, "notices/register", &[&typed[..], &CASE[..]].concat()).await;
    assert!(
        page.text.contains("Registreringen er lagret") && !page.text.contains("Myrvoll"),
        "{}",
        page.text
    );
    let party = link(&page, "/staff/notices/parties/");
    let page = sunniva.get(&party).await;
    assert!(page.text.contains("Gerd Myrvoll") && page.text.contains("+4798765432"), "{}", page.text);
    assert!(!page.text.contains("tyttebær"), "the word is for the telephone alone");
    let protected = post(&sunniva, "notices/protect", &[("id", &id(&party)), ("on", "yes")]).await;
    assert!(protected.text.contains("Skjermet. Vi har den ikke"), "{}", protected.text);
    let refused = post(
        &sunniva,
        "notices/register",
        &[&typed[..], &[("address", "Storgata 1"), ("protected", "yes")], &CASE[..]].concat(),
    )
    .await;
    assert!(
        refused.text.contains("Ta bort adressen") && refused.text.contains("Storgata 1"),
        "{}",
        refused.text
    );
    let empty = post(&sunniva, "notices/reply", &[("id", &id(&party)), ("words", " ")]).await;
    assert!(empty.text.contains("Skriv meldingen"));
    let sent =
        post(&sunniva, "notices/reply", &[("id", &id(&party)), ("words", "Ring meg <når> du kan")]).await;
    assert!(
        sent.text.contains("Ring meg &lt;når&gt; du kan") && sent.text.contains("Fra oss"),
        "{}",
        sent.text
    );
}

/// What differs between two answers of one page: its own address and the nonce.
fn same_for_all(page: &Page, id: &str) -> String {
    let nonce = page.text.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("-");
    page.text.replace(id, "ID").replace(nonce, "NONCE")
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_what_is_not_ones_duty_is_the_same_404_as_what_is_unknown() {
    let portal = Portal::start_standing().await;
    let sunniva = staff(&portal, "sunniva").await;
    let party = verified(&portal, &sunniva).await;
    told(&portal, "leave", 2, false).await;
    let question = id(&link(&sunniva.get("/staff/notices").await, "/staff/notices/questions/"));
    answered(&sunniva, "yes").await;
    let on_duty = staff(&portal, "duty1").await;
    let task = on_duty.get("/staff/duty").await.hidden("id");
    let number = testing::number_of("liv").expose().to_owned();
    let said = [("number", number.as_str()), ("reference", ""), ("word", "blåklokke")];
    let rung = id(on_duty.post("/api/staff/duty/ring-in", &said).await.location());
    portal
        .run(
            "INSERT INTO notice_task (id, public_id, kind, about, recipient_id, desk, since, deadline, duty) \
             SELECT 't', '0000000000000000000000000T', 'question', 'x', id, 'officer', 0, 0, 'nobodys' \
             FROM notice_recipient",
        )
        .await;
    let hers = "0000000000000000000000000T".to_owned();
    asked(&portal).await;
    let request = id(&link(&sunniva.get("/staff/notices").await, "/staff/notices/requests/"));
    let (requests, duty) = (("/staff/notices/requests/", &request, ""), ("/staff/duty/", &task, ""));
    let paper = (duty.0, duty.1, "/letter");
    let (questions, parties) =
        (("/staff/notices/questions/", &question, ""), ("/staff/notices/parties/", &party, ""));
    let (tasks, calls) = (("/staff/notices/tasks/", &hers, ""), ("/staff/duty/ring-in/", &rung, ""));
    let case = ["/officer", "/representatives"].map(|rest| ("/staff/notices/parties/", &party, rest));
    for who in ["henrik", "astrid", "auditor", "sunniva", "duty1"] {
        let browser = staff(&portal, who).await;
        let theirs = match who {
            "sunniva" => vec![duty, paper, calls],
            "duty1" => vec![requests, case[0], case[1]],
            _ => vec![requests, questions, parties, duty, paper, tasks, calls, case[0], case[1]],
        };
        for (place, public, rest) in theirs {
            let found = browser.get(&format!("{place}{public}{rest}")).await;
            let none = browser.get(&format!("{place}{UNKNOWN}{rest}")).await;
            assert_eq!(
                (found.status, none.status),
                (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
                "{who} {place}"
            );
            assert_eq!(same_for_all(&found, public), same_for_all(&none, UNKNOWN), "{who} {place}");
        }
        if who == "duty1" {
            continue;
        }
        assert_eq!(browser.get("/staff/duty").await.status, StatusCode::NOT_FOUND, "{who}");
        for to in ["take", "back", "called", "mass"] {
            let form = [("id", task.as_str()), ("outcome", "told"), ("what", "release")];
            let form = match to {
                "called" => &form[..2],
                "mass" => &[form[0], form[2]],
                _ => &form[..1],
            };
            let answer = browser.post(&format!("/api/staff/duty/{to}"), form).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who} {to}");
        }
    }
    assert_eq!(looks(&portal, "handle_case").await, 0, "nothing was read for any of them");
}

/// How many looks with this reason stand in the notices' own stream.
async fn looks(portal: &Portal, reason: &str) -> i64 {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'notice.look' AND stream = 'notices' \
        AND reason = $1";
    let (count,): (i64,) = portal.ctx.db.one(sql, backend::args![reason]).await.expect("a count");
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn t15_whoever_is_not_assigned_gives_a_reason_and_it_is_told() {
    let portal = Portal::start_standing().await;
    let sunniva = staff(&portal, "sunniva").await;
    let party = verified(&portal, &sunniva).await;
    // Somebody else of her unit has it now.
    staff(&portal, "henrik").await;
    portal.run("UPDATE notice_case SET officer_id = (SELECT id FROM staff_member WHERE id <> officer_id LIMIT 1)").await;
    let path = format!("/staff/notices/parties/{party}");
    let before = looks(&portal, "handle_case").await;
    for address in [path.clone(), format!("{path}?reason=emergency"), format!("{path}?because=emergency")] {
        let page = sunniva.get(&address).await;
        assert!(page.text.contains("Denne saken er ikke din"), "{address}: {}", page.text);
        assert!(!page.text.contains("Solbakk"), "nothing is read for it");
    }
    let bare = post(&sunniva, "notices/open", &[("id", &party), ("reason", " ")]).await;
    assert!(bare.text.contains("Skriv hvorfor") && bare.text.contains("<title>Feil: "), "{}", bare.text);
    assert_eq!((looks(&portal, "emergency").await, looks(&portal, "handle_case").await), (0, before));
    let form = [("id", party.as_str()), ("reason", "Hun <ringer> nå.")];
    let answer = sunniva.post("/api/staff/notices/open", &form).await;
    assert_eq!(answer.location(), path, "the reason stands in no address");
    let page = sunniva.get(&path).await;
    assert!(page.text.contains("Liv Solbakk") && page.text.contains("som hast"), "{}", page.text);
    assert!(
        !page.text.contains("notices/reply") && !page.text.contains("/officer\""),
        "she looks and no more"
    );
    assert_eq!(looks(&portal, "emergency").await, 1);

    // The auditor and the leader see it at once, and nobody learns whose case it was.
    let (auditor, astrid) = (staff(&portal, "auditor").await, staff(&portal, "astrid").await);
    let seen = auditor.get("/staff/break-ins").await;
    assert!(seen.text.contains("Sunniva Kvitveis") && seen.text.contains("Hun &lt;ringer&gt; nå."));
    assert!(!seen.text.contains("Solbakk") && !seen.text.contains("Solnes"), "{}", seen.text);
    let led = astrid.get("/staff/break-ins").await;
    assert!(led.text.contains("Sunniva Kvitveis") && !led.text.contains("ringer"), "{}", led.text);
    let marked = post(&astrid, "notices/seen", &[("id", &led.hidden("id"))]).await;
    assert!(!marked.text.contains("Merk som sett"), "{}", marked.text);

    // Her reason opens it for her alone, and not for long.
    let henrik = staff(&portal, "henrik").await;
    assert_eq!(henrik.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(henrik.get("/staff/break-ins").await.status, StatusCode::NOT_FOUND);
    let reply = sunniva.post("/api/staff/notices/reply", &[("id", &party), ("words", "Hei")]).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    portal.wait_minutes(16);
    assert!(sunniva.get(&path).await.text.contains("Denne saken er ikke din"));
}

/// A case goes from one officer to another, with a reason that is kept if anything is missing.
async fn handing_over(portal: &Portal) {
    let sunniva = staff(portal, "sunniva").await;
    let party = verified(portal, &sunniva).await;
    let henrik = staff(portal, "henrik").await;
    let path = format!("/staff/notices/parties/{party}");
    let officer = format!("{path}/officer");
    assert!(sunniva.get(&path).await.text.contains(&format!("href=\"{officer}\"")));
    assert!(!sunniva.get(&officer).await.text.contains("Henrik"), "he does not work with victims");
    portal
        .run(
            "UPDATE session SET roles = 'victim_officer' WHERE staff_id = \
             (SELECT id FROM staff_member WHERE name LIKE 'Henrik%')",
        )
        .await;
    let page = sunniva.get(&officer).await;
    let at = page.text.find("Henrik Lyngrabbe").expect("he is there to choose");
    let before = &page.text[..at];
    let to =
        before.rsplit("value=\"").next().and_then(|rest| rest.split('"').next()).expect("his id").to_owned();
    let assign = |to: &str, reason: &str| {
        let form = [("id", party.clone()), ("to", to.to_owned()), ("reason", reason.to_owned())];
        let sunniva = &sunniva;
        async move {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            post(sunniva, "notices/assign", &form).await
        }
    };
    let none = assign("", "Jeg har <ferie>.").await;
    assert!(none.text.contains("Velg hvem som skal ha saken") && none.text.contains("&lt;ferie&gt;"));
    let bare = assign(&to, " ").await;
    assert!(bare.text.contains("Skriv hvorfor") && bare.text.contains("selected"), "{}", bare.text);
    let done = assign(&to, "Jeg har ferie.").await;
    assert!(done.text.contains("Saken har fått ny saksbehandler") && !done.text.contains("/parties/"));
    assert!(sunniva.get(&path).await.text.contains("Denne saken er ikke din"));
    assert_eq!(sunniva.get(&officer).await.status, StatusCode::NOT_FOUND);
    let his = henrik.get(&path).await;
    assert!(his.text.contains("Liv Solbakk") && his.text.contains("Henrik Lyngrabbe"), "{}", his.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_handed_over() {
    handing_over(&Portal::start().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_handed_over_on_postgres_too() {
    if let Some(portal) = Portal::start_on_postgres().await {
        handing_over(&portal).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t17_a_held_mass_is_released_by_two_and_not_by_one_twice() {
    let portal = Portal::start().await;
    portal.run("UPDATE rule SET value = '0' WHERE key = 'notices.breaker_floor'").await;
    let sunniva = staff(&portal, "sunniva").await;
    verified(&portal, &sunniva).await;
    told(&portal, "leave", 30, false).await;
    answered(&sunniva, "yes").await;

    let (one, two) = (staff(&portal, "duty1").await, staff(&portal, "duty2").await);
    let desk = one.get("/staff/duty").await;
    assert!(desk.text.contains("Mange varsler holdes tilbake") && desk.text.contains("Ingen har sagt noe"));
    assert!(desk.text.contains("Permisjon") && !desk.text.contains("Solbakk"), "numbers and no name");
    let mass = desk.hidden("id");
    let said = post(&one, "duty/mass", &[("id", &mass), ("what", "release")]).await;
    assert!(said.text.contains("Du har sagt: send alt"), "{}", said.text);
    let twice = post(&one, "duty/mass", &[("id", &mass), ("what", "release")]).await;
    assert!(
        twice.text.contains("Du har alt sagt dette") && twice.text.contains("<title>Feil: "),
        "{}",
        twice.text
    );
    let seen = two.get("/staff/duty").await;
    assert!(seen.text.contains("En annen har sagt: send alt"), "{}", seen.text);
    let released = post(&two, "duty/mass", &[("id", &mass), ("what", "release")]).await;
    assert!(released.text.contains("Varslene går ut nå"), "{}", released.text);
    assert!(!released.text.contains("Mange varsler holdes tilbake"));
    let late = post(&one, "duty/mass", &[("id", &mass), ("what", "drop")]).await;
    assert!(late.text.contains("En annen var først"), "{}", late.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn t12_a_held_address_is_let_go_from_the_list_with_its_grounds() {
    let portal = Portal::start().await;
    let sunniva = staff(&portal, "sunniva").await;
    verified(&portal, &sunniva).await;
    portal
        .run(
            "INSERT INTO notice_task (id, public_id, kind, about, recipient_id, desk, since, deadline, duty) \
             SELECT 't', '0000000000000000000000000T', 'shared_contact', 'no-channel', id, 'officer', 0, 0, 'nobodys' \
             FROM notice_recipient",
        )
        .await;
    let list = sunniva.get("/staff/notices").await;
    let path = link(&list, "/staff/notices/tasks/");
    assert!(!list.text.contains("Solbakk"));
    let page = sunniva.get(&path).await;
    for words in ["Liv Solbakk", "+4741234567", "blåklokke", "Slipp adressen fri", "Hold adressen tilbake"] {
        assert!(page.text.contains(words), "{words} in {}", page.text);
    }
    assert!(page.text.contains("<title>Samme adresse som en annen"), "no name in the title");
    let task = id(&path);
    let none =
        post(&sunniva, "notices/close", &[("id", &task), ("how", ""), ("note", "Ringt <to> ganger")]).await;
    assert!(none.text.contains("Velg hva som er gjort") && none.text.contains("Ringt &lt;to&gt; ganger"));
    let bare = post(&sunniva, "notices/close", &[("id", &task), ("how", "released"), ("note", " ")]).await;
    assert!(bare.text.contains("Skriv hvorfor adressen er trygg"), "{}", bare.text);
    assert!(bare.text.contains("<title>Feil: "));
    let done =
        post(&sunniva, "notices/close", &[("id", &task), ("how", "released"), ("note", "Mannen.")]).await;
    assert!(done.text.contains("Oppgaven er ferdig") && !done.text.contains("/staff/notices/tasks/"));
    let twice = post(&sunniva, "notices/close", &[("id", &task), ("how", "kept_held"), ("note", "")]).await;
    assert!(twice.text.contains("En annen var først"), "{}", twice.text);
    assert_eq!(sunniva.get(&path).await.status, StatusCode::NOT_FOUND);
    let henrik = staff(&portal, "henrik").await;
    let his = henrik.post("/api/staff/notices/close", &[("id", &task), ("how", "kept_held")]).await;
    assert_eq!(his.status, StatusCode::NOT_FOUND);
}

/// As an officer types a representative, from today for ten days.
fn counsel(portal: &Portal, party: &str, number: &str) -> Vec<(String, String)> {
    let today = portal.ctx.now().date();
    let mut form = vec![
        ("id".to_owned(), party.to_owned()),
        ("name".to_owned(), "Ingrid <Tindestrå>".to_owned()),
        ("number".to_owned(), number.to_owned()),
        ("kind".to_owned(), "counsel".to_owned()),
        ("basis".to_owned(), "Oppnevnt av retten.".to_owned()),
    ];
    for (name, day) in [("from", today), ("until", today.plus_days(10))] {
        let iso = day.iso();
        let parts: Vec<&str> = iso.split('-').collect();
        form.push((format!("{name}_day"), parts[2].to_owned()));
        form.push((format!("{name}_month"), parts[1].to_owned()));
        form.push((format!("{name}_year"), parts[0].to_owned()));
    }
    form
}

fn borrowed(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Ingrid and Maja, as the sign-in has them.
const INGRID: &str = "23918414622";

#[tokio::test(flavor = "multi_thread")]
async fn counsel_reads_for_one_victim_until_it_is_ended() {
    let portal = Portal::start_standing().await;
    let sunniva = staff(&portal, "sunniva").await;
    let party = verified(&portal, &sunniva).await;
    told(&portal, "leave", 20, false).await;
    answered(&sunniva, "yes").await;
    let path = format!("/staff/notices/parties/{party}/representatives");
    assert!(sunniva.get(&format!("/staff/notices/parties/{party}")).await.text.contains(&path));
    assert!(sunniva.get(&path).await.text.contains("Ingen representerer henne"));

    let mut wrong = counsel(&portal, &party, "12345678901");
    wrong.retain(|(name, _)| !matches!(name.as_str(), "until_month" | "kind"));
    wrong.push(("until_month".into(), "13".into()));
    let page = post(&sunniva, "notices/represent", &borrowed(&wrong)).await;
    for words in [
        "Ingrid &lt;Tindestrå&gt;",
        "elleve siffer",
        "Velg advokat eller verge",
        "Måneden må være",
        "#until_month",
    ] {
        assert!(page.text.contains(words), "{words} in {}", page.text);
    }
    // Somebody who has asked to visit him is refused, in words that say nothing of why.
    let maja = portal.browser();
    maja.sign_in("citizen", "ingrid", "/my").await;
    portal
        .run(
            "INSERT INTO application (id, public_id, draft_id, reference, person_id, inmate_id, unit_id, typed_name, typed_sort, \
             relation, needs, locale, state, state_at, close_on, submitted_at) SELECT 'a', 'a', 'a', 'a', n.person_id, i.id, \
             p.unit_id, '', '', 'friend', n.sealed, 'nb', 'withdrawn', 0, '2027-01-01', 0 FROM person_number n, inmate i \
             JOIN placement p ON p.inmate_id = i.id WHERE i.name = 'Aslak Solnes'",
        )
        .await;
    let form = counsel(&portal, &party, INGRID);
    let page = post(&sunniva, "notices/represent", &borrowed(&form)).await;
    assert!(page.text.contains("Denne personen kan ikke representere henne"), "{}", page.text);
    portal.run("DELETE FROM application").await;
    let page = post(&sunniva, "notices/represent", &borrowed(&form)).await;
    assert!(page.text.contains("Bistandsadvokat") && page.text.contains("Avslutt nå"), "{}", page.text);

    let ingrid = portal.browser();
    ingrid.sign_in("message", "ingrid", "/message").await;
    let home = ingrid.get("/message").await;
    assert!(home.text.contains("For Liv Solbakk") && home.text.contains("Ny melding"), "{}", home.text);
    let start = home.text.find("For Liv Solbakk").expect("her heading");
    let at = home.text[start..].find("href=\"/message/").expect("a link") + start + "href=\"".len();
    let notice = home.text[at..].split('"').next().expect("a link").to_owned();
    assert!(!ingrid.get(&notice).await.text.contains("permisjon"), "a fresh sign-in first");
    let waits = ingrid.get(&notice).await;
    let form = [("return_to", notice.as_str()), ("fresh", "yes"), ("level", "high")];
    assert_eq!(waits.hidden("return_to"), notice);
    let authorize = ingrid.start_with("message", &form).await;
    let callback = ingrid.choose("message", &authorize, "ingrid", "high").await;
    ingrid.get(&callback).await;
    let page = ingrid.get(&notice).await;
    assert!(page.text.contains("Den domfelte har permisjon"), "{}", page.text);
    assert!(!page.text.contains("message/write"), "writing to her officer is hers alone");
    let public = id(&notice);
    ingrid.post("/api/message/read", &[("public", &public)]).await;
    assert!(ingrid.get(&notice).await.text.contains("Den som leser for deg, bekreftet dette"));
    let page = sunniva.get(&format!("/staff/notices/parties/{party}")).await;
    assert!(page.text.contains("Lest og bekreftet av representanten"), "{}", page.text);

    let tarjei = portal.browser();
    tarjei.sign_in("message", "tarjei", "/message").await;
    assert_eq!(tarjei.get(&notice).await.status, StatusCode::NOT_FOUND, "a colleague is nobody");
    let henrik = staff(&portal, "henrik").await;
    assert_eq!(henrik.get(&path).await.status, StatusCode::NOT_FOUND);

    let end = sunniva.get(&path).await;
    let at = end.text.find("notices/unrepresent").expect("the form");
    let representative = end.text[at..]
        .split("value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("an id")
        .to_owned();
    let his = henrik.post("/api/staff/notices/unrepresent", &[("id", &representative)]).await;
    assert_eq!(his.status, StatusCode::NOT_FOUND);
    let ended = post(&sunniva, "notices/unrepresent", &[("id", &representative)]).await;
    assert!(ended.text.contains("Avsluttet") && !ended.text.contains("Avslutt nå"), "{}", ended.text);
    assert_eq!(ingrid.get(&notice).await.status, StatusCode::NOT_FOUND, "at once");
    assert!(!ingrid.get("/message").await.text.contains("Solbakk"));
}

#[tokio::test(flavor = "multi_thread")]
async fn she_rings_with_her_word_and_nobody_is_listed() {
    let portal = Portal::start_standing().await;
    let sunniva = staff(&portal, "sunniva").await;
    let party = verified(&portal, &sunniva).await;
    told(&portal, "leave", 20, false).await;
    answered(&sunniva, "yes").await;
    let duty = staff(&portal, "duty1").await;
    assert!(duty.get("/staff/duty").await.text.contains("/staff/duty/ring-in"));
    let number = testing::number_of("liv").expose().to_owned();
    let ring = |number: &str, word: &str| {
        let form = [("number", number.to_owned()), ("reference", String::new()), ("word", word.to_owned())];
        let duty = &duty;
        async move {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            post(duty, "duty/ring-in", &form).await
        }
    };
    let none = ring("", "").await;
    assert!(none.text.contains("ett av dem") && none.text.contains("Skriv ordet hun sier"), "{}", none.text);
    let nobody = ring(testing::number_of("odd").expose(), "blåklokke").await;
    let wrong = ring(&number, "tyttebær").await;
    for page in [&nobody, &wrong] {
        assert!(
            page.text.contains("Det stemmer ikke") && page.text.contains("<title>Feil: "),
            "{}",
            page.text
        );
        assert!(
            !page.text.contains("Solbakk")
                && !page.text.contains("blåklokke")
                && !page.text.contains("tyttebær")
        );
    }
    let open = ring(&number, "Blåklokke").await;
    assert!(open.text.contains("Liv Solbakk") && open.text.contains("Permisjon"), "{}", open.text);
    assert!(!open.text.contains("<title>Liv"), "no name in the title");
    let form = [("id", open.hidden("id")), ("duty", open.hidden("duty"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let told = post(&duty, "duty/heard", &form).await;
    assert!(
        told.text.contains("Hun har fått vite det") && told.text.contains("ingenting hun ikke har fått vite")
    );
    let page = sunniva.get(&format!("/staff/notices/parties/{party}")).await;
    assert!(page.text.contains("Fortalt på telefon"), "{}", page.text);
    let other = staff(&portal, "duty2").await.post("/api/staff/duty/heard", &form).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "another officer’s call");
}

const SENT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_demo_text WHERE key NOT LIKE 'page-%'";
const LYNGMO: &str = "SELECT id FROM unit WHERE slug = 'lyngmo'";

#[tokio::test(flavor = "multi_thread")]
async fn t17_not_one_text_goes_out_until_two_people_have_released_the_mass() {
    let portal = Portal::start().await;
    let ctx = &portal.ctx;
    let (unit,): (String,) = ctx.db.one(LYNGMO, args![]).await.expect("a unit");
    let stage = notices::testing::Stage::new(ctx, "lyngmo", &Id::new(unit));
    stage.inmate("K-60", "Even Mange").await;
    let people = stage.crowd("Even Mange", "M", 60).await.len();
    stage.events(&[stage.release("mass", "K-60", 1, 300)]).await;
    let mailer = Mailer::for_notices(&ctx.settings).expect("a mailer");
    let providers = Arc::new(wiring::Providers { mailer, words: Open });
    // All that the worker does, until there is nothing left to do.
    let sent = async || {
        while wiring::tell_once(ctx, &providers).await.expect("a round") > 0 {}
        ctx.db.one::<(i64,)>(SENT, args![]).await.expect("a count").0
    };
    assert_eq!(sent().await, 0);
    let (one, two) = (staff(&portal, "duty1").await, staff(&portal, "duty2").await);
    let mass = one.get("/staff/duty").await.hidden("id");
    for again in ["Du har sagt: send alt", "Du har alt sagt dette"] {
        let said = post(&one, "duty/mass", &[("id", &mass), ("what", "release")]).await;
        assert!(said.text.contains(again), "{}", said.text);
        assert_eq!(sent().await, 0, "one person, however often");
    }
    post(&two, "duty/mass", &[("id", &mass), ("what", "release")]).await;
    assert_eq!(sent().await, people as i64);
}
