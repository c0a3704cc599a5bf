//! The posts of the control desk and the reply sheet: who somebody is to a letter decides what she gets. A controller of its unit
//! changes something; to a controller of another unit, and to every other role, it is what does not exist.

use reqwest::StatusCode;

use super::masked;
use crate::{
    exchange::{Scene, first},
    harness::{Browser, Page},
};

/// What the desk's forms speak of.
#[derive(Clone, Debug, Default)]
struct Things {
    letter: String,
    version: String,
    report: String,
}

impl Things {
    /// The same, of ids that nothing has.
    fn unknown(&self) -> Self {
        let none = "1".repeat(26);
        Self { letter: none.clone(), report: none, version: self.version.clone() }
    }
}

type Form = fn(&Things) -> Vec<(&'static str, String)>;

/// Of a letter that waits for control, and of a report.
const WAITING: [(&str, Form); 3] = [
    ("/api/staff/letters/opinion", |t| noted(t, "opinion")),
    ("/api/staff/letters/translate", |t| noted(t, "translation")),
    ("/api/staff/letters/settle", |t| vec![("id", t.report.clone())]),
];
/// Of a letter on paper, in the order of its way.
const PAPER: [(&str, Form); 2] = [
    ("/api/staff/letters/handed", |t| vec![("id", t.letter.clone()), ("version", t.version.clone())]),
    ("/api/staff/letters/answer", |t| {
        let words = ("words", "Svar på et ark".to_owned());
        vec![("id", t.letter.clone()), ("key", "2".repeat(26)), words]
    }),
];

fn noted(t: &Things, field: &'static str) -> Vec<(&'static str, String)> {
    vec![("id", t.letter.clone()), ("key", "2".repeat(26)), (field, format!("Et ord: {field}."))]
}

/// All that one of these could have changed.
const EFFECTS: &str = "SELECT CAST(SUM(l.version) + COUNT(*) AS BIGINT), CAST((SELECT COUNT(*) FROM letter_note) + (SELECT COUNT(*) \
    FROM exchange_report WHERE settled_at IS NOT NULL) AS BIGINT), (SELECT COUNT(*) FROM audit WHERE action = 'look') FROM letter l";

async fn effects(scene: &Scene) -> (i64, i64, i64) {
    scene.portal.ctx.db.one(EFFECTS, vec![]).await.expect("a state")
}

async fn post(browser: &Browser, path: &str, form: Vec<(&'static str, String)>) -> [Page; 2] {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let first = browser.post(path, &form).await;
    let next = if first.location().starts_with("/staff") { first.location() } else { "/help" };
    let second = browser.get(next).await;
    [first, second]
}

/// Everybody to whom it is nothing: every other role, and the controller while it is another unit's.
async fn strangers(scene: &Scene) -> Vec<(&'static str, Browser)> {
    let mut all = vec![];
    for persona in ["henrik", "nadia", "astrid", "geir", "sunniva", "duty1", "auditor"] {
        let browser = scene.portal.browser();
        browser.sign_in("staff", persona, "/staff").await;
        all.push((persona, browser));
    }
    all
}

async fn nothing(scene: &Scene, who: &str, browser: &Browser, (path, form): (&str, Form), things: &Things) {
    let before = effects(scene).await;
    let real = post(browser, path, form(things)).await;
    let unknown = post(browser, path, form(&things.unknown())).await;
    let told = [&real, &unknown].map(|pages| masked(&scene.portal, pages));
    assert_eq!(told[0], told[1], "{who} at {path}");
    assert_eq!(effects(scene).await, before, "{who} at {path}");
}

/// Tries each as a stranger, as a controller of another unit, as nobody and as a citizen; then as the controller of its unit.
async fn cells(scene: &Scene, posts: &[(&str, Form)], things: &Things) {
    let (strangers, anonymous) = (strangers(scene).await, scene.portal.browser());
    for (path, form) in posts {
        for (who, browser) in &strangers {
            nothing(scene, who, browser, (*path, *form), things).await;
        }
        let elsewhere = [
            "UPDATE letter SET unit_id = (SELECT id FROM unit WHERE slug = 'fjellheim')",
            "UPDATE exchange_report SET unit_id = (SELECT id FROM unit WHERE slug = 'fjellheim')",
        ];
        for sql in elsewhere {
            scene.portal.run(sql).await;
        }
        nothing(scene, "a controller elsewhere", &scene.mari, (*path, *form), things).await;
        let back = [
            "UPDATE letter SET unit_id = (SELECT id FROM unit WHERE slug = 'lyngmo')",
            "UPDATE exchange_report SET unit_id = (SELECT id FROM unit WHERE slug = 'lyngmo')",
        ];
        for sql in back {
            scene.portal.run(sql).await;
        }
        let before = effects(scene).await;
        for browser in [&anonymous, &scene.maja] {
            let [answer, _] = post(browser, path, form(things)).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            assert!(answer.location().starts_with("/sign-in"), "{path}: {}", answer.location());
        }
        assert_eq!(effects(scene).await, before, "{path}");
        let [answer, _] = post(&scene.mari, path, form(things)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        let after = effects(scene).await;
        assert_ne!(
            (after.0, after.1),
            (before.0, before.1),
            "her own controller changes something at {path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_what_controllers_tell_each_other_is_for_those_of_its_unit() {
    let scene = Scene::new().await;
    scene.sent("Hei Even.").await;
    let (_, letter) = scene.opened().await;
    let report = [("inmate", scene.even.as_str()), ("key", &"3".repeat(26)), ("words", "Han truer meg")];
    scene.maja.post("/api/my/letters/report", &report).await;
    let reports = scene.mari.get("/staff/letters/reports").await;
    scene.portal.browser().sign_in("staff", "henrik", "/staff").await;
    let asked = "UPDATE letter SET second = 'asked', second_by = (SELECT id FROM staff_member WHERE name = 'Henrik Lyngrabbe')";
    scene.portal.run(asked).await;
    let things = Things {
        letter: letter.hidden("id"),
        version: letter.hidden("version"),
        report: reports.hidden("id"),
    };
    cells(&scene, &WAITING, &things).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_letter_on_paper_and_its_sheet_are_for_controllers_of_its_unit() {
    let scene = Scene::new().await;
    scene.portal.run("UPDATE message_rule SET means = 'print'").await;
    scene.sent("Hei Even.").await;
    let (_, letter) = scene.opened().await;
    let [id, version] = ["id", "version"].map(|name| letter.hidden(name));
    let release = [("id", id.as_str()), ("version", &version), ("outcome", "release")];
    scene.mari.post("/api/staff/letters/decide", &release).await;
    let path = first(&scene.mari.get("/staff/letters/paper").await);
    let sheet = scene.mari.get(&path).await;
    let things = Things { letter: sheet.hidden("id"), version: sheet.hidden("version"), ..Things::default() };
    let none = path.replace(&things.letter, &things.unknown().letter);
    let before = effects(&scene).await;
    for (who, browser) in strangers(&scene).await {
        let pages = [browser.get(&path).await, browser.get(&none).await];
        assert_eq!(pages[0].status, StatusCode::NOT_FOUND, "{who}");
        let told = pages.map(|page| {
            let mut told = crate::worlds::Transcript::new(&scene.portal);
            told.note("", &page);
            told.steps
        });
        assert_eq!(told[0], told[1], "{who}");
    }
    scene.portal.run("UPDATE letter SET unit_id = (SELECT id FROM unit WHERE slug = 'fjellheim')").await;
    assert_eq!(scene.mari.get(&path).await.status, StatusCode::NOT_FOUND, "another unit's");
    scene.portal.run("UPDATE letter SET unit_id = (SELECT id FROM unit WHERE slug = 'lyngmo')").await;
    assert_eq!(effects(&scene).await, before, "nobody has looked");
    assert_eq!(scene.mari.get(&path).await.status, StatusCode::OK);
    cells(&scene, &PAPER, &things).await;
}
