//! F1 for notices: many are told of releases (two thousand with `--full`), and the worker is killed with -9 again and again while it
//! tells them.
//! Everybody is told of what stands (S1, S2), nobody else hears anything (S3), and what somebody hears twice is what was on
//! its way when a worker died, under the same key.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Json, Router, extract::State, routing::post};
use backend::{
    args,
    ctx::Ctx,
    custody::{PublicUnit, put_unit},
    db::Value,
    notices::testing::{Stage, Told, a_minute_passes},
    testing::{Raw, full},
};
use tokio::net::TcpListener;

use crate::{
    process::{Process, Site, alone},
    smtp_sink::{Manner, Sink},
    visitor::without_demo,
};

/// Two thousand are told with `--full`; every run of the suite tells a quarter of them.
fn part(of: usize) -> usize {
    if full() { of } else { of.div_ceil(4) }
}

/// Of one decision, and of another that is moved on the way.
const MANY: usize = 1_600;
const MOVED: usize = 400;
/// What one worker has in its hands at most.
const IN_HAND: usize = 32;
const PATIENCE: Duration = Duration::from_secs(120);

/// How the providers behave until the kill, and when it comes.
#[derive(Clone, Copy, Debug)]
enum Kill {
    /// They take all: when so many of two thousand have come since the start.
    After(usize),
    /// They take it and never say so: when all hands are full.
    BeforeTheAnswer,
    /// They pick up and take nothing: when all hands are full.
    BeforeTheSend,
}

/// Few enough for every run of the suite.
const KILLS: [Kill; 7] = [
    Kill::After(1),
    Kill::BeforeTheAnswer,
    Kill::After(117),
    Kill::BeforeTheSend,
    Kill::After(300),
    Kill::BeforeTheAnswer,
    Kill::After(451),
];
/// With `--full`: so many more, each a little later than the one before.
const MORE: usize = 24;

/// A provider of texts on a port of its own.
#[derive(Clone, Default)]
pub struct Texts {
    /// Key and number, as they came.
    taken: Arc<Mutex<Vec<(String, String)>>>,
    waits: Arc<AtomicBool>,
    takes_nothing: Arc<AtomicBool>,
}

#[derive(serde::Deserialize)]
struct Text {
    id: String,
    to: String,
}

impl Texts {
    pub async fn start() -> (Self, u16) {
        let (texts, listener) = (Self::default(), TcpListener::bind("127.0.0.1:0").await.expect("a port"));
        let port = listener.local_addr().expect("an address").port();
        let router = Router::new().route("/", post(Self::take)).with_state(texts.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (texts, port)
    }

    /// Key and number of all that was taken, in its order.
    pub fn taken(&self) -> Vec<(String, String)> {
        self.taken.lock().expect("texts").clone()
    }

    async fn take(State(texts): State<Self>, Json(text): Json<Text>) -> &'static str {
        if !texts.takes_nothing.load(Ordering::SeqCst) {
            texts.taken.lock().expect("texts").push((text.id, text.to));
        }
        if texts.waits.load(Ordering::SeqCst) {
            return std::future::pending().await;
        }
        "taken"
    }
}

/// Both providers.
struct Providers {
    mail: Sink,
    texts: Texts,
    port: u16,
}

impl Providers {
    async fn start() -> Self {
        let (texts, port) = Texts::start().await;
        Self { mail: Sink::start().await, texts, port }
    }

    fn behave(&self, kill: Kill) {
        let (manner, waits, nothing) = match kill {
            Kill::After(_) => (Manner::Accept, false, false),
            Kill::BeforeTheAnswer => (Manner::TakeAndWait, true, false),
            Kill::BeforeTheSend => (Manner::Silent, true, true),
        };
        self.mail.behave(manner);
        self.texts.waits.store(waits, Ordering::SeqCst);
        self.texts.takes_nothing.store(nothing, Ordering::SeqCst);
    }

    /// Key and address of all that was taken: mails in their order, then texts in theirs. Nobody here has both.
    fn taken(&self) -> Vec<(String, String)> {
        let mails = self.mail.letters().into_iter().map(|letter| {
            let id = letter.header("Message-ID").expect("an id").trim_start_matches('<');
            let to = letter.to.join(" ");
            let to = to.split_once('<').and_then(|(_, to)| to.split_once('>')).expect("an address").0;
            (id.split('@').next().expect("a key").to_owned(), to.to_owned())
        });
        mails.chain(self.texts.taken()).collect()
    }

    /// Until what a dead worker had said has come out of its lines.
    async fn quiet(&self) {
        let (mut before, mut now) = (usize::MAX, 0);
        while before != now {
            before = now;
            tokio::time::sleep(Duration::from_millis(200)).await;
            now = self.taken().len();
        }
    }

    fn worker(&self, site: &Site) -> Process {
        let mut command = site.varde(&["work", "--log", "error"]);
        command.env("VARDE_SMTP__HOST", "127.0.0.1").env("VARDE_SMTP__PORT", self.mail.port.to_string());
        command.env("VARDE_SMTP__TLS", "none");
        command.env("VARDE_NOTICES__SMS_URL", format!("http://127.0.0.1:{}/", self.port));
        Process(command.spawn().expect("a worker"))
    }
}

/// Waits for something. Only how long it waits at most depends on a clock.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let began = tokio::time::Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < PATIENCE, "{what}: not in time");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn count(ctx: &Ctx, sql: &'static str) -> i64 {
    ctx.db.one::<(i64,)>(sql, vec![]).await.expect("a count").0
}

/// What a worker that began then has in its hands. What an earlier one left lying is older.
const ON_THEIR_WAY: &str = "SELECT obligation_id || '-' || place || '-' || tries FROM notice_text \
    WHERE state = 'intended' AND at >= $1";
const ATTEMPTS: &str = "SELECT obligation_id || '-' || place || '-' || try FROM notice_attempt";
/// What stands and has not been taken. A text that was taken waits for its reminder again, a week later.
const UNSENT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_obligation o WHERE o.state = 'open' AND NOT EXISTS \
    (SELECT 1 FROM notice_attempt a WHERE a.obligation_id = o.id AND a.outcome = 'accepted')";
/// Of each obligation: whose it is, which version of which decision, and whether it stands.
const DUTIES: &str = "SELECT o.id, p.recipient_id, d.key, o.version, m.version, o.state, \
    CAST((SELECT COUNT(*) FROM notice_attempt a WHERE a.obligation_id = o.id AND a.outcome = 'accepted') AS BIGINT) \
    FROM notice_obligation o JOIN notice_matter m ON m.id = o.matter_id JOIN notice_party p ON p.id = m.party_id \
    JOIN custody_decision d ON d.id = m.decision_id";
/// What is left then of a worker that has claimed as much as it can.
const CLAIMED_BY_THE_DEAD: &str = "UPDATE notice_matter SET lease = 'dead', leased_until = 61000000 + \
    (SELECT MAX(intended_at) FROM notice_attempt) WHERE id IN \
    (SELECT m.id FROM notice_matter m JOIN notice_obligation o ON o.matter_id = m.id JOIN notice_text t \
    ON t.obligation_id = o.id WHERE o.state = 'open' AND t.tries = 0 ORDER BY m.id LIMIT 32)";
/// Whoever declines hears nothing.
const DECLINE: &str = "UPDATE notice_party SET wish = 'declines' WHERE case_id IN \
    (SELECT c.id FROM notice_case c JOIN inmate i ON i.id = c.inmate_id WHERE i.name = 'Tore Stille')";

async fn keys(ctx: &Ctx, sql: &'static str, args: Vec<Value>) -> BTreeSet<String> {
    ctx.db.all::<(String,)>(sql, args).await.expect("a read").into_iter().map(|(key,)| key).collect()
}

/// What has been seen over all kills.
#[derive(Default)]
struct Seen {
    /// How often each key was on its way when a worker died.
    in_flight: BTreeMap<String, usize>,
    in_hand: usize,
    /// What had been taken when the other version came.
    before: BTreeMap<String, usize>,
}

struct Play<'a> {
    site: &'a Site,
    ctx: Ctx,
    stage: Stage,
    providers: Providers,
    seen: Seen,
}

async fn unit(ctx: &Ctx) -> Stage {
    let unit = PublicUnit {
        slug: "stormen".into(),
        name: "Stormen fengsel".into(),
        level: "high".into(),
        region: "Øst".into(),
        place: "Stormen".into(),
        address: "Gata 1".into(),
        phone: "+47 00 00 00 00".into(),
        email: "stormen@varde.example".into(),
        travel: String::new(),
    };
    Stage::new(ctx, "stormen", &put_unit(ctx, unit).await.expect("a unit"))
}

impl Play<'_> {
    /// Works until the moment has come, and is killed. What was on its way is written down, and a minute passes for it.
    async fn killed(&mut self, kill: Kill) {
        self.providers.behave(kill);
        let (before, began) = (self.providers.taken().len(), self.ctx.now());
        let in_hand = async || keys(&self.ctx, ON_THEIR_WAY, args![began]).await;
        let worker = self.providers.worker(self.site);
        match kill {
            Kill::After(n) => {
                until("texts", async || self.providers.taken().len() >= before + part(n)).await;
            }
            Kill::BeforeTheAnswer | Kill::BeforeTheSend => {
                until("full hands", async || in_hand().await.len() == IN_HAND).await;
            }
        }
        if matches!(kill, Kill::BeforeTheAnswer) {
            until("something is taken", async || self.providers.taken().len() > before).await;
        }
        drop(worker);
        self.providers.quiet().await;
        let on_their_way = in_hand().await;
        assert!(on_their_way.len() <= IN_HAND, "{kill:?}: {}", on_their_way.len());
        self.seen.in_hand += on_their_way.len();
        for key in on_their_way {
            *self.seen.in_flight.entry(key).or_default() += 1;
        }
        // S1: whatever was taken had been written down before.
        let written = keys(&self.ctx, ATTEMPTS, vec![]).await;
        let taken = self.providers.taken();
        assert!(taken.iter().all(|(key, _)| written.contains(key)), "{kill:?}: sent before it was written");
        a_minute_passes(&self.ctx).await.expect("a minute");
    }

    /// The other release is moved earlier, while some of them have heard of it. It is a mass again: two say yes once more.
    async fn moved(&mut self) {
        for (key, _) in self.providers.taken() {
            *self.seen.before.entry(key).or_default() += 1;
        }
        self.stage.events(&[self.stage.release("moved", "K-2", 2, 200)]).await;
        self.stage.both_release().await;
    }

    /// Nobody disturbs it any more.
    async fn to_its_end(&self) {
        self.providers.behave(Kill::After(0));
        let _worker = self.providers.worker(self.site);
        until("the end", async || count(&self.ctx, UNSENT).await == 0).await;
    }

    async fn judge(&self, told: &[Told], others: &[Told]) {
        let duties: Vec<(String, String, String, i64, i64, String, i64)> =
            self.ctx.db.all(DUTIES, vec![]).await.expect("a read");
        let addresses: BTreeMap<&str, &str> =
            told.iter().map(|one| (one.recipient.as_str(), one.address.as_str())).collect();
        let taken = self.providers.taken();
        let mut heard: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        let mut times_of: BTreeMap<&str, usize> = BTreeMap::new();
        for (key, to) in &taken {
            let (duty, _) = key.rsplit_once("-0-").expect("obligation, place, try");
            heard.entry(duty).or_default().push((key, to));
            *times_of.entry(key).or_default() += 1;
        }
        // Every obligation that stands is met by a text to her address and no other, always under one key (S1, S3).
        let (mut standing, mut met) = (0, BTreeSet::new());
        for (id, recipient, decision, version, stands, state, sent) in &duties {
            let to = addresses[recipient.as_str()];
            let hers = heard.remove(id.as_str()).unwrap_or_default();
            assert!(
                hers.iter().all(|(key, address)| *address == to && *key == format!("{id}-0-1")),
                "{hers:?}"
            );
            let is_last = version == stands;
            assert_eq!(is_last, state == "open", "{decision} {version}");
            if is_last {
                assert!(!hers.is_empty() && *sent == 1, "{decision} {version} of {recipient} is lost");
                standing += 1;
                met.insert(recipient.as_str());
            } else {
                // S2: nothing of the older version after the newer one came.
                let key = format!("{id}-0-1");
                assert_eq!(hers.len(), self.seen.before.get(&key).copied().unwrap_or_default(), "{decision}");
            }
        }
        let all = part(MANY) + part(MOVED);
        assert_eq!((standing, met.len()), (all, all));
        assert!(heard.is_empty(), "of no obligation: {heard:?}");
        assert!(taken.iter().all(|(_, to)| others.iter().all(|other| other.address != *to)), "S3");
        // Twice is only what was on its way when a worker died, and once for each such death.
        let mut twice = 0;
        for (key, times) in times_of {
            let deaths = self.seen.in_flight.get(key).copied().unwrap_or_default();
            assert!(times <= 1 + deaths, "{key} {times} times, {deaths} deaths");
            twice += times - 1;
        }
        println!("{} taken, {twice} twice, {} in hand at the kills", taken.len(), self.seen.in_hand);
        assert!(twice > 0 && twice <= self.seen.in_hand, "{twice}, {}", self.seen.in_hand);
    }
}

async fn killed_while_telling(site: &Site) {
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let (stage, began) = (unit(&ctx).await, ctx.now());
    for (key, name) in [("K-1", "Even Fjellvik"), ("K-2", "Odd Fjellvik"), ("K-3", "Tore Stille")] {
        stage.inmate(key, name).await;
    }
    let mut told = stage.crowd("Even Fjellvik", "A", part(MANY)).await;
    told.extend(stage.crowd("Odd Fjellvik", "BB", part(MOVED)).await);
    let others = stage.crowd("Tore Stille", "CCC", 20).await;
    ctx.db.write(Raw(DECLINE)).await.expect("they decline");
    let providers = Providers::start().await;
    stage
        .events(&[
            stage.release("many", "K-1", 1, 300),
            stage.release("moved", "K-2", 1, 299),
            stage.release("silent", "K-3", 1, 302),
        ])
        .await;
    println!("ready after {} ms", (ctx.now().micros() - began.micros()) / 1_000);
    let mut play = Play { site, ctx, stage, providers, seen: Seen::default() };
    // T17: a worker alone sends nothing of it.
    let worker = play.providers.worker(site);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    drop(worker);
    assert!(play.providers.taken().is_empty(), "two people have not released it");
    play.stage.both_release().await;
    let more = if full() { MORE } else { 0 };
    let more = (0..more).map(|n| Kill::After(3 + 2 * n));
    for (n, kill) in KILLS[..6].iter().copied().chain(more).chain(KILLS[6..].iter().copied()).enumerate() {
        play.killed(kill).await;
        if n == 2 {
            play.moved().await;
        }
    }
    println!("killed for the last time after {} ms", (play.ctx.now().micros() - began.micros()) / 1_000);
    // One died between claiming and writing what it meant to do, a moment that no provider sees.
    play.ctx.db.write(Raw(CLAIMED_BY_THE_DEAD)).await.expect("a claim");
    a_minute_passes(&play.ctx).await.expect("a minute");
    play.to_its_end().await;
    println!("at its end after {} ms", (play.ctx.now().micros() - began.micros()) / 1_000);
    play.judge(&told, &others).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f01_killed_while_many_are_told_nobody_is_forgotten_on_sqlite() {
    let _alone = alone().await;
    killed_while_telling(&Site::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f01_killed_while_many_are_told_nobody_is_forgotten_on_postgres() {
    let _alone = alone().await;
    let Some(site) = Site::postgres().await else { return };
    killed_while_telling(&site).await;
}
