//! Out again: here and at the provider, from here or from the provider. And staying a little longer.

use app::routes;
use axum::{
    Json,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use backend::oidc::Ended;
use domain::{access::Area, kernel::Instant};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Deserialize;

use super::{Auth, cookies, see_other, sessions};
use crate::{faults, forms::field};

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Ends the session on the server, then leads to the provider's own sign-out.
pub async fn sign_out(State(auth): State<Auth>, Path(area): Path<String>, headers: HeaderMap) -> Response {
    let Some((area, provider)) = auth.provider(&area) else { return StatusCode::NOT_FOUND.into_response() };
    let ctx = &auth.ctx;
    let hint = match cookies::session(&ctx.settings, &headers, area) {
        Some(token) => match sessions::close(ctx, area, &token).await {
            Ok(hint) => hint,
            Err(error) => {
                tracing::error!(%error, "a session could not be ended");
                // This browser at least knows it no more: the next one at the machine finds nobody signed in.
                let mut response = faults::status(&error).into_response();
                cookies::clear(&mut response, &ctx.settings, cookies::Kind::Session, area);
                return response;
            }
        },
        None => None,
    };
    let base = format!("{}{}", ctx.settings.server.base_url, routes::FRONT);
    let onwards = match &hint {
        Some(hint) => provider.end_session_url(Some(hint), &base, ctx.now()).await,
        None => None,
    };
    let mut response = see_other(onwards.as_deref().unwrap_or(routes::FRONT));
    cookies::clear(&mut response, &ctx.settings, cookies::Kind::Session, area);
    // Also what she has kept on this phone; of staff nothing but marks of the gate that are not sent yet, and those have to stay.
    let forgets = if area == Area::Staff { "\"cache\"" } else { "\"cache\", \"storage\"" };
    response.headers_mut().insert(CLEAR_SITE_DATA, HeaderValue::from_static(forgets));
    response
}

#[derive(Deserialize)]
pub struct Gone {
    iss: Option<String>,
    sid: Option<String>,
}

/// The provider's iframe says that its session ended. Our cookie may be missing there, so the session is
/// found by the provider's own id for it. The one GET that changes something, as the protocol has it.
pub async fn front_channel(
    State(auth): State<Auth>,
    Path(area): Path<String>,
    Query(gone): Query<Gone>,
) -> Response {
    let Some((area, provider)) = auth.provider(&area) else { return StatusCode::NOT_FOUND.into_response() };
    if let (Some(iss), Some(sid)) = (&gone.iss, &gone.sid)
        && iss == provider.issuer()
        && let Err(error) =
            sessions::close_from_provider(&auth.ctx, area, iss, &Ended::Session(sid.clone())).await
    {
        tracing::error!(%error, "the provider's sign-out could not be carried out");
        return faults::status(&error).into_response();
    }
    let origin = provider.issuer().splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let policy = format!("default-src 'none'; frame-ancestors {origin}");
    let mut response = "".into_response();
    if let Ok(value) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value);
    }
    response
}

/// The provider says so itself, by a signed token. A token that came before ends nothing more.
pub async fn back_channel(State(auth): State<Auth>, Path(area): Path<String>, body: String) -> Response {
    let Some((area, provider)) = auth.provider(&area) else { return StatusCode::NOT_FOUND.into_response() };
    let token = field(&body, "logout_token").unwrap_or_default();
    let ended = match provider.ended(&token, auth.ctx.now()).await {
        Ok(ended) => ended,
        Err(refusal) => {
            metrics::counter!("varde_logout_refused", "code" => refusal.code()).increment(1);
            tracing::warn!(code = refusal.code(), "a logout token was refused");
            let body = Json(serde_json::json!({"error": "invalid_request"}));
            return (StatusCode::BAD_REQUEST, body).into_response();
        }
    };
    match sessions::close_from_provider(&auth.ctx, area, provider.issuer(), &ended).await {
        Ok(_) => StatusCode::OK.into_response(),
        Err(error) => {
            tracing::error!(%error, "the provider's sign-out could not be carried out");
            faults::status(&error).into_response()
        }
    }
}

/// A sign of life. An island reads how many seconds are left, to the idle end and to the last one; a browser
/// without script gets its page back.
pub async fn extend(
    State(auth): State<Auth>,
    Path(area): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let Some((area, _)) = auth.provider(&area) else { return StatusCode::NOT_FOUND.into_response() };
    let back = routes::local(&field(&body, "back").unwrap_or_default());
    let live = match cookies::session(&auth.ctx.settings, &headers, area) {
        Some(token) => sessions::find(&auth.ctx, area, &token).await,
        None => Ok(None),
    };
    let live = match live {
        Ok(live) => live,
        Err(error) => {
            tracing::error!(%error, "a session could not be looked up");
            return faults::status(&error).into_response();
        }
    };
    let page =
        headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"));
    match (live, page) {
        (Some(_), true) => see_other(&back),
        (Some(live), false) => {
            let now = auth.ctx.now();
            let left = |end: Instant| (end.micros() - now.micros()) / 1_000_000;
            format!("{} {}", left(live.idle_end), left(live.absolute_end)).into_response()
        }
        (None, true) => see_other(&routes::way_in(area, &back)),
        (None, false) => StatusCode::UNAUTHORIZED.into_response(),
    }
}
