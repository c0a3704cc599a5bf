//! The integration API, `/api/v1`: what other systems tell, and an inmate's own end of his letters. Bearer tokens alone open
//! it, never a cookie; every refusal is a problem document (RFC 9457) with a stable code; nothing in it tells what happens to
//! what was told.

mod beat;
mod custody;
mod document;
mod inmate;
mod problem;
mod reading;

use std::sync::Arc;

use axum::{
    Router,
    extract::{FromRequestParts, Request},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::{any, get, post, put},
};
use backend::{
    ctx::Ctx,
    machine::{Caller, Gate, Refusal},
};
use http::{StatusCode, header, request::Parts};
use tower_http::limit::RequestBodyLimitLayer;

pub use document::document;
use problem::Problem;

use crate::telemetry::TraceId;

/// Everything under it speaks in problem documents.
pub const API: &str = "/api/v1/";
/// Larger than a thousand events with their conditions.
const LARGEST: usize = 4 * 1024 * 1024;

/// What the handlers carry.
#[derive(Clone)]
pub struct Integration(Arc<Inner>);

struct Inner {
    ctx: Ctx,
    gate: Gate,
}

impl Integration {
    fn ctx(&self) -> &Ctx {
        &self.0.ctx
    }
}

pub fn router(ctx: &Ctx, client: &reqwest::Client) -> Router {
    let gate = Gate::new(&ctx.settings.maskinporten, client);
    Router::new()
        .route("/api/v1/custody-events", post(custody::take))
        .route("/api/v1/custody-events/{receipt}", get(custody::receipt))
        .route("/api/v1/inmates/{key}", put(custody::put_inmate))
        .route("/api/v1/inmates/{key}/restrictions", put(custody::put_restrictions))
        .merge(inmate::routes())
        .route("/api/openapi.json", get(document::serve))
        .route("/api/v1/{*rest}", any(|| async { StatusCode::NOT_FOUND }))
        .layer(RequestBodyLimitLayer::new(LARGEST))
        .with_state(Integration(Arc::new(Inner { ctx: ctx.clone(), gate })))
}

/// Whoever calls: no handler runs without her.
pub struct Called(pub Caller);

impl FromRequestParts<Integration> for Called {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Integration) -> Result<Self, Problem> {
        let now = state.ctx().now();
        state.0.gate.admit(bearer(parts), now).await.map(Self).map_err(turned_away)
    }
}

/// The token of a call.
fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn turned_away(refusal: Refusal) -> Problem {
    metrics::counter!("varde_api_refused", "why" => refusal.code()).increment(1);
    tracing::warn!(why = refusal.code(), "a call to the API was refused");
    Problem::of_token(refusal)
}

/// Bare refusals of the layers and of the router become problem documents, under the API alone.
pub async fn dress(request: Request, next: Next) -> Response {
    let ours = request.uri().path().starts_with(API);
    let trace = request.extensions().get::<TraceId>().map(|trace| trace.0.clone());
    let response = next.run(request).await;
    if !ours || response.status().is_success() {
        return response;
    }
    let (parts, body) = response.into_parts();
    let is_problem = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == problem::KIND);
    if is_problem && !parts.status.is_server_error() {
        return Response::from_parts(parts, body);
    }
    let mut dressed = Problem::bare(parts.status, trace).into_response();
    for kept in [header::RETRY_AFTER, header::WWW_AUTHENTICATE, header::ALLOW] {
        if let Some(value) = parts.headers.get(&kept) {
            dressed.headers_mut().insert(kept, value.clone());
        }
    }
    *dressed.status_mut() = parts.status;
    dressed
}

/// What went wrong inside is a 500 or a 503 and no more.
fn broken(error: &backend::Error) -> Problem {
    let status = crate::faults::status(error);
    tracing::error!(%error, "a call to the API could not be carried out");
    Problem::bare(status, None)
}

/// For the tests and the papers.
pub const OPERATIONS: [(&str, &str); 13] = [
    ("POST", "/api/v1/custody-events"),
    ("GET", "/api/v1/custody-events/{receipt}"),
    ("PUT", "/api/v1/inmates/{key}"),
    ("PUT", "/api/v1/inmates/{key}/restrictions"),
    ("GET", "/api/v1/inmate/exchanges"),
    ("POST", "/api/v1/inmate/exchanges/{exchange}/letters"),
    ("PUT", "/api/v1/inmate/exchanges/{exchange}/side"),
    ("POST", "/api/v1/inmate/exchanges/{exchange}/reports"),
    ("POST", "/api/v1/inmate/letters/{letter}/receipt"),
    ("GET", "/api/v1/inmate/lawyers"),
    ("POST", "/api/v1/inmate/lawyers/{thread}/messages"),
    ("POST", "/api/v1/inmate/lawyers/{thread}/messages/{message}/receipt"),
    ("GET", "/api/openapi.json"),
];

/// Status of a call that changed something.
const ACCEPTED: StatusCode = StatusCode::ACCEPTED;
