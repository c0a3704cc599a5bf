//! Contact details and letters, without script: forms that come back, the code that opens an address, and what
//! a real mail server gets.

use std::time::Duration;

use app::letters::Letters;
use backend::{
    ctx::{Clock, Ctx},
    delivery::Mailer,
    wiring,
};
use reqwest::StatusCode;
use server::worker;
use tokio::sync::watch;

use crate::{
    harness::{Browser, Page, Portal},
    smtp_sink::{Manner, Sink},
};

const CONTACT: &str = "/my/contact";
const CODE: &str = "/my/contact/code";
const NUMBER: &str = "/my/contact/number";

fn form<'a>(email: &'a str, phone: &'a str, language: &'a str) -> [(&'a str, &'a str); 3] {
    [("email", email), ("phone", phone), ("letters_in", language)]
}

async fn maja(portal: &Portal) -> Browser {
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    browser
}

async fn change(browser: &Browser, email: &str) -> Page {
    browser.post("/api/my/contact", &form(email, "412 34 567", "nb")).await
}

/// Does every job that is due now, as the worker does.
async fn work(ctx: &Ctx) {
    let mailer = Mailer::new(&ctx.settings).expect("a way out");
    while wiring::work_once(ctx, &mailer, &Letters).await.expect("work") > 0 {}
}

/// The same portal at a clock of its own, for what waits.
fn standing(portal: &Portal) -> Ctx {
    Ctx { clock: Clock::fake(portal.ctx.now()), ..portal.ctx.clone() }
}

pub fn code_in(text: &str) -> String {
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6);
    digits.expect("a code").to_owned()
}

/// The newest letter of the demo's box, as anybody reads it.
pub async fn newest(browser: &Browser) -> String {
    let list = browser.get("/demo/mail").await;
    let at = list.text.find("href=\"/demo/mail/").expect("a letter") + "href=\"".len();
    let path = list.text[at..].split('"').next().expect("a path").to_owned();
    browser.get(&path).await.text
}

async fn smtp(sink: &Sink, tls: &str) -> Portal {
    let port = sink.port.to_string();
    let settings = [("VARDE_SMTP__HOST", "127.0.0.1"), ("VARDE_SMTP__PORT", &port), ("VARDE_SMTP__TLS", tls)];
    Portal::start_with(&settings).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_form_comes_back_with_what_was_typed_and_what_to_do() {
    let portal = Portal::start().await;
    let browser = maja(&portal).await;
    let page = browser.post("/api/my/contact", &form("maja<eksempel", "12", "xx")).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let back = page.location().to_owned();
    assert!(back.starts_with("/my/contact?try=") && !back.contains("maja"), "{back}");
    let again = browser.get(&back).await;
    for there in [
        "Feil: Slik når vi deg",
        "value=\"maja&lt;eksempel\"",
        "value=\"12\"",
        "Skriv adressen slik: navn@eksempel.no",
        "Skriv åtte siffer, eller + og landkode først",
        "Velg et språk",
        "href=\"#email\"",
        "id=\"email-error\"",
    ] {
        assert!(again.text.contains(there), "{there} is missing in {}", again.text);
    }
    let other = portal.browser();
    other.sign_in("citizen", "eirik", "/my").await;
    assert!(!other.get(&back).await.text.contains("maja&lt;"), "nobody else sees it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_from_the_letter_opens_the_address() {
    let portal = Portal::start().await;
    let browser = maja(&portal).await;
    assert_eq!(browser.get(CODE).await.location(), CONTACT, "no address, nothing to confirm");
    let page = change(&browser, "maja@eksempel.no").await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, CODE));
    assert!(browser.get("/my").await.text.contains("E-postadressen din er ikke bekreftet"));
    work(&portal.ctx).await;
    let letter = newest(&portal.browser()).await;
    let text = letter.split("Koden din er ").nth(1).expect("the code's sentence");
    let code = code_in(text);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for (typed, words) in
        [("", "Skriv koden du fikk"), ("12a", "Koden har seks siffer"), (wrong, "Koden er ikke riktig")]
    {
        let back = browser.post("/api/my/contact/code", &[("code", typed)]).await;
        assert!(back.location().starts_with("/my/contact/code?try="), "{typed}: {}", back.location());
        let page = browser.get(back.location()).await;
        assert!(page.text.contains(words) && page.text.contains("id=\"code-error\""), "{}", page.text);
        assert!(page.text.contains(&format!("value=\"{typed}\"")) || typed.is_empty());
    }
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let done = browser.post("/api/my/contact/code", &[("code", &spaced)]).await;
    assert_eq!(done.location(), "/my/contact?done=confirmed");
    let page = browser.get(done.location()).await;
    assert!(page.text.contains("Adressen er bekreftet"), "{}", page.text);
    assert!(!browser.get("/my").await.text.contains("E-postadressen din er ikke bekreftet"));
    assert_eq!(portal.audited("contact_changed", "email").await, 1);
    let saved = change(&browser, "maja@eksempel.no").await;
    assert_eq!(saved.location(), "/my/contact?done=saved", "nothing new, no code");
}

/// Her details, with a wish for text messages.
fn with_texts(phone: &str) -> [(&str, &str); 4] {
    [("email", "maja@eksempel.no"), ("phone", phone), ("letters_in", "nb"), ("by_text", "yes")]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_from_the_text_opens_the_number() {
    let portal = Portal::start().await;
    let browser = maja(&portal).await;
    assert_eq!(browser.get(NUMBER).await.location(), CONTACT, "no wish for texts, nothing to confirm");
    change(&browser, "maja@eksempel.no").await;
    let page = browser.post("/api/my/contact", &with_texts("412 34 567")).await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, NUMBER));
    assert!(browser.get("/my").await.text.contains("Mobilnummeret ditt er ikke bekreftet"));
    let page = browser.get(NUMBER).await;
    assert!(page.text.contains("+4741234567") && page.text.contains("Bekreft nummeret"), "{}", page.text);
    work(&portal.ctx).await;
    let text = newest(&portal.browser()).await;
    let code = code_in(text.split("Koden din er ").nth(1).expect("the code's sentence"));
    for (typed, words) in [("", "Skriv koden du fikk"), ("12a", "Koden har seks siffer")] {
        let back = browser.post("/api/my/contact/number", &[("code", typed)]).await;
        assert!(back.location().starts_with("/my/contact/number?try="), "{}", back.location());
        assert!(browser.get(back.location()).await.text.contains(words), "{typed}");
    }
    let again = browser.post("/api/my/contact/number-resend", &[]).await;
    assert_eq!(again.location(), "/my/contact/number?done=resent");
    let old = browser.post("/api/my/contact/number", &[("code", &code)]).await;
    assert!(
        browser.get(old.location()).await.text.contains("Koden er ikke riktig"),
        "a newer one is on its way"
    );
    work(&portal.ctx).await;
    let text = newest(&portal.browser()).await;
    let code = code_in(text.split("Koden din er ").nth(1).expect("the code's sentence"));
    let done = browser.post("/api/my/contact/number", &[("code", &code)]).await;
    assert_eq!(done.location(), "/my/contact?done=number");
    assert!(browser.get(done.location()).await.text.contains("Nummeret er bekreftet"));
    assert_eq!(portal.audited("contact_confirmed", "phone").await, 1);
    let saved = browser.post("/api/my/contact", &with_texts("412 34 567")).await;
    assert_eq!(saved.location(), "/my/contact?done=saved", "nothing new, no code");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_code_takes_the_place_of_the_old_one_and_codes_are_few() {
    let portal = Portal::start().await;
    let browser = maja(&portal).await;
    change(&browser, "maja@eksempel.no").await;
    for _ in 0..4 {
        let page = browser.post("/api/my/contact/resend", &[]).await;
        assert_eq!(page.location(), "/my/contact/code?done=resent");
    }
    assert!(browser.get("/my/contact/code?done=resent").await.text.contains("En ny kode er på vei"));
    let page = browser.post("/api/my/contact/resend", &[]).await;
    let page = browser.get(page.location()).await;
    assert!(page.text.contains("Vi har sendt mange koder på kort tid"), "{}", page.text);
    work(&portal.ctx).await;
    let list = portal.browser().get("/demo/mail").await.text;
    assert_eq!(list.matches("href=\"/demo/mail/").count(), 1, "only the newest code is sent at all");
}

#[tokio::test(flavor = "multi_thread")]
async fn t23_no_field_becomes_a_header_and_one_letter_has_one_recipient() {
    let sink = Sink::start().await;
    let portal = smtp(&sink, "none").await;
    let browser = maja(&portal).await;
    let good = ("maja@eksempel.no", "41234567", "nb");
    for inject in ["\r\nBcc: eve@evil.example", "\nBcc: eve@evil.example", ", eve@evil.example", "\rX-A: b"] {
        let forms = [
            (format!("{}{inject}", good.0), good.1.to_owned(), good.2.to_owned()),
            (good.0.to_owned(), format!("{}{inject}", good.1), good.2.to_owned()),
            (good.0.to_owned(), good.1.to_owned(), format!("{}{inject}", good.2)),
        ];
        for (email, phone, language) in &forms {
            let page = browser.post("/api/my/contact", &form(email, phone, language)).await;
            assert!(page.location().starts_with("/my/contact?try="), "{email:?}: {}", page.location());
        }
        let page = browser.post("/api/my/contact/code", &[("code", &format!("123456{inject}"))]).await;
        assert!(page.location().starts_with("/my/contact/code?try="));
    }
    work(&portal.ctx).await;
    assert_eq!(sink.letters(), [], "nothing that was refused is sent");
    change(&browser, good.0).await;
    work(&portal.ctx).await;
    let letters = sink.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, ["RCPT TO:<maja@eksempel.no>"]);
    assert!(letters[0].from.starts_with("MAIL FROM:<ikke-svar@varde.example>"), "{}", letters[0].from);
    assert_eq!(letters[0].header("Subject"), Some("Koden din"));
    assert_eq!(letters[0].header("Bcc"), None);
    assert!(sink.commands().contains(&"EHLO varde.example".to_owned()), "not the machine's name");
    let code = code_in(&letters[0].text());
    let done = browser.post("/api/my/contact/code", &[("code", &code)]).await;
    assert_eq!(done.location(), "/my/contact?done=confirmed");
}

#[tokio::test(flavor = "multi_thread")]
async fn f06_a_letter_that_may_have_been_taken_goes_again_under_the_same_id() {
    let sink = Sink::start().await;
    let portal = smtp(&sink, "none").await;
    change(&maja(&portal).await, "maja@eksempel.no").await;
    let ctx = standing(&portal);
    sink.behave(Manner::DropAfterData);
    work(&ctx).await;
    work(&ctx).await;
    assert_eq!(sink.letters().len(), 1, "it waits before it tries again");
    sink.behave(Manner::Accept);
    ctx.clock.set(ctx.now().plus_seconds(31));
    work(&ctx).await;
    ctx.clock.set(ctx.now().plus_minutes(60));
    work(&ctx).await;
    let ids: Vec<_> = sink.letters().iter().map(|l| l.header("Message-ID").map(str::to_owned)).collect();
    assert_eq!(ids.len(), 2, "one more, and then no more");
    assert!(
        ids[0] == ids[1] && ids[0].as_deref().is_some_and(|id| id.ends_with("@varde.example>")),
        "{ids:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn f05_a_mail_server_that_says_no_or_is_away_loses_nothing() {
    let sink = Sink::start().await;
    let portal = smtp(&sink, "none").await;
    change(&maja(&portal).await, "maja@eksempel.no").await;
    let ctx = standing(&portal);
    for (manner, problem) in [(Manner::Refuse, "mail_refused"), (Manner::Later, "mail_later")] {
        sink.behave(manner);
        work(&ctx).await;
        let sql = "SELECT problem FROM outbox WHERE kind = 'identity.code'";
        let (found,): (Option<String>,) = ctx.db.one(sql, vec![]).await.expect("a job");
        assert_eq!(found.as_deref(), Some(problem));
        ctx.clock.set(ctx.now().plus_minutes(5));
    }
    sink.behave(Manner::Accept);
    work(&ctx).await;
    assert_eq!(sink.letters().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cannot_seal_gets_no_letter_when_sealing_is_asked_for() {
    let sink = Sink::start().await;
    let portal = smtp(&sink, "starttls").await;
    change(&maja(&portal).await, "maja@eksempel.no").await;
    work(&portal.ctx).await;
    assert_eq!(sink.letters(), []);
    assert!(!sink.commands().iter().any(|line| line.starts_with("MAIL")), "{:?}", sink.commands());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_sends_without_being_asked() {
    let portal = Portal::start().await;
    change(&maja(&portal).await, "maja@eksempel.no").await;
    let (tell, stop) = watch::channel(false);
    let mailer = Mailer::new(&portal.ctx.settings).expect("a way out");
    let working = tokio::spawn(worker::run(portal.ctx.clone(), mailer, stop));
    let mut found = false;
    for _ in 0..50 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        found = portal.browser().get("/demo/mail").await.text.contains("maja@eksempel.no");
        if found {
            break;
        }
    }
    tell.send(true).expect("it listens");
    working.await.expect("it stops");
    assert!(found, "the letter lies in the demo's box");
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_the_demo_there_is_no_letter_box() {
    let missing = Portal::start().await.browser().get("/demo/mail/00000000000000000000000000").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(Portal::start().await.browser().get("/demo/mail/x").await.status, StatusCode::NOT_FOUND);
    let production = [("VARDE_ENVIRONMENT", "production")];
    let portal = Portal::start_with(&production).await;
    assert_eq!(portal.browser().get("/demo/mail").await.status, StatusCode::NOT_FOUND);
}

/// Proves anew who she is, from the page that asks for it; gives where she lands.
async fn prove(browser: &Browser, asked: &Page, level: &str) -> String {
    let page = browser.get(asked.location()).await;
    assert!(page.text.contains("Bekreft at det er deg"), "{}", page.text);
    let back = page.hidden("return_to").replace("&amp;", "&");
    let (fresh, wish) = (page.hidden("fresh"), page.hidden("level"));
    let form = [("return_to", back.as_str()), ("fresh", fresh.as_str()), ("level", wish.as_str())];
    let authorize = browser.start_with("citizen", &form).await;
    let callback = browser.choose("citizen", &authorize, "maja", level).await;
    browser.get(&callback).await.location().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmed_address_is_changed_only_by_whoever_proves_anew_who_she_is() {
    let portal = Portal::start_standing().await;
    let browser = maja(&portal).await;
    assert_eq!(
        change(&browser, "maja@eksempel.no").await.location(),
        CODE,
        "the first entry asks for nothing"
    );
    work(&portal.ctx).await;
    let code = code_in(&newest(&browser).await);
    browser.post("/api/my/contact/code", &[("code", &code)]).await;
    let same = change(&browser, "maja@eksempel.no").await;
    assert_eq!(same.location(), format!("{CONTACT}?done=saved"), "what is not changed is not asked for");

    let asked = change(&browser, "ny@eksempel.no").await;
    assert!(asked.location().starts_with("/sign-in?return_to=/my/contact"), "{}", asked.location());
    assert!(!asked.location().contains("eksempel"), "nothing typed stands in an address");
    assert!(browser.get(CONTACT).await.text.contains("maja@eksempel.no"), "nothing is changed yet");
    let back = prove(&browser, &asked, "high").await;
    let page = browser.get(&back).await;
    assert!(page.text.contains("value=\"ny@eksempel.no\""), "what was typed is kept: {}", page.text);
    // Later than the first letter, so that it is the newest.
    portal.wait_minutes(1);
    assert_eq!(change(&browser, "ny@eksempel.no").await.location(), CODE);

    work(&portal.ctx).await;
    let code = code_in(&newest(&browser).await);
    browser.post("/api/my/contact/code", &[("code", &code)]).await;
    portal.wait_minutes(11);
    let again = change(&browser, "maja@eksempel.no").await;
    assert!(again.location().starts_with("/sign-in?"), "a while ago is not now");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_can_ask_for_a_higher_level() {
    let portal = Portal::start_with(&[("VARDE_IDENTITY__CONTACT_LEVEL", "high")]).await;
    let browser = portal.browser();
    let authorize = browser.start_sign_in("citizen", "/my").await;
    let callback = browser.choose("citizen", &authorize, "maja", "substantial").await;
    assert_eq!(browser.get(&callback).await.location(), "/my", "the area asks for less");
    change(&browser, "maja@eksempel.no").await;
    work(&portal.ctx).await;
    let code = code_in(&newest(&browser).await);
    browser.post("/api/my/contact/code", &[("code", &code)]).await;
    let asked = change(&browser, "ny@eksempel.no").await;
    let refused = prove(&browser, &asked, "substantial").await;
    assert!(refused.contains("problem=level") && refused.contains("confirm=yes"), "{refused}");
    // She tries again from where she is told so, and nothing that she typed is lost.
    let again = Page { headers: at(&refused), ..browser.get(&refused).await };
    let back = prove(&browser, &again, "high").await;
    assert!(back.starts_with("/my/contact?"), "{back}");
    assert!(browser.get(&back).await.text.contains("value=\"ny@eksempel.no\""), "still typed");
    assert_eq!(change(&browser, "ny@eksempel.no").await.location(), CODE);
}

/// Headers that lead to this address.
fn at(location: &str) -> reqwest::header::HeaderMap {
    let value = reqwest::header::HeaderValue::from_str(location).expect("an address");
    std::iter::once((reqwest::header::LOCATION, value)).collect()
}
