//! `/token` and `/userinfo`: a code becomes tokens once, within 60 s, for whoever began the sign-in.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::json;

use crate::client::{Client, Refusal, authenticate};
use crate::store::{Access, CODE_SECONDS, Code, SignIn, TOKEN_SECONDS};
use crate::wire::{self, Params, base64url, sha256};
use crate::{Provider, claims};

/// POST `/token`.
pub(crate) async fn exchange(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(params) = std::str::from_utf8(&body).ok().and_then(Params::parse) else {
        return refuse(("invalid_request", "the body cannot be read or repeats a parameter"));
    };
    let outcome = authenticate(&provider, &headers, &params)
        .and_then(|client| redeem(&provider, client, &params))
        .and_then(|signed| issue(&provider, &signed));
    outcome.unwrap_or_else(refuse)
}

pub(crate) fn refuse((error, why): Refusal) -> Response {
    tracing::warn!(error, why, "token request refused");
    let status = if error == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    let mut response = wire::json(status, &json!({ "error": error, "error_description": why }));
    if status == StatusCode::UNAUTHORIZED {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"testid\""));
    }
    response
}

/// Spends the code. A code presented twice ends the session it opened (RFC 9700, 4.5).
fn redeem(provider: &Provider, client: &Client, params: &Params) -> Result<SignIn, Refusal> {
    if params.get("grant_type") != Some("authorization_code") {
        return Err(("unsupported_grant_type", "only authorization_code"));
    }
    let code = params.get("code").ok_or(("invalid_request", "code is missing"))?;
    let verifier = params.get("code_verifier").ok_or(("invalid_request", "code_verifier is missing"))?;
    let now = provider.now();
    let mut memory = provider.memory();
    let signed = match memory.codes.take(code, now) {
        Some(Code::Fresh(signed)) => *signed,
        Some(Code::Spent { sid }) => {
            memory.end_session(&sid);
            return Err(("invalid_grant", "the code was used already"));
        }
        None => return Err(("invalid_grant", "the code is unknown or has expired")),
    };
    // Spent even if what follows fails: a wrong guess may not be followed by another.
    let spent = Code::Spent { sid: signed.sid.clone() };
    memory.codes.put(code.to_owned(), spent, now, CODE_SECONDS);
    drop(memory);
    belongs(&signed, client, params.get("redirect_uri"), verifier)?;
    Ok(signed)
}

fn belongs(
    signed: &SignIn,
    client: &Client,
    redirect_uri: Option<&str>,
    verifier: &str,
) -> Result<(), Refusal> {
    let request = &signed.request;
    if request.client_id != client.id {
        return Err(("invalid_grant", "the code was issued to another client"));
    }
    if redirect_uri != Some(request.redirect_uri.as_str()) {
        return Err(("invalid_grant", "redirect_uri differs from the request's"));
    }
    let unreserved = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    let formed = (43..=128).contains(&verifier.len()) && verifier.bytes().all(unreserved);
    if !formed || base64url(&sha256(verifier.as_bytes())) != request.challenge {
        return Err(("invalid_grant", "code_verifier does not match the challenge"));
    }
    Ok(())
}

fn issue(provider: &Provider, signed: &SignIn) -> Result<Response, Refusal> {
    let now = provider.now();
    let id_token = claims::id_token(provider, signed, now).map_err(|error| {
        tracing::error!(%error, "no token could be signed");
        ("server_error", "the token could not be signed")
    })?;
    let token = provider.secret();
    let request = &signed.request;
    let access = Access {
        subject: claims::subject(&provider.config.issuer, &request.client_id, signed.persona.id),
        pid: signed.persona.pid,
        locale: request.lang.code(),
        sid: signed.sid.clone(),
    };
    provider.memory().access.put(token.clone(), access, now, TOKEN_SECONDS);
    let body = json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
        "id_token": id_token,
        "scope": "openid profile",
    });
    Ok(wire::json(StatusCode::OK, &body))
}

/// GET or POST `/userinfo`: like ID-porten, only `sub`, `pid` and `locale`.
pub(crate) async fn userinfo(State(provider): State<Arc<Provider>>, headers: HeaderMap) -> Response {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token);
    let now = provider.now();
    let access = token.and_then(|token| provider.memory().access.get(token, now).cloned());
    let Some(access) = access else {
        let mut response = wire::json(StatusCode::UNAUTHORIZED, &json!({ "error": "invalid_token" }));
        let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        return response;
    };
    let mut body = json!({ "sub": access.subject, "locale": access.locale });
    if let Some(pid) = access.pid {
        body["pid"] = json!(pid);
    }
    wire::json(StatusCode::OK, &body)
}
