//! A relying party and how it proves itself: by secret, by a signed assertion, or not at all.
//!
//! One way a request, never two. An assertion must be for this provider, young, and seen for the first time.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderValue, header};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value};

use crate::Provider;
use crate::wire::{self, Params};

/// A relying party that may use the provider.
#[derive(Clone, Debug, Default)]
pub struct Client {
    pub id: String,
    /// `None` and no keys: a public client, which proves itself by PKCE alone.
    pub secret: Option<String>,
    /// Public keys (JWK, with `kid`) whose assertions it may sign in with instead of a secret. Several while it
    /// changes from one to the next.
    pub keys: Vec<Value>,
    /// Compared as whole strings.
    pub redirect_uris: Vec<String>,
    /// Compared as whole strings.
    pub post_logout_redirect_uris: Vec<String>,
    /// Loaded in a frame when a session ends at the provider, with `iss` and `sid`.
    pub frontchannel_logout_uri: Option<String>,
    /// Told by a signed token when a session ends at the provider.
    pub backchannel_logout_uri: Option<String>,
}

/// An OAuth error code and its reason, for developers.
pub(crate) type Refusal = (&'static str, &'static str);

const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The longest an assertion may be good for.
const ASSERTION_SECONDS: i64 = 120;

/// Which client is asking; by one way only.
pub(crate) fn authenticate<'a>(
    provider: &'a Provider,
    headers: &HeaderMap,
    params: &Params,
) -> Result<&'a Client, Refusal> {
    let asserted = params.get("client_assertion");
    let basic = headers.get(header::AUTHORIZATION);
    let ways = [basic.is_some(), asserted.is_some(), params.get("client_secret").is_some()];
    if ways.into_iter().filter(|used| *used).count() > 1 {
        return Err(("invalid_request", "two ways of client authentication"));
    }
    let client = match (asserted, basic) {
        (Some(token), _) => by_assertion(provider, params, token)?,
        (None, Some(value)) => {
            let (id, secret) =
                read_basic(value).ok_or(("invalid_client", "the Authorization header is not Basic"))?;
            by_secret(provider, &id, &secret)?
        }
        (None, None) => {
            let field = |name| params.get(name).unwrap_or("");
            by_secret(provider, field("client_id"), field("client_secret"))?
        }
    };
    if params.get("client_id").is_some_and(|other| other != client.id) {
        return Err(("invalid_request", "client_id differs from the authenticated client"));
    }
    Ok(client)
}

fn by_secret<'a>(provider: &'a Provider, id: &str, secret: &str) -> Result<&'a Client, Refusal> {
    let client = provider.client(id).ok_or(("invalid_client", "unknown client"))?;
    if client.secret.is_none() && !client.keys.is_empty() {
        return Err(("invalid_client", "this client signs in with an assertion"));
    }
    let expected = client.secret.as_deref().unwrap_or("");
    verify_slices_are_equal(expected.as_bytes(), secret.as_bytes())
        .map_err(|_| ("invalid_client", "wrong client secret"))?;
    Ok(client)
}

/// RFC 7523 with the rules of OIDC Core 9: `iss` and `sub` are the client, `aud` is the issuer or its token
/// endpoint, `jti` is new.
fn by_assertion<'a>(provider: &'a Provider, params: &Params, token: &str) -> Result<&'a Client, Refusal> {
    let refused = |why| ("invalid_client", why);
    if params.get("client_assertion_type") != Some(ASSERTION) {
        return Err(refused("unknown client_assertion_type"));
    }
    let head = jsonwebtoken::decode_header(token).map_err(|_| refused("the assertion cannot be read"))?;
    let kid = head.kid.ok_or(refused("the assertion names no key"))?;
    let by_kid = |client: &&Client| client.keys.iter().any(|key| key["kid"] == kid.as_str());
    let client = provider.config.clients.iter().find(by_kid).ok_or(refused("unknown key"))?;
    let key = client.keys.iter().find(|key| key["kid"] == kid.as_str()).cloned().unwrap_or_default();
    let key: Jwk = serde_json::from_value(key).map_err(|_| refused("unusable key"))?;
    let key = DecodingKey::from_jwk(&key).map_err(|_| refused("unusable key"))?;
    let mut checks = Validation::new(Algorithm::RS256);
    checks.validate_exp = false;
    checks.set_audience(&[provider.config.issuer.as_str(), &format!("{}/token", provider.config.issuer)]);
    checks.set_issuer(&[client.id.as_str()]);
    checks.set_required_spec_claims(&["iss", "sub", "aud", "exp"]);
    checks.sub = Some(client.id.clone());
    let claims = jsonwebtoken::decode::<Map<String, Value>>(token, &key, &checks)
        .map_err(|_| refused("the assertion is not valid"))?
        .claims;
    is_young(provider, &claims).map_err(refused)?;
    Ok(client)
}

fn is_young(provider: &Provider, claims: &Map<String, Value>) -> Result<(), &'static str> {
    let now = provider.now();
    let expires = claims.get("exp").and_then(Value::as_i64).unwrap_or(0);
    if expires <= now || expires > now + ASSERTION_SECONDS {
        return Err("the assertion is old, or good for too long");
    }
    let jti = claims.get("jti").and_then(Value::as_str).ok_or("the assertion has no jti")?;
    let mut memory = provider.memory();
    if memory.assertions.get(jti, now).is_some() {
        return Err("the assertion was used before");
    }
    memory.assertions.put(jti.to_owned(), (), now, ASSERTION_SECONDS);
    Ok(())
}

/// RFC 6749, 2.3.1: both halves are form-encoded before they are joined.
fn read_basic(value: &HeaderValue) -> Option<(String, String)> {
    let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((wire::decode(id)?, wire::decode(secret)?))
}
