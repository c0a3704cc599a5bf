//! A lawyer books a private room, as a browser without script does it; and what the lawyers' register says decides whether any of it
//! is there.

use super::*;

const BOOK: &str = "/api/my/clients/rooms/book";
const BOOKED: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM booking WHERE state = 'booked' AND kind = 'lawyer'";
/// All that booking a room could have changed.
const CHANGED: &str = "SELECT CAST((SELECT COUNT(*) FROM booking) + (SELECT COUNT(*) FROM outbox) + \
    (SELECT SUM(taken) FROM visit_session) + (SELECT COUNT(*) FROM audit WHERE action = 'visit_booked') AS BIGINT)";

/// The first address on the page that begins like this.
fn first_link(page: &Page, begins: &str) -> String {
    let mark = format!("href=\"{begins}");
    let (_, rest) = page.text.split_once(&mark).unwrap_or_else(|| panic!("{begins} in {}", page.text));
    format!("{begins}{}", rest.split('"').next().unwrap_or_default())
}

fn wish<'a>(inmate: &'a str, session: &'a str, key: &'a str) -> [(&'a str, &'a str); 3] {
    [("inmate", inmate), ("session", session), ("key", key)]
}

/// From her clients to the last question: what its form sends.
async fn asked(scene: &Scene) -> [String; 3] {
    let rooms = scene.path("/rooms");
    let list = scene.ingrid.get("/my/clients").await;
    says(&list, &["Bestill samtalerom", &format!("href=\"{rooms}\"")]);
    let free = scene.ingrid.get(&rooms).await;
    says(&free, &["Når vil du møte Even Fjellvik?", "Ledige tider på Lyngmo fengsel", "Advokatrom"]);
    let check = scene.ingrid.get(&first_link(&free, &format!("{rooms}/"))).await;
    says(&check, &["Stemmer dette?", "Even Fjellvik", "Lyngmo fengsel", "Hvem som hører dere"]);
    for path in [&rooms, &first_link(&free, &format!("{rooms}/"))] {
        assert_eq!(neutral(&scene.ingrid, path).await, "Samtalerom – Varde");
    }
    [check.hidden("inmate"), check.hidden("session"), check.hidden("key")]
}

/// The path of a room that she has booked.
pub(super) async fn booked(scene: &Scene) -> String {
    scene.registered().await;
    let [inmate, session, key] = asked(scene).await;
    let done = scene.ingrid.post(BOOK, &wish(&inmate, &session, &key)).await;
    led(&scene.ingrid, &done).await;
    done.location().split('?').next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn she_books_a_room_without_typing_anything_and_takes_it_back() {
    on_both_engines(async |scene| {
        scene.registered().await;
        let ingrid = &scene.ingrid;
        let [inmate, session, key] = asked(&scene).await;
        let mut receipts = vec![];
        for _ in 0..2 {
            let done = ingrid.post(BOOK, &wish(&inmate, &session, &key)).await;
            says(&led(ingrid, &done).await, &["Besøket er bestilt", "Lyngmo fengsel"]);
            receipts.push(done.location().to_owned());
        }
        assert_eq!(
            (receipts[0].clone(), scene.count(BOOKED).await),
            (receipts[1].clone(), 1),
            "twice is once"
        );
        says(&ingrid.get("/my/clients").await, &["Samtalerom "]);
        let visit = receipts[0].split('?').next().unwrap_or_default().to_owned();
        says(&ingrid.get(&visit).await, &["Klientene dine", "Advokatrom"]);
        // The same room again, by another form: it is hers already, and she is told so where the free ones are.
        let again = ingrid.post(BOOK, &wish(&inmate, &session, &"3".repeat(26))).await;
        says(&led(ingrid, &again).await, &["Rommet er ikke bestilt", "<title>Feil: Samtalerom"]);
        let question = ingrid.get(&format!("{visit}/cancel")).await;
        let form = [("public", question.hidden("public")), ("version", question.hidden("version"))];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let cancelled = ingrid.post("/api/visits/bookings/cancel", &form).await;
        says(&led(ingrid, &cancelled).await, &["href=\"/my/clients\""]);
        assert_eq!(scene.count(BOOKED).await, 0);
    })
    .await;
}

/// Somebody else in the same unit.
const ANOTHER: &str = "SELECT i.public_id FROM inmate i JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL \
    JOIN unit u ON u.id = p.unit_id WHERE u.slug = 'lyngmo' AND i.name <> 'Even Fjellvik' ORDER BY i.id LIMIT 1";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_room_already_sees_those_beside_it_for_another_client() {
    on_both_engines(async |scene| {
        scene.registered().await;
        let (other,): (String,) = scene.portal.ctx.db.one(ANOTHER, vec![]).await.expect("another");
        let done = scene.henrik.post(REGISTER, &mandate(&other, NUMBER, "31", "12", "2099")).await;
        says(&led(&scene.henrik, &done).await, &["Advokaten er registrert."]);
        let (ingrid, rooms) = (&scene.ingrid, format!("/my/clients/{other}/rooms"));
        assert!(!ingrid.get(&rooms).await.text.contains("Du har et rom her"), "she has none yet");
        let [inmate, session, key] = asked(&scene).await;
        let done = ingrid.post(BOOK, &wish(&inmate, &session, &key)).await;
        says(&led(ingrid, &done).await, &["Besøket er bestilt"]);
        let page = ingrid.get(&rooms).await;
        says(&page, &["Du har et rom her", "Se ledige rom den dagen"]);
        let that_day = ingrid.get(&first_link(&page, &format!("{rooms}?from="))).await;
        says(&that_day, &["rett etter rommet ditt kl. "]);
        // For the client whom she meets then there is nothing to say of it.
        assert!(!ingrid.get(&scene.path("/rooms")).await.text.contains("Du har et rom her"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_room_is_there_for_his_lawyer_alone_and_everybody_else_gets_what_does_not_exist() {
    on_both_engines(async |scene| {
        scene.registered().await;
        let [inmate, session, key] = asked(&scene).await;
        let (portal, none) = (&scene.portal, "1".repeat(26));
        // Somebody wrote a relative's number for a lawyer's: the register does not list her.
        let wrong =
            scene.henrik.post(REGISTER, &mandate(&scene.even, "14839121866", "31", "12", "2099")).await;
        led(&scene.henrik, &wrong).await;
        let maja = portal.browser();
        maja.sign_in("citizen", "maja", "/my").await;
        says(&maja.get("/my/clients").await, &["Du står ikke i Advokatregisteret"]);
        let mut all = strangers(portal).await;
        all.push(("maja, whom a mandate names by mistake", maja));
        let low = portal.browser();
        let authorize = low.start_sign_in("citizen", "/my/clients").await;
        low.get(&low.choose("citizen", &authorize, "ingrid", "substantial").await).await;
        all.push(("ingrid below the high level", low));
        let before = scene.count(CHANGED).await;
        for (who, browser) in &all {
            let expected = if who.is_empty() { StatusCode::SEE_OTHER } else { StatusCode::NOT_FOUND };
            let mut pairs = vec![];
            for more in ["/rooms".to_owned(), "/rooms?try=x".to_owned(), format!("/rooms/{session}")] {
                let real = browser.get(&scene.path(&more)).await;
                let other = browser.get(&format!("/my/clients/{none}{more}")).await;
                pairs.push((more, real, other));
            }
            let real = browser.post(BOOK, &wish(&inmate, &session, &key)).await;
            let other = browser.post(BOOK, &wish(&none, &session, &key)).await;
            pairs.push(("book".to_owned(), real, other));
            for (what, real, other) in &pairs {
                assert_eq!(real.status, expected, "{who} at {what}");
                assert_same((*who, &noted(portal, real)), ("an unknown id", &noted(portal, other)));
                assert!(!real.text.contains("Even") && !real.text.contains("Advokatrom"), "{who} at {what}");
            }
        }
        assert_eq!(scene.count(CHANGED).await, before, "nobody has touched anything");
        // What could not fail would prove nothing.
        let done = scene.ingrid.post(BOOK, &wish(&inmate, &session, &key)).await;
        led(&scene.ingrid, &done).await;
        // The register strikes her off: at once there is nothing, and the booked room has something to settle at the door.
        portal.run("UPDATE lawyer SET holds_to = NULL, closed_at = asked_at").await;
        says(&scene.ingrid.get("/my/clients").await, &["Du står ikke i Advokatregisteret"]);
        assert_eq!(scene.ingrid.get(&scene.path("/rooms")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(scene.ingrid.get(&scene.path("")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_that_does_not_answer_verifies_nobody_and_says_so() {
    let scene =
        Scene::on(Portal::start_standing_with(&[("VARDE_LAWYERS__URL", "http://127.0.0.1:9")]).await).await;
    scene.registered().await;
    let list = scene.ingrid.get("/my/clients").await;
    says(&list, &["Advokatregisteret svarer ikke", "Last siden på nytt om noen minutter"]);
    assert!(!list.text.contains("Even") && !list.text.contains("/rooms\""));
    for more in ["", "/rooms", "/print"] {
        assert_eq!(scene.ingrid.get(&scene.path(more)).await.status, StatusCode::NOT_FOUND, "{more}");
    }
    // Whom it has listed before works on, and is told until when.
    scene
        .portal
        .run("UPDATE lawyer SET verified_at = asked_at, holds_to = '2099-01-02', problem = 'late'")
        .await;
    says(
        &scene.ingrid.get("/my/clients").await,
        &[
            "Advokatregisteret svarer ikke nå",
            "til og med",
            "2. januar",
            "Even Fjellvik",
            "Bestill samtalerom",
        ],
    );
    assert_eq!(scene.ingrid.get(&scene.path("/rooms")).await.status, StatusCode::OK);
}
