//! What no page of ours could send never reaches a server function: another content type, a repeated or
//! unknown name, bytes that are not text, a body too large. The answer is a bare 400 (or 413).

use app::routes;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{Method, StatusCode};

use crate::{
    security::{TESTID, is_form},
    sent::Sent,
};

/// Larger than any form of ours: a lawyer's message has up to 20,000 characters, each of up to twelve bytes on its way.
pub const LARGEST: usize = 256 * 1024;
/// Where the sign-in's own forms go.
const AUTH: &str = "/auth/";
/// More fields than any form of ours has.
const MOST_FIELDS: usize = 400;

/// The names that the form of this path sends. `None`: nothing of ours takes a form there.
pub fn known(path: &str) -> Option<&'static [&'static str]> {
    match path {
        routes::LANGUAGE => Some(&["locale", "back"]),
        _ if path.starts_with(AUTH) => match path.rsplit('/').next() {
            Some("start") => Some(&["return_to", "fresh", "level"]),
            Some("back-channel") => Some(&["logout_token"]),
            Some("extend") => Some(&["back"]),
            Some("sign-out") => Some(&[]),
            _ => None,
        },
        _ => app::forms::known_fields(path),
    }
}

pub async fn check(request: Request, next: Next) -> Response {
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
    let Some(text) = std::str::from_utf8(&bytes).ok().filter(|text| is_plain_form(text, fields)) else {
        return refused(StatusCode::BAD_REQUEST);
    };
    if let (Some(sent), Some(_)) = (parts.extensions.get::<Sent>(), fields) {
        sent.keep(parts.uri.path(), text);
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
        let unknown = known.is_some_and(|known| !known.iter().any(|known| is_named(known, &name)));
        if repeated || unknown || count >= MOST_FIELDS {
            return false;
        }
        seen.push(name);
    }
    true
}

/// Whether a name is the known one; a map's `name[*]` fits any plain key.
fn is_named(known: &str, name: &str) -> bool {
    let Some(map) = known.strip_suffix("[*]") else { return known == name };
    let key = name.strip_prefix(map).and_then(|rest| rest.strip_prefix('[')?.strip_suffix(']'));
    key.is_some_and(|key| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric()))
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
        let known: &[&str] = &["name", "kinds[]", "rows[*]"];
        for good in
            ["", "name=%C3%A6+b", "name=a&kinds[]=1&kinds%5B%5D=2", "name=", "rows[A1]=x&rows%5BB2%5D=y"]
        {
            assert!(is_plain_form(good, Some(known)), "{good}");
        }
        for bad in [
            "name=a&name=b",
            "other=1",
            "name=%f",
            "name=%ff",
            "name=%00",
            "n%61me=a&name=b",
            "rows[]=1",
            "rows[A1]=x&rows[A1]=y",
            "rows[a]b=1",
        ] {
            assert!(!is_plain_form(bad, Some(known)), "{bad}");
        }
        assert!(is_plain_form("whatever=1", None));
        assert!(!is_plain_form(&"a[]=1&".repeat(MOST_FIELDS + 1), None));
    }

    proptest::proptest! {
        #[test]
        fn whatever_comes_is_judged_and_never_breaks(text in "\\PC{0,200}", bytes in ".{0,80}") {
            let _ = (is_plain_form(&text, None), is_plain_form(&bytes, Some(&["a", "b[]", "c[*]"])));
            let _ = (decoded(&text), field(&text, "a"));
        }

        #[test]
        fn what_a_browser_encodes_is_read_as_it_was_typed(typed in "[^\u{0}]{0,60}") {
            let coded: String = typed.bytes().map(|b| format!("%{b:02X}")).collect();
            proptest::prop_assert_eq!(decoded(&coded), Some(typed.clone()));
            let body = format!("x=1&name={coded}");
            proptest::prop_assert_eq!(field(&body, "name"), Some(typed));
            proptest::prop_assert!(is_plain_form(&body, Some(&["x", "name"])));
            proptest::prop_assert!(!is_plain_form(&body, Some(&["name"])), "an unknown name");
            proptest::prop_assert!(!is_plain_form(&format!("{body}&name=2"), None), "a repeated name");
        }
    }
}
