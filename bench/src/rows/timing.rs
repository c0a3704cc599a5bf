//! Time as an oracle (T9), and how long others wait while somebody dribbles (T25).

use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use axum::Router;
use backend::{
    args,
    custody::put_unit,
    visits::booking::testing::{Member, Stage, Whom},
};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::{
    Failure, booking,
    load::{Ask, at_rate},
    process::Portal,
    report::{Row, Target},
    stats::{Ratio, median, ratio, welch},
};

/// Looks at each world's case.
pub const LOOKS: usize = 10_000;
const DRIBBLING: usize = 1_000;
const ROUNDS: usize = 7;

pub async fn rows(folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let database = format!("sqlite:{}", folder.join("timing.db").display());
    let worlds = worlds(&database).await?;
    let portal = Portal::start(folder, &database, table).await?;
    let base = &portal.process.base;
    let [here, nobody, here_too] = &worlds[..] else { return Err("three have applied".into()) };
    let told =
        welch_row(base, "T9.time", "an inmate who is here, nobody of that name", LOOKS, here, nobody).await?;
    let control =
        welch_row(base, "T9.control", "an inmate who is here, twice", LOOKS, here, here_too).await?;
    Ok(vec![told, control, dribbled(base).await?])
}

/// A page, and the cookie of whoever looks at it.
pub struct Look {
    pub cookie: String,
    pub path: String,
}

const CASE: &str = "SELECT public_id FROM application WHERE person_id = $1 AND state <> 'decided'";

/// Three relatives who have applied: for somebody who is here, for nobody, and again for him who is here.
async fn worlds(database: &str) -> Result<Vec<Look>, Failure> {
    let ctx = booking::ctx(database).await?;
    backend::demo::seed(&ctx).await?;
    let stage = Stage::new(&ctx, put_unit(&ctx, booking::unit()).await?).await;
    let (site, mut all) = (booking::site(&ctx)?, Vec::new());
    for (at, who) in stage.crowd(3, Whom::OneEach).await.into_iter().enumerate() {
        let year = if at == 1 { "1971" } else { "1990" };
        let whom = format!("name=Even+Fjellvik&birth_day=3&birth_month=2&birth_year={year}");
        applies(&site, &who, &whom).await?;
        let (case,): (String,) = ctx.db.one(CASE, args![&who.citizen.person]).await?;
        let cookie = format!("varde_citizen={}", who.cookie);
        all.push(Look { cookie, path: format!("/visits/clearances/{case}") });
    }
    ctx.db.close().await;
    Ok(all)
}

/// She applies for this inmate, question by question.
pub async fn applies(site: &Router, who: &Member, whom: &str) -> Result<(), Failure> {
    let steps = [
        ("whom", whom),
        ("relation", "relation=sibling"),
        ("contact", "email=maja%40eksempel.no&phone=412+34+567"),
        ("children", "name=&then=on"),
        ("needs", "language=&note="),
        ("police", "read=yes"),
        ("submit", ""),
    ];
    for (step, form) in steps {
        let path = format!("/api/visits/apply/{step}");
        booking::post(site, who, &path, form.to_owned(), "/visits/apply/").await?;
    }
    Ok(())
}

pub async fn welch_row(
    base: &str,
    id: &str,
    of: &str,
    looks: usize,
    one: &Look,
    other: &Look,
) -> Result<Row, Failure> {
    let client = reqwest::Client::new();
    let (mut a, mut b) = (Vec::with_capacity(looks), Vec::with_capacity(looks));
    for round in 0..looks {
        // Neither is always the first.
        if round % 2 == 0 {
            a.push(look(&client, base, one).await?);
            b.push(look(&client, base, other).await?);
        } else {
            b.push(look(&client, base, other).await?);
            a.push(look(&client, base, one).await?);
        }
    }
    let t = welch(&a, &b).abs();
    let beside = format!("{:.1} µs, {:.1} µs", median(&a), median(&b));
    let what = format!("Welch's |t| of {looks} looks at a case: {of}");
    Ok(Row::new(id, &what, Ratio { ratio: t, low: t, high: t }, Target::AtMost(4.5), beside))
}

/// Microseconds of a whole answer.
pub async fn look(
    client: &reqwest::Client,
    base: &str,
    Look { cookie, path }: &Look,
) -> Result<f64, Failure> {
    let request = client.get(format!("{base}{path}"));
    let request = request.header("Cookie", cookie);
    let start = Instant::now();
    request.send().await?.error_for_status()?.bytes().await?;
    Ok(start.elapsed().as_secs_f64() * 1e6)
}

async fn dribbled(base: &str) -> Result<Row, Failure> {
    let address: SocketAddr = base.trim_start_matches("http://").parse()?;
    let (ask, lasting) = (Ask::new(format!("{base}/")), Duration::from_secs(1));
    at_rate(&ask, 100.0, lasting).await?;
    let (mut under, mut idle) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        idle.push(median(&at_rate(&ask, 100.0, lasting).await?));
        let attack: Vec<_> = (0..DRIBBLING).map(|_| tokio::spawn(dribble(address))).collect();
        tokio::time::sleep(Duration::from_millis(500)).await;
        under.push(median(&at_rate(&ask, 100.0, lasting).await?));
        attack.iter().for_each(tokio::task::JoinHandle::abort);
    }
    let beside = format!("{:.2} ms, {:.2} ms, every one answered", median(&under), median(&idle));
    let what = "p50 of others while 1,000 sockets dribble their headers ÷ when idle";
    Ok(Row::new("T25.probe", what, ratio(&under, &idle), Target::None, beside))
}

/// A header that never ends.
async fn dribble(address: SocketAddr) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await?;
    loop {
        stream.write_all(b"a").await?;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
