//! A file goes out as a download and as nothing else: no browser shows it inside the portal, whatever it holds.

use axum::{
    body::Body,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use backend::{
    blobs::{self, Opened},
    ctx::Ctx,
};
use domain::{
    blobs::{Blob, FileName, FileType},
    kernel::Public,
};
use http::{HeaderName, HeaderValue, StatusCode, header};

use super::gate::{Who, broken};

/// Should a program open it all the same: no script, no form, no origin.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");

/// One's own.
pub async fn own(State(ctx): State<Ctx>, who: Who, Path(public): Path<String>) -> Response {
    match Public::<Blob>::parse(&public) {
        Some(public) => download(blobs::open_own(&ctx, &who.actor, &public).await),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The answer with a file that a slice has opened for somebody; what may not be read is not there. A chunk that does not
/// open cuts the answer off: no program takes it for whole.
pub fn download(opened: backend::Result<Option<Opened>>) -> Response {
    let opened = match opened {
        Ok(Some(opened)) => opened,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => return broken(&error),
    };
    let mut answer = saved(opened.kind, &opened.name, Body::from_stream(opened.bytes));
    if let Some(length) = opened.length {
        answer.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    answer
}

/// The answer with a paper that was made for somebody, such as a receipt.
pub fn paper(name: &str, pdf: Vec<u8>) -> Response {
    saved(FileType::Pdf, &FileName::clean(name), Body::from(pdf))
}

fn saved(kind: FileType, name: &FileName, bytes: Body) -> Response {
    let mut answer = bytes.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type()));
    headers.insert(header::CONTENT_SECURITY_POLICY, NOTHING);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(HeaderName::from_static("x-download-options"), HeaderValue::from_static("noopen"));
    if let Ok(name) = HeaderValue::from_str(&name.disposition()) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    answer
}
