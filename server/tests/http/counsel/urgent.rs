//! A client whom a lawyer has to meet soon, as browsers without script walk it.

use super::*;

const ASK: &str = "/api/my/clients/urgent";
const WITHDRAW: &str = "/api/my/clients/urgent/withdraw";
const ANSWER: &str = "/api/staff/visits/urgent/answer";

/// Until ten on a day so many days from now.
async fn ask(scene: &Scene, browser: &Browser, key: &str, reason: &str, days: i64) -> Page {
    let day = scene.portal.ctx.now().date().plus_days(days).0;
    let [date, month, year] = [day.day().to_string(), day.month().to_string(), day.year().to_string()];
    let form = [
        ("inmate", scene.even.as_str()),
        ("key", key),
        ("reason", reason),
        ("way", "any"),
        ("by_day", &date),
        ("by_month", &month),
        ("by_year", &year),
        ("clock", "10.00"),
    ];
    browser.post(ASK, &form).await
}

#[tokio::test(flavor = "multi_thread")]
async fn she_asks_the_unit_books_and_what_is_wrong_is_told_at_its_field() {
    let scene = Scene::on(Portal::start().await).await;
    scene.registered().await;
    let (ingrid, henrik) = (&scene.ingrid, &scene.henrik);
    let path = scene.path("/urgent");
    says(&ingrid.get(&scene.path("/rooms")).await, &[&format!("href=\"{path}\"")]);
    assert_eq!(neutral(ingrid, &path).await, "Hastetime – Varde");
    let page = ingrid.get(&path).await;
    let key = page.hidden("key");
    let wrong = ask(&scene, ingrid, &key, "", -1).await;
    assert!(!wrong.location().contains("10.00"), "nothing typed in an address");
    let words = ["Velg hvorfor det haster.", "Velg i dag eller en dag fram i tid", "value=\"10.00\""];
    says(&led(ingrid, &wrong).await, &words);
    let far = ask(&scene, ingrid, &key, "custody", 20).await;
    says(&led(ingrid, &far).await, &["Det er for langt fram til å haste."]);
    for _ in 0..2 {
        let asked = ask(&scene, ingrid, &key, "custody", 3).await;
        says(&led(ingrid, &asked).await, &["Venter på svar fra enheten", "Fengslingsmøte"]);
    }

    let list = henrik.get("/staff/work").await;
    let desk = format!("/staff/visits/urgent/{key}");
    says(&list, &["Finn en hastetid for en advokat", &desk]);
    assert_eq!(neutral(henrik, &desk).await, "Hastetime for en advokat – Varde");
    let shown = henrik.get(&desk).await;
    says(&shown, &["Ingrid Tindestrå", "Even Fjellvik", "Tider som passer", "Advokatrom"]);
    let none = henrik.post(ANSWER, &[("public", key.as_str()), ("answer", "yes")]).await;
    says(&led(henrik, &none).await, &["Velg en tid."]);
    let (_, rest) = shown.text.split_once("name=\"session\" value=\"").expect("a time");
    let session = rest.split('"').next().unwrap_or_default().to_owned();
    let yes = [("public", key.as_str()), ("answer", "yes"), ("session", &session)];
    says(&led(henrik, &henrik.post(ANSWER, &yes).await).await, &["Svaret er lagret", "Tid bestilt"]);
    says(&led(henrik, &henrik.post(ANSWER, &yes).await).await, &["Svaret ble ikke lagret."]);
    says(&ingrid.get(&path).await, &["Enheten har bestilt en tid", "/visits/bookings/"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_has_its_reason_what_is_taken_back_is_gone_and_strangers_find_nothing() {
    let scene = Scene::on(Portal::start().await).await;
    scene.registered().await;
    let (ingrid, henrik) = (&scene.ingrid, &scene.henrik);
    let path = scene.path("/urgent");
    let page = ingrid.get(&path).await;
    let (inmate, first) = (page.hidden("inmate"), page.hidden("key"));
    ask(&scene, ingrid, &first, "other", 3).await;
    let back = ingrid.post(WITHDRAW, &[("inmate", &inmate), ("public", &first)]).await;
    let page = led(ingrid, &back).await;
    says(&page, &["Forespørselen er trukket."]);
    let second = page.hidden("key");
    ask(&scene, ingrid, &second, "deadline", 3).await;
    let desk = format!("/staff/visits/urgent/{second}");
    let why = henrik.post(ANSWER, &[("public", second.as_str()), ("answer", "no")]).await;
    says(&led(henrik, &why).await, &["Velg hvorfor ikke."]);
    let no = [("public", second.as_str()), ("answer", "no"), ("reason", "no_time")];
    says(&led(henrik, &henrik.post(ANSWER, &no).await).await, &["Nei: Ikke rom eller folk"]);
    says(&ingrid.get(&path).await, &["Enheten kunne ikke gi deg en tid", "Be om en ny tid"]);

    let (maja, geir) = (scene.portal.browser(), scene.portal.browser());
    maja.sign_in("citizen", "maja", "/my").await;
    geir.sign_in("staff", "geir", "/staff").await;
    assert_eq!(maja.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(geir.get(&desk).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ask(&scene, &maja, &second, "other", 3).await.status, StatusCode::NOT_FOUND);
    assert_eq!(geir.post(ANSWER, &no).await.status, StatusCode::NOT_FOUND);
}
