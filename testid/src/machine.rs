//! A provider of tokens for machines, as Maskinporten is one: a signed assertion (RFC 7523) becomes an access token that
//! names the organisation behind it. What an assertion asks for in `authorization_details` (RFC 9396) stands in the token as
//! it was asked: the organisation answers for it. No eID, no person, no page.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::Response;
use axum::routing::{get, post};
use http::StatusCode;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value, json};

use crate::client::Refusal;
use crate::store::Shelf;
use crate::token::refuse;
use crate::wire::{self, Params};
use crate::{BODY_LIMIT, Clock, Key, Random};

const DETAILS: &str = "authorization_details";
const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// Maskinporten's own bounds: an assertion is new to ten seconds and good for two minutes, a token for two.
const SKEW: i64 = 10;
const ASSERTION_SECONDS: i64 = 120;
pub(crate) const TOKEN_SECONDS: i64 = 120;

/// A system of an organisation.
#[derive(Clone, Debug)]
pub struct Machine {
    pub id: String,
    /// Public keys (JWK with `kid`) that its assertions are signed with.
    pub keys: Vec<Value>,
    /// `0192:<organisation number>`.
    pub consumer: String,
    /// What it may ask for.
    pub scopes: Vec<String>,
}

#[derive(Clone)]
pub struct MachineConfig {
    /// Absolute URL with or without a slash at its end; compared as it stands.
    pub issuer: String,
    pub machines: Vec<Machine>,
    pub clock: Clock,
    pub random: Random,
    pub key: Key,
}

struct Provider {
    config: MachineConfig,
    used: Mutex<Shelf<()>>,
}

/// The provider as a router, to be nested under the path of its issuer.
pub fn machine_router(config: MachineConfig) -> Router {
    let provider = Arc::new(Provider { config, used: Mutex::default() });
    Router::new()
        .route("/.well-known/oauth-authorization-server", get(metadata))
        .route("/jwks", get(jwks))
        .route("/token", post(exchange))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(provider)
}

/// A signed assertion for [`machine_router`]: what a sender makes with its own key.
pub fn assertion(key: &Key, client: &str, issuer: &str, scope: &str, now: i64, jti: &str) -> String {
    signed(key, client, issuer, scope, now, jti, Map::new())
}

/// The same for a token that is bound to what this says.
pub fn bound_assertion(
    key: &Key,
    client: &str,
    issuer: &str,
    scope: &str,
    now: i64,
    jti: &str,
    details: Value,
) -> String {
    let details = Map::from_iter([(DETAILS.to_owned(), details)]);
    signed(key, client, issuer, scope, now, jti, details)
}

fn signed(
    key: &Key,
    client: &str,
    issuer: &str,
    scope: &str,
    now: i64,
    jti: &str,
    mut claims: Map<String, Value>,
) -> String {
    for (name, value) in [("iss", client), ("aud", issuer), ("scope", scope), ("jti", jti)] {
        claims.insert(name.to_owned(), json!(value));
    }
    claims.insert("iat".to_owned(), json!(now));
    claims.insert("exp".to_owned(), json!(now.saturating_add(ASSERTION_SECONDS)));
    key.sign(&claims).unwrap_or_default()
}

async fn metadata(State(provider): State<Arc<Provider>>) -> Response {
    let issuer = &provider.config.issuer;
    let at = issuer.trim_end_matches('/');
    let document = json!({
        "issuer": issuer,
        "token_endpoint": format!("{at}/token"),
        "jwks_uri": format!("{at}/jwks"),
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "grant_types_supported": [GRANT],
    });
    wire::json(StatusCode::OK, &document)
}

async fn jwks(State(provider): State<Arc<Provider>>) -> Response {
    wire::json(StatusCode::OK, &json!({ "keys": [provider.config.key.jwk()] }))
}

async fn exchange(State(provider): State<Arc<Provider>>, body: Bytes) -> Response {
    let Some(params) = std::str::from_utf8(&body).ok().and_then(Params::parse) else {
        return refuse(("invalid_request", "the body cannot be read or repeats a parameter"));
    };
    provider.token(&params).unwrap_or_else(refuse)
}

impl Provider {
    fn token(&self, params: &Params) -> Result<Response, Refusal> {
        if params.get("grant_type") != Some(GRANT) {
            return Err(("unsupported_grant_type", "only the JWT bearer grant"));
        }
        let assertion = params.get("assertion").ok_or(("invalid_request", "assertion is missing"))?;
        let (machine, claims) = self.read(assertion)?;
        self.is_new(&claims)?;
        let scope = claims.get("scope").and_then(Value::as_str).unwrap_or("");
        let asked: Vec<&str> = scope.split(' ').filter(|word| !word.is_empty()).collect();
        if asked.is_empty() || asked.iter().any(|scope| !machine.scopes.iter().any(|own| own == scope)) {
            return Err(("invalid_scope", "no scope, or one that this client does not have"));
        }
        let details = claims.get(DETAILS);
        if !details.is_none_or(is_details) {
            return Err(("invalid_authorization_details", "each of them is an object with a type"));
        }
        let more = [("aud", claims.get("resource")), (DETAILS, details)];
        let token = self.issue(machine, scope, more)?;
        let body = json!({ "access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "scope": scope });
        Ok(wire::json(StatusCode::OK, &body))
    }

    /// Whose assertion it is, and what it says.
    fn read(&self, assertion: &str) -> Result<(&Machine, Map<String, Value>), Refusal> {
        let refused = |why| ("invalid_grant", why);
        let head =
            jsonwebtoken::decode_header(assertion).map_err(|_| refused("the assertion cannot be read"))?;
        let kid = head.kid.ok_or(refused("the assertion names no key"))?;
        let has_key = |machine: &&Machine| machine.keys.iter().any(|key| key["kid"] == kid.as_str());
        let machine = self.config.machines.iter().find(has_key).ok_or(refused("unknown key"))?;
        let key = machine.keys.iter().find(|key| key["kid"] == kid.as_str()).cloned().unwrap_or_default();
        let key: Jwk = serde_json::from_value(key).map_err(|_| refused("unusable key"))?;
        let key = DecodingKey::from_jwk(&key).map_err(|_| refused("unusable key"))?;
        let mut checks = Validation::new(Algorithm::RS256);
        checks.validate_exp = false;
        checks.set_audience(&[self.config.issuer.as_str()]);
        checks.set_issuer(&[machine.id.as_str()]);
        checks.set_required_spec_claims(&["iss", "aud", "exp"]);
        let read = jsonwebtoken::decode(assertion, &key, &checks);
        Ok((machine, read.map_err(|_| refused("the assertion is not valid"))?.claims))
    }

    fn is_new(&self, claims: &Map<String, Value>) -> Result<(), Refusal> {
        let number = |name| claims.get(name).and_then(Value::as_i64).unwrap_or(0);
        let (now, issued, expires) = ((self.config.clock)(), number("iat"), number("exp"));
        if (now - issued).abs() > SKEW || expires <= now || expires > issued + ASSERTION_SECONDS {
            return Err(("invalid_grant", "the assertion is old, early, or good for too long"));
        }
        let jti =
            claims.get("jti").and_then(Value::as_str).ok_or(("invalid_grant", "the assertion has no jti"))?;
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.get(jti, now).is_some() {
            return Err(("invalid_grant", "the assertion was used before"));
        }
        used.put(jti.to_owned(), (), now, ASSERTION_SECONDS + SKEW);
        Ok(())
    }

    fn issue(
        &self,
        machine: &Machine,
        scope: &str,
        more: [(&str, Option<&Value>); 2],
    ) -> Result<String, Refusal> {
        let now = (self.config.clock)();
        let mut id = [0_u8; 16];
        (self.config.random)(&mut id);
        let mut claims = Map::new();
        let mut put = |name: &str, value: Value| {
            claims.insert(name.to_owned(), value);
        };
        put("iss", json!(self.config.issuer));
        put("client_id", json!(machine.id));
        put("client_amr", json!("private_key_jwt"));
        put("token_type", json!("Bearer"));
        put("scope", json!(scope));
        put("consumer", json!({ "authority": "iso6523-actorid-upis", "ID": machine.consumer }));
        put("iat", json!(now));
        put("exp", json!(now.saturating_add(TOKEN_SECONDS)));
        put("jti", json!(wire::base64url(&id)));
        for (name, value) in more {
            if let Some(value) = value {
                put(name, value.clone());
            }
        }
        self.config.key.sign(&claims).map_err(|_| ("server_error", "the token could not be signed"))
    }
}

/// RFC 9396, 2: a list of objects, each of a type.
fn is_details(value: &Value) -> bool {
    value.as_array().is_some_and(|all| all.iter().all(|one| one["type"].is_string()))
}
