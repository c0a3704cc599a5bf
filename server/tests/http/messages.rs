//! A person and her case officers, as two browsers without script: asked, answered, noted, handed over, ended and taken up
//! again; what is refused keeps every word; and what must not be told.

use backend::blobs::{self, Scanner, testing::pdf};
use reqwest::{Method, StatusCode};

use crate::harness::{Browser, Page, Portal};

const LIST: &str = "/messages";
const DESK: &str = "/staff/messages";
const QUESTION: &str = "Kan jeg ta med en bok?\n\nDen er <b>tykk</b>.";
const SECRET: &str = "Ring 02800 før dere svarer.";
/// What would break out of a text area, were it not text.
const TRAP: &str = "Hei</textarea><script>alert(1)</script>";

async fn citizen(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("citizen", persona, "/my").await;
    browser
}

async fn officer(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("staff", persona, "/staff").await;
    browser
}

/// Posts a form and gives the page that it leads to.
async fn sent(browser: &Browser, to: &str, form: &[(&str, &str)]) -> Page {
    let answer = browser.post(to, form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{to}: {}", answer.text);
    let page = browser.get(answer.location()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", answer.location());
    page
}

/// A new message of hers: where it leads.
async fn begun(browser: &Browser, words: &str) -> String {
    let page = browser.get("/messages/new").await;
    let (key, draft) = (page.hidden("key"), version(&page));
    let form = [("key", key.as_str()), ("unit", "lyngmo"), ("about", ""), ("topic", "practical")];
    let form = [&form[..], &[("words", words), ("draft", draft.as_str()), ("then", "send")]].concat();
    let answer = browser.post("/api/messages/new", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.location().split('?').next().expect("a path").to_owned()
}

fn id(path: &str) -> &str {
    path.rsplit('/').next().expect("an id")
}

/// Of the draft, in the form of the words: the form of files before it names a draft too.
fn version(page: &Page) -> String {
    let (_, form) = page.text.split_once("name=\"key\"").expect("the form of the words");
    let (_, rest) = form.split_once("name=\"draft\" value=\"").expect("the version of a draft");
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Her next words in a conversation, as its page's form has them.
async fn written(browser: &Browser, path: &str, page: &Page, words: &str, then: &str) -> Page {
    let (key, draft) = (page.hidden("key"), version(page));
    let form = [("id", id(path)), ("key", key.as_str()), ("words", words)];
    sent(browser, "/api/messages/write", &[&form[..], &[("draft", draft.as_str()), ("then", then)]].concat())
        .await
}

/// An officer's answer, as her page's form has it.
async fn answered(browser: &Browser, page: &Page, words: &str, more: &[(&str, &str)]) -> Page {
    let [id, of, key] = ["id", "version", "key"].map(|name| (name, page.hidden(name)));
    let hidden = [id, of, key, ("draft", version(page))];
    let form: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
    sent(browser, "/api/staff/messages/answer", &[&form[..], &[("words", words)], more].concat()).await
}

async fn step(browser: &Browser, page: &Page, step: &str, more: &[(&str, &str)]) -> Page {
    let (public, version) = (page.hidden("id"), page.hidden("version"));
    let form = [("id", public.as_str()), ("version", version.as_str()), ("step", step)];
    sent(browser, "/api/staff/messages/step", &[&form[..], more].concat()).await
}

/// What stands in the text area of this name, as it stands in the page.
fn typed(page: &Page, name: &str) -> String {
    let mut areas = page.text.split("<textarea").skip(1).filter_map(|rest| rest.split_once('>'));
    let (_, rest) = areas.find(|(tag, _)| tag.contains(&format!("name=\"{name}\""))).expect("the field");
    rest.split("</textarea>").next().expect("its words").trim_start_matches('\n').to_owned()
}

fn title(page: &Page) -> String {
    let (_, rest) = page.text.split_once("<title>").expect("a title");
    rest.split("</title>").next().unwrap_or_default().to_owned()
}

async fn count(portal: &Portal, sql: &'static str) -> i64 {
    let (count,): (i64,) = portal.ctx.db.one(sql, vec![]).await.expect("a count");
    count
}

const MESSAGES: &str = "SELECT COUNT(*) FROM message";

#[tokio::test(flavor = "multi_thread")]
async fn she_asks_is_answered_and_asks_again() {
    let portal = Portal::start_standing().await;
    let (maja, henrik) = (citizen(&portal, "maja").await, officer(&portal, "henrik").await);
    let empty = maja.get(LIST).await.text;
    assert!(empty.contains("Her kommer meldingene") && empty.contains("/messages/new"), "{empty}");
    let path = begun(&maja, QUESTION).await;
    let page = maja.get(&format!("{path}?done=sent")).await;
    assert!(page.text.contains("Meldingen er sendt. Du får svar innen "), "{}", page.text);
    assert!(page.text.contains("&lt;b&gt;tykk&lt;/b&gt;") && page.text.contains("ikke lest ennå"));
    assert_eq!(typed(&page, "words"), "", "what was sent is no draft");
    assert!(maja.get(LIST).await.text.contains("Venter på svar. Du får svar innen "));

    let desk = henrik.get(DESK).await;
    assert!(desk.text.contains("1 venter på svar.") && desk.text.contains("Ingen ennå"), "{}", desk.text);
    assert!(!desk.text.contains("bok"), "no words of hers on the list");
    let one = format!("{DESK}/{}", id(&path));
    assert!(desk.text.contains(&one));
    portal.wait_minutes(1);
    let page = henrik.get(&one).await;
    assert!(page.text.contains("Kan jeg ta med en bok?"));
    assert!(maja.get(&path).await.text.contains("· lest "), "she sees that it was read");
    let page = answered(&henrik, &page, "Ja, i posten.", &[("then", "send")]).await;
    assert!(page.text.contains("Svaret er sendt.") && page.text.contains("ikke lest ennå"), "{}", page.text);
    assert!(henrik.get(DESK).await.text.contains("Ingen venter på svar."));
    assert!(henrik.get(&format!("{DESK}?show=mine")).await.text.contains(&one), "whoever answers has it");

    let home = maja.get("/my").await.text;
    assert!(home.contains("1 ulest melding") && home.contains("badge"), "{home}");
    assert!(maja.get(LIST).await.text.contains("Ulest:"));
    let page = maja.get(&path).await;
    assert!(page.text.contains("Ja, i posten.") && page.text.contains("Saksbehandler, Lyngmo fengsel"));
    assert!(!page.text.contains("Henrik"), "an officer's name is the auditor's alone");
    assert!(!page.text.contains("badge"), "what she reads is not unread");
    assert!(!maja.get("/my").await.text.contains("ulest"));
    portal.wait_minutes(1);
    let page = written(&maja, &path, &page, "Takk. Og en til?", "send").await;
    let (first, last) = (page.text.find("Kan jeg ta med"), page.text.find("Og en til?"));
    assert!(first < last, "the newest at the foot");
    assert!(henrik.get(DESK).await.text.contains("1 venter på svar."));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_stands_at_its_field_and_every_word_is_kept() {
    let portal = Portal::start_standing().await;
    let maja = citizen(&portal, "maja").await;
    let page = maja.get("/messages/new").await;
    let key = page.hidden("key");
    let long = format!("{TRAP}{}", "å".repeat(4_000));
    let form = [("key", key.as_str()), ("unit", ""), ("about", ""), ("topic", ""), ("draft", "0")];
    let page = sent(&maja, "/api/messages/new", &[&form[..], &[("words", &long)]].concat()).await;
    assert!(title(&page).starts_with("Feil: "), "{}", title(&page));
    for told in ["Velg et tema.", "Velg hva det gjelder, eller et fengsel.", "Meldingen er for lang."] {
        assert_eq!(page.text.matches(told).count(), 2, "in the summary and at its field: {told}");
    }
    let kept = typed(&page, "words");
    assert!(kept.starts_with("Hei&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;åå"), "{kept}");
    assert_eq!(kept.matches('å').count(), 4_000);
    assert!(!page.text.contains("<script>alert"), "text stays text");
    assert_eq!(page.hidden("key"), key, "nothing was sent, so it is the same form");
    let form =
        [("key", key.as_str()), ("unit", "lyngmo"), ("topic", "money"), ("words", " \n "), ("draft", "0")];
    let page = sent(&maja, "/api/messages/new", &form).await;
    assert!(page.text.contains("Skriv en melding."));
    assert!(
        page.text.contains("value=\"lyngmo\" selected") && page.text.contains("value=\"money\" selected")
    );
    assert_eq!(count(&portal, MESSAGES).await, 0);

    let path = begun(&maja, TRAP).await;
    let page = maja.get(&path).await;
    assert!(page.text.contains("Hei&lt;/textarea&gt;&lt;script&gt;"), "{}", page.text);
    assert!(!page.text.contains("<script>alert"));
    let wrong = written(&maja, &path, &page, &long, "send").await;
    assert!(wrong.text.contains("Meldingen er for lang.") && title(&wrong).starts_with("Feil: Melding "));
    assert_eq!(typed(&wrong, "words"), kept);
    let henrik = officer(&portal, "henrik").await;
    let page = henrik.get(&format!("{DESK}/{}", id(&path))).await;
    assert!(!page.text.contains("<script>alert"));
    let page = answered(&henrik, &page, &long, &[("close", "1")]).await;
    assert!(page.text.contains("Teksten er for lang.") && title(&page).starts_with("Feil: Melding "));
    assert_eq!(typed(&page, "words"), kept);
    assert!(page.text.contains("value=\"1\" checked"), "the check too");
}

#[tokio::test(flavor = "multi_thread")]
async fn sent_twice_is_one_message_on_both_sides() {
    let portal = Portal::start_standing().await;
    let (maja, henrik) = (citizen(&portal, "maja").await, officer(&portal, "henrik").await);
    let key = maja.get("/messages/new").await.hidden("key");
    let form =
        [("key", key.as_str()), ("unit", "lyngmo"), ("topic", "other"), ("words", "Hei"), ("draft", "0")];
    let post = || maja.post("/api/messages/new", &form);
    let (one, two) = tokio::join!(post(), post());
    assert_eq!(one.location(), two.location());
    assert_eq!((count(&portal, MESSAGES).await, one.location().contains("done=sent")), (1, true));
    let path = one.location().split('?').next().expect("a path").to_owned();
    let page = maja.get(&path).await;
    for _ in 0..2 {
        written(&maja, &path, &page, "Mer", "send").await;
    }
    assert_eq!(count(&portal, MESSAGES).await, 2);
    let page = henrik.get(&format!("{DESK}/{}", id(&path))).await;
    for _ in 0..2 {
        let after = answered(&henrik, &page, "Ja", &[]).await;
        assert!(!title(&after).starts_with("Feil"), "{}", title(&after));
    }
    assert_eq!(count(&portal, MESSAGES).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_lose_no_word() {
    let portal = Portal::start_standing().await;
    let (maja, henrik) = (citizen(&portal, "maja").await, officer(&portal, "henrik").await);
    let (one, two) = (maja.get("/messages/new").await, maja.get("/messages/new").await);
    let save = async |page: &Page, words: &str| {
        let (key, draft) = (page.hidden("key"), page.hidden("draft"));
        let form = [("key", key.as_str()), ("unit", "lyngmo"), ("topic", "money"), ("words", words)];
        sent(&maja, "/api/messages/new", &[&form[..], &[("draft", &draft), ("then", "save")]].concat()).await
    };
    let saved = save(&one, "Fra den første.").await;
    assert!(saved.text.contains("Utkastet er lagret ") && saved.text.contains("Det er ikke sendt."));
    assert_eq!(typed(&saved, "words"), "Fra den første.");
    let saved = save(&two, "Fra den andre.").await;
    assert_eq!(typed(&saved, "words"), "Fra den andre.");
    assert!(saved.text.contains("Skrevet i et annet vindu.") && saved.text.contains("Fra den første."));
    assert!(maja.get(LIST).await.text.contains("Melding som ikke er sendt"));
    // The first window sends what it has: the second one's draft stays.
    let key = one.hidden("key");
    let form = [("key", key.as_str()), ("unit", "lyngmo"), ("topic", "money"), ("draft", "1")];
    let page = sent(&maja, "/api/messages/new", &[&form[..], &[("words", "Sendt.")]].concat()).await;
    assert!(page.text.contains("Sendt."));
    assert_eq!(typed(&maja.get("/messages/new").await, "words"), "Fra den andre.");
    let answer = maja.post("/api/messages/discard", &[("id", "")]).await;
    assert_eq!(answer.location(), LIST);
    assert_eq!(typed(&maja.get("/messages/new").await, "words"), "");

    let path = begun(&maja, "Hei").await;
    let page = maja.get(&path).await;
    written(&maja, &path, &page, "Halvt ", "save").await;
    assert_eq!(typed(&maja.get(&path).await, "words"), "Halvt ", "kept as typed");
    let page = henrik.get(&format!("{DESK}/{}", id(&path))).await;
    assert!(!page.text.contains("Halvt"), "what is not sent is nobody's");
    let page = answered(&henrik, &page, "Et halvt svar", &[("then", "save")]).await;
    assert!(page.text.contains("Utkastet er lagret ") && typed(&page, "words") == "Et halvt svar");
    assert!(!maja.get(&path).await.text.contains("Et halvt svar"));
    let petter = officer(&portal, "petter").await;
    let page = petter.get(&format!("{DESK}/{}", id(&path))).await;
    assert!(!page.text.contains("Et halvt svar"), "a draft is its writer's");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_moves_on_while_one_writes_takes_no_words() {
    let portal = Portal::start_standing().await;
    let (maja, henrik) = (citizen(&portal, "maja").await, officer(&portal, "henrik").await);
    let petter = officer(&portal, "petter").await;
    let path = begun(&maja, "Hei").await;
    let one = format!("{DESK}/{}", id(&path));
    // She writes again while he answers: he reads it first, and sends the same words again.
    let (page, hers) = (henrik.get(&one).await, maja.get(&path).await);
    written(&maja, &path, &hers, "Det haster.", "send").await;
    let page = answered(&henrik, &page, "Svar", &[]).await;
    assert!(page.text.contains("Samtalen er endret siden du åpnet den") && page.text.contains("Det haster."));
    assert_eq!((typed(&page, "words").as_str(), title(&page).starts_with("Feil: ")), ("Svar", true));
    assert!(answered(&henrik, &page, "Svar", &[]).await.text.contains("Svaret er sendt."));
    // A colleague ends it while he adds something.
    let page = henrik.get(&one).await;
    step(&petter, &petter.get(&one).await, "close", &[]).await;
    let page = answered(&henrik, &page, "Og en ting til", &[]).await;
    assert!(page.text.contains("Samtalen er endret siden du åpnet den"), "{}", page.text);
    assert_eq!(typed(&page, "words"), "Og en ting til");
    let page = answered(&henrik, &page, "Og en ting til", &[]).await;
    assert!(page.text.contains("Samtalen er avsluttet av noen andre"));
    assert_eq!(typed(&page, "words"), "Og en ting til", "it stays, though it has ended");
    // She writes in it: it is open again.
    let hers = maja.get(&path).await;
    assert!(hers.text.contains("Samtalen er avsluttet. Skriver du innen "), "{}", hers.text);
    portal.wait_minutes(1);
    let after = written(&maja, &path, &hers, "Likevel", "send").await;
    assert!(after.text.contains("Meldingen er sendt."));
    // It ended long ago: her words are on the page of a new message.
    step(&henrik, &henrik.get(&one).await, "close", &[]).await;
    let hers = maja.get(&path).await;
    portal.run("UPDATE message_thread SET state_at = state_at - 2764800000000").await;
    let page = written(&maja, &path, &hers, "For sent", "send").await;
    assert!(page.text.contains("ble avsluttet for lenge siden") && typed(&page, "words") == "For sent");
    assert!(page.text.contains("value=\"practical\" selected"), "about the same");
    let ended = maja.get(&path).await;
    assert!(ended.text.contains("for gammel til å åpnes igjen") && !ended.text.contains("<textarea"));
    let page = step(&henrik, &henrik.get(&one).await, "reopen", &[]).await;
    assert!(page.text.contains("Send svaret"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_for_colleagues_alone() {
    let portal = Portal::start_standing().await;
    let (maja, henrik) = (citizen(&portal, "maja").await, officer(&portal, "henrik").await);
    let path = begun(&maja, "Hei").await;
    let one = format!("{DESK}/{}", id(&path));
    let page = henrik.get(&one).await;
    let form = [("id", id(&path)), ("note", "")];
    let key = page.hidden("key");
    let empty = sent(&henrik, "/api/staff/messages/note", &[&form[..], &[("key", &key)]].concat()).await;
    assert!(empty.text.contains("Skriv notatet.") && title(&empty).starts_with("Feil: Melding "));
    let form = [("id", id(&path)), ("note", SECRET), ("key", key.as_str())];
    portal.wait_minutes(1);
    for _ in 0..2 {
        let page = sent(&henrik, "/api/staff/messages/note", &form).await;
        assert!(page.text.contains("Notatet er lagret.") && page.text.contains("talk-note"));
        assert!(page.text.contains("Internt notat, Henrik"), "it says what it is");
    }
    assert_eq!(count(&portal, "SELECT COUNT(*) FROM message_note").await, 1);
    let petter = officer(&portal, "petter").await;
    assert!(petter.get(&one).await.text.contains(SECRET));
    let page = henrik.get(&one).await;
    answered(&henrik, &page, "Ja", &[("close", "1")]).await;
    let found = maja.post("/api/messages/search", &[("text", "02800")]).await.location().to_owned();
    for path in [path.as_str(), LIST, "/my", &found] {
        let page = maja.get(path).await;
        assert!(!page.text.contains("02800 før") && !page.text.contains("otat"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_taken_handed_over_and_moved() {
    let portal = Portal::start_standing().await;
    let (maja, henrik) = (citizen(&portal, "maja").await, officer(&portal, "henrik").await);
    let (petter, nadia) = (officer(&portal, "petter").await, officer(&portal, "nadia").await);
    let path = begun(&maja, "Hei").await;
    let one = format!("{DESK}/{}", id(&path));
    assert_eq!(nadia.get(&one).await.status, StatusCode::NOT_FOUND, "not her unit");
    let stale = henrik.get(&one).await;
    let page = step(&henrik, &stale, "take", &[]).await;
    assert!(
        page.text.contains("Legg tilbake")
            && henrik.get(&format!("{DESK}?show=mine")).await.text.contains(&one)
    );
    assert!(!petter.get(&format!("{DESK}?show=mine")).await.text.contains(&one));
    let late = step(&petter, &stale, "take", &[]).await;
    assert!(late.text.contains("Samtalen er endret siden du åpnet den"), "somebody was first");
    let nobody = step(&henrik, &page, "give", &[("to", "")]).await;
    assert!(nobody.text.contains("Velg en kollega.") && title(&nobody).starts_with("Feil: "));
    let colleague = page.text.split("id=\"to\"").nth(1).expect("colleagues");
    let colleague =
        colleague.split("Petter").next().expect("Petter").rsplit("value=\"").next().expect("an id");
    let to = colleague.split('"').next().expect("an id");
    let given = step(&henrik, &page, "give", &[("to", to)]).await;
    assert!(given.text.contains("Petter Bekkesol"));
    let theirs = petter.get(&format!("{DESK}?show=mine")).await.text;
    assert!(theirs.contains(&one));
    let gone = step(&henrik, &given, "move", &[("unit", "storaasen")]).await;
    assert!(!gone.text.contains(&one), "it is not his unit's any more: {}", gone.text);
    assert_eq!(henrik.get(&one).await.status, StatusCode::NOT_FOUND);
    assert!(nadia.get(DESK).await.text.contains(&one));
    assert!(maja.get(&path).await.text.contains("Storåsen"), "she sees who has it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_put_in_and_gone_on_with() {
    let portal = Portal::start_standing().await;
    let (maja, henrik) = (citizen(&portal, "maja").await, officer(&portal, "henrik").await);
    let wrong = sent(&henrik, "/api/staff/messages/templates/add", &[("title", ""), ("words", TRAP)]).await;
    assert!(
        wrong.text.contains("Gi malen et navn.") && typed(&wrong, "words").starts_with("Hei&lt;/textarea")
    );
    let form = [("title", "Bøker"), ("words", "Bøker sendes i posten.")];
    let page = sent(&henrik, "/api/staff/messages/templates/add", &form).await;
    assert!(page.text.contains("Bøker sendes i posten."));
    let template = page.hidden("id");
    let path = begun(&maja, "Hei").await;
    let page = henrik.get(&format!("{DESK}/{}", id(&path))).await;
    let none = answered(&henrik, &page, "Hei, Maja.", &[("then", "insert"), ("template", "")]).await;
    assert!(none.text.contains("Velg en mal.") && typed(&none, "words") == "Hei, Maja.");
    let more = [("then", "insert"), ("template", template.as_str())];
    let page = answered(&henrik, &page, "Hei, Maja.", &more).await;
    assert_eq!(typed(&page, "words"), "Hei, Maja.\n\nBøker sendes i posten.");
    assert!(page.text.contains("Malen er satt inn."));
    assert_eq!(count(&portal, MESSAGES).await, 1, "nothing is sent by it");
    let after = sent(&henrik, "/api/staff/messages/templates/end", &[("id", &template)]).await;
    assert!(after.text.contains("Ingen maler ennå"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_what_is_not_hers_is_as_if_it_did_not_exist() {
    let portal = Portal::start_standing().await;
    let (maja, ingrid) = (citizen(&portal, "maja").await, citizen(&portal, "ingrid").await);
    let path = begun(&maja, QUESTION).await;
    let unknown = format!("{LIST}/{}", "1".repeat(26));
    let without = |page: &Page, path: &str| {
        let text = page.text.replace(id(path), "ID");
        text.split("nonce=\"")
            .map(|part| part.split_once('"').map_or(part, |(_, rest)| rest))
            .collect::<String>()
    };
    let (foreign, nothing) = (ingrid.get(&path).await, ingrid.get(&unknown).await);
    assert_eq!((foreign.status, nothing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(without(&foreign, &path), without(&nothing, &unknown));
    assert!(!ingrid.get(LIST).await.text.contains(id(&path)));
    let key = ingrid.get("/messages/new").await.hidden("key");
    for then in ["send", "save"] {
        let form =
            [("id", id(&path)), ("key", key.as_str()), ("words", "Hei"), ("draft", "0"), ("then", then)];
        assert_eq!(ingrid.post("/api/messages/write", &form).await.status, StatusCode::NOT_FOUND, "{then}");
    }
    let form = [("key", key.as_str()), ("unit", ""), ("topic", "visit"), ("words", "Hei"), ("draft", "0")];
    let about = [("about", id(&path))];
    let foreign = ingrid.post("/api/messages/new", &[&form[..], &about].concat()).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "a case that is not hers");
    assert_eq!(
        (count(&portal, MESSAGES).await, count(&portal, "SELECT COUNT(*) FROM message_draft").await),
        (1, 0)
    );
    for (persona, looks) in [("geir", DESK), ("astrid", DESK), ("auditor", "/staff/messages/templates")] {
        let browser = officer(&portal, persona).await;
        assert_eq!(browser.get(looks).await.status, StatusCode::NOT_FOUND, "{persona}");
        assert!(!browser.get("/staff").await.text.contains("href=\"/staff/messages\""), "{persona}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_title_and_no_address_says_what_it_is_about() {
    let portal = Portal::start_standing().await;
    let (maja, henrik) = (citizen(&portal, "maja").await, officer(&portal, "henrik").await);
    let path = begun(&maja, "Hei fra Fjellvik om tyttebær").await;
    let one = format!("{DESK}/{}", id(&path));
    for (browser, path) in
        [(&maja, LIST), (&maja, "/messages/new"), (&maja, &path), (&henrik, DESK), (&henrik, &one)]
    {
        let title = title(&browser.get(path).await);
        assert!(
            title.ends_with(" – Varde") && !title.contains("Fjellvik") && !title.contains("Maja"),
            "{title}"
        );
        assert!(!title.contains("Praktisk"), "{title}");
    }
    let answer = maja.post("/api/messages/search", &[("text", "TYTTEBÆR")]).await;
    assert!(!answer.location().to_lowercase().contains("tytte"), "{}", answer.location());
    let found = maja.get(answer.location()).await;
    assert!(
        found.text.contains("1 sted") && found.text.contains("Samtale: ") && found.text.contains(&path),
        "{}",
        found.text
    );
    assert_eq!(title(&found), "Søk i meldinger og brev – Varde");
    let none = sent(&maja, "/api/messages/search", &[("text", "blåbær")]).await;
    assert!(none.text.contains("Ingen meldinger eller brev har disse ordene"));
    let empty = sent(&maja, "/api/messages/search", &[("text", " ")]).await;
    assert!(empty.text.contains("Skriv et ord å søke etter.") && title(&empty).starts_with("Feil: "));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_leads_to_a_message_about_it() {
    let portal = Portal::start_standing().await;
    let stage = crate::booking::stage(&portal).await;
    let (maja, _) = crate::booking::relative(&portal, &stage, "maja").await;
    let hold = crate::booking::held(&maja).await.hidden("hold");
    let visit =
        crate::booking::confirm(&maja, &hold).await.location().trim_end_matches("?done=booked").to_owned();
    let link = format!("/messages/new?about={}", id(&visit));
    assert!(maja.get(&visit).await.text.contains(&link));
    let page = maja.get(&link).await;
    assert_eq!(page.hidden("about"), id(&visit));
    assert!(page.text.contains("value=\"visit\" selected") && !page.text.contains("id=\"unit\""));
    let (key, about) = (page.hidden("key"), page.hidden("about"));
    let form = [("key", key.as_str()), ("unit", ""), ("about", &about), ("topic", "visit"), ("words", "Hei")];
    let page = sent(&maja, "/api/messages/new", &form).await;
    assert!(page.text.contains(&format!("href=\"{visit}\"")), "the way back to it");
    let other = citizen(&portal, "ingrid").await;
    let page = other.get(&link).await;
    assert!(
        page.text.contains("id=\"unit\"") && !page.text.contains("name=\"about\""),
        "what is not hers is not there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn she_ends_it_herself_and_no_address_says_so() {
    let portal = Portal::start_standing().await;
    let maja = citizen(&portal, "maja").await;
    let path = begun(&maja, "Hei").await;
    let forged = maja.get(&format!("{path}?done=closed")).await;
    assert!(!forged.text.contains("Samtalen er avsluttet."));
    assert!(!maja.get(&format!("{path}?done=saved")).await.text.contains("Utkastet er lagret"));
    let page = sent(&maja, "/api/messages/close", &[("id", id(&path))]).await;
    assert!(page.text.contains("Samtalen er avsluttet.") && page.text.contains("Skriver du innen "));
    let henrik = officer(&portal, "henrik").await;
    assert!(henrik.get(DESK).await.text.contains("Ingen venter på svar."));
}

/// Chooses a file in the form of this page, as a browser without script sends it.
async fn attaches(browser: &Browser, action: &str, (draft, back): (&str, &str), name: &str) -> Page {
    let part = |name: &str, value: &str| {
        format!("--grense\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let head = [part("kind", "message"), part("draft", draft), part("back", back)].concat();
    let file =
        format!("--grense\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let body = [head.as_bytes(), file.as_bytes(), &pdf(4_000), b"\r\n--grense--\r\n"].concat();
    let request = browser.request(Method::POST, action).header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "multipart/form-data; boundary=grense").body(body);
    let answer = browser.send(request).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    browser.get(answer.location()).await
}

/// The address under which the file of this name stands on a page, below a conversation's own.
fn link(page: &Page, below: &str, name: &str) -> String {
    let path = format!("{below}/files/");
    let (before, _) = page.text.split_once(name).expect("the file");
    let (_, rest) = before.rsplit_once(&path).expect("its address");
    format!("{path}{}", rest.split('"').next().unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_with_the_next_message_and_to_the_two_sides_alone() {
    for portal in [Some(Portal::start().await), Portal::start_on_postgres().await].into_iter().flatten() {
        let (maja, henrik) = (citizen(&portal, "maja").await, officer(&portal, "henrik").await);
        let waits = attaches(&maja, "/files/form", ("", "/messages/new"), "vedtak.pdf").await;
        assert!(waits.text.contains("vedtak.pdf"), "{}", waits.text);
        let path = begun(&maja, QUESTION).await;
        let page = maja.get(&path).await;
        assert!(page.text.contains("Filer i samtalen") && page.text.contains("vedtak.pdf"), "{}", page.text);
        assert!(
            !page.text.contains("/files/0") && !page.text.contains("vedtak.pdf</a>"),
            "nobody before a scan"
        );
        while blobs::check_due(&portal.ctx, &Scanner::Demo).await.expect("a scan") > 0 {}
        let one = format!("{DESK}/{}", id(&path));
        let desk = henrik.get(&one).await;
        let theirs = link(&desk, &one, "vedtak.pdf");
        assert_eq!(henrik.send(henrik.request(Method::GET, &theirs)).await.status, StatusCode::OK);
        assert_eq!(portal.audited("file_opened", "copy").await, 1);

        let ours = attaches(&henrik, "/staff/files/form", (id(&path), &one), "svar.pdf").await;
        answered(&henrik, &ours, "Se vedlegget.", &[]).await;
        while blobs::check_due(&portal.ctx, &Scanner::Demo).await.expect("a scan") > 0 {}
        let page = maja.get(&path).await;
        let hers = link(&page, &path, "svar.pdf");
        assert_eq!(maja.send(maja.request(Method::GET, &hers)).await.status, StatusCode::OK);

        let (eirik, mari) = (citizen(&portal, "eirik").await, officer(&portal, "mari").await);
        for (browser, file) in [(&eirik, &hers), (&mari, &theirs)] {
            let got = browser.send(browser.request(Method::GET, file)).await;
            assert_eq!(got.status, StatusCode::NOT_FOUND, "t01: {file}");
        }
        let nobody = portal.browser();
        assert!(nobody.get(&hers).await.location().starts_with("/sign-in"));
    }
}
