//! P9: telling ten thousand durably against handing the same texts over in a bare loop, and how soon the first try is made;
//! and what taking custody events costs beside their bare rows.

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
    ctx::Ctx,
    custody::put_unit,
    delivery::Mailer,
    notices::{ladder::ChannelKind, testing::Stage},
    testing::recorded::{self, Said},
    wiring::{self, Providers},
};
use domain::custody::{Event, Wire};
use serde_json::{Value, json};
use server::{open::http, worker};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use super::{
    booking::{alone, say, transaction},
    registered,
};
use crate::{
    Failure, booking,
    report::{Row, Target},
    stats::{Ratio, median, percentile, ratio},
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

pub async fn rows(folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let mut rows = vec![fan_out(folder).await?, first_try(folder).await?, ingest(folder).await?];
    rows.extend(registered::rows(folder, table).await?);
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

pub(super) fn sqlite(folder: &Path, name: &str) -> String {
    format!("sqlite:{}", folder.join(name).display())
}

pub(super) async fn stage(ctx: &Ctx) -> Result<Stage, Failure> {
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
    let out = Arc::new(Providers { mailer: Mailer::for_notices(&ctx.settings)?, words: Open });
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

pub(super) fn events(from: usize, inmate: &str) -> Vec<Wire> {
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

/// What each batch writes, as it was said to the database.
async fn written(url: &str, batches: &[Vec<Wire>]) -> Result<Vec<Vec<Said>>, Failure> {
    let ctx = booking::ctx(url).await?;
    recorded::listen();
    let mut said = Vec::new();
    for batch in batches {
        recorded::take();
        take(&ctx, batch).await?;
        let all = transaction(recorded::take())?;
        said.push(all.into_iter().filter(|said| !said.sql.starts_with("SELECT")).collect());
    }
    ctx.db.close().await;
    Ok(said)
}

/// Batches of events against the same rows, written in as many transactions by a connection that asks nothing.
async fn ingest(folder: &Path) -> Result<Row, Failure> {
    let file = folder.join("feed.db");
    let ctx = booking::ctx(&sqlite(folder, "feed.db")).await?;
    stage(&ctx).await?;
    ctx.db.close().await;
    let batches: Vec<Vec<Wire>> = (0..ROUNDS * BATCHES).map(|n| events(n * BATCH, "K-1")).collect();
    let said = written(&booking::copy(&file, &folder.join("feed-recorded.db"))?, &batches).await?;
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
