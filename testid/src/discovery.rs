//! What the provider says about itself: its configuration and its public key.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};

use crate::{Kind, Provider, level, wire};

pub(crate) async fn configuration(State(provider): State<Arc<Provider>>) -> Response {
    wire::json(StatusCode::OK, &document(&provider.config.issuer, provider.config.kind))
}

pub(crate) async fn jwks(State(provider): State<Arc<Provider>>) -> Response {
    wire::json(StatusCode::OK, &json!({ "keys": [provider.config.key.jwk()] }))
}

fn document(issuer: &str, kind: Kind) -> Value {
    let at = |path: &str| format!("{issuer}{path}");
    json!({
        "issuer": issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "pushed_authorization_request_endpoint": at("/par"),
        "userinfo_endpoint": at("/userinfo"),
        "jwks_uri": at("/jwks"),
        "end_session_endpoint": at("/logout"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": [
            "client_secret_basic", "client_secret_post", "private_key_jwt", "none"
        ],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
        "frontchannel_logout_supported": true,
        "frontchannel_logout_session_supported": true,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile"],
        "acr_values_supported": level::known(kind),
        "ui_locales_supported": ["nb", "nn", "en", "se"],
        "prompt_values_supported": ["login", "none"],
        "claims_supported": claims(kind),
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
    })
}

fn claims(kind: Kind) -> Vec<&'static str> {
    let common =
        ["iss", "aud", "sub", "acr", "amr", "auth_time", "sid", "nonce", "locale", "jti", "iat", "exp"];
    let own: &[&str] = match kind {
        Kind::Citizen => {
            &["pid", "eidas_firstname", "eidas_lastname", "eidas_date_of_birth", "eidas_identifier"]
        }
        Kind::Staff => &["name", "roles", "units"],
    };
    common.into_iter().chain(own.iter().copied()).collect()
}
