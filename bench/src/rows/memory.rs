//! P13: what stays in memory: for people who are signed in and idle, and after a million answers.

use std::path::Path;

use backend::visits::booking::testing::{Member, Stage, Whom};
use tokio::task::JoinSet;

use crate::{
    Failure, booking,
    load::{Ask, wrk},
    process::{Measured, Portal, free_port, pinned},
    report::{Row, Target},
    stats::ratio,
};

const SESSIONS: usize = 10_000;
const MILLION: f64 = 1_000_000.0;

pub async fn rows(folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let database = format!("sqlite:{}", folder.join("memory.db").display());
    let people = signed_in(&database).await?;
    let portal = Portal::start(folder, &database, table).await?;
    let front = Ask::new(format!("{}/", portal.process.base));
    answers(&front, 10_000.0).await?;
    let few = portal.process.resident()?;
    answers(&front, MILLION).await?;
    let after = portal.process.resident()?;
    visit(&portal.process.base, &people[..200]).await?;
    let before = portal.process.resident()?;
    visit(&portal.process.base, &people[200..]).await?;
    let signed_in = portal.process.resident()?;
    let hello = hello(folder).await?;
    let row = |id: &str, what: &str, a: f64, b: f64, most: f64| {
        let beside = format!("{:.1} MiB, {:.1} MiB", a / 1024.0, b / 1024.0);
        Row::new(id, what, ratio(&[a], &[b]), Target::AtMost(most), beside)
    };
    Ok(vec![
        row("P13.sessions", "memory with 10,000 signed in and idle ÷ with 200", signed_in, before, 1.05),
        row("P13.answers", "memory after a million answers ÷ after ten thousand", after, few, 1.1),
        row("P13.hello", "memory after ten thousand answers ÷ a hello world's", few, hello, 3.0),
    ])
}

async fn signed_in(database: &str) -> Result<Vec<Member>, Failure> {
    let ctx = booking::ctx(database).await?;
    backend::demo::seed(&ctx).await?;
    let stage = Stage::new(&ctx, backend::custody::put_unit(&ctx, booking::unit()).await?).await;
    let people = stage.crowd(SESSIONS, Whom::OneEach).await;
    ctx.db.close().await;
    Ok(people)
}

/// Each looks at her own page once.
async fn visit(base: &str, people: &[Member]) -> Result<(), Failure> {
    let client = reqwest::Client::new();
    let mut running = JoinSet::new();
    for who in people {
        if running.len() >= 16
            && let Some(done) = running.join_next().await
        {
            done??;
        }
        let request = client.get(format!("{base}/my"));
        let request = request.header("Cookie", format!("varde_citizen={}", who.cookie));
        running.spawn(async move { request.send().await?.error_for_status()?.bytes().await.map(|_| ()) });
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    Ok(())
}

/// Asks until at least so many answers have come.
async fn answers(ask: &Ask, least: f64) -> Result<(), Failure> {
    let mut had = 0.0;
    while had < least {
        let seconds = if least - had > 100_000.0 { 10 } else { 1 };
        had += wrk(ask, seconds).await? * f64::from(seconds);
    }
    Ok(())
}

/// This very program serving nothing but a word, after as many answers.
async fn hello(folder: &Path) -> Result<f64, Failure> {
    let port = free_port()?;
    let mut command = pinned(std::env::current_exe()?);
    command.args(["hello", "--listen", &format!("127.0.0.1:{port}")]);
    let process = Measured::start("a hello world", &mut command, port, &folder.join("hello.log")).await?;
    answers(&Ask::new(format!("{}/", process.base)), 10_000.0).await?;
    process.resident()
}
