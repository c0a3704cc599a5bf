//! Somebody without eID is helped, as a browser without script walks it: registered, applied for, found again, booked for, moved
//! and cancelled; and to everybody else the contact is not there.

use app::letters::Letters;
use backend::{args, delivery::Mailer, visits::booking::testing::Stage, wiring};
use domain::kernel::Id;
use reqwest::StatusCode;

use crate::{
    harness::{Browser, Page, Portal},
    titles::neutral,
};

const REGISTER: &str = "/api/staff/assist/register";
const APPLY: &str = "/api/staff/assist/apply";
const UNIT: &str = "SELECT id FROM unit WHERE slug = 'lyngmo'";
const NEW: &str = "/staff/assist/new";

async fn staff(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("staff", persona, "/staff").await;
    browser
}

/// What the page of a new person would post.
async fn registered(browser: &Browser, name: &str, impartial: &str) -> Page {
    let key = browser.get(NEW).await.hidden("key");
    let form = [
        ("key", key.as_str()),
        ("name", name),
        ("birth_day", "5"),
        ("birth_month", "3"),
        ("birth_year", "1941"),
        ("channel", "counter"),
        ("impartial", impartial),
    ];
    browser.post(REGISTER, &form).await
}

fn id_of(contact: &str) -> &str {
    contact.rsplit('/').next().expect("an id")
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_eid_is_registered_and_applies_at_the_counter() {
    let portal = Portal::start().await;
    let henrik = staff(&portal, "henrik").await;
    neutral(&henrik, "/staff/assist").await;
    // What is wrong is said, and what was typed is kept.
    let refused = registered(&henrik, "Gudny Fjellvik", "").await;
    let title = neutral(&henrik, refused.location()).await;
    assert!(title.starts_with("Feil: "), "{title}");
    let page = henrik.get(refused.location()).await;
    assert!(
        page.text.contains("Gudny Fjellvik") && page.text.contains("Bekreft at personen ikke er deg selv")
    );

    let contact = registered(&henrik, "Gudny Fjellvik", "yes").await.location().to_owned();
    neutral(&henrik, &contact).await;
    let apply = format!("{contact}/apply");
    neutral(&henrik, &apply).await;
    let key = henrik.get(&apply).await.hidden("key");
    let whole = |told: &'static str| {
        [
            ("contact", id_of(&contact)),
            ("key", key.as_str()),
            ("name", "Even Ingensteds"),
            ("birth_day", "3"),
            ("birth_month", "2"),
            ("birth_year", "1990"),
            ("relation", "child"),
            ("child_b", "Ask Fjellvik"),
            ("born_b_day", "11"),
            ("born_b_month", "5"),
            ("born_b_year", "2020"),
            ("locale", "nb"),
            ("told", told),
        ]
    };
    let refused = henrik.post(APPLY, &whole("")).await;
    assert!(neutral(&henrik, refused.location()).await.starts_with("Feil: "));
    let page = henrik.get(refused.location()).await;
    assert!(
        page.text.contains("Ask Fjellvik") && page.text.contains("Si til personen at politiet blir spurt")
    );
    let sent = henrik.post(APPLY, &whole("yes")).await;
    assert_eq!(sent.location(), format!("{contact}?done=applied"));
    assert_eq!(henrik.post(APPLY, &whole("yes")).await.location(), sent.location(), "a double click");
    let (reference, count): (String, i64) = portal.ctx.db.one(FILED, args![]).await.expect("one application");
    assert_eq!(count, 1);
    let page = henrik.get(sent.location()).await;
    let reference = format!("{}-{}", &reference[..4], &reference[4..]);
    assert!(page.text.contains("Søknad registrert") && page.text.contains(&reference), "{reference}");
    let mailer = Mailer::new(&portal.ctx.settings).expect("a mailer");
    while wiring::work_once(&portal.ctx, &mailer, &Letters).await.expect("it works") > 0 {}

    // Nobody else has this contact: no colleague, no other unit, nobody without the duty. The answer is that of no contact.
    let nowhere = "/staff/assist/00000000000000000000000000";
    for persona in ["petter", "nadia", "geir", "auditor"] {
        let other = staff(&portal, persona).await;
        for of in ["", "/apply", "/book", "/when"] {
            let (real, none) =
                (other.get(&format!("{contact}{of}")).await, other.get(&format!("{nowhere}{of}")).await);
            assert_eq!(
                (real.status, none.status),
                (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
                "{persona}{of}"
            );
        }
        assert_eq!(other.post(APPLY, &whole("yes")).await.status, StatusCode::NOT_FOUND, "{persona}");
    }
}

const FILED: &str = "SELECT MAX(reference), CAST(COUNT(*) AS BIGINT) FROM application";

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_booked_moved_and_cancelled_for_her_and_her_own_page_says_so() {
    let portal = Portal::start().await;
    let (unit,): (String,) = portal.ctx.db.one(UNIT, args![]).await.expect("the unit");
    let stage = Stage::new(&portal.ctx, Id::new(unit)).await;
    let maja = portal.browser();
    maja.sign_in("citizen", "maja", "/my").await;
    let (person,): (String,) = portal.ctx.db.one(MAJA, args![]).await.expect("her row");
    stage.grant(&Id::new(person.as_str()), &Id::new(person.as_str()), "").await;

    let astrid = staff(&portal, "astrid").await;
    let found = astrid.post("/api/staff/assist/find", &[("text", "fjellvik")]).await;
    neutral(&astrid, found.location()).await;
    let page = astrid.get(found.location()).await;
    let key = page.hidden("key");
    let (_, rest) = page.text.split_once("name=\"person\"").expect("somebody found");
    let person = rest.split("value=\"").nth(1).and_then(|r| r.split('"').next()).expect("her id").to_owned();
    let open = |channel: &'static str| {
        let fixed = [("key", key.as_str()), ("text", "fjellvik"), ("person", person.as_str())];
        [fixed[0], fixed[1], fixed[2], ("channel", channel), ("impartial", "yes")]
    };
    let refused = astrid.post("/api/staff/assist/open", &open("")).await;
    let page = astrid.get(refused.location()).await;
    assert!(page.text.contains("Velg hvordan personen tok kontakt.") && page.text.contains("Maja Fjellvik"));
    let contact = astrid.post("/api/staff/assist/open", &open("phone")).await.location().to_owned();
    let id = id_of(&contact).to_owned();

    let book = format!("{contact}/book");
    neutral(&astrid, &book).await;
    let page = astrid.get(&book).await;
    let inmate = page.hidden("inmate");
    let alone = stage.public_of(&Id::new(person_of(&portal).await)).await.to_string();
    let who = [("contact", id.as_str()), ("inmate", inmate.as_str()), ("people[]", alone.as_str())];
    let when = astrid.post("/api/staff/assist/who", &who).await.location().to_owned();
    assert_eq!(when, format!("{contact}/when"));
    neutral(&astrid, &when).await;
    let none = astrid.post("/api/staff/assist/take", &[("contact", &id), ("session", "")]).await;
    assert!(neutral(&astrid, none.location()).await.starts_with("Feil: "));
    let times = sessions(&astrid.get(&when).await);
    let take = |session: String| {
        let (astrid, id) = (&astrid, id.clone());
        async move { astrid.post("/api/staff/assist/take", &[("contact", &id), ("session", &session)]).await }
    };
    let booked = take(times[0].clone()).await;
    assert_eq!(booked.location(), format!("{contact}?done=booked"));
    let (visit,): (String,) = portal.ctx.db.one(VISIT, args![]).await.expect("a visit");
    let moving = astrid.post("/api/staff/assist/change", &[("contact", &id), ("public", &visit)]).await;
    assert_eq!(moving.location(), when);
    assert!(astrid.get(&when).await.text.contains("flyttes når du velger en ny tid"));
    let other =
        sessions(&astrid.get(&when).await).into_iter().find(|t| *t != times[0]).expect("another time");
    assert_eq!(take(other).await.location(), booked.location());
    let cancel = format!("{contact}/cancel/{visit}");
    neutral(&astrid, &cancel).await;
    let version = astrid.get(&cancel).await.hidden("version");
    let form = [("contact", id.as_str()), ("public", visit.as_str()), ("version", version.as_str())];
    let done = astrid.post("/api/staff/assist/cancel", &form).await;
    assert_eq!(done.location(), format!("{contact}?done=cancelled"));
    assert_eq!(astrid.get(&cancel).await.location(), format!("{contact}?done=moved_on"));

    // She reads it, and takes it along; the trail has staff.
    let file = maja.get("/my/data/file").await.text;
    assert!(file.contains("assisted_act") && file.contains("visit_cancelled"), "what she takes along has it");
    assert_eq!(portal.audited("visit_booked", "phone").await, 1);
}

async fn person_of(portal: &Portal) -> String {
    let (person,): (String,) = portal.ctx.db.one(MAJA, args![]).await.expect("her row");
    person
}

fn sessions(page: &Page) -> Vec<String> {
    let radios = page.text.split("name=\"session\" value=\"").skip(1);
    radios.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

const MAJA: &str = "SELECT id FROM person WHERE name = 'Maja Fjellvik' ORDER BY created_at LIMIT 1";
const VISIT: &str = "SELECT public_id FROM booking ORDER BY booked_at DESC LIMIT 1";

#[tokio::test(flavor = "multi_thread")]
async fn whom_no_letter_reaches_stands_on_a_list_and_is_ticked_off() {
    const NOTED: &str = "INSERT INTO unreached (id, public_id, person_id, unit_id, kinds, since, due_at) \
        VALUES ('u', '00000000000000000000000042', $1, $2, 'visits.clearance messages.news', 1, 2)";
    const TOLD: &str = "/api/staff/unreached/told";
    let portal = Portal::start().await;
    let (unit,): (String,) = portal.ctx.db.one(UNIT, vec![]).await.expect("a unit");
    let stage = Stage::new(&portal.ctx, Id::new(unit.as_str())).await;
    let maja = stage.relative("Gudny Fjellvik").await;
    stage.run(NOTED, args![&maja.person, unit]).await;
    let henrik = staff(&portal, "henrik").await;
    assert!(henrik.get("/staff/assist").await.text.contains("href=\"/staff/unreached\""));
    assert!(henrik.get("/staff/work").await.text.contains("Si fra til en som ikke kan nås på nett"));
    neutral(&henrik, "/staff/unreached").await;
    let list = henrik.get("/staff/unreached").await;
    for words in ["Gudny Fjellvik", "Søknad om besøk, En melding", "Ikke oppgitt", "Skriv ut"] {
        assert!(list.text.contains(words), "{words}");
    }
    let one = "/staff/unreached/00000000000000000000000042";
    let letter = format!("{one}/letter");
    neutral(&henrik, one).await;
    neutral(&henrik, &letter).await;
    let sheet = henrik.get(&letter).await;
    assert!(sheet.text.contains("Det er noe nytt til deg") && !sheet.text.contains("Even Fjellvik"));
    let public = henrik.get(one).await.hidden("public");
    let post = async |how: &str| {
        let posted = henrik.post(TOLD, &[("public", &public), ("how", how)]).await;
        henrik.get(posted.location()).await
    };
    assert!(post("").await.text.contains("Velg hvordan det gikk."));
    assert!(post("not").await.text.contains("Prøvd 1 gang"));
    assert!(post("rung").await.text.contains("Personen er sagt fra til."));
    assert!(post("letter").await.text.contains("Denne er alt sagt fra til."));
    assert!(henrik.get("/staff/unreached").await.text.contains("Ingen venter"));
    let gate = staff(&portal, "geir").await;
    for path in ["/staff/unreached", one, &letter] {
        assert_eq!(gate.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
