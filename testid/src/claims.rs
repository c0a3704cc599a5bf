//! The ID token: the one place where its claims are put together and signed.

use serde_json::{Map, Value, json};

use crate::key::KeyError;
use crate::level::acr;
use crate::store::{ID_TOKEN_SECONDS, SignIn};
use crate::wire::{base64url, sha256};
use crate::{Kind, Provider};

/// The `sub` of a persona: stable across restarts, different for each issuer and client.
pub fn subject(issuer: &str, client_id: &str, persona_id: &str) -> String {
    base64url(&sha256(format!("{issuer}\n{client_id}\n{persona_id}").as_bytes()))
}

/// The signed ID token of a sign-in.
pub(crate) fn id_token(provider: &Provider, signed: &SignIn, now: i64) -> Result<String, KeyError> {
    let (key, claims) = (&provider.config.key, claims(provider, signed, now));
    match signed.forgery {
        None => key.sign(&claims),
        Some(forgery) => forgery.token(key, claims),
    }
}

fn claims(provider: &Provider, signed: &SignIn, now: i64) -> Map<String, Value> {
    let mut claims = Map::new();
    let mut put = |name: &str, value: Value| {
        claims.insert(name.to_owned(), value);
    };
    let (issuer, request) = (&provider.config.issuer, &signed.request);
    put("iss", json!(issuer));
    put("aud", json!(request.client_id));
    put("sub", json!(subject(issuer, &request.client_id, signed.persona.id)));
    put("acr", json!(acr(provider.config.kind, signed.level, is_eidas(signed))));
    put("amr", json!([if signed.persona.eidas.is_some() { "eIDAS" } else { "TestID" }]));
    put("auth_time", json!(signed.auth_time));
    put("sid", json!(signed.sid));
    put("nonce", json!(request.nonce));
    put("locale", json!(request.lang.code()));
    put("jti", json!(provider.secret()));
    put("iat", json!(now));
    put("exp", json!(now.saturating_add(ID_TOKEN_SECONDS)));
    match provider.config.kind {
        Kind::Citizen => citizen(signed, &mut put),
        Kind::Staff => staff(signed, &mut put),
    }
    claims
}

fn is_eidas(signed: &SignIn) -> bool {
    signed.persona.eidas.is_some() && signed.request.wish.eidas
}

/// A number, or what the foreign eID says; never a name for those who have a number.
fn citizen(signed: &SignIn, put: &mut impl FnMut(&str, Value)) {
    if let Some(pid) = signed.persona.pid {
        put("pid", json!(pid));
    }
    if let Some(eidas) = signed.persona.eidas {
        put("eidas_firstname", json!(eidas.first_name));
        put("eidas_lastname", json!(eidas.last_name));
        put("eidas_date_of_birth", json!(eidas.date_of_birth));
        put("eidas_identifier", json!(eidas.identifier));
    }
}

fn staff(signed: &SignIn, put: &mut impl FnMut(&str, Value)) {
    put("name", json!(signed.persona.name));
    if let Some(facts) = signed.persona.staff {
        put("roles", json!(facts.roles));
        put("units", json!(facts.units));
    }
}
