//! An organisation that a unit clears, whose people ask to meet an inmate and book a room, as browsers without script walk it.

use reqwest::StatusCode;

use crate::{
    harness::{Browser, Page, Portal},
    titles::neutral,
};

const NUMBER: &str = "812300008";
/// Jorunn's.
const LEAD: &str = "12897522134";

struct Scene {
    portal: Portal,
    henrik: Browser,
    jorunn: Browser,
    /// 100 days from now, as it is typed.
    last: [String; 3],
}

impl Scene {
    async fn new() -> Self {
        let portal = Portal::start().await;
        let day = portal.ctx.now().date().plus_days(100).0;
        let last = [day.day().to_string(), day.month().to_string(), day.year().to_string()];
        let (henrik, jorunn) = (portal.browser(), portal.browser());
        henrik.sign_in("staff", "henrik", "/staff").await;
        jorunn.sign_in("citizen", "jorunn", "/my").await;
        Self { portal, henrik, jorunn, last }
    }

    fn until<'a>(&'a self, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let [day, month, year] = &self.last;
        let mut form = more.to_vec();
        form.extend([("to_day", day.as_str()), ("to_month", month), ("to_year", year)]);
        form
    }

    async fn register(&self, kind: &str, watch: &str) -> Page {
        let form = [
            ("unit", "lyngmo"),
            ("organisation", NUMBER),
            ("name", "Fylkestilsynet"),
            ("kind", kind),
            ("watch", watch),
            ("contact", "Jorunn Tepperot"),
            ("number", LEAD),
        ];
        self.henrik.post("/api/staff/organisations/register", &self.until(&form)).await
    }
}

fn says(page: &Page, words: &[&str]) {
    for word in words {
        assert!(page.text.contains(word), "{word:?} is not on the page:\n{}", page.text);
    }
}

async fn led(browser: &Browser, page: &Page) -> Page {
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    browser.get(page.location()).await
}

/// The first value of a field of this name.
fn value(page: &Page, name: &str) -> String {
    let (_, rest) = page.text.split_once(&format!("name=\"{name}\" value=\"")).expect(name);
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_clears_it_its_people_ask_and_book_and_nobody_else_finds_any_of_it() {
    let scene = Scene::new().await;
    let (henrik, jorunn) = (&scene.henrik, &scene.jorunn);
    let wrong = scene.register("consulate", "heard").await;
    assert!(!wrong.location().contains(LEAD), "no number in an address");
    says(&led(henrik, &wrong).await, &["Ingen kan høre på når noen kommer", "value=\"Fylkestilsynet\""]);
    let done = scene.register("authority", "none").await;
    let of = done.location().split(['/', '?']).nth(3).unwrap_or_default().to_owned();
    says(&led(henrik, &done).await, &["Organisasjonen er klarert", "Offentlig myndighet", "Jorunn Tepperot"]);
    assert_eq!(neutral(henrik, &format!("/staff/organisations/{of}")).await, "Organisasjon – Varde");

    // Hers, with nobody to meet; she asks.
    let page = format!("/my/organisations/{of}");
    says(&jorunn.get("/my").await, &["/my/organisations"]);
    says(&jorunn.get("/my/organisations").await, &["Fylkestilsynet", &page]);
    says(&jorunn.get(&page).await, &["Ingen å møte ennå", "Lyngmo fengsel"]);
    let key = value(&jorunn.get(&format!("{page}/ask")).await, "key");
    let ask =
        [("public", of.as_str()), ("key", &key), ("unit", "lyngmo"), ("name", "Even Mosebø"), ("why", "")];
    let wrong = jorunn.post("/api/my/organisations/ask", &ask).await;
    assert!(!wrong.location().contains("Even"), "nobody's name in an address");
    says(&led(jorunn, &wrong).await, &["Skriv hva møtet gjelder", "value=\"Even Mosebø\""]);
    let ask = [
        ("public", of.as_str()),
        ("key", &key),
        ("unit", "lyngmo"),
        ("name", "Even Mosebø"),
        ("why", "Tilsyn"),
    ];
    for _ in 0..2 {
        let asked = jorunn.post("/api/my/organisations/ask", &ask).await;
        says(&led(jorunn, &asked).await, &["Enheten har fått spørsmålet ditt", "Venter på svar"]);
    }

    // The unit finds him and says yes.
    let desk = format!("/staff/organisations/asked/{key}");
    says(&henrik.get("/staff/work").await, &["Svar en organisasjon som vil møte en innsatt", &desk]);
    let shown = henrik.get(&desk).await;
    says(&shown, &["Fylkestilsynet", "Jorunn Tepperot", "Tilsyn", "Even Mosebø"]);
    let none =
        henrik.post("/api/staff/organisations/answer", &[("public", key.as_str()), ("answer", "yes")]).await;
    says(&led(henrik, &none).await, &["Velg den innsatte"]);
    let inmate = value(&shown, "inmate");
    let yes = scene.until(&[("public", &key), ("answer", "yes"), ("inmate", &inmate)]);
    says(
        &led(henrik, &henrik.post("/api/staff/organisations/answer", &yes).await).await,
        &["Svaret er sendt"],
    );
    says(
        &led(henrik, &henrik.post("/api/staff/organisations/answer", &yes).await).await,
        &["Noen har svart"],
    );

    // She books one of its rooms and takes another in its place.
    let rooms = format!("{page}/inmates/{inmate}/rooms");
    says(&jorunn.get(&page).await, &["Bestill rom med Even Mosebø"]);
    let free = jorunn.get(&rooms).await;
    says(&free, &["Møterom", "for Fylkestilsynet"]);
    assert!(!free.text.contains("Advokatrom"), "a lawyer's room");
    let (_, rest) = free.text.split_once(&format!("{rooms}/")).expect("a room");
    let session = rest.split('"').next().unwrap_or_default().to_owned();
    let check = jorunn.get(&format!("{rooms}/{session}")).await;
    says(&check, &["Fylkestilsynet", "Hvem du møter", "Ingen"]);
    let key = value(&check, "key");
    let book = [("inmate", inmate.as_str()), ("session", &session), ("key", &key), ("organisation", &of)];
    let booked = jorunn.post("/api/my/clients/rooms/book", &book).await;
    let visit = booked.location().split('?').next().unwrap_or_default().to_owned();
    says(&led(jorunn, &booked).await, &["Besøket er bestilt"]);
    says(&jorunn.get(&visit).await, &["Fylkestilsynet", "Møterom", &format!("{rooms}?instead=")]);

    // To everybody else none of it is there.
    let other = scene.portal.browser();
    other.sign_in("citizen", "tone", "/my").await;
    for path in
        [&page, &format!("{page}/ask"), &format!("{page}/people"), &rooms, &format!("{rooms}/{session}")]
    {
        assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for post in ["/api/my/organisations/ask", "/api/my/clients/rooms/book"] {
        let form = if post.ends_with("ask") { &ask[..] } else { &book[..] };
        assert_eq!(other.post(post, form).await.status, StatusCode::NOT_FOUND, "{post}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_of_its_people_names_another_and_the_unit_ends_it_all() {
    let scene = Scene::new().await;
    let (henrik, jorunn) = (&scene.henrik, &scene.jorunn);
    let done = scene.register("volunteer", "seen").await;
    let of = done.location().split(['/', '?']).nth(3).unwrap_or_default().to_owned();
    let page = format!("/my/organisations/{of}");
    let wrong =
        jorunn.post("/api/my/organisations/people/add", &[("public", of.as_str()), ("name", "Tone")]).await;
    says(&led(jorunn, &wrong).await, &["Skriv et gyldig fødselsnummer", "value=\"Tone\""]);
    let form = scene.until(&[("public", &of), ("name", "Tone"), ("number", "21858031238")]);
    let added = jorunn.post("/api/my/organisations/people/add", &form).await;
    says(&led(jorunn, &added).await, &["Personen er ført opp", "Tone skal ikke komme mer"]);
    let tone = scene.portal.browser();
    tone.sign_in("citizen", "tone", "/my").await;
    says(&tone.get(&page).await, &["Fylkestilsynet"]);
    assert_eq!(
        tone.get(&format!("{page}/people")).await.status,
        StatusCode::NOT_FOUND,
        "not hers to name others"
    );
    // Whom it meets, written down by the unit.
    let meet = format!("/staff/organisations/{of}/meet");
    let found =
        henrik.post("/api/staff/organisations/find", &[("public", of.as_str()), ("find", "Mosebø")]).await;
    assert!(!found.location().contains("Moseb"), "nobody's name in an address");
    let inmate = value(&led(henrik, &found).await, "inmate");
    let late = [
        ("public", of.as_str()),
        ("inmate", &inmate),
        ("to_day", "1"),
        ("to_month", "1"),
        ("to_year", "2020"),
    ];
    says(&led(henrik, &henrik.post("/api/staff/organisations/meet", &late).await).await, &["Velg i dag"]);
    let form = scene.until(&[("public", &of), ("inmate", &inmate)]);
    says(
        &led(henrik, &henrik.post("/api/staff/organisations/meet", &form).await).await,
        &["kan møte den innsatte"],
    );
    says(&tone.get(&page).await, &["Bestill rom med Even Mosebø"]);
    assert_eq!(neutral(henrik, &meet).await, "Hvem skal organisasjonen møte? – Varde");
    let end = [("public", of.as_str()), ("unit", "lyngmo")];
    says(
        &led(henrik, &henrik.post("/api/staff/organisations/end", &end).await).await,
        &["Ikke klarert hos dine enheter"],
    );
    says(&tone.get(&page).await, &["Rom kan ikke bestilles nå", "Ingen enhet har klarert"]);
}

/// The sessions that are free, in the order of the page.
fn sessions(page: &Page, rooms: &str) -> Vec<String> {
    let begins = format!("{rooms}/");
    let each = page.text.split(begins.as_str()).skip(1);
    each.map(|rest| rest.split(['"', '?']).next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_comes_along_sees_the_visit_and_steps_down() {
    let scene = Scene::new().await;
    let (henrik, jorunn) = (&scene.henrik, &scene.jorunn);
    let done = scene.register("authority", "none").await;
    let of = done.location().split(['/', '?']).nth(3).unwrap_or_default().to_owned();
    let page = format!("/my/organisations/{of}");
    let form = scene.until(&[("public", &of), ("name", "Tone"), ("number", "21858031238")]);
    led(jorunn, &jorunn.post("/api/my/organisations/people/add", &form).await).await;
    let found =
        henrik.post("/api/staff/organisations/find", &[("public", of.as_str()), ("find", "Mosebø")]).await;
    let inmate = value(&led(henrik, &found).await, "inmate");
    let form = scene.until(&[("public", &of), ("inmate", &inmate)]);
    led(henrik, &henrik.post("/api/staff/organisations/meet", &form).await).await;

    // Only once she has opened its page herself is she there to be chosen.
    let rooms = format!("{page}/inmates/{inmate}/rooms");
    let free = sessions(&jorunn.get(&rooms).await, &rooms);
    let check = format!("{rooms}/{}", free[0]);
    let tone = scene.portal.browser();
    tone.sign_in("citizen", "tone", "/my").await;
    let alone = jorunn.get(&check).await;
    assert!(!alone.text.contains("Tone Hvitveis"), "who has an account here");
    says(&alone, &["Skal en kollega være med"]);
    says(&tone.get(&page).await, &["Fylkestilsynet"]);
    let asked = jorunn.get(&check).await;
    says(&asked, &["Hvem kommer sammen med deg?", "Tone Hvitveis"]);
    let (key, with) = (value(&asked, "key"), value(&asked, "with[]"));
    let book = [
        ("inmate", inmate.as_str()),
        ("session", free[0].as_str()),
        ("key", &key),
        ("organisation", &of),
        ("with[]", &with),
    ];
    let booked = jorunn.post("/api/my/clients/rooms/book", &book).await;
    let visit = booked.location().split('?').next().unwrap_or_default().to_owned();
    says(&led(jorunn, &booked).await, &["Besøket er bestilt"]);
    says(&jorunn.get(&visit).await, &["Jorunn Tepperot", "Tone Hvitveis"]);

    // Another time, and the same again, are asked about with her.
    let public = visit.split('/').next_back().unwrap_or_default();
    for query in ["instead", "like"] {
        let again = jorunn.get(&format!("{rooms}/{}?{query}={public}", free[1])).await;
        says(&again, &["Tone Hvitveis", " checked"]);
    }

    // She sees it, with its pass; to anybody else it is not there.
    says(&tone.get("/visits").await, &[&visit]);
    says(
        &tone.get(&visit).await,
        &["En kollega har bestilt besøket", "Jorunn Tepperot", "Jeg kan ikke komme"],
    );
    assert_eq!(tone.get(&format!("{visit}/pass")).await.status, StatusCode::OK);
    assert_eq!(tone.get(&format!("{visit}/calendar.ics")).await.status, StatusCode::OK);
    assert_eq!(neutral(&tone, &visit).await, "Besøket – Varde");
    says(&tone.get(&format!("{visit}/cancel")).await, &["Kan du ikke komme?"]);
    let leave = [("public", public)];
    let maja = scene.portal.browser();
    maja.sign_in("citizen", "maja", "/my").await;
    for path in [visit.clone(), format!("{visit}/cancel"), format!("{visit}/pass")] {
        assert_eq!(maja.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(maja.post("/api/my/organisations/visits/leave", &leave).await.location(), "/visits");
    says(&jorunn.get(&visit).await, &["Tone Hvitveis"]);

    // Whoever booked takes her off and along again; she reads it, and nobody else can.
    let others = format!("{visit}/others");
    assert_eq!(neutral(jorunn, &others).await, "Besøket – Varde");
    let change = |shown: &str, with: &str| {
        let mut form = vec![("public", public.to_owned()), ("shown", shown.to_owned())];
        form.extend((!with.is_empty()).then(|| ("with[]", with.to_owned())));
        form
    };
    let asked = jorunn.get(&others).await;
    says(&asked, &["Hvem kommer sammen med deg?", "Tone Hvitveis", " checked"]);
    assert_eq!(value(&asked, "shown"), with);
    for other in [&tone, &maja] {
        assert_eq!(other.get(&others).await.status, StatusCode::NOT_FOUND);
        let form = change(&with, "");
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = other.post("/api/my/organisations/visits/company", &form).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
    for (shown, wanted) in [(with.as_str(), ""), ("", with.as_str())] {
        let form = change(shown, wanted);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let saved = jorunn.post("/api/my/organisations/visits/company", &form).await;
        let page = led(jorunn, &saved).await;
        says(&page, &["Endringen er lagret"]);
        assert_eq!(page.text.contains("Tone Hvitveis"), !wanted.is_empty());
        let hers = tone.get(&visit).await;
        if wanted.is_empty() {
            says(&hers, &["Du er ikke med på dette besøket lenger", "Du skal ikke møte opp"]);
            assert!(!hers.text.contains("Mosebø"), "nothing else of the visit");
            says(&tone.get("/visits").await, &["Du er ikke med lenger"]);
            assert_eq!(tone.get(&format!("{visit}/pass")).await.status, StatusCode::NOT_FOUND);
        } else {
            says(&hers, &["En kollega har bestilt besøket"]);
        }
    }
    let left = tone.post("/api/my/organisations/visits/leave", &leave).await;
    says(&led(&tone, &left).await, &["Det er meldt at du ikke kommer"]);
    assert_eq!(tone.get(&visit).await.status, StatusCode::NOT_FOUND);
    says(&jorunn.get(&visit).await, &["Har meldt at de ikke kommer", "Tone Hvitveis"]);

    // Taken off, and then it is cancelled: whom it was to stays unread.
    let wanted = change("", &with);
    let wanted: Vec<(&str, &str)> = wanted.iter().map(|(name, value)| (*name, value.as_str())).collect();
    led(jorunn, &jorunn.post("/api/my/organisations/visits/company", &wanted).await).await;
    let form = [("public", public), ("shown", with.as_str())];
    led(jorunn, &jorunn.post("/api/my/organisations/visits/company", &form).await).await;
    let version = value(&jorunn.get(&format!("{visit}/cancel")).await, "version");
    let cancel = [("public", public), ("version", version.as_str())];
    says(
        &led(jorunn, &jorunn.post("/api/visits/bookings/cancel", &cancel).await).await,
        &["Besøket er avlyst"],
    );
    for path in ["/visits", visit.as_str()] {
        let hers = tone.get(path).await;
        says(&hers, &["Du er ikke med"]);
        assert!(!hers.text.contains("Mosebø"), "{path}");
    }

    // Who is named no more is told of at the field, by her name.
    let person = value(&jorunn.get(&page).await, "person");
    let end = [("public", of.as_str()), ("person", &person)];
    led(jorunn, &jorunn.post("/api/my/organisations/people/end", &end).await).await;
    let key = value(&jorunn.get(&format!("{rooms}/{}", free[1])).await, "key");
    let late = [
        ("inmate", inmate.as_str()),
        ("session", free[1].as_str()),
        ("key", &key),
        ("organisation", &of),
        ("with[]", &with),
    ];
    let refused = jorunn.post("/api/my/clients/rooms/book", &late).await;
    assert!(refused.location().starts_with(&format!("{rooms}/{}?try=", free[1])), "{}", refused.location());
    says(
        &led(jorunn, &refused).await,
        &["Rommet er ikke bestilt", "Tone Hvitveis kan ikke være med på dette tidspunktet"],
    );
}
