//! What no page of ours could send never reaches a server function: another content type, a repeated or
//! unknown name, bytes that are not text, a body too large. The answer is a bare 400 (or 413).

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{Method, StatusCode};

use crate::security::{TESTID, is_form};

/// Larger than any form of ours.
pub const LARGEST: usize = 64 * 1024;
/// More fields than any form of ours has.
const MOST_FIELDS: usize = 400;

/// The field names that a server function takes, by its path. `None`: no table for it, any name passes.
pub type KnownFields = fn(&str) -> Option<&'static [&'static str]>;

pub async fn check(State(known): State<KnownFields>, request: Request, next: Next) -> Response {
    let writes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !writes || request.uri().path().starts_with(TESTID) {
        return next.run(request).await;
    }
    if !is_form(request.headers()) {
        return refused(StatusCode::BAD_REQUEST);
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST).await else { return refused(StatusCode::PAYLOAD_TOO_LARGE) };
    let fields = known(parts.uri.path());
    if !std::str::from_utf8(&bytes).is_ok_and(|text| is_plain_form(text, fields)) {
        return refused(StatusCode::BAD_REQUEST);
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

fn refused(status: StatusCode) -> Response {
    metrics::counter!("varde_requests_refused", "why" => "form").increment(1);
    status.into_response()
}

fn is_plain_form(text: &str, known: Option<&[&str]>) -> bool {
    let mut seen: Vec<String> = Vec::new();
    for (count, pair) in text.split('&').filter(|pair| !pair.is_empty()).enumerate() {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (Some(name), Some(_)) = (decoded(name), decoded(value)) else { return false };
        let repeated = !name.ends_with("[]") && seen.contains(&name);
        let unknown = known.is_some_and(|known| !known.contains(&name.as_str()));
        if repeated || unknown || count >= MOST_FIELDS {
            return false;
        }
        seen.push(name);
    }
    true
}

/// One form-encoded word, if it is whole and UTF-8 without a NUL.
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let (high, low) =
                    (char::from(rest.next()?).to_digit(16)?, char::from(rest.next()?).to_digit(16)?);
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

/// A field of a form's body.
pub fn field(body: &str, name: &str) -> Option<String> {
    body.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (decoded(key)? == name).then(|| decoded(value))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_our_pages_send_passes_and_nothing_else() {
        let known: &[&str] = &["name", "kinds[]"];
        for good in ["", "name=%C3%A6+b", "name=a&kinds[]=1&kinds%5B%5D=2", "name="] {
            assert!(is_plain_form(good, Some(known)), "{good}");
        }
        for bad in ["name=a&name=b", "other=1", "name=%f", "name=%ff", "name=%00", "n%61me=a&name=b"] {
            assert!(!is_plain_form(bad, Some(known)), "{bad}");
        }
        assert!(is_plain_form("whatever=1", None));
        assert!(!is_plain_form(&"a[]=1&".repeat(MOST_FIELDS + 1), None));
    }
}
