//! Files come and go: by tus 1.0 (`/files`), by a plain form (`/files/form`), and as downloads that no browser opens.
//! The same under `/staff/files` for staff.
//!
//! Promises that nobody reaches a file that is not hers (it does not exist), that a body is read as it comes and stopped
//! at the rule's limit, that one upload has one body read at a time (`line`), and that whatever is answered as received is
//! stored. Decides nothing: `backend::blobs` does.

mod body;
mod download;
mod form;
mod gate;
mod line;
mod tus;

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use backend::ctx::Ctx;
use http::{HeaderMap, header};

pub use download::{download, paper};

/// Where files go, by area.
const ROOTS: [&str; 2] = ["/files", "/staff/files"];

/// How the bytes of a tus request are named.
const OFFSET_STREAM: &str = "application/offset+octet-stream";

pub fn router(ctx: &Ctx) -> Router {
    let all = ROOTS.into_iter().fold(Router::new(), |router, root| {
        let one = get(download::own)
            .head(tus::head)
            .patch(tus::append)
            .delete(tus::terminate)
            .options(tus::options);
        router
            .route(root, post(tus::create).options(tus::options))
            .route(&format!("{root}/form"), post(form::upload))
            .route(&format!("{root}/{{public}}"), one)
            .route(&format!("{root}/{{public}}/remove"), post(form::remove))
    });
    all.layer(DefaultBodyLimit::disable()).layer(Extension(line::Lines::default())).with_state(ctx.clone())
}

/// Whether a path is one of these.
pub fn is_transfer(path: &str) -> bool {
    ROOTS
        .iter()
        .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Whether a write of a page of ours may come like this: as a form with files, or as a tus client sends, which no form
/// of another site can.
pub fn takes(path: &str, headers: &HeaderMap) -> bool {
    if !is_transfer(path) {
        return false;
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    match path.ends_with("/form") {
        true => kind.eq_ignore_ascii_case("multipart/form-data"),
        false => headers.contains_key("tus-resumable") && (kind.is_empty() || kind == OFFSET_STREAM),
    }
}

/// For the tests and the papers: method, path, and what it does.
pub const OPERATIONS: [(&str, &str, &str); 8] = [
    ("OPTIONS", "/files", "what of tus 1.0 is spoken here"),
    ("POST", "/files", "begin an upload (tus creation, creation-with-upload)"),
    ("HEAD", "/files/{public}", "where an upload stands"),
    ("PATCH", "/files/{public}", "go on with it (checksum, expiration)"),
    ("DELETE", "/files/{public}", "take it away (termination)"),
    ("GET", "/files/{public}", "one's own file, when it is clean"),
    ("POST", "/files/form", "the same without script: a form with files"),
    ("POST", "/files/{public}/remove", "take it away, without script"),
];
