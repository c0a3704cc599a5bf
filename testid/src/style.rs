//! The one stylesheet of the provider's pages.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};

pub(crate) async fn sheet() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, include_str!("testid.css")).into_response()
}
