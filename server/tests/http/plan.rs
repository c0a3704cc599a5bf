//! A unit's plan in a browser without script: rules, times of the week, closed days; what is refused keeps what was
//! typed, what is booked stands, and the public page says what holds.

use backend::visits::{booking::testing::Stage, sessions::rules_of};
use domain::{
    access::Unit,
    kernel::{CivilDate, Id},
};
use reqwest::StatusCode;

use crate::harness::{Browser, Page, Portal};

const UNIT: &str = "SELECT id FROM unit WHERE slug = 'lyngmo'";
const PLAN: &str = "/staff/visiting?unit=lyngmo";
const LATEST: &str =
    "SELECT person_id FROM session WHERE person_id IS NOT NULL ORDER BY opened_at DESC, id DESC LIMIT 1";

async fn unit(portal: &Portal) -> Id<Unit> {
    let (unit,): (String,) = portal.ctx.db.one(UNIT, vec![]).await.expect("the unit");
    Id::new(unit)
}

async fn staff(portal: &Portal, who: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("staff", who, "/staff").await;
    browser
}

async fn traced(portal: &Portal, action: &'static str) -> i64 {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = $1 AND actor_kind = 'staff'";
    let (count,): (i64,) = portal.ctx.db.one(sql, backend::args![action]).await.expect("a count");
    count
}

/// A day as the three fields of a form hold it.
fn dated(name: &str, date: CivilDate) -> [(String, String); 3] {
    let d = date.0;
    [
        (format!("{name}_day"), d.day().to_string()),
        (format!("{name}_month"), d.month().to_string()),
        (format!("{name}_year"), d.year().to_string()),
    ]
}

fn no_date(name: &str) -> [(String, String); 3] {
    ["day", "month", "year"].map(|part| (format!("{name}_{part}"), String::new()))
}

type Form = Vec<(String, String)>;

async fn post(browser: &Browser, to: &str, form: &Form) -> Page {
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.post(&format!("/api/staff/visiting/{to}"), &form).await
}

/// Her yes to the page of what is touched; gives the page she saw, and the answer.
async fn yes(browser: &Browser, asked: &Page) -> (Page, Page) {
    assert!(asked.location().starts_with("/staff/visiting/touched?"), "{}", asked.location());
    let page = follow(browser, asked).await;
    let form = [("form", page.hidden("form")), ("kept", page.hidden("kept"))];
    let form: Form = form.map(|(name, value)| (name.to_owned(), value)).into();
    let answer = post(browser, "change", &form).await;
    (page, answer)
}

/// Asked for and saved.
async fn save(browser: &Browser, to: &str, form: &Form) -> Page {
    yes(browser, &post(browser, to, form).await).await.1
}

async fn follow(browser: &Browser, answer: &Page) -> Page {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    browser.get(answer.location()).await
}

fn fields(values: &[(&str, &str)], more: impl IntoIterator<Item = (String, String)>) -> Form {
    values.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).chain(more).collect()
}

/// The rules form filled in, as the page of rules gave it.
fn rules_form(page: &Page, people: &str, from: CivilDate) -> Form {
    let seen = page.hidden("seen");
    let values = [
        ("unit", "lyngmo"),
        ("seen", seen.as_str()),
        ("first_day", "3"),
        ("last_day", "40"),
        ("per_week", "2"),
        ("per_month", "6"),
        ("people", people),
        ("arrive_before", "20"),
        ("latest_arrival", "10"),
        ("join_hours", "24"),
        ("source", "Lokal instruks 4.2"),
    ];
    fields(&values, [dated("from", from), no_date("to")].concat())
}

fn time_form(room: &str, start: &str, from: CivilDate) -> Form {
    let values = [
        ("unit", "lyngmo"),
        ("kind", "open"),
        ("weekday", "5"),
        ("start", start),
        ("minutes", "45"),
        ("room", room),
        ("capacity", "2"),
        ("every", "1"),
    ];
    fields(&values, [dated("from", from), no_date("to")].concat())
}

/// Where the time in this room leads.
fn time_path(page: &Page, room: &str) -> String {
    let before = page.text.split(room).next().expect("the room");
    let at = before.rfind("/staff/visiting/times/").expect("the link of its row");
    before[at..].split('"').next().expect("a path").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn new_rules_hold_from_their_day_and_stand_on_the_public_page() {
    let portal = Portal::start_standing().await;
    let (astrid, anybody) = (staff(&portal, "astrid").await, portal.browser());
    assert!(anybody.get("/units/lyngmo").await.text.contains("Inntil 3 personer"));
    let page = astrid.get("/staff/visiting/rules?unit=lyngmo").await;
    assert!(page.text.contains("name=\"last_day\" type=\"text\""), "{}", page.text);
    let from = portal.ctx.now().date().plus_days(1);
    let answer = save(&astrid, "rules", &rules_form(&page, "6", from)).await;
    assert_eq!(answer.location(), "/staff/visiting?unit=lyngmo&done=rules");
    let plan = follow(&astrid, &answer).await;
    for told in ["Reglene er lagret.", "Inntil 6 personer", "3 til 40 dager", "Lokal instruks 4.2"] {
        assert!(plan.text.contains(told), "{told}");
    }
    let public = anybody.get("/units/lyngmo").await.text;
    assert!(public.contains("Inntil 3 personer") && public.contains("Inntil 6 personer"), "now and coming");
    portal.wait_minutes(24 * 60);
    let public = anybody.get("/units/lyngmo").await.text;
    assert!(!public.contains("Inntil 3 personer") && public.contains("fra 40 til 3 dager"), "{public}");
    assert_eq!(traced(&portal, "rules_put").await, 1);
    // The second click of a double click says the same again.
    portal.wait_minutes(-24 * 60);
    let twice = save(&astrid, "rules", &rules_form(&page, "6", from)).await;
    assert_eq!(twice.location(), "/staff/visiting?unit=lyngmo&done=rules");
    assert_eq!(traced(&portal, "rules_put").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_form_is_told_and_nothing_typed_is_lost() {
    let portal = Portal::start_standing().await;
    let astrid = staff(&portal, "astrid").await;
    let today = portal.ctx.now().date();
    let page = astrid.get("/staff/visiting/rules?unit=lyngmo").await;
    let answer = post(&astrid, "rules", &rules_form(&page, "21", today)).await;
    let page = follow(&astrid, &answer).await;
    for told in [
        "Tallet må være fra 1 til 20",
        "Velg i morgen eller en senere dag",
        "value=\"21\"",
        "Lokal instruks 4.2",
    ] {
        assert!(page.text.contains(told), "{told}");
    }
    assert!(page.text.contains("href=\"#people\"") && page.text.contains("href=\"#from_day\""));

    let mut form = time_form("Rom for feil", "25.00", today);
    form.retain(|(name, _)| name != "kind");
    let page = follow(&astrid, &post(&astrid, "times/add", &form).await).await;
    for told in
        ["Velg hva slags besøk det er", "Skriv klokkeslettet som 18.00", "Rom for feil", "value=\"25.00\""]
    {
        assert!(page.text.contains(told), "{told}");
    }

    let form = fields(&[("unit", "lyngmo"), ("reason", " ")], dated("on", today.plus_days(-1)));
    let page = follow(&astrid, &post(&astrid, "days/close", &form).await).await;
    let year = format!("value=\"{}\"", today.plus_days(-1).0.year());
    for told in ["Velg i dag eller en dag fram i tid", "Skriv grunnen", &year] {
        assert!(page.text.contains(told), "{told}");
    }

    let plan = astrid.get(PLAN).await;
    let time = time_path(&plan, "Besøksrom");
    let public = time.rsplit('/').next().expect("an id");
    let form = fields(&[("time", public), ("seen", "")], no_date("last"));
    let page = follow(&astrid, &post(&astrid, "times/end", &form).await).await;
    assert!(page.text.contains("Skriv datoen") && page.text.contains("href=\"#last_day\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_time_is_there_at_once_and_ends_again() {
    let portal = Portal::start_standing().await;
    let astrid = staff(&portal, "astrid").await;
    let today = portal.ctx.now().date();
    let form = time_form("Rom for prøve", "07.15", today);
    for _ in 0..2 {
        let answer = post(&astrid, "times/add", &form).await;
        assert_eq!(answer.location(), "/staff/visiting?unit=lyngmo&done=added", "also a double click");
    }
    let sessions = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_session WHERE room = 'Rom for prøve'";
    let (made,): (i64,) = portal.ctx.db.one(sessions, vec![]).await.expect("a count");
    assert!(made >= 4, "{made} sessions are there at once");
    let clash = post(&astrid, "times/add", &time_form("Rom for prøve", "07.30", today)).await;
    assert!(follow(&astrid, &clash).await.text.contains("finnes alt i samme rom"));
    assert!(portal.browser().get("/units/lyngmo").await.text.contains("Rom for prøve"));

    let time = time_path(&astrid.get(PLAN).await, "Rom for prøve");
    let page = astrid.get(&time).await;
    assert!(page.text.contains("Fredag kl. 07.15–08.00"), "{}", page.text);
    let copy =
        astrid.get(&format!("/staff/visiting/times/new?unit=lyngmo&copy={}", page.hidden("time"))).await;
    assert!(copy.text.contains("value=\"07.15\"") && copy.text.contains("value=\"Rom for prøve\""));
    let form = fields(&[("time", &page.hidden("time")), ("seen", "")], dated("last", today));
    let answer = save(&astrid, "times/end", &form).await;
    assert_eq!(answer.location(), format!("{time}?done=ended"));
    assert!(follow(&astrid, &answer).await.text.contains("Siste dag er lagret."));
    let after =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_session WHERE room = 'Rom for prøve' AND date > $1";
    let (left,): (i64,) = portal.ctx.db.one(after, backend::args![today]).await.expect("a count");
    assert_eq!(left, 0, "nobody booked them");
    assert_eq!((traced(&portal, "time_put").await, traced(&portal, "time_ended").await), (1, 1));
}

/// A relative books the first free time; gives its day.
async fn booked(portal: &Portal) -> CivilDate {
    let stage = Stage::new(&portal.ctx, unit(portal).await).await;
    let maja = portal.browser();
    maja.sign_in("citizen", "maja", "/my").await;
    let (person,): (String,) = portal.ctx.db.one(LATEST, vec![]).await.expect("her session");
    let person = Id::new(person);
    stage.grant(&person, &person, "").await;
    let who = maja.get("/visits/book").await;
    let form = [("inmate", who.hidden("inmate")), ("people[]", who.hidden("people[]"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let when = follow(&maja, &maja.post("/api/visits/book/who", &form).await).await;
    let form = [("session", when.hidden("session")), ("from", when.hidden("from"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let check = follow(&maja, &maja.post("/api/visits/book/when", &form).await).await;
    maja.post("/api/visits/book/confirm", &[("hold", &check.hidden("hold"))]).await;
    let (date,): (String,) = portal.ctx.db.one("SELECT date FROM booking", vec![]).await.expect("a booking");
    CivilDate::parse_iso(&date).expect("a date")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booked_visit_stands_when_its_time_ends_and_its_day_is_closed() {
    let portal = Portal::start_standing().await;
    let astrid = staff(&portal, "astrid").await;
    let (day, today) = (booked(&portal).await, portal.ctx.now().date());
    let of_booking = "SELECT t.public_id FROM booking b JOIN visit_session s ON s.id = b.session_id \
        JOIN visit_template t ON t.id = s.template_id";
    let (time,): (String,) = portal.ctx.db.one(of_booking, vec![]).await.expect("its time");
    let form = fields(&[("time", &time), ("seen", "")], dated("last", today));
    let (shown, answer) = yes(&astrid, &post(&astrid, "times/end", &form).await).await;
    for told in ["1 bestilt besøk blir berørt", "1 av dem kan ikke gjennomføres.", "Tiden er avsluttet før"]
    {
        assert!(shown.text.contains(told), "{told}: {}", shown.text);
    }
    let (reference,): (String,) =
        portal.ctx.db.one("SELECT reference FROM booking", vec![]).await.expect("a reference");
    let shows = domain::kernel::Reference::parse(&reference).expect("a reference").to_string();
    assert!(shown.text.contains(&shows) && !shown.text.contains("Fjellvik"), "which one, and not whose");
    let page = follow(&astrid, &answer).await;
    let to_day = format!("/staff/day?unit=lyngmo&amp;date={}", day.iso());
    assert!(
        page.text.contains("1 besøk er bestilt etter siste dag.") && page.text.contains(&to_day),
        "{}",
        page.text
    );

    let form = fields(&[("unit", "lyngmo"), ("reason", "Kurs for ansatte")], dated("on", day));
    let asked = post(&astrid, "days/close", &form).await;
    let back = asked.location().split("try=").nth(1).expect("a key").to_owned();
    let back = astrid.get(&format!("/staff/visiting/close?unit=lyngmo&try={back}")).await;
    assert!(
        back.text.contains("value=\"Kurs for ansatte\"") && !back.text.contains("role=\"alert\""),
        "kept"
    );
    assert_eq!(traced(&portal, "day_blocked").await, 0, "nothing is saved before her yes");
    let answer = yes(&astrid, &asked).await.1;
    let page = follow(&astrid, &answer).await;
    for told in ["er stengt for besøk.", "1 besøk er bestilt denne dagen.", "Kurs for ansatte", &to_day] {
        assert!(page.text.contains(told), "{told}");
    }
    assert!(portal.browser().get("/units/lyngmo").await.text.contains("Kurs for ansatte"));
    let (state,): (String,) =
        portal.ctx.db.one("SELECT state FROM booking", vec![]).await.expect("it is there");
    assert_eq!(state, "booked");
    let other = fields(&[("unit", "lyngmo"), ("reason", "Noe annet")], dated("on", day));
    let refused = follow(&astrid, &post(&astrid, "days/close", &other).await).await;
    assert!(refused.text.contains("alt stengt av en annen grunn") && refused.text.contains("Noe annet"));

    let form = fields(&[("unit", "lyngmo"), ("date", &day.iso())], []);
    for _ in 0..2 {
        let opened = follow(&astrid, &post(&astrid, "days/open", &form).await).await;
        assert!(opened.text.contains("er åpen igjen.") && !opened.text.contains("Kurs for ansatte"));
    }
    assert_eq!((traced(&portal, "day_blocked").await, traced(&portal, "day_unblocked").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_saw_older_rules_is_told_and_writes_nothing_over() {
    let portal = Portal::start_standing().await;
    let astrid = staff(&portal, "astrid").await;
    let from = portal.ctx.now().date().plus_days(1);
    let first = astrid.get("/staff/visiting/rules?unit=lyngmo").await;
    save(&astrid, "rules", &rules_form(&first, "6", from)).await;
    let late = post(&astrid, "rules", &rules_form(&first, "7", from)).await;
    let page = follow(&astrid, &late).await;
    for told in ["En annen har endret reglene", "Inntil 6 personer", "value=\"7\""] {
        assert!(page.text.contains(told), "{told}");
    }
    let rules = rules_of(&portal.ctx, &unit(&portal).await).await.expect("rules");
    assert_eq!(rules.iter().map(|r| r.people).collect::<Vec<_>>(), [3, 6]);
    let again = save(&astrid, "rules", &rules_form(&page, "7", from)).await;
    assert!(again.location().ends_with("done=rules"), "seen and saved once more");
}

#[tokio::test(flavor = "multi_thread")]
async fn others_of_the_unit_read_and_nobody_else_finds_it() {
    let portal = Portal::start_standing().await;
    let (henrik, nadia, mari) =
        (staff(&portal, "henrik").await, staff(&portal, "nadia").await, staff(&portal, "mari").await);
    let page = henrik.get(PLAN).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Bare enhetsadministrator") && !page.text.contains("/api/staff/visiting/"));
    let time = time_path(&page, "Besøksrom");
    assert!(!henrik.get(&time).await.text.contains("/api/staff/visiting/"));
    let forms =
        ["rules?unit=lyngmo", "times/new?unit=lyngmo", "close?unit=lyngmo", "touched?form=close&try=x"];
    for path in forms.map(|form| format!("/staff/visiting/{form}")) {
        assert_eq!(henrik.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for (who, browser) in [("another unit", &nadia), ("another duty", &mari)] {
        for path in [PLAN, &time] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{who} at {path}");
        }
    }
    let today = portal.ctx.now().date();
    let close = fields(&[("unit", "lyngmo"), ("reason", "x")], dated("on", today.plus_days(3)));
    assert_eq!(post(&henrik, "days/close", &close).await.status, StatusCode::NOT_FOUND);
    let astrid = staff(&portal, "astrid").await;
    let kept = post(&astrid, "days/close", &close).await;
    let key = kept.location().split("try=").nth(1).expect("a key").to_owned();
    let yes = fields(&[("form", "close"), ("kept", &key)], []);
    assert_eq!(post(&henrik, "change", &yes).await.status, StatusCode::NOT_FOUND);
    assert_eq!(post(&nadia, "change", &yes).await.status, StatusCode::NOT_FOUND);
    let gone = fields(&[("form", "rules"), ("kept", &key)], []);
    let gone = follow(&astrid, &post(&astrid, "change", &gone).await).await;
    assert!(gone.text.contains("Her er det ingenting å lagre"), "the key of another form");
    let theirs = fields(&[("unit", "storaasen"), ("reason", "x")], dated("on", today.plus_days(3)));
    assert_eq!(post(&astrid, "days/close", &theirs).await.status, StatusCode::NOT_FOUND);
    assert_eq!(astrid.get("/staff/visiting?unit=storaasen").await.status, StatusCode::NOT_FOUND);
    assert_eq!(traced(&portal, "day_blocked").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_times_are_not_held_for_a_while_and_held_after_all() {
    let portal = Portal::start_standing().await;
    let (astrid, anybody) = (staff(&portal, "astrid").await, portal.browser());
    let (day, today) = (booked(&portal).await, portal.ctx.now().date());
    let page = astrid.get("/staff/visiting/times/several?unit=lyngmo").await;
    let sql = "SELECT public_id FROM visit_template WHERE unit_id = (SELECT id FROM unit WHERE slug = 'lyngmo') AND kind = 'open'";
    let times: Vec<(String,)> = portal.ctx.db.all(sql, vec![]).await.expect("times");
    let seen = page.hidden("seen");
    let form = |what: &str, from: CivilDate, to: CivilDate| {
        let chosen = times.iter().map(|(time,)| ("times[]".to_owned(), time.clone()));
        let values = [("unit", "lyngmo"), ("seen", seen.as_str()), ("what", what), ("capacity", "")];
        let dates = [no_date("last"), dated("from", from), dated("to", to)].concat();
        fields(&values, chosen.chain(dates))
    };
    let wrong = follow(&astrid, &post(&astrid, "times/several", &form("places", day, day)).await).await;
    let checked = wrong.text.matches("checked").count();
    assert!(
        wrong.text.contains("Skriv et tall fra 1 til 200") && checked > times.len(),
        "{checked} are still chosen"
    );
    let (shown, answer) = yes(&astrid, &post(&astrid, "times/several", &form("pause", day, day)).await).await;
    for told in ["1 bestilt besøk blir berørt", "Tiden holdes ikke denne dagen.", "Besøksrom"] {
        assert!(shown.text.contains(told), "{told}: {}", shown.text);
    }
    assert_eq!(answer.location(), "/staff/visiting?unit=lyngmo&done=several");
    let plan = follow(&astrid, &answer).await;
    assert!(plan.text.contains("Tidene er endret.") && plan.text.contains("Tider som ikke holdes en stund"));
    assert!(anybody.get("/units/lyngmo").await.text.contains("Holdes ikke fra"));
    assert_eq!(traced(&portal, "time_paused").await, times.len() as i64);
    let days = fields(&[("unit", "lyngmo"), ("first", &day.iso()), ("last", &day.iso())], []);
    let back = follow(&astrid, &post(&astrid, "times/resume", &days).await).await;
    assert!(
        back.text.contains("blir ikke bestilt på nytt")
            && !back.text.contains("Tider som ikke holdes en stund")
    );
    let begun = fields(&[("unit", "lyngmo"), ("first", &today.iso()), ("last", &day.iso())], []);
    let begun = follow(&astrid, &post(&astrid, "times/resume", &begun).await).await;
    assert!(begun.text.contains("Det som har begynt, kan ikke tas tilbake."));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_touches_many_waits_for_another_and_is_answered_with_a_word() {
    let portal = Portal::start_standing().await;
    let (astrid, tora) = (staff(&portal, "astrid").await, staff(&portal, "tora").await);
    let day = booked(&portal).await;
    let page = astrid.get("/staff/visiting/watch?unit=lyngmo").await;
    let seen = page.hidden("seen");
    let watch = |seen: &str, number: &str| {
        fields(&[("unit", "lyngmo"), ("seen", seen), ("at_least", number), ("source", "Lokal instruks")], [])
    };
    let wrong = follow(&astrid, &post(&astrid, "watch", &watch(&seen, "501")).await).await;
    assert!(wrong.text.contains("Tallet må være fra 0 til 500") && wrong.text.contains("value=\"501\""));
    assert!(save(&astrid, "watch", &watch(&seen, "1")).await.location().ends_with("done=watch"));

    let close = fields(&[("unit", "lyngmo"), ("reason", "Kurs for ansatte")], dated("on", day));
    let (shown, answer) = yes(&astrid, &post(&astrid, "days/close", &close).await).await;
    assert!(
        shown.text.contains("En annen må godkjenne dette.") && shown.text.contains("Send til godkjenning")
    );
    let path = answer.location().split('?').next().expect("a path").to_owned();
    let own = follow(&astrid, &answer).await;
    assert!(own.text.contains("Du foreslo dette selv.") && !own.text.contains("Send svaret"));
    assert_eq!(traced(&portal, "day_blocked").await, 0);
    let theirs = tora.get(&path).await;
    for told in ["Foreslått av Astrid Multedugg", "Kurs for ansatte", "1 bestilt besøk blir berørt"] {
        assert!(theirs.text.contains(told), "{told}: {}", theirs.text);
    }
    assert!(tora.get("/staff/work").await.text.contains(&path), "it is on her list");
    assert!(!astrid.get("/staff/work").await.text.contains(&path), "and not on hers who asked");
    let verdict = |answer: &str, word: &str| {
        let (proposal, shown) = (theirs.hidden("proposal"), theirs.hidden("shown"));
        fields(&[("proposal", &proposal), ("shown", &shown), ("answer", answer), ("word", word)], [])
    };
    let own = post(&astrid, "proposals/answer", &verdict("yes", "")).await;
    assert!(own.location().ends_with("done=refused"), "nobody approves her own");
    let empty = follow(&tora, &post(&tora, "proposals/answer", &verdict("no", " ")).await).await;
    assert!(empty.text.contains("Skriv hvorfor") && empty.text.contains("checked"));
    for answer in ["yes", "no"] {
        let henrik = staff(&portal, "henrik").await;
        let theirs = post(&henrik, "proposals/answer", &verdict(answer, "x")).await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND);
        assert_eq!(henrik.get(&path).await.status, StatusCode::NOT_FOUND);
    }
    let answered = post(&tora, "proposals/answer", &verdict("yes", "Avtalt med vakta")).await;
    let plan = follow(&tora, &answered).await;
    assert!(plan.text.contains("Endringen er godkjent og lagret.") && plan.text.contains("Kurs for ansatte"));
    assert_eq!((traced(&portal, "plan_approved").await, traced(&portal, "day_blocked").await), (1, 1));
    let told = astrid.get(&path).await;
    assert!(told.text.contains("Tora Heggstein") && told.text.contains("Avtalt med vakta"));

    // To be asked less often waits too, and is taken back.
    let off = yes(&astrid, &post(&astrid, "watch", &watch("1", "0")).await).await.1;
    let page = follow(&astrid, &off).await;
    let back = fields(&[("proposal", &page.hidden("proposal"))], []);
    assert!(post(&astrid, "proposals/withdraw", &back).await.location().ends_with("done=withdrawn"));
    let late = post(
        &tora,
        "proposals/answer",
        &fields(
            &[("proposal", &page.hidden("proposal")), ("shown", ""), ("answer", "yes"), ("word", "")],
            [],
        ),
    )
    .await;
    assert!(late.location().ends_with("done=refused"));
    assert_eq!(traced(&portal, "watch_put").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_visitors_read_is_seen_before_it_is_saved_and_told_as_it_was_typed() {
    let portal = Portal::start_standing().await;
    let (astrid, anybody) = (staff(&portal, "astrid").await, portal.browser());
    let day = booked(&portal).await;
    let page = astrid.get("/staff/visiting/texts?unit=lyngmo&topic=bring").await;
    let seen = page.hidden("seen");
    let form = |nb: &str, from: CivilDate| {
        let values = [
            ("unit", "lyngmo"),
            ("seen", seen.as_str()),
            ("topic", "bring"),
            ("nb", nb),
            ("nn", ""),
            ("en", "A book"),
            ("se", ""),
        ];
        fields(&values, [dated("from", from), no_date("to")].concat())
    };
    let wrong = follow(&astrid, &post(&astrid, "texts", &form(" ", day)).await).await;
    assert!(wrong.text.contains("Skriv teksten på bokmål") && wrong.text.contains("A book"));
    let (shown, answer) =
        yes(&astrid, &post(&astrid, "texts", &form("En bok\r\n<b>Ikke</b> mat", day)).await).await;
    assert!(
        shown.text.contains("&lt;b&gt;Ikke&lt;/b&gt; mat") && shown.text.contains("A book"),
        "{}",
        shown.text
    );
    assert!(follow(&astrid, &answer).await.text.contains("Teksten er lagret."));
    assert_eq!(traced(&portal, "text_put").await, 1);
    assert!(!anybody.get("/units/lyngmo").await.text.contains("En bok"), "it begins on the day of the visit");
    let maja = portal.browser();
    maja.sign_in("citizen", "maja", "/my").await;
    let (public,): (String,) =
        portal.ctx.db.one("SELECT public_id FROM booking", vec![]).await.expect("her booking");
    for path in [format!("/visits/bookings/{public}"), format!("/visits/bookings/{public}/pass")] {
        let page = maja.get(&path).await;
        assert!(page.text.contains("&lt;b&gt;Ikke&lt;/b&gt; mat"), "{path}: {}", page.text);
    }
    portal.wait_minutes(24 * 60 * day.days_since(portal.ctx.now().date()));
    assert!(anybody.get("/units/lyngmo").await.text.contains("&lt;b&gt;Ikke&lt;/b&gt; mat"));
}

const NEWEST: &str = "SELECT t.public_id FROM visit_template t JOIN unit u ON u.id = t.unit_id WHERE u.slug = 'lyngmo' \
    AND t.weekday = 6 AND t.start_minute = 660 ORDER BY t.id DESC LIMIT 1";

/// A time for these wings alone.
fn time_wings_form((time, seen): (&str, &str), wings: &[&str]) -> Form {
    let chosen = wings.iter().map(|wing| ("wings[]".to_owned(), (*wing).to_owned()));
    fields(&[("time", time), ("seen", seen), ("which", "only")], chosen)
}

fn all_wings(time: &str, seen: &str) -> Form {
    fields(&[("time", time), ("seen", seen), ("which", "all")], [])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_of_another_wing_is_shown_and_another_is_asked_before_its_time_is_for_others() {
    let portal = Portal::start_standing().await;
    let (astrid, tora) = (staff(&portal, "astrid").await, staff(&portal, "tora").await);
    booked(&portal).await;
    let seen = astrid.get("/staff/visiting/watch?unit=lyngmo").await.hidden("seen");
    let watch =
        [("unit", "lyngmo"), ("seen", seen.as_str()), ("at_least", "1"), ("source", "Lokal instruks")];
    save(&astrid, "watch", &fields(&watch, [])).await;
    let wing = fields(&[("unit", "lyngmo"), ("code", "A"), ("name", "Avdeling A")], []);
    let wing = follow(&astrid, &post(&astrid, "wings/put", &wing).await).await.hidden("wing");
    let of_booking = "SELECT t.public_id FROM booking b JOIN visit_session s ON s.id = b.session_id \
        JOIN visit_template t ON t.id = s.template_id";
    let (time,): (String,) = portal.ctx.db.one(of_booking, vec![]).await.expect("its time");
    let at = format!("/staff/visiting/times/{time}");
    let seen = astrid.get(&at).await.hidden("seen");
    let asked = post(&astrid, "times/wings", &time_wings_form((&time, &seen), &[wing.as_str()])).await;
    let key = asked.location().split("try=").nth(1).expect("a key").to_owned();
    let back = astrid.get(&format!("{at}?try={key}")).await;
    assert!(back.text.contains("checked") && !back.text.contains("role=\"alert\""), "kept");
    let (shown, answer) = yes(&astrid, &asked).await;
    let told =
        ["1 bestilt besøk blir berørt", "Tiden er ikke for den innsattes avdeling.", "Send til godkjenning"];
    for told in told {
        assert!(shown.text.contains(told), "{told}: {}", shown.text);
    }
    assert!(!shown.text.contains("Fjellvik"), "which one, and not whose");
    assert_eq!(traced(&portal, "time_wings").await, 0);
    let path = answer.location().split('?').next().expect("a path").to_owned();
    assert!(tora.get("/staff/work").await.text.contains(&path), "it is on her list");
    let theirs = tora.get(&path).await;
    for told in ["Hvem en tid er for", "Bare for: Avdeling A", "1 bestilt besøk blir berørt"] {
        assert!(theirs.text.contains(told), "{told}: {}", theirs.text);
    }
    let (proposal, shown) = (theirs.hidden("proposal"), theirs.hidden("shown"));
    let verdict =
        [("proposal", proposal.as_str()), ("shown", shown.as_str()), ("answer", "yes"), ("word", "")];
    let answered = post(&tora, "proposals/answer", &fields(&verdict, [])).await;
    assert!(follow(&tora, &answered).await.text.contains("Bare for: Avdeling A"));
    assert_eq!(traced(&portal, "time_wings").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_is_for_some_wings_alone_and_the_plan_says_so() {
    const WINGS: &str = "/staff/visiting/wings?unit=lyngmo";
    let portal = Portal::start().await;
    let stage = Stage::new(&portal.ctx, unit(&portal).await).await;
    let astrid = staff(&portal, "astrid").await;
    assert!(astrid.get(PLAN).await.text.contains("/staff/visiting/wings?unit=lyngmo"), "the way to it");
    let refused =
        post(&astrid, "wings/put", &fields(&[("unit", "lyngmo"), ("code", ""), ("name", "Øst")], [])).await;
    let page = follow(&astrid, &refused).await.text;
    assert!(page.contains("Skriv en kode") && page.contains("value=\"Øst\""), "what was typed is kept");
    let wing = fields(&[("unit", "lyngmo"), ("code", "A"), ("name", "Avdeling A")], []);
    let put = post(&astrid, "wings/put", &wing).await;
    let page = follow(&astrid, &put).await;
    assert!(page.text.contains("Avdelingen er lagret.") && page.text.contains("Avdeling A"));
    let wing = page.hidden("wing");

    let (time,): (String,) = portal.ctx.db.one(NEWEST, vec![]).await.expect("a time");
    let at = format!("/staff/visiting/times/{time}");
    let page = astrid.get(&at).await;
    assert!(page.text.contains("Alle avdelinger"));
    let seen = page.hidden("seen");
    let which = |seen: &str, wings: &[&str]| time_wings_form((&time, seen), wings);
    let refused = post(&astrid, "times/wings", &which(&seen, &[])).await;
    assert!(follow(&astrid, &refused).await.text.contains("Velg minst én avdeling"));
    let put = post(&astrid, "times/wings", &which(&seen, &[wing.as_str()])).await;
    assert_eq!(traced(&portal, "time_wings").await, 0, "nothing is saved before her yes");
    let (shown, put) = yes(&astrid, &put).await;
    for told in ["Ingen bestilte besøk blir berørt.", "Bare for: Avdeling A", "kl. 11.00"] {
        assert!(shown.text.contains(told), "{told}: {}", shown.text);
    }
    assert_eq!(put.location(), format!("{at}?done=wings"));
    assert!(follow(&astrid, &put).await.text.contains("Bare for: Avdeling A"));
    let late = follow(&astrid, &post(&astrid, "times/wings", &all_wings(&time, &seen)).await).await;
    assert!(late.text.contains("En annen har endret denne tiden"), "{}", late.text);
    assert!(astrid.get(PLAN).await.text.contains("Bare for: Avdeling A"));

    let henrik = staff(&portal, "henrik").await;
    let his = format!("/staff/inmates/{}/wing", stage.inmate_public);
    assert!(henrik.get(&his).await.text.contains("Avdeling A"));
    let form = [("inmate", stage.inmate_public.as_str()), ("wing", wing.as_str())];
    let put = henrik.post("/api/staff/inmates/wing", &form).await;
    assert!(follow(&henrik, &put).await.text.contains("Avdelingen er lagret."));
    let end = post(&astrid, "wings/end", &fields(&[("unit", "lyngmo"), ("wing", wing.as_str())], [])).await;
    assert!(follow(&astrid, &end).await.text.contains("Avdelingen er i bruk"));
    assert_eq!((traced(&portal, "wing_put").await, traced(&portal, "inmate_wing").await), (1, 1));
    for path in [WINGS, &his] {
        assert_eq!(staff(&portal, "geir").await.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
