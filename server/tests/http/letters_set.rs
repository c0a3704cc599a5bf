//! What is set for letters, as a browser without script sets it: orders about two who write, watched words, a unit's bounds.
//! And what she finds of her letters: by searching, and who has looked.

use reqwest::StatusCode;

use crate::{
    exchange::{DECIDE, Scene, WORDS, decision, led, says, target},
    harness::{Browser, Page},
    titles::neutral,
};

const ORDER: &str = "/api/staff/letters/order";
const UNDO: &str = "/api/staff/letters/order/undo";
const ADD: &str = "/api/staff/letters/words/add";
const RULES: &str = "/api/staff/letters/rules";

/// The page of what is ordered for the two, by the link on a letter.
async fn orders(scene: &Scene) -> (String, Page) {
    let (_, letter) = scene.opened().await;
    let (_, rest) = letter.text.split_once("href=\"/staff/letters/orders/").expect("a link");
    let path = format!("/staff/letters/orders/{}", rest.split('"').next().unwrap_or_default());
    let page = scene.mari.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    (path, page)
}

async fn admin(scene: &Scene) -> Browser {
    let berit = scene.portal.browser();
    berit.sign_in("staff", "astrid", "/staff").await;
    berit
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_given_with_a_reason_seen_by_her_and_taken_back() {
    let scene = Scene::new().await;
    scene.sent(WORDS).await;
    let (path, page) = orders(&scene).await;
    says(
        &page,
        &["Maja Fjellvik og Even Fjellvik", "Nye brev leses før de går videre", "skal brev kontrolleres"],
    );
    assert!(!page.text.contains("Møt meg"), "no words of the two");
    neutral(&scene.mari, &path).await;
    let about = target(&page);
    // What is missing stands at its field, and what was typed comes back.
    let wrong =
        scene.mari.post(ORDER, &decision(&about, &[("control", "waive"), ("norwegian_only", "1")])).await;
    let page = led(&scene.mari, &wrong).await;
    says(&page, &["Skriv en begrunnelse", "<title>Feil: ", "href=\"#reason\""]);
    assert_eq!(page.text.matches(" checked").count(), 2, "{}", page.text);
    let whole = [("control", "waive"), ("norwegian_only", "1"), ("reason", "Ingen grunn til kontroll")];
    let given = scene.mari.post(ORDER, &decision(&about, &whole)).await;
    let page = led(&scene.mari, &given).await;
    says(
        &page,
        &[
            "Vedtaket gjelder fra nå av.",
            "Nye brev går videre uten å bli lest",
            "Ingen grunn til kontroll",
            "straffegjennomføringsloven § 30",
            "Mari Sivglans",
        ],
    );
    says(&scene.maja.get(&scene.path("")).await, &["norsk"]);
    says(
        &scene.mari.get("/staff/letters/orders").await,
        &["Maja Fjellvik og Even Fjellvik", "De skriver norsk"],
    );
    // Another had the page open: nothing is overwritten, and nothing she typed is lost.
    let late = [("control", "control"), ("reason", "Min egen begrunnelse")];
    let late = scene.mari.post(ORDER, &decision(&about, &late)).await;
    let late = led(&scene.mari, &late).await;
    says(
        &late,
        &[
            "Noe er endret siden du åpnet siden",
            "Min egen begrunnelse",
            "Nye brev går videre uten å bli lest",
        ],
    );
    assert_eq!(scene.mari.post(UNDO, &decision(&about, &[])).await.status, StatusCode::SEE_OTHER);
    says(&scene.mari.get("/staff/letters/orders").await, &["Maja Fjellvik og Even Fjellvik"]);
    let about = target(&page);
    let back = led(&scene.mari, &scene.mari.post(UNDO, &decision(&about, &[])).await).await;
    says(
        &back,
        &["Vedtaket er tatt tilbake.", "Tatt tilbake av Mari Sivglans", "Nye brev leses før de går videre"],
    );
    says(&scene.mari.get("/staff/letters/orders").await, &["Ingen egne vedtak"]);
    assert_eq!(scene.portal.audited("exchange_ordered", "waive 1").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn sami_is_warned_of_before_a_language_order() {
    let scene = Scene::new().await;
    scene.portal.run("UPDATE message_rule SET sami = 1").await;
    scene.sent(WORDS).await;
    let (_, page) = orders(&scene).await;
    says(&page, &["Samisk kan brukes her", "Jeg har lest dette"]);
    let about = target(&page);
    let form = [("control", "level"), ("norwegian_only", "1"), ("reason", "Ingen her leser språket")];
    let unread = led(&scene.mari, &scene.mari.post(ORDER, &decision(&about, &form)).await).await;
    says(
        &unread,
        &["Kryss av for at du har lest om samisk", "href=\"#sami_read\"", "Ingen her leser språket"],
    );
    let form = [&form[..], &[("sami_read", "1")]].concat();
    let given = led(&scene.mari, &scene.mari.post(ORDER, &decision(&about, &form)).await).await;
    says(&given, &["Vedtaket gjelder fra nå av.", "De skriver norsk"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_watched_and_ended_and_an_error_stands_at_the_field() {
    let scene = Scene::new().await;
    let path = "/staff/letters/words";
    says(&scene.mari.get(path).await, &["Ingen ord", "Det er alltid et menneske som avgjør"]);
    let empty = led(&scene.mari, &scene.mari.post(ADD, &[("word", "  ")]).await).await;
    says(&empty, &["Skriv et ord", "<title>Feil: ", "href=\"#word\""]);
    let long = "ord".repeat(30);
    says(
        &led(&scene.mari, &scene.mari.post(ADD, &[("word", &long)]).await).await,
        &["Teksten er for lang", &long],
    );
    let added = led(&scene.mari, &scene.mari.post(ADD, &[("word", "PORTEN")]).await).await;
    says(&added, &["Ordet merkes i brev fra nå av.", ">porten<", "Lyngmo fengsel"]);
    scene.sent(WORDS).await;
    says(&scene.opened().await.1, &["<mark>porten<"]);
    let id = scene.mari.get(path).await.hidden("id");
    // Whoever sets the unit's bounds sees them, and changes none.
    let admin = admin(&scene).await;
    let seen = admin.get(path).await;
    says(&seen, &[">porten<"]);
    assert!(!seen.text.contains("Slutt å merke"));
    for (to, form) in [(ADD, [("word", "nytt")]), ("/api/staff/letters/words/end", [("id", id.as_str())])] {
        assert_eq!(admin.post(to, &form).await.status, StatusCode::NOT_FOUND, "{to}");
    }
    let ended =
        led(&scene.mari, &scene.mari.post("/api/staff/letters/words/end", &[("id", &id)]).await).await;
    says(&ended, &["Ordet merkes ikke lenger.", "Ingen ord"]);
    assert!(!scene.opened().await.1.text.contains("<mark>"));
}

/// The form of the bounds as its page shows it, with some of it changed.
fn bounds<'a>(
    page: &'a [(&'static str, String)],
    changed: &[(&'static str, &'a str)],
) -> Vec<(&'static str, &'a str)> {
    let of = |name: &str| changed.iter().find(|(n, _)| *n == name).map(|(_, value)| *value);
    page.iter().map(|(name, value)| (*name, of(name).unwrap_or(value))).collect()
}

fn opened(page: &Page) -> Vec<(&'static str, String)> {
    let value = |name: &str| {
        let (_, rest) = page.text.split_once(&format!("name=\"{name}\"")).expect("a field");
        let tag = rest.split('>').next().unwrap_or_default();
        tag.split_once("value=\"").and_then(|(_, v)| v.split('"').next()).unwrap_or_default().to_owned()
    };
    let typed =
        ["longest", "per_week", "control_hours", "release_hours", "reads_from", "reads_to", "duty_phone"];
    let dates = ["from_day", "from_month", "from_year", "source"];
    let read = typed.into_iter().chain(dates).map(|name| (name, value(name)));
    let chosen = [("exchange", "yes"), ("means", "screen"), ("reads_days", "daily"), ("sami", "")];
    let hidden = ["unit", "seen"].map(|name| (name, page.hidden(name)));
    let chosen = chosen.map(|(name, value)| (name, value.to_owned()));
    hidden.into_iter().chain(read).chain(chosen).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_sets_its_bounds_from_a_day_and_never_backwards() {
    let scene = Scene::new().await;
    let admin = admin(&scene).await;
    says(&admin.get("/staff").await, &["href=\"/staff/letters/rules\""]);
    let path = "/staff/letters/rules";
    says(
        &admin.get(path).await,
        &["Regler for brev, Lyngmo fengsel", "2500 tegn", "Gjelder nå", "Nye regler"],
    );
    neutral(&admin, path).await;
    let form = admin.get("/staff/letters/rules/change?unit=lyngmo").await;
    let page = opened(&form);
    let post = async |changed: &[(&'static str, &str)]| {
        led(&admin, &admin.post(RULES, &bounds(&page, changed)).await).await
    };
    let wrong =
        post(&[("longest", "1"), ("reads_to", "x"), ("from_year", "2020"), ("source", "Min kilde")]).await;
    says(
        &wrong,
        &[
            "Skriv et tall fra 100 til 20 000",
            "Skriv et klokkeslett",
            "Regler endres ikke bakover",
            "value=\"Min kilde\"",
            "href=\"#from_day\"",
            "<title>Feil: ",
        ],
    );
    says(&post(&[("longest", "900")]).await, &["De nye reglene er lagret.", "900 tegn", "2500 tegn"]);
    // Another had the page open before.
    let late = post(&[("longest", "800")]).await;
    says(&late, &["Noen andre har lagret regler", "900 tegn", "value=\"800\""]);
    let anew = opened(&late);
    let form = bounds(&anew, &[("longest", "800")]);
    says(&led(&admin, &admin.post(RULES, &form).await).await, &["800 tegn"]);
    says(&scene.maja.get(&scene.path("/write")).await, &["opptil 2500 tegn"]);
    says(&scene.mari.get(path).await, &["800 tegn", "Enhetens administrator endrer reglene"]);
    for (browser, unit) in [(&scene.mari, "lyngmo"), (&admin, "halden")] {
        let page = browser.get(&format!("/staff/letters/rules/change?unit={unit}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{unit}");
        let form = bounds(&anew, &[("unit", unit)]);
        assert_eq!(browser.post(RULES, &form).await.status, StatusCode::NOT_FOUND, "{unit}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn she_finds_her_letters_and_sees_who_has_looked_at_them() {
    let scene = Scene::new().await;
    scene.sent(WORDS).await;
    let page = scene.maja.get(&scene.path("")).await;
    says(&page, &["Hvem som har sett", "Ingen ansatte har sett på det ennå."]);
    let (_, letter) = scene.opened().await;
    let page = scene.maja.get(&scene.path("")).await;
    says(&page, &["Brevkontrollør, Lyngmo fengsel", "Kontrollere et brev"]);
    assert!(!page.text.contains("Mari Sivglans"), "a role, and no name");
    let about = target(&letter);
    scene.mari.post(DECIDE, &decision(&about, &[("outcome", "release")])).await;
    scene.portal.run("UPDATE clearance SET outcome = 'withdrawn'").await;
    let page = scene.maja.get(&scene.path("")).await;
    says(&page, &["Brevkontrollør"]);
    assert!(!page.text.contains("Lyngmo"), "where he is, is told to nobody to whom it is closed");
    let found = scene.maja.post("/api/messages/search", &[("text", "ved PORTEN")]).await;
    let page = led(&scene.maja, &found).await;
    let here = format!("href=\"{}\"", scene.path(""));
    says(&page, &["1 sted", "Brev med Even Fjellvik", "Du skrev", &here]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_counts_each_kind_where_it_is_drawn_and_passing_by_reads_nothing() {
    let scene = Scene::new().await;
    scene.sent(WORDS).await;
    let (_, letter) = scene.opened().await;
    let about = target(&letter);
    let form = [("outcome", "stop"), ("category", "escape"), ("reason", "Grunn"), ("milder", "Ikke nok")];
    scene.mari.post(DECIDE, &decision(&about, &form)).await;
    let counted = |page: &Page| page.text.contains("uleste");
    for path in
        ["/my".to_owned(), scene.path("/write"), scene.path("/report"), scene.path("/change?wish=pause")]
    {
        assert!(counted(&scene.maja.get(&path).await), "{path}");
    }
    says(&scene.maja.get("/my").await, &["1 nytt om brevene"]);
    assert!(!counted(&scene.maja.get(&scene.path("")).await), "it is being read");
    assert!(!counted(&scene.maja.get("/my").await));
}
