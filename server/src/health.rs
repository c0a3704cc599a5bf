//! Health and metrics, on a listener of their own that the public never reaches.

use axum::{Router, extract::State, response::IntoResponse, routing::get};
use backend::ctx::Ctx;
use http::{StatusCode, header};

use crate::telemetry;

pub fn router(ctx: Ctx) -> Router {
    Router::new()
        .route("/health/live", get(|| async { "ok\n" }))
        .route("/health/ready", get(ready))
        .route("/metrics", get(metrics))
        .with_state(ctx)
}

/// Ready when the database answers in time.
async fn ready(State(ctx): State<Ctx>) -> impl IntoResponse {
    let answer = tokio::time::timeout(std::time::Duration::from_secs(2), ctx.db.ping()).await;
    match answer {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

async fn metrics() -> impl IntoResponse {
    let text = telemetry::metrics().map(|handle| {
        handle.run_upkeep();
        handle.render()
    });
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text.unwrap_or_default())
}
