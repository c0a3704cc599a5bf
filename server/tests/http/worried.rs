//! Somebody is worried about one inside: the page for everybody and the duty desk, as a browser without script walks them.

use backend::ctx::Chance;
use domain::kernel::Locale;
use reqwest::StatusCode;

use crate::{
    harness::{Browser, Page, Portal},
    titles::neutral,
    worlds::{Transcript, assert_same},
};

const TELL: &str = "/api/worried";
const ACT: &str = "/api/staff/worried";
const WORDS: &str = "Han har sluttet å spise.\r\nIngen har hørt fra ham.";

fn typed<'a>(key: &'a str, unit: &'a str, name: &'a str, words: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("key", key),
        ("unit", unit),
        ("name", name),
        ("birth_day", ""),
        ("birth_month", ""),
        ("birth_year", ""),
        ("words", words),
        ("contact", "41234567"),
    ]
}

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

async fn count(portal: &Portal) -> i64 {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM worry";
    portal.ctx.db.one::<(i64,)>(sql, vec![]).await.expect("a count").0
}

/// The clock stands: what a page says of it is the same on two of them.
async fn on_both_engines(test: impl AsyncFn(Portal)) {
    test(Portal::start_standing().await).await;
    if let Some(portal) = Portal::start_in_world(Chance::system(), true).await {
        test(portal).await;
    }
}

/// Sends one from the page of this unit and gives the page that it leads to.
async fn told(browser: &Browser, unit: &str, name: &str) -> Page {
    let key = browser.get(&format!("/worried?unit={unit}")).await.hidden("key");
    led(browser, &browser.post(TELL, &typed(&key, unit, name, WORDS)).await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_telephone_stands_before_the_form_on_every_way_to_it() {
    let portal = Portal::start().await;
    let browser = portal.browser();
    says(&browser.get("/help").await, &["href=\"/worried\""]);
    says(&browser.get("/units/lyngmo").await, &["href=\"/worried?unit=lyngmo\""]);
    let page = browser.get("/worried?unit=lyngmo").await;
    says(&page, &["Ring Lyngmo fengsel først", "href=\"tel:+4700000101\"", "De svarer hele døgnet."]);
    says(&page, &["<option value=\"lyngmo\" selected", "innen 30 minutter", "113", "112"]);
    let (phone, form) = (page.text.find("tel:"), page.text.find("action=\"/api/worried\""));
    assert!(phone < form && phone.is_some(), "the telephone first");
    // Whoever does not know where he is, or names no prison of ours, has them all.
    for path in ["/worried", "/worried?unit=nowhere", "/worried?unit=intake"] {
        let page = browser.get(path).await;
        says(&page, &["Lyngmo fengsel", "+47\u{a0}00\u{a0}00\u{a0}01\u{a0}02", "Elvebakken overgangsbolig"]);
        assert!(!page.text.contains("Mottak for søknader") && !page.text.contains(" selected>Ly"), "{path}");
    }
    let maja = portal.browser();
    maja.sign_in("citizen", "maja", "/my").await;
    for path in ["/messages", "/my/letters", "/help"] {
        says(&maja.get(path).await, &["href=\"/worried\""]);
    }
    assert!(neutral(&browser, "/worried?unit=lyngmo").await.starts_with("Si fra til fengselet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_is_the_same_byte_for_byte_whether_he_is_there_or_not() {
    on_both_engines(async |portal| {
        let mut seen = vec![];
        // He is there; is at another prison; is nowhere; has left; and is unknown to a unit that is none of ours.
        portal
            .run(
                "UPDATE placement SET ended_at = 1 WHERE inmate_id IN (SELECT id FROM inmate WHERE \
                 name = 'Torjus Fjellvik')",
            )
            .await;
        for name in ["Even Fjellvik", "Jonas Fjellvik", "Ola Ingensteds", "Torjus Fjellvik"] {
            let (mut told, browser) = (Transcript::new(&portal), portal.browser());
            let key = told.get(&browser, "/worried?unit=lyngmo").await.hidden("key");
            let sent = told.post(&browser, TELL, &typed(&key, "lyngmo", name, WORDS)).await;
            let page = told.get(&browser, sent.location()).await;
            says(
                &page,
                &["Vi har fått det du skrev", "innen 30 minutter", "+47\u{a0}00\u{a0}00\u{a0}01\u{a0}01"],
            );
            assert!(!page.text.contains(name) && !page.text.contains("spise"), "nothing of it is shown");
            seen.push((name, told));
        }
        for pair in seen.windows(2) {
            assert_same((pair[0].0, &pair[0].1), (pair[1].0, &pair[1].1));
        }
        assert_eq!(count(&portal).await, 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_stands_at_its_field_and_all_that_was_typed_is_kept() {
    on_both_engines(async |portal| {
        let browser = portal.browser();
        let key = browser.get("/worried").await.hidden("key");
        let mut form = typed(&key, "storaasen", "", "</textarea><script>alert(1)</script>");
        form[3..6].copy_from_slice(&[("birth_day", "31"), ("birth_month", "13"), ("birth_year", "1990")]);
        let answer = browser.post(TELL, &form).await;
        let page = led(&browser, &answer).await;
        says(&page, &["<title>Feil: Si fra", "href=\"#name\"", "href=\"#birth_month\""]);
        says(&page, &["Skriv navnet, så godt du vet det", "Skriv måneden med tall fra 1 til 12"]);
        says(&page, &["&lt;/textarea&gt;&lt;script&gt;", "value=\"41234567\"", "value=\"1990\""]);
        says(&page, &["<option value=\"storaasen\" selected", "Ring Storåsen fengsel først"]);
        assert!(!page.text.contains("<script>alert"), "text and nothing else");
        assert_eq!(page.hidden("key"), key, "the same form again is the same message");
        for typed in ["41234567", "script", "1990-"] {
            assert!(!answer.location().contains(typed), "nothing of it stands in an address");
        }
        // Somebody who is signed in does not find what somebody else typed.
        let maja = portal.browser();
        maja.sign_in("citizen", "maja", "/my").await;
        assert!(!maja.get(answer.location()).await.text.contains("41234567"));
        let header = typed(&key, "lyngmo", "a\r\nBcc: x@y.no", WORDS);
        says(&led(&browser, &browser.post(TELL, &header).await).await, &["tegn som ikke kan brukes"]);
        assert_eq!(
            browser.post(TELL, &typed("x", "lyngmo", "Even", WORDS)).await.status,
            StatusCode::BAD_REQUEST
        );
        assert_eq!(count(&portal).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twice_is_one_and_nothing_says_who_was_signed_in() {
    on_both_engines(async |portal| {
        let maja = portal.browser();
        maja.sign_in("citizen", "maja", "/my").await;
        let key = maja.get("/worried").await.hidden("key");
        for _ in 0..2 {
            let form = typed(&key, "lyngmo", "Even Fjellvik", WORDS);
            says(&led(&maja, &maja.post(TELL, &form).await).await, &["Vi har fått det du skrev"]);
        }
        assert_eq!(count(&portal).await, 1);
        let sql = "SELECT actor_kind, COALESCE(actor_id, '') FROM audit WHERE action = 'worry_told'";
        let told: Vec<(String, String)> = portal.ctx.db.all(sql, vec![]).await.expect("the trail");
        assert_eq!(told, [("anonymous".to_owned(), String::new())]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_at_the_duty_desk_at_once_taken_by_one_and_seen_to() {
    on_both_engines(async |portal| {
        let [first, second] = [portal.browser(), portal.browser()];
        first.sign_in("staff", "duty1", "/staff").await;
        second.sign_in("staff", "duty2", "/staff").await;
        says(&first.get("/staff").await, &["href=\"/staff/worried\""]);
        says(&first.get("/staff/worried").await, &["Ingen meldinger nå"]);
        told(&portal.browser(), "lyngmo", "Even Fjellvik").await;
        told(&portal.browser(), "havvik", "Ola Ingensteds").await;
        let page = first.get("/staff/worried").await;
        says(&page, &["Even Fjellvik", "Han har sluttet å spise.", "Kan nås: 41234567", "Lyngmo fengsel"]);
        says(&page, &["1 melding er ikke fulgt opp.", "30 minutter igjen", "Ingen har den"]);
        assert!(!page.text.contains("Ingensteds"), "another unit's");
        assert!(!page.text.contains("Med det navnet"), "the register is asked by whoever has taken it");
        neutral(&first, "/staff/worried").await;
        let id = page.hidden("id");
        let act = async |browser: &Browser, step: &str| {
            led(browser, &browser.post(ACT, &[("id", &id), ("step", step)]).await).await
        };
        says(&act(&first, "done").await, &["Noen andre har alt tatt den"]);
        let page = act(&first, "take").await;
        says(&page, &["Du har tatt den.", "Med det navnet i enhetene dine:", "<li>Even Fjellvik<"]);
        says(&act(&second, "take").await, &["Noen andre har alt tatt den", "Hos Synnøve Nordlysvåg"]);
        says(&act(&second, "done").await, &["Noen andre har alt tatt den", "Han har sluttet å spise."]);
        says(&act(&first, "done").await, &["Meldingen er fulgt opp.", "Ingen meldinger nå"]);
        says(&act(&first, "done").await, &["Noen andre har alt tatt den"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_nobody_without_that_duty_reads_or_takes_one() {
    on_both_engines(async |portal| {
        told(&portal.browser(), "lyngmo", "Even Fjellvik").await;
        let duty = portal.browser();
        duty.sign_in("staff", "duty1", "/staff").await;
        let id = duty.get("/staff/worried").await.hidden("id");
        let none = "1".repeat(26);
        for persona in ["henrik", "astrid", "geir", "mari", "sunniva", "auditor"] {
            let staff = portal.browser();
            staff.sign_in("staff", persona, "/staff").await;
            assert_eq!(staff.get("/staff/worried").await.status, StatusCode::NOT_FOUND, "{persona}");
            for step in ["take", "done"] {
                let answers = [&id, &none].map(|id| [("id", id.as_str()), ("step", step)]);
                let [real, other] = [staff.post(ACT, &answers[0]).await, staff.post(ACT, &answers[1]).await];
                assert_eq!(real.status, StatusCode::NOT_FOUND, "{persona}");
                let seen = [real, other].map(|page| {
                    let mut told = Transcript::new(&portal);
                    told.note("", &page);
                    told
                });
                assert_same((persona, &seen[0]), ("an unknown id", &seen[1]));
            }
            for path in ["/staff", "/staff/messages", "/staff/letters", "/staff/letters/reports"] {
                assert!(!staff.get(path).await.text.contains("spise"), "{persona} at {path}");
            }
        }
        for step in ["", "drop"] {
            let answer = duty.post(ACT, &[("id", &id), ("step", step)]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{step:?}");
        }
        says(&duty.get("/staff/worried").await, &["Ingen har den"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_an_address_sends_so_many_a_minute_and_no_more() {
    let portal = Portal::start_with(&[("VARDE_LIMITS__WRITES_PER_MINUTE", "3")]).await;
    let browser = portal.browser();
    let key = browser.get("/worried").await.hidden("key");
    let mut last = StatusCode::OK;
    for n in 0..4 {
        let words = format!("Nummer {n}");
        let answer = browser.post(TELL, &typed(&key, "lyngmo", "Even", &words)).await;
        last = answer.status;
        if n == 3 {
            assert_eq!(answer.header("retry-after"), "60");
        }
    }
    assert_eq!((last, count(&portal).await), (StatusCode::TOO_MANY_REQUESTS, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_all_in_the_readers_own_language_sami_too() {
    let portal = Portal::start().await;
    let titles = [
        (Locale::Nb, "Er du redd for noen som sitter inne?"),
        (Locale::Nn, "Er du redd for nokon som sit inne?"),
        (Locale::En, "Worried about someone inside?"),
        (Locale::Se, "Leatgo fuolas muhtumis giddagasas?"),
    ];
    for (locale, title) in titles {
        let browser = portal.browser();
        browser.set_cookie("varde_locale", locale.code());
        says(&browser.get("/worried").await, &[&format!("<h1>{title}<")]);
        told(&browser, "lyngmo", "Even Fjellvik").await;
        let key = browser.get("/worried").await.hidden("key");
        let wrong = led(&browser, &browser.post(TELL, &typed(&key, "", "", "")).await).await;
        let of = |locale: Locale| app::i18n::worried::wrong_words(locale);
        says(&wrong, &[&of(locale)]);
        let others = Locale::ALL.into_iter().filter(|other| *other != locale);
        for other in others {
            assert!(!wrong.text.contains(&of(other)), "{other:?} in {locale:?}");
        }
    }
}
