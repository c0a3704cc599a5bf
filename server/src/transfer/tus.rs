//! The tus protocol, version 1.0.0: creation, creation-with-upload, checksum, expiration, termination.

use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use backend::{
    blobs::{self, New, Upload},
    ctx::Ctx,
};
use domain::{
    blobs::{Blob, FileName, Refusal, State as Stand, checksum, metadata, number},
    kernel::Public,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::{
    OFFSET_STREAM,
    body::{Came, kept},
    gate::{Who, broken, missing, problem, refused, rejected, stopped},
    line::{Lines, Turn},
};

const VERSION: &str = "1.0.0";
const EXTENSIONS: &str = "creation,creation-with-upload,checksum,expiration,termination";
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");

/// What is spoken here; asked by anybody.
pub async fn options() -> Response {
    let headers = [
        ("tus-version", VERSION),
        ("tus-extension", EXTENSIONS),
        ("tus-checksum-algorithm", "sha1,sha256"),
        ("tus-resumable", VERSION),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

pub async fn create(State(ctx): State<Ctx>, who: Who, headers: HeaderMap, body: Body) -> Response {
    dressed(match begin(&ctx, &who, &headers).await {
        Ok(upload) => {
            let location = format!("{}/{}", root(&who), name(&upload));
            let mut answer = if text(&headers, "content-type") == Some(OFFSET_STREAM) {
                // Nobody else knows of it yet.
                take(&ctx, upload, (0, None), &headers, body).await
            } else {
                standing(StatusCode::CREATED, &upload)
            };
            if answer.status() == StatusCode::NO_CONTENT {
                *answer.status_mut() = StatusCode::CREATED;
            }
            if let Ok(location) = HeaderValue::from_str(&location) {
                answer.headers_mut().insert(header::LOCATION, location);
            }
            answer
        }
        Err(answer) => answer,
    })
}

fn root(who: &Who) -> &'static str {
    if who.actor.staff().is_some() { super::ROOTS[1] } else { super::ROOTS[0] }
}

async fn begin(ctx: &Ctx, who: &Who, headers: &HeaderMap) -> Result<Upload, Response> {
    if let Some(answer) = unspoken(headers) {
        return Err(answer);
    }
    let length = number(text(headers, "upload-length").unwrap_or_default()).map_err(|_| unread("length"))?;
    let said =
        metadata(text(headers, "upload-metadata").unwrap_or_default()).map_err(|fault| unread(fault.0))?;
    let name = FileName::clean(&said.name);
    let new = New {
        kind: said.kind.clone(),
        draft: said.draft,
        name,
        declared: said.declared,
        length: Some(length),
    };
    match blobs::begin(ctx, &who.sender, new).await.map_err(|error| broken(&error))? {
        Ok(upload) => Ok(upload),
        Err(refusal) => Err(refused(refusal, most(ctx, &said.kind, refusal).await)),
    }
}

/// The limit, told to whoever has passed it.
async fn most(ctx: &Ctx, kind: &str, refusal: Refusal) -> Option<u64> {
    if refusal != Refusal::TooLarge {
        return None;
    }
    let rule = blobs::rule(ctx, kind, ctx.now().date()).await.ok().flatten()?;
    Some(rule.most_bytes)
}

pub async fn head(
    State(ctx): State<Ctx>,
    Extension(lines): Extension<Lines>,
    who: Who,
    Path(public): Path<String>,
    headers: HeaderMap,
) -> Response {
    let upload = match found(&ctx, &who, &public, &headers).await {
        Ok(upload) => upload,
        Err(answer) => return dressed(answer),
    };
    if upload.length() != Some(upload.received()) {
        return dressed(settled(&ctx, upload, StatusCode::OK).await);
    }
    // It may have to be read back, and somebody may be at that.
    let _turn = lines.after(&name(&upload)).await;
    dressed(match found(&ctx, &who, &public, &headers).await {
        Ok(upload) => settled(&ctx, upload, StatusCode::OK).await,
        Err(answer) => answer,
    })
}

pub async fn append(
    State(ctx): State<Ctx>,
    Extension(lines): Extension<Lines>,
    who: Who,
    Path(public): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    // Whose it is comes first: nobody stops anybody else's.
    let upload = match found(&ctx, &who, &public, &headers).await {
        Ok(upload) => upload,
        Err(answer) => return dressed(answer),
    };
    if text(&headers, "content-type") != Some(OFFSET_STREAM) {
        return dressed(problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type", None));
    }
    let Some(offset) = text(&headers, "upload-offset").and_then(|text| number(text).ok()) else {
        return dressed(unread("offset"));
    };
    let Some(turn) = lines.newest(&name(&upload)).await else {
        return dressed(refused(Refusal::Elsewhere, None));
    };
    dressed(match found(&ctx, &who, &public, &headers).await {
        Ok(upload) => take(&ctx, upload, (offset, Some(turn)), &headers, body).await,
        Err(answer) => answer,
    })
}

pub async fn terminate(
    State(ctx): State<Ctx>,
    who: Who,
    Path(public): Path<String>,
    headers: HeaderMap,
) -> Response {
    let upload = match found(&ctx, &who, &public, &headers).await {
        Ok(upload) => upload,
        Err(answer) => return dressed(answer),
    };
    let ended = match upload.public() {
        Ok(public) => blobs::remove(&ctx, &who.sender, &public).await,
        Err(error) => Err(error),
    };
    dressed(match ended {
        Ok(Ok(())) => StatusCode::NO_CONTENT.into_response(),
        Ok(Err(refusal)) => refused(refusal, None),
        Err(error) => broken(&error),
    })
}

/// One name for an upload, however an address writes it.
fn name(upload: &Upload) -> String {
    upload.public().map(|public| public.to_string()).unwrap_or_default()
}

/// The bytes of a request from an offset on, and what came of them.
async fn take(
    ctx: &Ctx,
    upload: Upload,
    (offset, mut turn): (u64, Option<Turn>),
    headers: &HeaderMap,
    body: Body,
) -> Response {
    let check = match text(headers, "upload-checksum").map(checksum).transpose() {
        Ok(check) => check,
        Err(fault) => return unread(fault.0),
    };
    // All of it is there already: asked once more by a client that did not hear so.
    if upload.length() == Some(offset) && upload.received() == offset {
        return settled(ctx, upload, StatusCode::NO_CONTENT).await;
    }
    match kept(ctx, upload, (offset, check), body, &mut turn).await {
        Ok(Came::All(upload)) => settled(ctx, *upload, StatusCode::NO_CONTENT).await,
        Ok(Came::Cut) => problem(StatusCode::BAD_REQUEST, "cut", None),
        Ok(Came::Overtaken) => refused(Refusal::Elsewhere, None),
        Err(why) => stopped(&why),
    }
}

/// Where it stands, after a whole one has been read back.
async fn settled(ctx: &Ctx, upload: Upload, status: StatusCode) -> Response {
    let upload = match blobs::finish(ctx, upload).await {
        Ok(upload) => upload,
        Err(error) => return broken(&error),
    };
    match upload.state() {
        Ok(Stand::Rejected(why)) if status != StatusCode::OK => rejected(why),
        Ok(Stand::Rejected(_) | Stand::Ended(_)) => refused(Refusal::Over, None),
        Ok(_) => standing(status, &upload),
        Err(error) => broken(&error),
    }
}

fn standing(status: StatusCode, upload: &Upload) -> Response {
    let mut answer = status.into_response();
    let state = upload.state().map(Stand::code).unwrap_or_default();
    let pairs = [
        ("upload-offset", Some(upload.received().to_string())),
        ("upload-length", upload.length().map(|length| length.to_string())),
        ("upload-expires", upload.expires_at().map(|at| at.http_date())),
        // Of our own: what a page shows beside its bar.
        ("upload-state", Some(state.to_owned())),
    ];
    for (name, value) in pairs {
        if let Some(Ok(value)) = value.map(|value| HeaderValue::from_str(&value)) {
            answer.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    answer
}

async fn found(ctx: &Ctx, who: &Who, public: &str, headers: &HeaderMap) -> Result<Upload, Response> {
    if let Some(answer) = unspoken(headers) {
        return Err(answer);
    }
    let public = Public::<Blob>::parse(public).ok_or_else(missing)?;
    let upload = blobs::find(ctx, &who.sender, &public).await.map_err(|error| broken(&error))?;
    upload.ok_or_else(missing)
}

/// The answer to a client that speaks another version.
fn unspoken(headers: &HeaderMap) -> Option<Response> {
    if text(headers, "tus-resumable") == Some(VERSION) {
        return None;
    }
    let mut answer = problem(StatusCode::PRECONDITION_FAILED, "tus_version", None);
    answer.headers_mut().insert("tus-version", HeaderValue::from_static(VERSION));
    Some(answer)
}

fn unread(code: &str) -> Response {
    problem(StatusCode::BAD_REQUEST, code, None)
}

/// A header that is there once and is text.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?;
    if all.next().is_some() { None } else { first.to_str().ok() }
}

/// Every answer names the version.
fn dressed(mut answer: Response) -> Response {
    answer.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
    answer
}
