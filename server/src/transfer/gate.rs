//! Who sends or asks, and how a refusal is written for a program: a problem document with a stable code.

use app::routes;
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use backend::{
    blobs::{Stopped, Uploader},
    ctx::{Actor, Ctx},
};
use domain::{
    access::Area,
    blobs::{Refusal, Rejection},
};
use http::{Method, StatusCode, header, request::Parts};

use crate::{auth::see_other, faults, identify};

/// Somebody who is signed in and may send files.
pub struct Who {
    pub actor: Actor,
    pub sender: Uploader,
}

impl FromRequestParts<Ctx> for Who {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, ctx: &Ctx) -> Result<Self, Response> {
        let area = identify::area_of(parts.uri.path());
        let live = identify::live(ctx, area, &parts.headers).await.map_err(|error| broken(&error))?;
        let actor = live.map(|live| live.actor).unwrap_or_default();
        match Uploader::of(&actor) {
            Some(sender) => Ok(Self { actor, sender }),
            None => Err(turned_away(area, parts)),
        }
    }
}

/// A page leads to the sign-in; a program is told that there is nobody.
fn turned_away(area: Area, parts: &Parts) -> Response {
    let path = parts.uri.path();
    let page = parts
        .headers
        .get(header::REFERER)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.parse::<http::Uri>().ok());
    let back = page.map(|uri| uri.path().to_owned()).unwrap_or_default();
    match parts.method {
        Method::GET => see_other(&routes::way_in(area, path)),
        Method::POST if path.ends_with("/form") || path.ends_with("/remove") => {
            see_other(&routes::in_again(area, &back))
        }
        _ => problem(StatusCode::UNAUTHORIZED, "signed_out", None),
    }
}

/// `most`: the limit that was passed, in bytes.
pub fn problem(status: StatusCode, code: &str, most: Option<u64>) -> Response {
    let most = most.map(|most| format!(",\"most\":{most}")).unwrap_or_default();
    let body = format!("{{\"status\":{},\"code\":\"{code}\"{most}}}", status.as_u16());
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

pub fn refused(refusal: Refusal, most: Option<u64>) -> Response {
    let status = match refusal {
        Refusal::TooLarge | Refusal::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::Offset => StatusCode::CONFLICT,
        Refusal::Elsewhere => StatusCode::LOCKED,
        Refusal::Over => StatusCode::GONE,
        // Of tus: the checksum is not that of the bytes.
        Refusal::Checksum => StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST),
        Refusal::Kind | Refusal::Empty | Refusal::TooMany | Refusal::Name => StatusCode::UNPROCESSABLE_ENTITY,
    };
    problem(status, refusal.code(), most)
}

pub fn rejected(why: Rejection) -> Response {
    problem(StatusCode::UNPROCESSABLE_ENTITY, why.code(), None)
}

pub fn stopped(stopped: &Stopped) -> Response {
    match stopped {
        Stopped::Refused(refusal) => refused(*refusal, None),
        Stopped::Broken(error) => broken(error),
    }
}

/// A store that is away is a 503: the same again will work.
pub fn broken(error: &backend::Error) -> Response {
    tracing::error!(%error, "a file could not be taken or given");
    faults::status(error).into_response()
}

pub fn missing() -> Response {
    problem(StatusCode::NOT_FOUND, "missing", None)
}
