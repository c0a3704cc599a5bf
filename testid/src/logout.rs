//! `/logout`: sign-out that the relying party asks for (OpenID Connect RP-Initiated Logout 1.0).
//!
//! The hint proves which session and client are meant. Without a valid hint nothing is ended and
//! nobody is redirected.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use crate::text::Lang;
use crate::wire::{Params, see_other, with_query};
use crate::{Provider, page};

pub(crate) async fn by_link(State(provider): State<Arc<Provider>>, RawQuery(query): RawQuery) -> Response {
    end(&provider, query.as_deref().unwrap_or(""))
}

pub(crate) async fn by_form(State(provider): State<Arc<Provider>>, body: Bytes) -> Response {
    end(&provider, std::str::from_utf8(&body).unwrap_or("%"))
}

fn end(provider: &Provider, text: &str) -> Response {
    let Some(params) = Params::parse(text) else {
        return page::refusal(Lang::default(), "the request cannot be read or repeats a parameter");
    };
    let lang = Lang::choose(params.get("ui_locales"));
    let Some(hint) = params.get("id_token_hint") else {
        return match params.get("post_logout_redirect_uri") {
            Some(_) => page::refusal(lang, "id_token_hint is missing"),
            None => page::signed_out(lang),
        };
    };
    let claims = provider.config.key.read_hint(hint, &provider.config.issuer);
    let text = |name: &str| claims.as_ref()?.get(name)?.as_str();
    let (Some(client), Some(sid)) = (text("aud").and_then(|id| provider.client(id)), text("sid")) else {
        return page::refusal(lang, "id_token_hint is not a token of this provider");
    };
    if params.get("client_id").is_some_and(|id| id != client.id) {
        return page::refusal(lang, "client_id differs from the token's");
    }
    let back = params.get("post_logout_redirect_uri");
    if let Some(uri) = back
        && !client.post_logout_redirect_uris.iter().any(|known| known == uri)
    {
        return page::refusal(lang, "post_logout_redirect_uri is not registered for this client");
    }
    provider.memory().end_session(sid);
    let Some(uri) = back else { return page::signed_out(lang) };
    let state: Vec<_> = params.get("state").map(|state| ("state", state)).into_iter().collect();
    see_other(&with_query(uri, &state))
}
