//! Logs, trace ids and metrics. Every request has a trace id; a log line carries the route's pattern, never
//! the address that was asked for, its query, a cookie or a name.

use std::{sync::OnceLock, time::Duration};

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use backend::ctx::Ctx;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::time::Instant;
use tracing::{Instrument, Level, Metadata};
use tracing_subscriber::{EnvFilter, filter::filter_fn, layer::SubscriberExt, util::SubscriberInitExt};

/// 128 random bits in hex: on every log line of a request and on its error page.
#[derive(Clone, Debug)]
pub struct TraceId(pub String);

impl TraceId {
    fn fresh(ctx: &Ctx) -> Self {
        Self(ctx.chance.bytes::<16>().iter().map(|b| format!("{b:02x}")).collect())
    }
}

/// What we have written ourselves, and looked at for what it tells.
const OURS: [&str; 6] = ["app", "backend", "domain", "server", "testid", "varde"];

/// Libraries tell whole addresses at their most talkative, whatever the settings ask for.
fn may_tell(what: &Metadata<'_>) -> bool {
    let whose = what.target().split("::").next().unwrap_or_default();
    *what.level() <= Level::INFO || OURS.contains(&whose)
}

/// JSON lines to standard error. `filter` is in the words of `tracing` (`info,sqlx=warn`); of libraries nothing below
/// `info` is told.
pub fn start_logs(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt::layer().json().with_span_list(false).with_writer(std::io::stderr);
    // Both stand over all, not over this layer alone: a layer's own filter keeps what it said of a line that was only asked
    // about, as sqlx asks, and takes it for the next line of that thread, which is lost.
    // A second start in the same process (tests) keeps the first.
    let _ = tracing_subscriber::registry().with(filter).with(filter_fn(may_tell)).with(lines).try_init();
}

/// A panic tells where it was and nothing else: its message may hold what somebody typed.
pub fn keep_panics_quiet() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
}

/// The process's metrics; the same handle whoever asks.
pub fn metrics() -> Option<PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE.get_or_init(|| PrometheusBuilder::new().install_recorder().ok()).clone()
}

/// Outermost of all: names the request, times it, and counts its outcome.
pub async fn trace(State(ctx): State<Ctx>, mut request: Request, next: Next) -> Response {
    let trace = TraceId::fresh(&ctx);
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let span = tracing::info_span!("request", trace = %trace.0, %method, route);
    request.extensions_mut().insert(trace.clone());
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status().as_u16(), started.elapsed());
    span.in_scope(|| tracing::info!(status, ms = millis(took), "answered"));
    let labels = [("route", route), ("status", status.to_string())];
    metrics::counter!("varde_requests", &labels).increment(1);
    metrics::histogram!("varde_request_seconds", "route" => labels[0].1.clone()).record(took.as_secs_f64());
    response.extensions_mut().insert(trace);
    response
}

fn millis(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}
