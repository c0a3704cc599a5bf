//! An authorisation request: what it must hold before anybody sees the page.
//!
//! Refusals come in two kinds. As long as client and redirect address are not known to belong
//! together, the answer is a page here and never a redirect; after that it goes back to the client.

use crate::level::{self, Wish};
use crate::text::Lang;
use crate::wire::{Params, with_query};
use crate::{Client, Provider};

/// A request that has passed every check.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) challenge: String,
    pub(crate) wish: Wish,
    pub(crate) lang: Lang,
}

/// Why a request is not accepted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Shown here; the code says why, for whoever sets up the client.
    Here(&'static str),
    /// The address to send the browser back to, with the error in it.
    Back(String),
}

/// Checks everything that a client may send to `/authorize`.
pub(crate) fn read(provider: &Provider, params: &Params) -> Result<Request, Refused> {
    let (client, redirect_uri) = address(provider, params)?;
    let state = params.get("state");
    let back = |error: &str, why: &str| {
        Refused::Back(failure(&provider.config.issuer, redirect_uri, state, error, Some(why)))
    };
    if let Some((error, why)) = unsupported(params) {
        return Err(back(error, why));
    }
    let need =
        |name: &str| params.get(name).ok_or_else(|| back("invalid_request", &format!("{name} is missing")));
    let (state, nonce) = (need("state")?, need("nonce")?);
    let challenge = need("code_challenge")?;
    if params.get("code_challenge_method") != Some("S256") || !is_s256(challenge) {
        return Err(back("invalid_request", "PKCE with S256 is mandatory"));
    }
    let wish = level::wish(provider.config.kind, params.get("acr_values"))
        .ok_or_else(|| back("invalid_request", "no known value in acr_values"))?;
    Ok(Request {
        client_id: client.id.clone(),
        redirect_uri: redirect_uri.to_owned(),
        state: state.to_owned(),
        nonce: nonce.to_owned(),
        challenge: challenge.to_owned(),
        wish,
        lang: Lang::choose(params.get("ui_locales")),
    })
}

fn address<'a>(provider: &'a Provider, params: &'a Params) -> Result<(&'a Client, &'a str), Refused> {
    let client = params.get("client_id").and_then(|id| provider.client(id));
    let client = client.ok_or(Refused::Here("unknown client_id"))?;
    let uri = params.get("redirect_uri").ok_or(Refused::Here("redirect_uri is missing"))?;
    if client.redirect_uris.iter().any(|known| known == uri) {
        Ok((client, uri))
    } else {
        Err(Refused::Here("redirect_uri is not registered for this client"))
    }
}

/// What this provider does not do, as error code and reason.
fn unsupported(params: &Params) -> Option<(&'static str, &'static str)> {
    let words = |name: &str| params.get(name).unwrap_or("").split(' ');
    if params.get("request").is_some() {
        Some(("request_not_supported", "request objects are not supported"))
    } else if params.get("response_type") != Some("code") {
        Some(("unsupported_response_type", "response_type must be code"))
    } else if params.get("response_mode").is_some_and(|mode| mode != "query") {
        Some(("invalid_request", "response_mode must be query"))
    } else if !words("scope").any(|scope| scope == "openid") {
        Some(("invalid_scope", "scope must contain openid"))
    } else if words("prompt").any(|prompt| prompt == "none") {
        // There is no single sign-on here, so nobody is ever signed in already.
        Some(("login_required", "prompt=none, and nobody is signed in"))
    } else {
        None
    }
}

/// A SHA-256 hash in base64url.
fn is_s256(challenge: &str) -> bool {
    challenge.len() == 43 && challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The address that tells a client of an error, with `iss` (RFC 9207).
pub(crate) fn failure(
    issuer: &str,
    redirect_uri: &str,
    state: Option<&str>,
    error: &str,
    why: Option<&str>,
) -> String {
    let mut params = vec![("error", error)];
    params.extend(why.map(|why| ("error_description", why)));
    params.extend(state.map(|state| ("state", state)));
    params.push(("iss", issuer));
    with_query(redirect_uri, &params)
}
