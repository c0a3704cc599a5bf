//! Sessions that end at the provider: the relying party is told in the browser (a frame) and behind it (a signed
//! token, OpenID Connect Back-Channel Logout 1.0).
//!
//! ID-porten tries the back channel once and soon gives up, and a frame may carry no cookie: neither is to be
//! relied on, and both must work.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::text::Lang;
use crate::wire::{Params, encode, with_query};
use crate::{Client, Provider, page};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
const TOKEN_SECONDS: i64 = 120;

/// GET `/sessions`: who is signed in here, each with a button that ends it.
pub(crate) async fn list(State(provider): State<Arc<Provider>>) -> Response {
    let now = provider.now();
    page::sessions(Lang::default(), &provider.memory().live(now))
}

/// POST `/sessions`: ends one and tells its relying party both ways.
pub(crate) async fn end(State(provider): State<Arc<Provider>>, body: Bytes) -> Response {
    let params = std::str::from_utf8(&body).ok().and_then(Params::parse).unwrap_or_default();
    let sid = params.get("sid").unwrap_or("").to_owned();
    let ended = provider.memory().end_session(&sid);
    let Some(session) = ended else {
        return page::refusal(Lang::default(), "there is no such session");
    };
    let Some(client) = provider.client(&session.client) else {
        return page::refusal(Lang::default(), "the client is gone");
    };
    tell(&provider, client, &sid, &session.subject).await;
    let frame = client.frontchannel_logout_uri.as_deref();
    let frame = frame.map(|uri| with_query(uri, &[("iss", &provider.config.issuer), ("sid", &sid)]));
    page::ended(Lang::default(), frame.as_deref())
}

async fn tell(provider: &Provider, client: &Client, sid: &str, subject: &str) {
    let Some(uri) = &client.backchannel_logout_uri else { return };
    match provider.config.key.sign(&claims(provider, client, sid, subject)) {
        Ok(token) => (provider.config.post)(uri.clone(), format!("logout_token={}", encode(&token))).await,
        Err(error) => tracing::error!(%error, "no logout token could be signed"),
    }
}

fn claims(provider: &Provider, client: &Client, sid: &str, subject: &str) -> Map<String, Value> {
    let now = provider.now();
    let claims = json!({
        "iss": provider.config.issuer,
        "aud": client.id,
        "sub": subject,
        "sid": sid,
        "iat": now,
        "exp": now + TOKEN_SECONDS,
        "jti": provider.secret(),
        "events": { EVENT: {} },
    });
    claims.as_object().cloned().unwrap_or_default()
}
