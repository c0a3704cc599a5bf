//! The process that is measured: the portal with all its layers, the same site without them, and a hello world,
//! on three listeners. No worker runs, so that nothing else asks for the disk.

use std::{convert::Infallible, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    http::StatusCode,
    response::Html,
    routing::get,
};
use backend::{config::Settings, ctx::Ctx};
use clap::Args;
use futures_util::stream::try_unfold;
use http_body_util::BodyExt;
use server::{
    listener,
    open::{http, open},
    router,
};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{
    Failure,
    pages::{self, Rows},
};

/// The prison whose page is measured.
pub const SLUG: &str = "lyngmo";

#[derive(Args)]
pub struct Host {
    /// The site without its layers.
    #[arg(long)]
    bare: SocketAddr,
    /// A hello world, and pages that are never made anew.
    #[arg(long)]
    hello: SocketAddr,
    /// JSON of the table's rows.
    #[arg(long)]
    rows: PathBuf,
}

pub async fn serve(host: Host) -> Result<Infallible, Failure> {
    let settings = Settings::load(std::path::Path::new("Leptos.toml"))?.checked()?;
    let ctx = open(settings).await?;
    backend::demo::seed(&ctx).await?;
    let rows: Vec<(String, String)> = serde_json::from_slice(&std::fs::read(&host.rows)?)?;
    let rows = rows.into_iter().map(|(one, two)| (Arc::from(one), Arc::from(two)));
    let rows: Rows = Arc::new(rows.collect());
    let (full, bare) = sites(&ctx, rows).await?;
    let header_time = Duration::from_secs(ctx.settings.limits.header_seconds);
    for (address, router) in [(host.bare, bare), (ctx.settings.server.listen, full)] {
        let listener = TcpListener::bind(address).await?;
        tokio::spawn(listener::serve(listener, router, header_time, std::future::pending()));
    }
    let front = format!("http://{}/", ctx.settings.server.listen);
    let front = reqwest::get(front).await?.text().await?;
    axum::serve(TcpListener::bind(host.hello).await?, hello(front)).await?;
    Err("the hello world ended".into())
}

async fn sites(ctx: &Ctx, rows: Rows) -> Result<(Router, Router), Failure> {
    let known = pages::known(ctx, SLUG).await?.ok_or("no such prison")?;
    let http = http()?;
    let site = || router::site(ctx, &http, pages::router(ctx, rows.clone(), known.clone()));
    Ok((router::guarded(site()?, ctx)?, site()?))
}

/// Least that axum can do: a word, a page's bytes as they are, and a file into a folder and out of it.
fn hello(front: String) -> Router {
    Router::new()
        .route("/raw", get(raw_out).post(raw_in))
        .route("/", get(|| async { "hello, world" }))
        .route("/front", get(|State(front): State<Bytes>| async move { Html(front) }))
        .with_state(Bytes::from(front))
}

pub async fn greet(listen: SocketAddr) -> Result<(), Failure> {
    Ok(axum::serve(TcpListener::bind(listen).await?, hello(String::new())).await?)
}

/// Of this process, in the folder of all that is measured.
fn raw() -> PathBuf {
    std::env::temp_dir().join(format!("varde-bench-raw-{}", std::process::id()))
}

/// A body as it comes, to the disk.
async fn raw_in(request: Request) -> Result<StatusCode, StatusCode> {
    let broken = |_| StatusCode::INTERNAL_SERVER_ERROR;
    let (mut file, mut body) = (File::create(raw()).await.map_err(broken)?, request.into_body());
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| StatusCode::BAD_REQUEST)?;
        if let Some(bytes) = frame.data_ref() {
            file.write_all(bytes).await.map_err(broken)?;
        }
    }
    file.sync_all().await.map_err(broken)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn raw_out() -> Result<Body, StatusCode> {
    let file = File::open(raw()).await.map_err(|_| StatusCode::NOT_FOUND)?;
    let pieces = try_unfold(file, |mut file| async move {
        let mut piece = vec![0; 64 * 1024];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then_some((piece, file)))
    });
    Ok(Body::from_stream(pieces))
}
