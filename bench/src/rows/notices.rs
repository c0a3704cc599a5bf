//! P9: telling ten thousand durably against handing the same texts over in a bare loop, and how soon the first try is made;
//! what taking custody events costs beside their bare rows; and whether time tells that somebody is registered (T9).

use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use app::notices::letters::Open;
use axum::{Json, Router, extract::State, routing::post};
use backend::{
    args,
    ctx::Ctx,
    custody::put_unit,
    delivery::Mailer,
    identity::arrival::{Arrival, welcome},
    notices::{ladder::ChannelKind, testing::Stage},
    testing::recorded::{self, Said},
    visits::booking::testing::{Stage as Visits, Whom},
    wiring::{self, Providers},
};
use domain::{
    access::{Area, Level, Role},
    custody::{Event, Wire},
};
use serde_json::{Value, json};
use server::{open::http, sender, worker};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use super::{
    booking::{alone, say, transaction},
    timing::{self, Look, welch_row},
};
use crate::{
    Failure, booking,
    process::Portal,
    report::{Row, Target},
    stats::{Ratio, median, percentile, ratio, welch},
};

const ROUNDS: usize = 7;
/// Of all rounds together.
const FAN_OUT: usize = 10_010;
/// As many at once as a worker has in hand.
const AT_ONCE: usize = 32;
/// Notices of which each is told alone.
const FIRST: usize = 40;
/// Events of one batch, and batches of one round.
const BATCH: usize = 100;
const BATCHES: usize = 5;
/// Events of each world over HTTP, and looks of staff, which are written down before.
const EVENTS: usize = 500;
const STAFF_LOOKS: usize = 1_000;

pub async fn rows(folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let mut rows = vec![fan_out(folder).await?, first_try(folder).await?, ingest(folder).await?];
    rows.extend(oracle(folder, table).await?);
    Ok(rows)
}

/// A provider of texts that takes everything: how many, and when the last came.
#[derive(Clone)]
struct Sink {
    taken: Arc<AtomicUsize>,
    last: Arc<Mutex<Instant>>,
    url: String,
}

impl Sink {
    async fn start() -> Result<Self, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let sink = Self { taken: Arc::default(), last: Arc::new(Mutex::new(Instant::now())), url };
        let router = Router::new().route("/", post(Self::take)).with_state(sink.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(sink)
    }

    async fn take(State(sink): State<Self>, Json(_): Json<Value>) {
        *sink.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        sink.taken.fetch_add(1, Ordering::SeqCst);
    }

    fn taken(&self) -> usize {
        self.taken.load(Ordering::SeqCst)
    }
}

fn sqlite(folder: &Path, name: &str) -> String {
    format!("sqlite:{}", folder.join(name).display())
}

async fn stage(ctx: &Ctx) -> Result<Stage, Failure> {
    backend::demo::seed(ctx).await?;
    let stage = Stage::new(ctx, "benken", &put_unit(ctx, booking::unit()).await?);
    for (key, name) in [("K-1", "Even Fjellvik"), ("K-2", "Jens Fjellvik")] {
        stage.inmate(key, name).await;
    }
    Ok(stage)
}

async fn fan_out(folder: &Path) -> Result<Row, Failure> {
    let sink = Sink::start().await?;
    let over = [("VARDE_NOTICES__SMS_URL", sink.url.as_str())];
    let ctx = booking::ctx_with(&sqlite(folder, "fan-out.db"), &over).await?;
    let stage = stage(&ctx).await?;
    stage.crowd_by("Even Fjellvik", "A", FAN_OUT, &[ChannelKind::Sms]).await;
    stage.events(&[stage.release("mass", "K-1", 1, 300)]).await;
    stage.both_release().await;
    let out = Arc::new(Providers { mailer: Mailer::for_notices(&ctx.settings)?, http: http()?, words: Open });
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let (from, start) = (sink.taken(), Instant::now());
        while sink.taken() < from + FAN_OUT / ROUNDS && wiring::tell_once(&ctx, &out).await? > 0 {}
        let told = sink.taken() - from;
        ours.push(told as f64 / start.elapsed().as_secs_f64());
        let start = Instant::now();
        bare(&sink.url, told).await?;
        theirs.push(told as f64 / start.elapsed().as_secs_f64());
        if told == 0 {
            return Err(format!("round {round} had nobody to tell").into());
        }
    }
    let beside = format!("{:.0} notices/s, {:.0} texts/s", median(&ours), median(&theirs));
    let what = "10,000 durable notices ÷ a bare loop of the same texts to the same sink, 32 at once";
    Ok(Row::new("P9", what, ratio(&ours, &theirs), Target::AtLeast(0.5), beside))
}

/// The same texts with nothing around them.
async fn bare(url: &str, n: usize) -> Result<(), Failure> {
    let (client, next, mut running) = (http()?, Arc::new(AtomicUsize::new(0)), JoinSet::new());
    for _ in 0..AT_ONCE {
        let (client, next, url) = (client.clone(), next.clone(), url.to_owned());
        running.spawn(async move {
            while next.fetch_add(1, Ordering::SeqCst) < n {
                let text = "Du har en ny melding. Logg inn for å lese den.";
                let body = json!({ "id": "0190-0-1", "from": "Melding", "to": "+4740100000", "text": text });
                client.post(&url).json(&body).send().await?.error_for_status()?;
            }
            Ok::<_, reqwest::Error>(())
        });
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    Ok(())
}

/// From the commit that made it a duty until the provider has it, with the worker as it runs.
async fn first_try(folder: &Path) -> Result<Row, Failure> {
    let sink = Sink::start().await?;
    let over = [("VARDE_NOTICES__SMS_URL", sink.url.as_str())];
    let ctx = booking::ctx_with(&sqlite(folder, "first.db"), &over).await?;
    let stage = stage(&ctx).await?;
    stage.crowd_by("Even Fjellvik", "A", 1, &[ChannelKind::Sms]).await;
    let (tell, stop) = watch::channel(false);
    let working = tokio::spawn(worker::run(ctx.clone(), Mailer::new(&ctx.settings)?, stop));
    let (mut chance, mut seconds) = (fastrand::Rng::with_seed(9), Vec::with_capacity(FIRST));
    for n in 0..FIRST {
        // Wherever the worker is in its round.
        tokio::time::sleep(Duration::from_millis(chance.u64(0..1_500))).await;
        stage.events(&[stage.release(&format!("release-{n}"), "K-1", 1, 300)]).await;
        let committed = Instant::now();
        while sink.taken() <= n {
            if committed.elapsed() > Duration::from_secs(30) {
                return Err("a notice was not told within half a minute".into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let came = *sink.last.lock().unwrap_or_else(PoisonError::into_inner);
        seconds.push(came.saturating_duration_since(committed).as_secs_f64());
    }
    tell.send(true)?;
    working.await?;
    let (p99, p50) = (percentile(&seconds, 0.99), median(&seconds));
    let what = "seconds from the commit to the provider, p99 of 40, with the worker as it runs";
    let found = Ratio { ratio: p99, low: p99, high: p99 };
    Ok(Row::new("P9.first", what, found, Target::AtMost(1.0), format!("p50 {p50:.2} s")))
}

fn events(from: usize, inmate: &str) -> Vec<Wire> {
    let now = domain::kernel::Instant(1_900_000_000_000_000);
    let wire = |n: usize| Wire {
        decision: format!("{inmate}/release/{n}"),
        version: 1,
        inmate: inmate.into(),
        kind: "release".into(),
        change: "decided".into(),
        at: now.plus_minutes(n as i64).rfc3339(),
        ..Wire::default()
    };
    (from..from + BATCH).map(wire).collect()
}

async fn take(ctx: &Ctx, wires: &[Wire]) -> Result<(), Failure> {
    let items = wires.iter().map(|wire| Ok(Event::parse(wire, ctx.now()).map_err(|_| "an event")?));
    let items = items.collect::<Result<Vec<_>, Failure>>()?.into_iter().map(Ok).collect();
    wiring::take_events(ctx, "koda", items).await?;
    Ok(())
}

/// Batches of events against the same rows, written in as many transactions by a connection that asks nothing.
async fn ingest(folder: &Path) -> Result<Row, Failure> {
    let file = folder.join("feed.db");
    let ctx = booking::ctx(&sqlite(folder, "feed.db")).await?;
    stage(&ctx).await?;
    ctx.db.close().await;
    let batches: Vec<Vec<Wire>> = (0..ROUNDS * BATCHES).map(|n| events(n * BATCH, "K-1")).collect();
    let ctx = booking::ctx(&booking::copy(&file, &folder.join("feed-recorded.db"))?).await?;
    recorded::listen();
    let mut said: Vec<Vec<Said>> = Vec::new();
    for batch in &batches {
        recorded::take();
        take(&ctx, batch).await?;
        let all = transaction(recorded::take())?;
        said.push(all.into_iter().filter(|said| !said.sql.starts_with("SELECT")).collect());
    }
    ctx.db.close().await;
    let ctx = booking::ctx(&booking::copy(&file, &folder.join("feed-taken.db"))?).await?;
    booking::copy(&file, &folder.join("feed-bare.db"))?;
    let mut bare = alone(&folder.join("feed-bare.db")).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let of_round = (BATCH * BATCHES) as f64;
    for (batches, said) in batches.chunks(BATCHES).zip(said.chunks(BATCHES)) {
        let start = Instant::now();
        for batch in batches {
            take(&ctx, batch).await?;
            recorded::take();
        }
        ours.push(of_round / start.elapsed().as_secs_f64());
        let start = Instant::now();
        for said in said {
            say(&mut bare, said).await?;
        }
        theirs.push(of_round / start.elapsed().as_secs_f64());
    }
    ctx.db.close().await;
    let statements = said.first().map_or(0, Vec::len);
    let beside = format!(
        "{:.0} events/s, {:.0} of bare rows, {statements} statements a batch of {BATCH}",
        median(&ours),
        median(&theirs)
    );
    let what = "taking custody events in batches ÷ writing the same rows bare";
    Ok(Row::new("feed", what, ratio(&ours, &theirs), Target::None, beside))
}

const CASE: &str = "SELECT public_id FROM application WHERE person_id = $1 AND state <> 'decided'";

/// Two inmates who differ in nothing but that somebody is registered in the case of the one.
async fn oracle(folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let database = sqlite(folder, "registered.db");
    let ctx = booking::ctx(&database).await?;
    stage(&ctx).await?.crowd_by("Even Fjellvik", "A", 1, &[ChannelKind::Sms]).await;
    // A standing yes would be an obligation each: here the officer is asked, as she mostly is.
    ctx.db.write(backend::testing::Raw("DELETE FROM notice_standing")).await?;
    let (relatives, staff) = looks(&ctx).await?;
    ctx.db.close().await;
    let portal = Portal::start(folder, &database, table).await?;
    let base = &portal.process.base;
    let of = "an inmate whose victim is registered, one without";
    let [with, without] = &relatives;
    let page = welch_row(base, "T9.relative", of, timing::LOOKS, with, without).await?;
    let [with, without] = &staff;
    let desk = welch_row(base, "T9.staff", of, STAFF_LOOKS, with, without).await?;
    let over = [("VARDE_SERVER__BASE_URL", base.as_str())];
    let ctx = booking::ctx_with(&database, &over).await?;
    let event = told(&ctx, base).await?;
    ctx.db.close().await;
    Ok(vec![event, page, desk])
}

/// The case of each as its relative sees it, and as an officer does.
async fn looks(ctx: &Ctx) -> Result<([Look; 2], [Look; 2]), Failure> {
    let unit: (String,) = ctx.db.one("SELECT id FROM unit WHERE slug = 'benken'", args![]).await?;
    let visits = Visits::new(ctx, domain::kernel::Id::new(unit.0)).await;
    let (site, mut cases) = (booking::site(ctx)?, Vec::new());
    for (who, name) in visits.crowd(2, Whom::OneEach).await.into_iter().zip(["Even", "Jens"]) {
        let whom = format!("name={name}+Fjellvik&birth_day=3&birth_month=2&birth_year=1990");
        timing::applies(&site, &who, &whom).await?;
        let (case,): (String,) = ctx.db.one(CASE, args![&who.citizen.person]).await?;
        cases.push((format!("varde_citizen={}", who.cookie), case));
    }
    let officer = format!("varde_staff={}", welcome(ctx, officer(ctx)).await?);
    let relative =
        |n: usize| Look { cookie: cases[n].0.clone(), path: format!("/visits/clearances/{}", cases[n].1) };
    let staff =
        |n: usize| Look { cookie: officer.clone(), path: format!("/staff/clearances/{}", cases[n].1) };
    Ok(([relative(0), relative(1)], [staff(0), staff(1)]))
}

fn officer(ctx: &Ctx) -> Arrival {
    Arrival {
        area: Area::Staff,
        issuer: "bench".into(),
        subject: "officer".into(),
        sid: None,
        number: None,
        name: "Sunniva Kvitveis".into(),
        birth_date: None,
        level: Level::High,
        fresh_at: Some(ctx.now()),
        roles: vec![Role::CaseOfficer],
        units: vec!["benken".into(), "intake".into()],
        id_token: String::new(),
        previous: None,
    }
}

/// An event at the one and at the other in turn, as the case system sends them.
async fn told(ctx: &Ctx, base: &str) -> Result<Row, Failure> {
    let (client, key) = (http()?, sender::own(ctx)?);
    let (mut token, mut with, mut without) = (String::new(), Vec::new(), Vec::new());
    for n in 0..EVENTS {
        if n % 100 == 0 {
            // It is good for two minutes.
            token = sender::token(ctx, &client, &key).await?;
        }
        let order = if n % 2 == 0 { ["K-1", "K-2"] } else { ["K-2", "K-1"] };
        for inmate in order {
            let wire = &events(n, inmate)[0];
            let request = client.post(format!("{base}/api/v1/custody-events")).bearer_auth(&token);
            let request = request.json(&json!({ "events": [wire] }));
            let start = Instant::now();
            let answer = request.send().await?.error_for_status()?.text().await?;
            let took = start.elapsed().as_secs_f64() * 1e6;
            if !answer.contains("\"accepted\"") {
                return Err(format!("an event was not accepted: {answer}").into());
            }
            if inmate == "K-1" { with.push(took) } else { without.push(took) }
        }
    }
    let t = welch(&with, &without).abs();
    let beside = format!("{:.0} µs, {:.0} µs; Welch's |t| {t:.1}", median(&with), median(&without));
    let what = "an event about an inmate whose victim is registered ÷ about one without, over HTTP";
    Ok(Row::new("T9.event", what, ratio(&with, &without), Target::None, beside))
}
