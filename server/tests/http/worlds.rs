//! Several worlds that differ in one thing that somebody must not be able to see, one script in each, and every
//! answer of every world compared: status, headers, body, letters, byte for byte after the ids are masked.
//!
//! Ids are masked in the order in which they appear, so that *which* id stands where is compared too. Chance is
//! seeded and the clock stands still, so nothing else differs by itself.

use std::collections::{BTreeMap, BTreeSet};

use app::letters::Letters;
use backend::{
    args,
    delivery::Mailer,
    visits::{clearance, sessions},
    wiring,
};

use crate::harness::{Browser, Page, Portal};

/// What one person could see in one world: each step's name and everything that came back.
pub struct Transcript {
    ids: Masks,
    read: BTreeSet<String>,
    pub steps: Vec<(String, String)>,
}

impl Transcript {
    pub fn new(portal: &Portal) -> Self {
        let mut ids = Masks::default();
        ids.known.insert(portal.base.clone(), "BASE".to_owned());
        Self { ids, read: BTreeSet::new(), steps: Vec::new() }
    }

    /// Notes a whole answer.
    pub fn note(&mut self, step: &str, page: &Page) {
        let mut headers: Vec<String> = page
            .headers
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "date"))
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or("?")))
            .collect();
        headers.sort();
        let whole = format!("{}\n{}\n\n{}", page.status, headers.join("\n"), page.text);
        self.say(step, &without_nonce(&whole));
    }

    /// Notes any other text: a letter.
    pub fn say(&mut self, step: &str, text: &str) {
        let masked = self.ids.mask(text);
        self.steps.push((step.to_owned(), masked));
    }

    pub async fn get(&mut self, browser: &Browser, path: &str) -> Page {
        let page = browser.get(path).await;
        let step = format!("GET {}", self.ids.mask(path));
        self.note(&step, &page);
        page
    }

    pub async fn post(&mut self, browser: &Browser, path: &str, form: &[(&str, &str)]) -> Page {
        let page = browser.post(path, form).await;
        let step = format!("POST {}", self.ids.mask(path));
        self.note(&step, &page);
        page
    }

    /// The letters that have gone to this address since the last look.
    pub async fn letters(&mut self, portal: &Portal, to: &str) {
        // Not by the box's own list, which shows the newest of everybody's.
        let rows: Vec<(String, String, String, String, String)> =
            portal.ctx.db.all(HERS, args![to]).await.expect("the box");
        for (id, sender, subject, body, attachments) in rows {
            if self.read.insert(id) {
                self.say("letter", &format!("{sender}\n{subject}\n{body}\n{attachments}"));
            }
        }
    }
}

const HERS: &str = "SELECT outbox_id, sender, subject, body, attachments FROM demo_mail WHERE recipient = $1 \
    ORDER BY sent_at, subject, body";

/// Both saw the same. Tells the first step at which they did not, with the lines that differ.
pub fn assert_same(one: (&str, &Transcript), other: (&str, &Transcript)) {
    let names = |t: &Transcript| t.steps.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let (ours, theirs) = (names(one.1), names(other.1));
    if let Some(at) = (0..ours.len().max(theirs.len())).find(|at| ours.get(*at) != theirs.get(*at)) {
        let (a, b) = (one.1.steps.get(at), other.1.steps.get(at));
        panic!("{} and {} part at step {at}:\n{a:?}\n\n{b:?}", one.0, other.0);
    }
    for (at, ((name, a), (_, b))) in one.1.steps.iter().zip(&other.1.steps).enumerate() {
        if a != b {
            let lines = |text: &str| text.replace('<', "\n<").lines().map(str::to_owned).collect::<Vec<_>>();
            let (a, b) = (lines(a), lines(b));
            let differ: Vec<String> = a
                .iter()
                .zip(&b)
                .filter(|(a, b)| a != b)
                .take(8)
                .map(|(a, b)| format!("  {a}\n  {b}"))
                .collect();
            panic!("{} and {} differ at step {at} ({name}):\n{}", one.0, other.0, differ.join("\n"));
        }
    }
}

/// Everything that the worker does, once.
pub async fn work(portal: &Portal) {
    let mailer = Mailer::new(&portal.ctx.settings).expect("a way out");
    clearance::close_due(&portal.ctx).await.expect("closing");
    clearance::remind_due(&portal.ctx).await.expect("reminding");
    sessions::tend(&portal.ctx).await.expect("sessions");
    while wiring::work_once(&portal.ctx, &mailer, &Letters).await.expect("work") > 0 {}
}

/// The page's nonce is not drawn by our own chance; its own policy says which it is.
fn without_nonce(whole: &str) -> String {
    let nonce = whole.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\''));
    nonce.map_or_else(|| whole.to_owned(), |(nonce, _)| whole.replace(nonce, "NONCE"))
}

/// Words that are drawn: public ids, references, tokens, nonces, inner ids, codes.
#[derive(Default)]
struct Masks {
    known: BTreeMap<String, String>,
}

impl Masks {
    fn mask(&mut self, text: &str) -> String {
        let mut out = text.to_owned();
        for (word, name) in &self.known {
            if word.starts_with("http") {
                out = out.replace(word, name);
            }
        }
        let mut masked = String::with_capacity(out.len());
        let mut word = String::new();
        for letter in out.chars().chain(['\0']) {
            if letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '+' | '/' | '=') {
                word.push(letter);
            } else {
                masked.push_str(&self.words(&word));
                word.clear();
                if letter != '\0' {
                    masked.push(letter);
                }
            }
        }
        masked
    }

    /// A run of letters: a path or a query is masked part by part.
    fn words(&mut self, run: &str) -> String {
        let parts: Vec<String> = run.split_inclusive(['/', '=']).map(|part| self.word(part)).collect();
        parts.concat()
    }

    fn word(&mut self, part: &str) -> String {
        let bare = part.trim_end_matches(['/', '=']);
        if !is_drawn(bare) {
            return part.to_owned();
        }
        let next = format!("#{}:{}#", self.known.len(), bare.len());
        let name = self.known.entry(bare.to_owned()).or_insert(next).clone();
        part.replace(bare, &name)
    }
}

fn is_drawn(word: &str) -> bool {
    let crockford =
        |b: u8| b.is_ascii_digit() || (b.is_ascii_uppercase() && !matches!(b, b'I' | b'L' | b'O' | b'U'));
    let base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'+');
    let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    let bytes = word.as_bytes();
    match bytes.len() {
        26 => bytes.iter().all(|b| crockford(*b)),
        9 => bytes[4] == b'-' && bytes.iter().enumerate().all(|(at, b)| at == 4 || crockford(*b)),
        32 => bytes.iter().all(|b| hex(*b)),
        36 => {
            bytes.iter().filter(|b| **b == b'-').count() == 4 && bytes.iter().all(|b| hex(*b) || *b == b'-')
        }
        22..=24 | 43 | 44 => bytes.iter().all(|b| base64(*b)) && is_mixed(bytes),
        _ => false,
    }
}

/// Capitals and small letters in no order, as no word of ours has them.
fn is_mixed(bytes: &[u8]) -> bool {
    let count = |kind: fn(&u8) -> bool| bytes.iter().filter(|b| kind(b)).count();
    count(u8::is_ascii_uppercase) >= 2 && count(u8::is_ascii_lowercase) >= 2
}

#[test]
fn a_nonce_is_known_by_its_policy_whatever_letters_it_has() {
    let page = |nonce: &str| format!("script-src 'nonce-{nonce}' 'self'\n\n<script nonce=\"{nonce}\">");
    for nonce in ["aaaaaaaaaaaaaaaaaaaaaa", "aB3/-_cD4+eF5gH6iJ7kL8"] {
        assert_eq!(without_nonce(&page(nonce)), page("NONCE"));
    }
    assert_eq!(without_nonce("no policy"), "no policy");
}

#[test]
fn the_masks_hide_what_is_drawn_and_keep_which_is_which() {
    let mut masks = Masks::default();
    let (a, b) = ("0123456789ABCDEFGHJKMNPQRS", "ABCD-EF12");
    let text = format!("<a href=\"/visits/{a}\">{b}</a> {a} 2026-09-01 telephone");
    assert_eq!(masks.mask(&text), "<a href=\"/visits/#0:26#\">#1:9#</a> #0:26# 2026-09-01 telephone");
}
