//! What goes over the wire and back: parameters, URLs, redirects, hashes.
//!
//! A parameter name may occur once; a second occurrence refuses the whole set, as OAuth demands.

use std::fmt::Write as _;

use aws_lc_rs::digest;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderValue, StatusCode, header};

pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}

/// Parameters of a query or of an URL-encoded body.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// `None` when the text is not URL-encoded UTF-8 or names a parameter twice.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut all: Vec<(String, String)> = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            if all.iter().any(|(known, _)| *known == name) {
                return None;
            }
            all.push((name, value));
        }
        Some(Self(all))
    }

    /// The value, unless it is missing or empty: OAuth treats both alike.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }
}

/// Reads one form-encoded component (`+` is a space).
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(rest.next()?)? * 16 + hex(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Writes one component so that only RFC 3986 unreserved characters stay as they are.
pub(crate) fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// The URL with the parameters added to whatever query it has.
pub(crate) fn with_query(url: &str, params: &[(&str, &str)]) -> String {
    let mut out = url.to_owned();
    for (name, value) in params {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(&format!("{}={}", encode(name), encode(value)));
    }
    out
}

/// 303, so that a POST is followed by a GET and the form's fields stay here.
pub(crate) fn see_other(url: &str) -> Response {
    match HeaderValue::from_str(url) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location), NO_STORE]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

pub(crate) const NO_STORE: (http::HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));

pub(crate) fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    (status, [kind, NO_STORE], Body::from(value.to_string())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded_and_a_repeated_name_refuses_all() {
        let params = Params::parse("a=1+2&b=%C3%A6%26&c=&d").unwrap();
        assert_eq!(params.get("a"), Some("1 2"));
        assert_eq!(params.get("b"), Some("æ&"));
        assert_eq!(params.get("c"), None);
        assert_eq!(Params::parse("a=1&a=2"), None);
        assert_eq!(Params::parse("a=%f"), None);
        assert_eq!(Params::parse("a=%ff"), None, "not UTF-8");
        assert_eq!(Params::parse("a=%+1"), None);
    }

    #[test]
    fn a_redirect_keeps_the_query_it_had_and_escapes_what_it_adds() {
        assert_eq!(
            with_query("http://a/b", &[("state", "x&y=å"), ("iss", "i")]),
            "http://a/b?state=x%26y%3D%C3%A5&iss=i"
        );
        assert_eq!(with_query("http://a/b?c=d", &[("e", "f")]), "http://a/b?c=d&e=f");
    }
}
