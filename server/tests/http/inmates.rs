//! One inmate, one page, as a browser without script walks it: found with a reason, opened with a reason, and nothing for whoever
//! has another duty or another unit.

use reqwest::StatusCode;

use crate::{
    booking::{confirm, held, relative, stage},
    harness::{Browser, Portal},
    titles::neutral,
};

const FIND: &str = "/api/staff/inmates/find";
const FOUND: &str = "/staff/inmates";
/// Whom the stage of booking puts at Lyngmo.
const NAME: &str = "Even Fjellvik";

async fn staff(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("staff", persona, "/staff").await;
    browser
}

/// What is found under this name; no address has it.
async fn found(browser: &Browser, name: &str) -> String {
    let posted = browser.post(FIND, &[("text", name), ("why", "handle_case")]).await;
    assert_eq!(posted.status, StatusCode::SEE_OTHER);
    let path = posted.location();
    assert!(path.starts_with(FOUND) && !path.contains("Even") && !path.contains("Solveig"), "{path}");
    browser.get(path).await.text
}

#[tokio::test(flavor = "multi_thread")]
async fn he_is_found_and_all_that_is_his_stands_on_one_page() {
    let portal = Portal::start().await;
    let stage = stage(&portal).await;
    let (maja, _) = relative(&portal, &stage, "maja").await;
    let hold = held(&maja).await.hidden("hold");
    confirm(&maja, &hold).await;
    let henrik = staff(&portal, "henrik").await;
    let path = format!("{FOUND}/{}?reason=handle_case", stage.inmate_public);
    assert!(found(&henrik, NAME).await.contains(&format!("href=\"{path}\"")));
    let page = henrik.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [NAME, "Søknad om besøk", "Tidslinje", "Bestilt", "Avgjort", "Ingen rett har satt vilkår"]
    {
        assert!(page.text.contains(words), "{words}");
    }
    neutral(&henrik, &path).await;
    let visits = henrik.get(&format!("{path}&show=visits")).await;
    assert!(visits.text.contains("Bestilt") && !visits.text.contains("Søknad om besøk"));
    // A part that is not hers is as if there were nothing of it.
    let letters = henrik.get(&format!("{path}&show=letters")).await;
    assert!(letters.text.contains("Ingenting her ennå"));
    // Without a reason, or with one that is on no list, the page asks why and reads nothing.
    let bare = path.split('?').next().expect("a path");
    for address in [bare.to_owned(), format!("{bare}?reason=curiosity")] {
        let asks = henrik.get(&address).await;
        assert_eq!(asks.status, StatusCode::OK);
        assert!(!asks.text.contains(NAME), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_said_at_its_field() {
    let portal = Portal::start().await;
    let henrik = staff(&portal, "henrik").await;
    let long = "x".repeat(200);
    for (text, why, said) in [
        ("", "handle_case", "Skriv et navn eller et fødselsnummer."),
        ("Jonas", "", "Velg hvorfor du leter."),
        ("Jonas", "curiosity", "Velg hvorfor du leter."),
        (&long, "handle_case", "Teksten er for lang."),
    ] {
        let posted = henrik.post(FIND, &[("text", text), ("why", why)]).await;
        let page = henrik.get(posted.location()).await;
        assert!(page.text.contains(said), "{text} {why}");
        assert!(page.text.contains(&format!("value=\"{text}\"")) || text.is_empty(), "{text} is kept");
        assert!(!page.text.contains("?reason="), "nobody is found");
    }
    assert!(found(&henrik, "Solveig").await.contains("Ingen innsatte funnet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn to_everybody_else_he_is_not_there() {
    let portal = Portal::start().await;
    let stage = stage(&portal).await;
    let path = format!("{FOUND}/{}?reason=handle_case", stage.inmate_public);
    assert_eq!(staff(&portal, "henrik").await.get(&path).await.status, StatusCode::OK);
    // The same duty at another prison.
    let nadia = staff(&portal, "nadia").await;
    assert_eq!(nadia.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!found(&nadia, NAME).await.contains(stage.inmate_public.as_str()));
    for persona in ["geir", "mari", "auditor", "duty1"] {
        let browser = staff(&portal, persona).await;
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{persona}");
        let posted = browser.post(FIND, &[("text", "Even"), ("why", "handle_case")]).await;
        assert_eq!(posted.status, StatusCode::NOT_FOUND, "{persona}");
    }
    let maja = portal.browser();
    maja.sign_in("citizen", "maja", "/my").await;
    assert_ne!(maja.get(&path).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_are_kept_apart_and_what_is_missing_is_said_at_its_field() {
    let portal = Portal::start().await;
    let stage = stage(&portal).await;
    let (his, _) = stage.beside("Siv Utvik").await;
    let henrik = staff(&portal, "henrik").await;
    let path = format!("{FOUND}/{}/apart", stage.inmate_public);
    let opened = henrik.get(&format!("{FOUND}/{}?reason=handle_case", stage.inmate_public)).await;
    assert!(opened.text.contains(&format!("href=\"{path}\"")), "the way to it");
    neutral(&henrik, &path).await;
    let inmate = stage.inmate_public.to_string();
    let find = async |text: &str| {
        let posted =
            henrik.post("/api/staff/inmates/apart/find", &[("inmate", &inmate), ("text", text)]).await;
        assert!(!posted.location().contains("Siv"), "no name in an address");
        henrik.get(posted.location()).await
    };
    assert!(find(" ").await.text.contains("Skriv et navn eller et fødselsnummer."));
    let page = find("Inmate of Siv").await;
    let other = his.inmate_public.to_string();
    assert!(page.text.contains(&other));
    let keep = async |other: &str, reason: &str| {
        let form =
            [("inmate", inmate.as_str()), ("text", "Inmate of Siv"), ("other", other), ("reason", reason)];
        let posted = henrik.post("/api/staff/inmates/apart/keep", &form).await;
        henrik.get(posted.location()).await
    };
    let wrong = keep("", "threats").await;
    assert!(wrong.text.contains("Velg hvem.") && wrong.text.contains("value=\"threats\" selected"));
    assert!(keep(&other, "").await.text.contains("Velg en grunn."));
    let page = keep(&other, "threats").await;
    assert!(page.text.contains("De to holdes adskilt.") && page.text.contains("Trusler"));
    let form = [("inmate", page.hidden("inmate")), ("pair", page.hidden("pair"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let posted = henrik.post("/api/staff/inmates/apart/end", &form).await;
    assert!(henrik.get(posted.location()).await.text.contains("ikke lenger adskilt"));
    // To another duty none of it is there.
    let gate = staff(&portal, "geir").await;
    assert_eq!(gate.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_is_set_once_and_called_off_and_what_is_missing_is_said_at_its_field() {
    const SET: &str = "/api/staff/inmates/appointments/set";
    let portal = Portal::start().await;
    let stage = stage(&portal).await;
    let henrik = staff(&portal, "henrik").await;
    let path = format!("{FOUND}/{}/appointments", stage.inmate_public);
    let opened = henrik.get(&format!("{FOUND}/{}?reason=handle_case", stage.inmate_public)).await;
    assert!(opened.text.contains(&format!("href=\"{path}\"")), "the way to it");
    neutral(&henrik, &path).await;
    let (inmate, key) = (stage.inmate_public.to_string(), henrik.get(&path).await.hidden("key"));
    let day = portal.ctx.now().date().plus_days(20).0;
    let [date, month, year] = [day.day().to_string(), day.month().to_string(), day.year().to_string()];
    let set = async |kind: &str, start: &str, end: &str| {
        let form = [
            ("inmate", inmate.as_str()),
            ("key", &key),
            ("kind", kind),
            ("date_day", &date),
            ("date_month", &month),
            ("date_year", &year),
            ("start", start),
            ("end", end),
        ];
        let posted = henrik.post(SET, &form).await;
        henrik.get(posted.location()).await
    };
    let wrong = set("", "09.00", "klokka ti").await;
    for words in
        ["Velg hva det er.", "Skriv klokkeslettet som 09.00.", "value=\"09.00\"", "value=\"klokka ti\""]
    {
        assert!(wrong.text.contains(words), "{words}");
    }
    assert!(set("court", "10.00", "09.00").await.text.contains("Avtalen må slutte etter at den begynner."));
    for _ in 0..2 {
        let page = set("court", "09.00", "15.30").await;
        assert!(page.text.contains("Avtalen er lagt til.") && page.text.contains("Rettsmøte"));
        assert_eq!(
            page.text.matches("/api/staff/inmates/appointments/off").count(),
            1,
            "sent twice it is one"
        );
    }
    let page = henrik.get(&path).await;
    let form = [("inmate", page.hidden("inmate")), ("appointment", page.hidden("appointment"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let posted = henrik.post("/api/staff/inmates/appointments/off", &form).await;
    let page = henrik.get(posted.location()).await;
    assert!(page.text.contains("Avtalen er avlyst.") && page.text.contains("Ingen avtaler framover."));
    let gate = staff(&portal, "geir").await;
    assert_eq!(gate.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn visitors_are_named_up_to_a_number_and_exchanged() {
    const NAME: &str = "/api/staff/inmates/named/name";
    let portal = Portal::start().await;
    let stage = stage(&portal).await;
    let henrik = staff(&portal, "henrik").await;
    let path = format!("{FOUND}/{}/named", stage.inmate_public);
    let opened = henrik.get(&format!("{FOUND}/{}?reason=handle_case", stage.inmate_public)).await;
    assert!(opened.text.contains(&format!("href=\"{path}\"")), "the way to it");
    neutral(&henrik, &path).await;
    let inmate = stage.inmate_public.to_string();
    let name = async |name: &str| {
        let posted = henrik.post(NAME, &[("inmate", &inmate), ("name", name)]).await;
        assert!(!posted.location().contains("Utvik"), "no name in an address");
        henrik.get(posted.location()).await
    };
    assert!(name("  ").await.text.contains("Skriv navnet."));
    let long = "Utvik ".repeat(40);
    assert!(name(&long).await.text.contains("Navnet er for langt."));
    for one in ["Siv Utvik", "Tor Utvik", "Nils Utvik", "Ask Utvik"] {
        assert!(name(one).await.text.contains("Den besøkende er lagt til."), "{one}");
    }
    let page = name("Odd Utvik").await;
    assert!(page.text.contains("Den innsatte har navngitt 4") && !page.text.contains("Odd Utvik"));
    let form = [("inmate", page.hidden("inmate")), ("named", page.hidden("named"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let posted = henrik.post("/api/staff/inmates/named/end", &form).await;
    assert!(henrik.get(posted.location()).await.text.contains("Den besøkende er tatt bort."));
    let gate = staff(&portal, "geir").await;
    assert_eq!(gate.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_visitors_are_kept_apart_and_neither_is_told() {
    const PATH: &str = "/staff/visits/apart";
    let portal = Portal::start().await;
    let stage = stage(&portal).await;
    let (maja, one) = relative(&portal, &stage, "maja").await;
    let (_, siv) = stage.beside("Siv Utvik").await;
    let (one, other) =
        (stage.public_of(&one).await.to_string(), stage.public_of(&siv.person).await.to_string());
    let henrik = staff(&portal, "henrik").await;
    assert!(henrik.get(FOUND).await.text.contains(&format!("href=\"{PATH}\"")), "the way to it");
    neutral(&henrik, PATH).await;
    let find = async |first: &str, second: &str| {
        let form = [("one_text", first), ("other_text", second)];
        let posted = henrik.post("/api/staff/visits/apart/find", &form).await;
        assert!(!posted.location().contains("Siv"), "no name in an address");
        henrik.get(posted.location()).await
    };
    let page = find("Maja", " ").await;
    assert!(page.text.contains("Skriv et navn eller en referanse.") && page.text.contains("value=\"Maja\""));
    assert!(find("Maja", "Ingensteds").await.text.contains("Ingen funnet"));
    let page = find("Maja", "Siv").await;
    assert!(page.text.contains(&one) && page.text.contains(&other));
    let keep = async |second: &str, reason: &str, note: &str| {
        let form = [
            ("one_text", "Maja"),
            ("other_text", "Siv"),
            ("one", one.as_str()),
            ("other", second),
            ("reason", reason),
            ("note", note),
        ];
        let posted = henrik.post("/api/staff/visits/apart/keep", &form).await;
        henrik.get(posted.location()).await
    };
    let wrong = keep("", "", "Kranglet i porten").await;
    assert!(wrong.text.contains("Velg hvem.") && wrong.text.contains("Velg en grunn."));
    assert!(wrong.text.contains("value=\"Kranglet i porten\""), "what was typed is kept");
    assert!(keep(&one, "conflict", "").await.text.contains("Velg to forskjellige."));
    let page = keep(&other, "conflict", "Kranglet i porten").await;
    assert!(page.text.contains("De to holdes adskilt.") && page.text.contains("Kranglet i porten"));

    // Maja, who has done nothing and knows nothing, is told of nothing.
    let day = maja.get("/my/data").await.text;
    assert!(!day.contains("Kranglet") && !day.contains("Siv Utvik"));
    let form = [("pair", page.hidden("pair"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let posted = henrik.post("/api/staff/visits/apart/end", &form).await;
    assert!(henrik.get(posted.location()).await.text.contains("ikke lenger adskilt"));
    let gate = staff(&portal, "geir").await;
    assert_eq!(gate.get(PATH).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_under_eighteen_stands_on_a_list_with_the_visits_of_two_months() {
    const PATH: &str = "/staff/visits/children";
    let portal = Portal::start().await;
    let henrik = staff(&portal, "henrik").await;
    assert!(henrik.get(FOUND).await.text.contains(&format!("href=\"{PATH}\"")), "the way to it");
    neutral(&henrik, PATH).await;
    let page = henrik.get(PATH).await.text;
    for words in ["Kasper Lyngdal", "Mangler denne måneden", "0 av 1", "?reason=handle_case"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("Even Fjellvik"), "who is of age");
    assert!(page.contains(&format!("href=\"{PATH}.csv\"")), "the way to the file");
    let file = henrik.get(&format!("{PATH}.csv")).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let line = file.text.lines().find(|line| line.starts_with("Kasper Lyngdal,")).expect("his line");
    assert!(line.contains(",Lyngmo fengsel,Mangler denne måneden,1,0,"), "{line}");
    assert!(file.text.starts_with("Navn,Alder,Enhet,Kravet,") && !file.text.contains("Even Fjellvik"));
    let trace = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'children_exported'";
    assert_eq!(portal.ctx.db.one::<(i64,)>(trace, vec![]).await.expect("a count").0, 1);
    let nadia = staff(&portal, "nadia").await;
    assert!(nadia.get(PATH).await.text.contains("Ingen under 18 år"));
    assert_eq!(nadia.get(&format!("{PATH}.csv")).await.text.lines().count(), 1, "a head alone");
    for path in [PATH.to_owned(), format!("{PATH}.csv")] {
        assert_eq!(staff(&portal, "geir").await.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_ne!(portal.browser().get(&path).await.status, StatusCode::OK, "{path}");
    }
}
