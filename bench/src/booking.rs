//! A crowd of relatives who each hold a time, and what it takes to book it: by the portal, or bare.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, Response},
};
use backend::{
    args,
    config::Settings,
    ctx::{Actor, Ctx},
    custody::{PublicUnit, put_unit},
    testing::recorded::{self, Said},
    visits::{
        booking::testing::{Member, Stage, Whom, template},
        sessions::{NewTemplate, put_template, tend},
    },
};
use http::header;
use server::{
    open::{http, open},
    router,
};
use tower::ServiceExt;

use crate::{Failure, process::LIMITS};

/// Somebody who has only to say yes.
#[derive(Clone)]
pub struct Holding {
    pub who: Member,
    pub hold: String,
}

const SESSIONS: &str = "SELECT public_id FROM visit_session WHERE unit_id = $1 AND capacity = $2 AND date >= $3 \
    ORDER BY date, public_id";
const HELD: &str = "SELECT h.public_id FROM visit_hold h JOIN booking_draft d ON d.id = h.draft_id \
    WHERE d.person_id = $1";
/// Places of one session; a number by which its template is known.
const PLACES: i64 = 497;
/// Sessions of one week, so that several clients book without meeting at one row.
pub const A_WEEK: usize = 8;

pub async fn ctx(database: &str) -> Result<Ctx, Failure> {
    ctx_with(database, &[]).await
}

/// With these settings besides.
pub async fn ctx_with(database: &str, more: &[(&str, &str)]) -> Result<Ctx, Failure> {
    let mut over = LIMITS.to_vec();
    over.push(("VARDE_DATABASE__URL", database));
    over.push(("VARDE_SERVER__BASE_URL", "http://127.0.0.1"));
    over.extend(more);
    let settings = Settings::from_text(include_str!("../../Leptos.toml"), &over)?;
    open(settings.checked()?).await
}

/// `n` people who hold a time each, made on this database: the one after the other in another session.
pub async fn prepare(database: &str, n: usize) -> Result<Vec<Holding>, Failure> {
    let ctx = ctx(database).await?;
    backend::demo::seed(&ctx).await?;
    let stage = Stage::new(&ctx, put_unit(&ctx, unit()).await?).await;
    for at in 0..A_WEEK {
        let start = 480 + 60 * u16::try_from(at)?;
        let new = NewTemplate { unit: stage.unit.clone(), template: template(3, start, PLACES) };
        put_template(&ctx, &Actor::System, new).await?;
    }
    tend(&ctx).await?;
    let from = ctx.now().date().plus_days(3);
    let sessions: Vec<(String,)> = ctx.db.all(SESSIONS, args![&stage.unit, PLACES, from]).await?;
    let (site, mut holding) = (site(&ctx)?, Vec::with_capacity(n));
    for (at, who) in stage.crowd(n, Whom::OneEach).await.into_iter().enumerate() {
        // One week has room for all of them.
        holding.push(take_hold(&ctx, &site, who, &sessions[at % A_WEEK].0).await?);
    }
    ctx.db.close().await;
    Ok(holding)
}

/// A prison that no demo has.
pub fn unit() -> PublicUnit {
    PublicUnit {
        slug: "benken".into(),
        name: "Benken fengsel".into(),
        level: "high".into(),
        region: "Øst".into(),
        place: "Benken".into(),
        address: "Gata 1".into(),
        phone: "+47 00 00 00 00".into(),
        email: "benken@varde.example".into(),
        travel: String::new(),
    }
}

pub fn site(ctx: &Ctx) -> Result<Router, Failure> {
    Ok(router::public(ctx, &http()?)?)
}

async fn take_hold(ctx: &Ctx, site: &Router, who: Member, session: &str) -> Result<Holding, Failure> {
    let party = format!("inmate={}&people%5B%5D={}", who.inmate, who.public);
    post(site, &who, "/api/visits/book/who", party, "/visits/book/when").await?;
    post(site, &who, "/api/visits/book/when", format!("session={session}&from="), "/visits/book/check")
        .await?;
    let (hold,): (String,) = ctx.db.one(HELD, args![&who.citizen.person]).await?;
    Ok(Holding { who, hold })
}

/// A form posted as her browser does, in this process; it has to lead to a page under `to`.
pub async fn post(site: &Router, who: &Member, path: &str, form: String, to: &str) -> Result<(), Failure> {
    let request = Request::post(path)
        .extension(ConnectInfo(SocketAddr::from((Ipv4Addr::LOCALHOST, 1))))
        .header(header::HOST, "127.0.0.1")
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, format!("varde_citizen={}", who.cookie))
        .body(Body::from(form))?;
    let answer = site.clone().oneshot(request).await?;
    leads(path, &answer, to)
}

fn leads(path: &str, answer: &Response<Body>, to: &str) -> Result<(), Failure> {
    let location = answer.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    match location {
        Some(location) if location.starts_with(to) && !location.contains("try=") => Ok(()),
        other => Err(format!("{path}: {} to {other:?}, not to {to}", answer.status()).into()),
    }
}

/// Where a booking leads.
const BOOKED: &str = "/visits/bookings/";
const CONFIRM: &str = "/api/visits/book/confirm";

/// Each one's booking as the portal says it to this database, statement by statement.
pub async fn record(database: &str, holding: &[Holding]) -> Result<Vec<Vec<Said>>, Failure> {
    let ctx = ctx(database).await?;
    let (site, mut all) = (site(&ctx)?, Vec::with_capacity(holding.len()));
    recorded::listen();
    for Holding { who, hold } in holding {
        recorded::take();
        post(&site, who, CONFIRM, format!("hold={hold}"), BOOKED).await?;
        all.push(recorded::take());
    }
    ctx.db.close().await;
    Ok(all)
}

/// Books for these, `clients` at a time, over HTTP; seconds that it took.
pub async fn book(base: &str, holding: &[Holding], clients: usize) -> Result<f64, Failure> {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let waiting = Arc::new(std::sync::Mutex::new(holding.to_vec()));
    let (start, mut running) = (std::time::Instant::now(), Vec::new());
    for _ in 0..clients {
        running.push(tokio::spawn(books(client.clone(), base.to_owned(), waiting.clone())));
    }
    for one in running {
        one.await??;
    }
    Ok(start.elapsed().as_secs_f64())
}

async fn books(
    client: reqwest::Client,
    base: String,
    waiting: Arc<std::sync::Mutex<Vec<Holding>>>,
) -> Result<(), Failure> {
    loop {
        let next = waiting.lock().map_err(|_| "a client broke down")?.pop();
        let Some(Holding { who, hold }) = next else { return Ok(()) };
        let request = client.post(format!("{base}{CONFIRM}")).header("sec-fetch-site", "same-origin");
        let request = request.header(header::COOKIE, format!("varde_citizen={}", who.cookie));
        let answer = request.header(header::ACCEPT, "text/html").form(&[("hold", &hold)]).send().await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        answer.bytes().await?;
        let location = headers.get(header::LOCATION).and_then(|value| value.to_str().ok());
        if !location.is_some_and(|location| location.starts_with(BOOKED)) {
            return Err(format!("a booking was answered with {status} to {location:?}").into());
        }
    }
}

/// A fresh copy of a closed SQLite database.
pub fn copy(from: &Path, to: &Path) -> Result<String, Failure> {
    std::fs::copy(from, to)?;
    Ok(format!("sqlite:{}", to.display()))
}
