//! Pushed authorisation requests (RFC 9126): the client hands its request in by itself, and the browser carries
//! only an opaque name of it. Good once, for a minute.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde_json::json;

use crate::client::{Refusal, authenticate};
use crate::request::{self, Refused, Request};
use crate::wire::{self, Params};
use crate::{Provider, token};

const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";
const PUSHED_SECONDS: i64 = 60;

/// POST `/par`.
pub(crate) async fn push(State(provider): State<Arc<Provider>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(params) = std::str::from_utf8(&body).ok().and_then(Params::parse) else {
        return token::refuse(("invalid_request", "the body cannot be read or repeats a parameter"));
    };
    match keep(&provider, &headers, &params) {
        Ok(key) => {
            let body = json!({ "request_uri": format!("{PREFIX}{key}"), "expires_in": PUSHED_SECONDS });
            wire::json(StatusCode::CREATED, &body)
        }
        Err(refusal) => token::refuse(refusal),
    }
}

fn keep(provider: &Provider, headers: &HeaderMap, params: &Params) -> Result<String, Refusal> {
    let client = authenticate(provider, headers, params)?;
    if params.get("request_uri").is_some() {
        return Err(("invalid_request", "a pushed request cannot name another"));
    }
    let request = request::read(provider, params).map_err(|refused| match refused {
        Refused::Here(why) => ("invalid_request", why),
        Refused::Back(_) => ("invalid_request", "the request is not acceptable"),
    })?;
    if request.client_id != client.id {
        return Err(("invalid_request", "client_id differs from the authenticated client"));
    }
    let (key, now) = (provider.secret(), provider.now());
    provider.memory().pushed.put(key.clone(), request, now, PUSHED_SECONDS);
    Ok(key)
}

/// The request behind a `request_uri`, once, for the client that pushed it.
pub(crate) fn take(provider: &Provider, params: &Params) -> Option<Result<Request, Refused>> {
    let uri = params.get("request_uri")?;
    let now = provider.now();
    let found = uri.strip_prefix(PREFIX).and_then(|key| provider.memory().pushed.take(key, now));
    let found = found.filter(|request| params.get("client_id") == Some(request.client_id.as_str()));
    Some(found.ok_or(Refused::Here("request_uri is unknown, used or too old")))
}
