//! A lawyer lets somebody of her firm book rooms for her, as browsers without script walk it; and whoever is no delegate of hers now
//! gets what does not exist, as he himself does of what she and her client write.

use super::*;

const NAME: &str = "/api/my/clients/delegates";
const RENEW: &str = "/api/my/clients/delegates/code";
const CHOOSE: &str = "/api/my/clients/delegates/clients";
const END: &str = "/api/my/clients/delegates/end";
const TYPED: &str = "/api/my/lawyers/code";
const ANSWER: &str = "/api/my/lawyers/answer";
const STOP: &str = "/api/my/lawyers/end";
const BOOK: &str = "/api/my/clients/rooms/book";
const CANCEL: &str = "/api/my/lawyers/rooms/cancel";
const URGENT: &str = "/api/my/clients/urgent";
const URGENT_BACK: &str = "/api/my/clients/urgent/withdraw";
const HERS: &str = "/my/clients/delegates";
const NEW: &str = "/my/clients/delegates/new";
const HIS: &str = "/my/lawyers";
const ALL: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM delegation";
/// All that anybody could have changed.
const CHANGED: &str = "SELECT CAST((SELECT COUNT(*) FROM delegation) + (SELECT COUNT(*) FROM delegation WHERE state = 'ended') + \
    (SELECT COUNT(*) FROM delegation WHERE delegate_id IS NOT NULL) + (SELECT COUNT(*) FROM delegation_act) + \
    (SELECT COUNT(*) FROM booking) + (SELECT COUNT(*) FROM booking WHERE state = 'cancelled') + (SELECT COUNT(*) FROM outbox) + \
    (SELECT COUNT(*) FROM counsel_message) + (SELECT COUNT(*) FROM audit WHERE subject_kind IN ('delegation', 'booking')) \
    AS BIGINT)";

fn named<'a>(key: &'a str, name: &'a str, inmate: &'a str, year: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("key", key),
        ("name", name),
        ("label", "advokatfullmektig"),
        ("firm", "Tindestrå & co"),
        ("valid_to_day", "31"),
        ("valid_to_month", "12"),
        ("valid_to_year", year),
    ];
    form.extend((!inmate.is_empty()).then_some(("clients[]", inmate)));
    form
}

/// The first address on the page that begins like this.
fn first_link(page: &Page, begins: &str) -> String {
    let mark = format!("href=\"{begins}");
    let (_, rest) = page.text.split_once(&mark).unwrap_or_else(|| panic!("{begins} in {}", page.text));
    format!("{begins}{}", rest.split('"').next().unwrap_or_default()).replace("&amp;", "&")
}

fn code_of(page: &Page) -> String {
    let (_, rest) = page.text.split_once("<strong class=\"wire\">").expect("a code");
    rest.split('<').next().unwrap_or_default().to_owned()
}

async fn signed_in(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("citizen", persona, "/my").await;
    browser
}

/// Where it stands, its id, and the code.
async fn invites(scene: &Scene, lawyer: &Browser) -> (Page, String, String) {
    let key = lawyer.get(NEW).await.hidden("key");
    let year = scene.portal.ctx.now().date().iso()[..4].to_owned();
    let answer = lawyer.post(NAME, &named(&key, "Siv på kontoret", &scene.even, &year)).await;
    let page = led(lawyer, &answer).await;
    let id = answer.location().split(['/', '?']).nth(4).expect("an id").to_owned();
    let code = code_of(&page);
    (page, id, code)
}

/// He types the code and says yes.
async fn joins(browser: &Browser, code: &str) -> String {
    let opened = browser.post(TYPED, &[("code", code)]).await;
    let id = opened.location().rsplit('/').next().expect("an id").to_owned();
    led(browser, &browser.post(ANSWER, &[("id", &id), ("answer", "yes")]).await).await;
    id
}

/// What the last question before a room is booked sends.
async fn asked(browser: &Browser, rooms: &str) -> Vec<(&'static str, String)> {
    let free = browser.get(rooms).await;
    let check =
        browser.get(&first_link(&free, &format!("{}/", rooms.split('?').next().unwrap_or_default()))).await;
    ["inmate", "session", "key", "delegation", "instead"].map(|name| (name, check.hidden(name))).to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn she_names_him_he_says_yes_and_books_changes_and_cancels_in_his_own_name() {
    on_both_engines(async |scene| {
        scene.registered().await;
        let (ingrid, siv) = (&scene.ingrid, &signed_in(&scene.portal, "siv").await);
        says(&ingrid.get("/my/clients").await, &["Medhjelpere", "href=\"/my/clients/delegates\""]);
        says(&ingrid.get(HERS).await, &["Ingen medhjelpere ennå", "aldri lese eller skrive meldinger"]);
        let key = ingrid.get(NEW).await.hidden("key");
        let wrong = led(ingrid, &ingrid.post(NAME, &named(&key, "Tyttebær", "", "2020")).await).await;
        says(&wrong, &["<title>Feil: Legg til", "Velg minst én klient", "Den dagen er forbi", "Tyttebær"]);
        let far = led(ingrid, &ingrid.post(NAME, &named(&key, "T", &scene.even, "2099")).await).await;
        says(&far, &["Dagen er for langt fram"]);
        assert_eq!(scene.count(ALL).await, 0);
        let (page, id, old) = invites(&scene, ingrid).await;
        says(
            &page,
            &["Siv på kontoret", "Venter på svar", "/my/lawyers", "Gi dette videre", "Even Fjellvik"],
        );
        let hers = format!("{HERS}/{id}");
        assert!(!ingrid.get(&hers).await.text.contains(&old), "it is shown once");
        let key = page.hidden("key");
        let renewed = led(ingrid, &ingrid.post(RENEW, &[("id", &id), ("key", &key)]).await).await;
        let code = code_of(&renewed);

        says(&siv.get(HIS).await, &["Har du fått en kode?"]);
        let refused = led(siv, &siv.post(TYPED, &[("code", &old)]).await).await;
        says(&refused, &["<title>Feil: Advokater du hjelper", "Koden er feil, brukt eller for gammel"]);
        let question = led(siv, &siv.post(TYPED, &[("code", &code)]).await).await;
        says(&question, &["Ingrid Tindestrå", "Tindestrå &amp; co", "advokatfullmektig", "1 klient."]);
        assert!(!question.text.contains("Even"), "the client is not told before the yes");
        let his = format!("{HIS}/{id}");
        let yes = led(siv, &siv.post(ANSWER, &[("id", &id), ("answer", "yes")]).await).await;
        says(&yes, &["Klientene til Ingrid Tindestrå", "Even Fjellvik", "Lyngmo fengsel"]);
        says(&siv.get("/my").await, &["href=\"/my/lawyers\""]);
        says(&ingrid.get(&hers).await, &["Sa ja.", "Logget inn som", "Siv Bekkasin"]);
        let choice = format!("{hers}/clients");
        says(&ingrid.get(&choice).await, &["Even Fjellvik", "checked", "forsvinner med en gang"]);
        let none = led(ingrid, &ingrid.post(CHOOSE, &[("id", &id)]).await).await;
        says(&none, &["<title>Feil: Klienter", "Velg minst én klient"]);
        led(ingrid, &ingrid.post(CHOOSE, &[("id", &id), ("clients[]", &scene.even)]).await).await;

        let rooms = format!("{his}/clients/{}/rooms", scene.even);
        let form = asked(siv, &rooms).await;
        let booked = siv.post(BOOK, &borrowed(&form)).await;
        let visit = booked.location().split('?').next().unwrap_or_default().to_owned();
        says(
            &led(siv, &booked).await,
            &["Rommet er bestilt", "Ingrid Tindestrå", "Even Fjellvik", "Bytt tid"],
        );
        says(&ingrid.get("/my/clients").await, &["Bestilt av Siv Bekkasin, medhjelper"]);
        says(&ingrid.get(&scene.path("")).await, &["Gjort av medhjelpere", "Bestilte samtalerom"]);
        says(&ingrid.get(&hers).await, &["Siv Bekkasin, medhjelper", "Bestilte samtalerom"]);
        let sql = "SELECT date, public_id FROM booking WHERE state = 'booked' AND kind = 'lawyer'";
        let (day, public): (String, String) = scene.portal.ctx.db.one(sql, vec![]).await.expect("a booking");
        let henriks = scene.henrik.get(&format!("/staff/day?unit=lyngmo&date={day}")).await;
        says(&henriks, &["Bestilt av Siv Bekkasin, medhjelper", "Ingrid Tindestrå"]);

        let change = first_link(&siv.get(&visit).await, &format!("{rooms}?instead="));
        assert!(change.ends_with(&public), "{change}");
        let form = asked(siv, &change).await;
        let moved = siv.post(BOOK, &borrowed(&form)).await;
        let now = moved.location().split('?').next().unwrap_or_default().to_owned();
        assert_ne!(now, visit);
        says(&led(siv, &moved).await, &["Rommet er bestilt"]);
        says(&siv.get(&visit).await, &["Rommet er avlyst"]);
        let question = siv.get(&format!("{now}/cancel")).await;
        let form = ["delegation", "public", "version"].map(|name| (name, question.hidden(name)));
        says(&led(siv, &siv.post(CANCEL, &borrowed(&form)).await).await, &["Rommet er avlyst"]);
        for (who, path) in [
            (ingrid, HERS.to_owned()),
            (ingrid, NEW.to_owned()),
            (ingrid, hers.clone()),
            (ingrid, choice.clone()),
            (siv, HIS.to_owned()),
            (siv, his.clone()),
            (siv, rooms.clone()),
            (siv, now.clone()),
            (siv, visit.clone()),
        ] {
            let title = neutral(who, &path).await;
            assert!(!title.contains("Ingrid") && !title.contains("Siv"), "{title}");
        }
        // He ends it: for him none of it is there any more.
        let stopped = led(siv, &siv.post(STOP, &[("id", &id)]).await).await;
        says(&stopped, &["Det er avsluttet"]);
        for path in [&his, &rooms, &visit] {
            assert_eq!(siv.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        says(&ingrid.get(&hers).await, &["Medhjelperen avsluttet", "Avlyste samtalerom"]);
    })
    .await;
}

/// Until ten o'clock two days from now.
fn urgent<'a>(reason: &'a str, ids: [&'a str; 3], by: &'a [String; 3]) -> [(&'a str, &'a str); 9] {
    let [inmate, delegation, key] = ids;
    let [day, month, year] = by;
    [
        ("inmate", inmate),
        ("delegation", delegation),
        ("key", key),
        ("reason", reason),
        ("way", "any"),
        ("by_day", day),
        ("by_month", month),
        ("by_year", year),
        ("clock", "10.00"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegate_asks_for_what_is_urgent_in_her_name_and_takes_it_back() {
    on_both_engines(async |scene| {
        scene.registered().await;
        let (ingrid, siv) = (&scene.ingrid, &signed_in(&scene.portal, "siv").await);
        // The register is asked.
        says(&ingrid.get("/my/clients").await, &["Even Fjellvik"]);
        let (_, _, code) = invites(&scene, ingrid).await;
        let (id, even) = (joins(siv, &code).await, scene.even.as_str());
        let path = format!("{HIS}/{id}/clients/{even}/urgent");
        let rooms = siv.get(&format!("{HIS}/{id}/clients/{even}/rooms")).await;
        says(&rooms, &[&format!("href=\"{path}\""), "kan enheten bestille en for Ingrid Tindestrå"]);
        assert_eq!(neutral(siv, &path).await, "Hastetime – Varde");
        let page = siv.get(&path).await;
        says(&page, &["Hastetime for Ingrid Tindestrå med Even Fjellvik"]);
        assert_eq!(page.hidden("delegation"), id);
        let key = page.hidden("key");
        let day = scene.portal.ctx.now().date().plus_days(2).0;
        let by = [day.day().to_string(), day.month().to_string(), day.year().to_string()];
        let wrong = siv.post(URGENT, &urgent("", [even, &id, &key], &by)).await;
        says(&led(siv, &wrong).await, &["Velg hvorfor det haster.", "value=\"10.00\""]);
        let asked = siv.post(URGENT, &urgent("custody", [even, &id, &key], &by)).await;
        assert!(asked.location().starts_with(&path), "{}", asked.location());
        let open = ["Venter på svar fra enheten", "Ingrid Tindestrå får en melding når enheten har svart."];
        says(&led(siv, &asked).await, &open);
        says(&ingrid.get(&scene.path("/urgent")).await, &["Venter på svar fra enheten"]);
        let desk = format!("/staff/visits/urgent/{key}");
        says(&scene.henrik.get(&desk).await, &["Spurt av medhjelper", "Siv Bekkasin", "Ingrid Tindestrå"]);

        let back = [("inmate", even), ("delegation", id.as_str()), ("public", key.as_str())];
        says(&led(siv, &siv.post(URGENT_BACK, &back).await).await, &["Forespørselen er trukket."]);
        let log = ["Ba om hastetime", "Trakk en forespørsel om hastetime", "Siv Bekkasin, medhjelper"];
        says(&ingrid.get(&scene.path("")).await, &log);
        led(siv, &siv.post(STOP, &[("id", &id)]).await).await;
        assert_eq!(siv.get(&path).await.status, StatusCode::NOT_FOUND);
        let other = "2".repeat(26);
        let late = siv.post(URGENT, &urgent("custody", [even, &id, &other], &by)).await;
        assert_eq!(late.status, StatusCode::NOT_FOUND);
    })
    .await;
}

/// Real and unknown, at each page and form of a delegation with a booked room.
async fn pairs(
    browser: &Browser,
    (id, even, visit): (&str, &str, &str),
    form: &[(&'static str, String)],
) -> Vec<(String, Page, Page)> {
    let none = "1".repeat(26);
    let session = form[1].1.as_str();
    let mut all = vec![];
    for (base, more) in [
        (HERS, String::new()),
        (HERS, "/clients".to_owned()),
        (HIS, String::new()),
        (HIS, format!("/clients/{even}/rooms")),
        (HIS, format!("/clients/{even}/rooms/{session}")),
        (HIS, format!("/clients/{even}/urgent")),
        (HIS, format!("/rooms/{visit}")),
        (HIS, format!("/rooms/{visit}/cancel")),
    ] {
        let real = browser.get(&format!("{base}/{id}{more}")).await;
        let [an_inmate, a_session, a_booking] = ["3", "4", "5"].map(|digit| digit.repeat(26));
        let more = more.replace(even, &an_inmate).replace(session, &a_session).replace(visit, &a_booking);
        all.push((format!("{base}{more}"), real, browser.get(&format!("{base}/{none}{more}")).await));
    }
    let key = "2".repeat(26);
    type Form<'a> = Vec<(&'static str, &'a str)>;
    type Make = fn(&str) -> Form<'_>;
    let forms: Vec<(&str, Make)> = vec![
        (RENEW, |id| vec![("id", id), ("key", id)]),
        (CHOOSE, |id| vec![("id", id), ("clients[]", "11111111111111111111111111")]),
        (CHOOSE, |id| vec![("id", id)]),
        (END, |id| vec![("id", id)]),
        (STOP, |id| vec![("id", id)]),
        (ANSWER, |id| vec![("id", id), ("answer", "yes")]),
    ];
    for (path, make) in forms {
        all.push((
            path.to_owned(),
            browser.post(path, &make(id)).await,
            browser.post(path, &make(&none)).await,
        ));
    }
    let book = |id: &str, instead: &str| {
        [("inmate", even), ("session", session), ("key", &key), ("delegation", id), ("instead", instead)]
            .map(|(name, value)| (name, value.to_owned()))
    };
    for instead in ["", visit] {
        let (real, other) = (book(id, instead), book(&none, instead));
        let real = browser.post(BOOK, &borrowed(&real)).await;
        all.push((format!("{BOOK} {instead}"), real, browser.post(BOOK, &borrowed(&other)).await));
    }
    let cancel = |id, visit| [("delegation", id), ("public", visit), ("version", "1")];
    let real = browser.post(CANCEL, &cancel(id, visit)).await;
    all.push((CANCEL.to_owned(), real, browser.post(CANCEL, &cancel(&none, &none)).await));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_whoever_is_no_delegate_of_hers_now_gets_what_does_not_exist() {
    on_both_engines(async |scene| {
        scene.registered().await;
        scene.sent(WORDS).await;
        let (portal, ingrid) = (&scene.portal, &scene.ingrid);
        let siv = signed_in(portal, "siv").await;
        let (_, _, code) = invites(&scene, ingrid).await;
        let id = joins(&siv, &code).await;
        let rooms = format!("{HIS}/{id}/clients/{}/rooms", scene.even);
        let form = asked(&siv, &rooms).await;
        let booked = siv.post(BOOK, &borrowed(&form)).await;
        let visit = booked.location().split(['/', '?']).nth(5).expect("an id").to_owned();
        let object = (id.as_str(), scene.even.as_str(), visit.as_str());
        // A colleague who is his lawyer too, with a delegate of her own; and one of Ingrid's whom she has ended.
        let tarjei = signed_in(portal, "tarjei").await;
        led(
            &scene.henrik,
            &scene.henrik.post(REGISTER, &mandate(&scene.even, "30869440945", "31", "12", "2099")).await,
        )
        .await;
        tarjei.get("/my/clients").await;
        let runa = signed_in(portal, "runa").await;
        let (_, _, code) = invites(&scene, &tarjei).await;
        let theirs = joins(&runa, &code).await;
        let eirik = signed_in(portal, "eirik").await;
        let (_, _, code) = invites(&scene, ingrid).await;
        let ended = joins(&eirik, &code).await;
        led(ingrid, &ingrid.post(END, &[("id", &ended)]).await).await;
        let both = portal.browser();
        both.sign_in("staff", "henrik", "/staff").await;
        both.sign_in("citizen", "solveig", "/my").await;
        let all = [
            ("a relative", signed_in(portal, "maja").await),
            ("a colleague with the same client", tarjei),
            ("a delegate of hers", runa),
            ("an ended one", eirik),
            ("an officer of the unit", both),
            ("nobody", portal.browser()),
        ];
        let before = scene.count(CHANGED).await;
        for (who, browser) in &all {
            let expected = if *who == "nobody" { StatusCode::SEE_OTHER } else { StatusCode::NOT_FOUND };
            for (what, real, other) in pairs(browser, object, &form).await {
                assert_eq!(real.status, expected, "{who} at {what}");
                assert_same((*who, &noted(portal, &real)), ("an unknown id", &noted(portal, &other)));
                assert!(!real.text.contains("Even") && !real.text.contains("Ingrid"), "{who} at {what}");
            }
        }
        // His own delegation with her client's booking, and hers with another delegation's id.
        let under_theirs = all[2].1.get(&format!("{HIS}/{theirs}/rooms/{visit}")).await;
        assert_eq!(under_theirs.status, StatusCode::NOT_FOUND, "the room of another lawyer");
        // Of what they write he never finds anything, nor does the delegation's id open her pages to him.
        let none = "1".repeat(26);
        for more in ["", "/print", "/rooms", "?try=x"] {
            let real = siv.get(&scene.path(more)).await;
            let other = siv.get(&format!("/my/clients/{none}{more}")).await;
            assert_eq!(real.status, StatusCode::NOT_FOUND, "{more}");
            assert_same(("a delegate", &noted(portal, &real)), ("an unknown id", &noted(portal, &other)));
        }
        for then in ["send", "save", "discard"] {
            let real = siv.post(WRITE, &typed(&scene.even, &none, "0", "Hei", then)).await;
            let other = siv.post(WRITE, &typed(&none, &none, "0", "Hei", then)).await;
            assert_same(("a delegate", &noted(portal, &real)), ("an unknown id", &noted(portal, &other)));
        }
        let copies =
            [siv.post(COPY, &[("inmate", &scene.even)]).await, siv.post(COPY, &[("inmate", &none)]).await];
        assert_same(
            ("a delegate", &noted(portal, &copies[0])),
            ("an unknown id", &noted(portal, &copies[1])),
        );
        for path in [HIS.to_owned(), format!("{HIS}/{id}"), rooms.clone(), "/my/clients".to_owned()] {
            assert!(!siv.get(&path).await.text.contains("tyttebær"), "{path}");
        }
        assert_eq!(scene.count(CHANGED).await, before, "nobody has touched anything");
        // What could not fail would prove nothing; and what ends, ends with the very next request.
        assert_eq!(siv.get(&rooms).await.status, StatusCode::OK);
        portal.run("UPDATE lawyer SET holds_to = NULL, closed_at = asked_at").await;
        for (what, real, other) in pairs(&siv, object, &form).await {
            assert_eq!(real.status, StatusCode::NOT_FOUND, "she is no lawyer today: {what}");
            assert_same(("struck off", &noted(portal, &real)), ("an unknown id", &noted(portal, &other)));
        }
        portal.run("UPDATE lawyer SET holds_to = '2099-12-31', closed_at = NULL").await;
        assert_eq!(siv.get(&rooms).await.status, StatusCode::OK);
        led(ingrid, &ingrid.post(END, &[("id", &id)]).await).await;
        for (what, real, other) in pairs(&siv, object, &form).await {
            assert_eq!(real.status, StatusCode::NOT_FOUND, "{what}");
            assert_same(("ended", &noted(portal, &real)), ("an unknown id", &noted(portal, &other)));
        }
    })
    .await;
}
