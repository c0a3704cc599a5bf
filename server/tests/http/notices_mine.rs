//! The victims' own area, without script: asking to be told, how she is reached, her wishes, and a notice from the event
//! to the word that she has read it. And what it must not tell.

use backend::{
    args,
    ctx::{Ctx, Staff},
    custody::feed::{
        Taken,
        register::{InmateWire, put_inmate},
    },
    identity::sessions as signed_in,
    notices::{
        answering::{Said, answer},
        registering::{CaseForm, verify},
    },
    wiring,
};
use domain::{
    access::Area,
    custody::{Event, Wire, WireCondition},
    kernel::Public,
    notices::Answer,
};
use reqwest::{Method, StatusCode, header};

use crate::harness::{Browser, Page, Portal};

const HOME: &str = "/message";
const ASK: &[(&str, &str)] = &[
    ("whom", "Odd Tyttebærmo"),
    ("reference", "23-1"),
    ("role", "victim"),
    ("story", "Dom i <Lyngmo>."),
    ("telephone", "412 34 567"),
];
/// Nobody else is asked to keep a promise.
const PROMISE: &str = "Skal ikke oppsøke henne.";

async fn visitor(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    let landed = browser.sign_in("message", persona, HOME).await;
    assert_eq!((landed.status, landed.location()), (StatusCode::SEE_OTHER, HOME));
    browser
}

/// Proves anew who she is, from the page that asks for it; gives where she lands.
async fn prove(browser: &Browser, page: &Page, persona: &str) -> String {
    let back = page.hidden("return_to").replace("&amp;", "&");
    let (fresh, level) = (page.hidden("fresh"), page.hidden("level"));
    assert_eq!((fresh.as_str(), level.as_str()), ("yes", "high"));
    let form = [("return_to", back.as_str()), ("fresh", "yes"), ("level", "high")];
    let authorize = browser.start_with("message", &form).await;
    let callback = browser.choose("message", &authorize, persona, "high").await;
    browser.get(&callback).await.location().to_owned()
}

async fn fresh(portal: &Portal, persona: &str) -> Browser {
    let browser = visitor(portal, persona).await;
    let page = browser.get("/message?confirm=yes").await;
    prove(&browser, &page, persona).await;
    browser
}

/// What a page says, without what differs from one making of it to the next.
fn main_of(page: &str) -> String {
    let main = page.split("<main").nth(1).expect("main");
    main.split("</main>").next().expect("its end").to_owned()
}

async fn count(ctx: &Ctx, sql: &'static str) -> i64 {
    let (count,): (i64,) = ctx.db.one(sql, vec![]).await.expect("a count");
    count
}

async fn text_of(ctx: &Ctx, sql: &'static str) -> String {
    let (text,): (String,) = ctx.db.one(sql, vec![]).await.expect("a row");
    text
}

/// The officer, as she is signed in.
async fn officer(portal: &Portal) -> Staff {
    let browser = portal.browser();
    browser.sign_in("staff", "sunniva", "/staff").await;
    let token = browser.cookie("varde_staff").expect("a session");
    let live = signed_in::find(&portal.ctx, Area::Staff, &token).await.expect("read").expect("signed in");
    live.actor.staff().expect("staff").clone()
}

async fn inmate(ctx: &Ctx) {
    let wire = InmateWire {
        name: "Odd Tyttebærmo".into(),
        birth_date: "1979-03-04".into(),
        national_id: None,
        unit: "lyngmo".into(),
        since: "2026-01-01T10:00:00+01:00".into(),
    };
    put_inmate(ctx, "koda", "K-9", &wire).await.expect("kept");
}

/// A version of his leave, some days from now.
async fn leave(ctx: &Ctx, version: u32, days: i64) {
    let at = ctx.now().plus_days(days);
    let wire = Wire {
        decision: "2026/9".into(),
        version,
        inmate: "K-9".into(),
        kind: "leave".into(),
        change: "decided".into(),
        at: at.rfc3339(),
        until: Some(at.plus_days(2).rfc3339()),
        conditions: vec![WireCondition { kind: "contact".into(), text: PROMISE.into() }],
        ..Wire::default()
    };
    let event = Event::parse(&wire, ctx.now()).expect("an event");
    let taken = wiring::take_events(ctx, "koda", vec![Ok(event)]).await.expect("taken");
    assert!(matches!(taken.as_slice(), [Taken::Accepted { .. }]), "{taken:?}");
}

/// She asks, is registered, and a leave is answered to be of significance: her browser and the notice's path.
pub(crate) async fn told(portal: &Portal) -> (Browser, Staff, String) {
    let (ctx, browser) = (&portal.ctx, visitor(portal, "solveig").await);
    browser.post("/api/message/ask", ASK).await;
    let staff = officer(portal).await;
    inmate(ctx).await;
    let request = Public::parse(&text_of(ctx, "SELECT public_id FROM notice_request").await).expect("an id");
    let form = CaseForm {
        reference: "23-1".into(),
        inmate: "Odd Tyttebærmo".into(),
        born: "1979-03-04".into(),
        role: "victim".into(),
    };
    verify(ctx, &staff, &request, &form).await.expect("done").expect("hers").expect("registered");
    leave(ctx, 1, 20).await;
    say_yes(ctx, &staff).await;
    let notice = text_of(ctx, "SELECT public_id FROM notice_obligation").await;
    (browser, staff, format!("{HOME}/{notice}"))
}

async fn say_yes(ctx: &Ctx, staff: &Staff) {
    let matter = Public::parse(&text_of(ctx, "SELECT public_id FROM notice_matter").await).expect("an id");
    let said = Said { answer: Answer::Significant { direct: true }, reason: "Nær.".into(), standing: false };
    answer(ctx, staff, &matter, said).await.expect("done").expect("hers").expect("answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn she_asks_is_told_and_has_read_it() {
    let portal = Portal::start_standing().await;
    let (browser, _, notice) = told(&portal).await;
    let home = browser.get(HOME).await.text;
    assert!(home.contains("Ny melding") && home.contains(&notice), "{home}");
    assert!(!home.to_lowercase().contains("permisjon"), "the list says no more than that there is one");
    let waits = browser.get(&notice).await;
    assert!(!waits.text.contains("permisjon") && !waits.text.contains(PROMISE), "{}", waits.text);
    assert_eq!(prove(&browser, &waits, "solveig").await, notice);
    let page = browser.get(&notice).await;
    for there in [
        "Den domfelte har permisjon.",
        PROMISE,
        "straffegjennomføringsloven § 36 tredje ledd",
        "Jeg har lest dette",
        "tel:112",
        "tel:80099999",
        "Skjul teksten",
        "data-quick-exit",
    ] {
        assert!(page.text.contains(there), "{there} is missing in {}", page.text);
    }
    let public = page.hidden("public");
    for _ in 0..2 {
        let done = browser.post("/api/message/read", &[("public", &public)]).await;
        assert_eq!(done.location(), notice, "the same again is nothing new");
    }
    let page = browser.get(&notice).await.text;
    assert!(page.contains("at du har lest dette.") && !page.contains("Jeg har lest dette"), "{page}");
    assert!(browser.get(HOME).await.text.contains("Lest melding"));
    assert_eq!(
        count(
            &portal.ctx,
            "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_obligation WHERE state = 'acknowledged'"
        )
        .await,
        1
    );
    portal.wait_minutes(11);
    let later = browser.get(&notice).await.text;
    assert!(!later.contains("permisjon"), "a while ago is not now");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_stands_in_the_place_of_what_it_corrects() {
    let portal = Portal::start_standing().await;
    let (_, _, first) = told(&portal).await;
    leave(&portal.ctx, 2, 30).await;
    let browser = fresh(&portal, "solveig").await;
    let old = browser.get(&first).await.text;
    assert!(old.contains("Det er kommet en nyere melding") && !old.contains("Jeg har lest dette"), "{old}");
    assert!(!old.contains(PROMISE), "an older version no longer shows its conditions");
    let home = browser.get(HOME).await.text;
    assert!(home.contains("Melding som er erstattet"), "{home}");
    let sql = "SELECT public_id FROM notice_obligation WHERE version = 2";
    let new = browser.get(&format!("{HOME}/{}", text_of(&portal.ctx, sql).await)).await.text;
    assert!(new.contains("Denne meldingen retter en tidligere") && new.contains(PROMISE), "{new}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_hers_is_the_same_404_as_everywhere() {
    let portal = Portal::start_standing().await;
    let (_, _, notice) = told(&portal).await;
    let other = fresh(&portal, "runa").await;
    let public = notice.rsplit('/').next().expect("an id").to_owned();
    for path in [notice.as_str(), "/message/00000000000000000000000000", "/message/x", "/message/channels/x"]
    {
        let page = other.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text.contains("Vi finner ikke siden"), "{}", page.text);
    }
    let read = other.post("/api/message/read", &[("public", &public)]).await;
    assert_eq!(read.status, StatusCode::NOT_FOUND);
    assert_eq!(other.post("/api/message/read", &[("public", "x")]).await.status, StatusCode::BAD_REQUEST);
    let open = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_obligation WHERE state = 'open'";
    assert_eq!(count(&portal.ctx, open).await, 1, "nobody else has read it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_form_comes_back_to_her_alone_and_the_receipt_is_the_same_for_all() {
    let portal = Portal::start_standing().await;
    let browser = visitor(&portal, "solveig").await;
    assert!(!browser.get("/message/ask?done=sent").await.text.contains("Vi har fått det du sendte"));
    let bad = [("whom", " "), ("reference", "23-<1>"), ("story", "Dom & </textarea>"), ("telephone", "12")];
    let back = browser.post("/api/message/ask", &bad).await.location().to_owned();
    assert!(back.starts_with("/message/ask?try=") && !back.contains("23"), "{back}");
    let page = browser.get(&back).await.text;
    for there in [
        "<title>Feil: Melding – Varde</title>",
        "value=\"23-&lt;1&gt;\"",
        "Dom &amp; &lt;/textarea&gt;",
        "value=\"12\"",
        "Skriv hvem som ble dømt",
        "Velg hva du er i saken",
        "href=\"#telephone\"",
    ] {
        assert!(page.contains(there), "{there} is missing in {page}");
    }
    assert!(
        !visitor(&portal, "runa").await.get(&back).await.text.contains("23-&lt;1"),
        "nobody else sees it"
    );
    let again = visitor(&portal, "solveig").await;
    assert!(
        again.get(&back).await.text.contains("23-&lt;1"),
        "she does in her next session, with no row of hers"
    );
    let mut pages = Vec::new();
    for whom in ["Odd Tyttebærmo", "Ingen Ingensteds"] {
        let form = [("whom", whom), ("role", "victim"), ("telephone", "41234567")];
        let sent = browser.post("/api/message/ask", &form).await;
        assert_eq!(sent.location(), "/message/ask?done=sent");
        pages.push(browser.get(sent.location()).await.text);
        assert!(browser.get(HOME).await.text.contains("Vi ser på det du har sendt"));
    }
    assert!(pages[0].contains("Vi har fått det du sendte"), "{}", pages[0]);
    assert_eq!(main_of(&pages[0]), main_of(&pages[1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_is_added_after_a_fresh_sign_in_and_its_code_opens_it() {
    let portal = Portal::start_standing().await;
    let browser = visitor(&portal, "solveig").await;
    assert!(browser.get("/message/channels").await.text.contains("Be om beskjed først"));
    browser.post("/api/message/ask", ASK).await;
    let add = |address: &'static str| [("kind", "email"), ("address", address)];
    let asked = browser.post("/api/message/channels", &add("Solveig@eksempel.no")).await;
    assert!(asked.location().starts_with("/message?return_to=/message/channels"), "{}", asked.location());
    assert!(!asked.location().contains("eksempel"), "nothing typed stands in an address");
    let back = prove(&browser, &browser.get(asked.location()).await, "solveig").await;
    let page = browser.get(&back).await.text;
    assert!(page.contains("value=\"Solveig@eksempel.no\""), "what was typed is kept: {page}");
    let wrong = browser.post("/api/message/channels", &add("solveig")).await;
    assert!(browser.get(wrong.location()).await.text.contains("id=\"address-error\""));
    let one = browser.post("/api/message/channels", &add("Solveig@eksempel.no")).await.location().to_owned();
    assert!(one.starts_with("/message/channels/"), "{one}");
    let public = browser.get(&one).await.hidden("public");
    let typed = |code: &'static str| [("public", public.clone()), ("code", code.to_owned())];
    for (code, words) in [("", "Skriv koden"), ("12a", "Koden har seks siffer")] {
        let form = typed(code);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = browser.post("/api/message/channels/code", &form).await;
        assert!(browser.get(refused.location()).await.text.contains(words), "{code}");
    }
    assert!(browser.get(&one).await.text.contains("gjelder i 30 minutter"), "as long as the rule says");
    for _ in 0..2 {
        let again = browser.post("/api/message/channels/renew", &[("public", &public)]).await;
        assert_eq!(again.location(), format!("{one}?done=again"));
        assert!(browser.get(again.location()).await.text.contains("En ny kode er på vei"));
    }
    let many = browser.post("/api/message/channels/renew", &[("public", &public)]).await;
    assert!(browser.get(many.location()).await.text.contains("Du har bedt om mange koder"));
    let known = browser.post("/api/message/channels", &add("solveig@eksempel.no")).await;
    assert!(browser.get(known.location()).await.text.contains("Dette står her fra før"));
    let stop = [("public", public.as_str()), ("not_safe", "yes")];
    let gone = browser.post("/api/message/channels/stop", &stop).await;
    let page = browser.get(gone.location()).await.text;
    assert!(page.contains("Det er fjernet") && !page.contains("eksempel.no</a>"), "{page}");
    assert_eq!(browser.get(&one).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_also_somebody_elses_gets_the_same_answer() {
    let portal = Portal::start_standing().await;
    let mut pages = Vec::new();
    for persona in ["solveig", "runa"] {
        let browser = fresh(&portal, persona).await;
        browser.post("/api/message/ask", ASK).await;
        let form = [("kind", "sms"), ("address", "41234567")];
        let one = browser.post("/api/message/channels", &form).await.location().to_owned();
        let page = browser.get(&one).await;
        let public = page.hidden("public");
        let code = [("public", public.as_str()), ("code", "000000")];
        let wrong = browser.post("/api/message/channels/code", &code).await;
        let wrong = browser.get(wrong.location()).await;
        let again = browser.post("/api/message/channels/renew", &[("public", &public)]).await;
        let again = browser.get(again.location()).await;
        let list = browser.get("/message/channels").await;
        pages.push([page, wrong, again, list].map(|page| main_of(&page.text).replace(&public, "ID")));
        portal.run("UPDATE notice_channel SET state = 'confirmed' WHERE state = 'unconfirmed'").await;
    }
    let held = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_channel WHERE state = 'held'";
    assert_eq!(count(&portal.ctx, held).await, 1, "the second one is held");
    assert_eq!(pages[0], pages[1], "and nobody is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn her_wishes_are_kept_and_a_wrong_hour_is_named_by_its_day() {
    let portal = Portal::start_standing().await;
    let browser = visitor(&portal, "solveig").await;
    browser.post("/api/message/ask", ASK).await;
    let waits = browser.get("/message/wishes").await;
    assert!(!waits.text.contains("name=\"safe_word\""), "her word opens after a fresh sign-in only");
    let form = |from: &'static str| {
        let mut form = vec![
            ("locale", "nn"),
            ("telephone", "41234567"),
            ("safe_word", "blåklokke"),
            ("text", "1"),
            ("meeting", "never"),
            ("from_2", from),
            ("to_2", "20.30"),
            ("kinds[]", "leave"),
            ("kinds[]", "escape"),
        ];
        form.extend((1..=7).filter(|day| *day != 2).flat_map(|day| {
            let names: [(&str, &str); 7] = [
                ("from_1", "to_1"),
                ("from_2", "to_2"),
                ("from_3", "to_3"),
                ("from_4", "to_4"),
                ("from_5", "to_5"),
                ("from_6", "to_6"),
                ("from_7", "to_7"),
            ];
            [(names[day - 1].0, ""), (names[day - 1].1, "")]
        }));
        form
    };
    let asked = browser.post("/api/message/wishes", &form("8.00")).await;
    assert!(asked.location().starts_with("/message?return_to=/message/wishes"), "{}", asked.location());
    let back = prove(&browser, &browser.get(asked.location()).await, "solveig").await;
    assert!(browser.get(&back).await.text.contains("value=\"blåklokke\""), "what was typed is kept");
    let wrong = browser.post("/api/message/wishes", &form("21:00")).await;
    let page = browser.get(wrong.location()).await.text;
    assert!(page.contains("href=\"#from_2\"") && page.contains("Tirsdag: Skriv både"), "{page}");
    let saved = browser.post("/api/message/wishes", &form("8.00")).await;
    assert_eq!(saved.location(), "/message/wishes?done=saved");
    let page = browser.get(saved.location()).await.text;
    for there in [
        "Lagret.",
        "value=\"08:00\"",
        "value=\"20:30\"",
        "value=\"blåklokke\"",
        "Det ligg",
        "value=\"never\" checked",
    ] {
        assert!(page.contains(there), "{there} is missing in {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_off_waits_seven_days_and_can_be_taken_back() {
    let portal = Portal::start_standing().await;
    let browser = fresh(&portal, "solveig").await;
    browser.post("/api/message/ask", ASK).await;
    assert!(browser.get("/message/wishes").await.text.contains("Vi venter 7 dager"));
    browser.post("/api/message/wishes/all", &[("on", "")]).await;
    let page = browser.get("/message/wishes").await.text;
    assert!(page.contains("Alt blir slått av") && page.contains("Ikke slå av likevel"), "{page}");
    browser.post("/api/message/wishes/all", &[("on", "yes")]).await;
    assert!(!browser.get(HOME).await.text.contains("Alt blir slått av"));
    portal.wait_minutes(11);
    let asked = browser.post("/api/message/wishes/all", &[("on", "")]).await;
    assert!(asked.location().contains("confirm=yes"), "{}", asked.location());
}

#[tokio::test(flavor = "multi_thread")]
async fn she_writes_asks_to_be_rung_and_sees_who_has_looked() {
    let portal = Portal::start_standing().await;
    let (browser, staff, _) = told(&portal).await;
    let empty = browser.post("/api/message/write", &[("words", " ")]).await;
    assert!(browser.get(empty.location()).await.text.contains("Skriv det du vil si, eller"));
    let sent = browser.post("/api/message/write", &[("words", "Hvem er <han>?\nSvar meg.")]).await;
    let page = browser.get(sent.location()).await.text;
    assert!(page.contains("Sendt.") && page.contains("Hvem er &lt;han&gt;?"), "{page}");
    let rung = browser.post("/api/message/write", &[("words", ""), ("ring_me", "yes")]).await;
    assert!(browser.get(rung.location()).await.text.contains("Vi ringer deg."));
    assert!(browser.get("/message/looks").await.text.contains("Ingen hos oss har åpnet saken din ennå"));
    let matter =
        Public::parse(&text_of(&portal.ctx, "SELECT public_id FROM notice_matter").await).expect("an id");
    backend::notices::desk::question(&portal.ctx, &staff, &matter).await.expect("read").expect("hers");
    let looks = browser.get("/message/looks").await.text;
    assert!(looks.contains("Varslingsansvarlig") && !looks.contains("Sunniva"), "{looks}");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_here_makes_nobody_anywhere_else() {
    let portal = Portal::start().await;
    let tables = [
        "SELECT CAST(COUNT(*) AS BIGINT) FROM session",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM person",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM login",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_recipient",
    ];
    let mut before = Vec::new();
    for sql in tables {
        before.push(count(&portal.ctx, sql).await);
    }
    let browser = visitor(&portal, "solveig").await;
    assert!(browser.get(HOME).await.text.contains("Solveig Kråkesol"));
    for (sql, before) in tables.into_iter().zip(before) {
        assert_eq!(count(&portal.ctx, sql).await, before, "{sql}");
    }
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_session";
    assert_eq!(count(&portal.ctx, sql).await, 1);
    let (sealed,): (Vec<u8>,) =
        portal.ctx.db.one("SELECT sealed FROM notice_session", args![]).await.expect("a row");
    assert!(!String::from_utf8_lossy(&sealed).contains("Solveig"), "her name is sealed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_survives_the_end_of_the_session_and_no_sign_in_is_another_areas() {
    let portal = Portal::start_standing().await;
    let browser = visitor(&portal, "solveig").await;
    portal.wait_minutes(31);
    let request = browser.request(Method::POST, "/api/message/ask").header("sec-fetch-site", "same-origin");
    let request = request.header(header::REFERER, format!("{}/message/ask", portal.base)).form(ASK);
    let ended = browser.send(request).await;
    assert!(ended.location().starts_with("/message?return_to=/message/ask"), "{}", ended.location());
    let page = browser.get(ended.location()).await;
    assert!(page.text.contains("Du er logget ut"), "{}", page.text);
    let back = page.hidden("return_to").replace("&amp;", "&");
    browser.sign_in("message", "solveig", &back).await;
    let form = browser.get(&back).await.text;
    assert!(
        form.contains("value=\"Odd Tyttebærmo\"") && form.contains("Det du skrev, er her ennå"),
        "{form}"
    );
    let authorize =
        browser.start_with("message", &[("return_to", "/message/wishes"), ("fresh", "yes")]).await;
    let forged = browser.choose_forged("message", &authorize, ("solveig", "high"), "auth-time").await;
    let failed = browser.get(&forged).await.location().to_owned();
    assert!(failed.starts_with("/message?return_to=/message/wishes"), "{failed}");
    assert!(browser.get(&failed).await.text.contains("Du ble ikke logget inn"));
    let extended = browser.post("/auth/message/extend", &[("back", "/message/ask")]).await;
    assert_eq!(extended.location(), "/message/ask");
    portal.wait_minutes(31);
    let extended = browser.post("/auth/message/extend", &[("back", "/message/ask")]).await;
    assert_eq!(extended.location(), "/message?return_to=/message/ask");
    let out = browser.post("/auth/message/sign-out", &[]).await;
    assert!(out.location().contains("/testid/message/logout"), "{}", out.location());
}

/// Names, prison, release, leave, and what she is.
const LEXICON: [&str; 14] = [
    "tyttebærmo",
    "kråkesol",
    "fengsel",
    "innsatt",
    "løslat",
    "permisjon",
    "rømm",
    "fornærm",
    "etterlat",
    "varsel",
    "victim",
    "leave",
    "release",
    "notice",
];

#[tokio::test(flavor = "multi_thread")]
async fn t14_no_title_and_no_address_tells_what_it_is_about() {
    let portal = Portal::start_standing().await;
    let (_, _, notice) = told(&portal).await;
    let browser = fresh(&portal, "solveig").await;
    let form = [("kind", "sms"), ("address", "41234567")];
    let channel = browser.post("/api/message/channels", &form).await.location().to_owned();
    let mut paths = vec![
        HOME.to_owned(),
        format!("{HOME}?confirm=yes"),
        format!("{HOME}/ask"),
        format!("{HOME}/ask?done=sent"),
        format!("{HOME}/channels"),
        format!("{HOME}/wishes"),
        format!("{HOME}/write"),
        format!("{HOME}/looks"),
        format!("{HOME}/representatives"),
        channel,
        notice,
    ];
    let wrong = browser.post("/api/message/ask", &[("whom", "Odd Tyttebærmo")]).await;
    paths.push(wrong.location().to_owned());
    for path in &paths {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let title = page.text.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        assert!(matches!(title, Some("Melding – Varde" | "Feil: Melding – Varde")), "{path}: {title:?}");
        assert!(page.text.contains("<h1>Melding<"), "{path}");
        assert!(page.text.contains("data-quick-exit") && !page.text.contains("menu-nav"), "{path}");
        let names = page.text.split("name=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let links = page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let places = page.text.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for said in names.chain(links).chain(places).chain([path.as_str()]) {
            let said = said.to_lowercase();
            assert!(!LEXICON.iter().any(|word| said.contains(word)), "{path}: {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_leads_here_but_the_one_that_tells_of_her_rights() {
    let portal = Portal::start().await;
    let citizen = portal.browser();
    citizen.sign_in("citizen", "runa", "/my").await;
    for path in ["/", "/sign-in", "/my", "/my/contact", "/visits", "/units", "/privacy"] {
        let page = citizen.get(path).await.text;
        let leads = |end: &str| page.contains(&format!("\"/message{end}"));
        assert!(!["\"", "/", "?"].into_iter().any(leads), "{path}");
    }
    assert!(citizen.get("/help").await.text.contains("href=\"/message\""));
    let entrance = citizen.get(HOME).await.text;
    assert!(entrance.contains("action=\"/auth/message/start\""), "a citizen's session is nobody here");
    assert!(!entrance.contains("Runa") && !entrance.contains("action=\"/auth/citizen"), "{entrance}");
}
