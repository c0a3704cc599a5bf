//! The worker in the browser that shows a kept visit pass without a line (`app`: `visits/gate/keep.rs` asks for it, `keep.js` beside
//! this file is it). It stands at the root, for it answers for every page, and is asked for anew each time it may have changed.

use axum::response::{IntoResponse, Response};
use http::header;

/// A worker obeys the policy it came with: it fetches from here and nowhere else.
pub async fn script() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'self'; base-uri 'none'; frame-ancestors 'none'"),
    ];
    (headers, include_str!("keep.js")).into_response()
}
