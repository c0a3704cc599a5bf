//! What every answer carries and what no write may lack. The headers stand on every answer, whoever made it;
//! a page's policy has a nonce of its own. A write that carries a session must prove that our page sent it.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::{config::Settings, ctx::Ctx};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

use crate::{auth::cookies, transfer};

/// The in-process provider of the demo stands for another site: it brings its own policy.
pub const TESTID: &str = "/testid/";

/// Where the hashed files are.
const BUNDLE: &str = "/pkg/";

const NOTHING: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

static ALWAYS: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What only a document can obey. The bundle's files go without: on a slow line each byte of theirs is waited for.
static OF_DOCUMENTS: [(HeaderName, &str); 2] = [
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// The policy of a page. Forms may lead on to the sign-in providers, for a browser checks redirects too.
pub fn page_policy(nonce: &str, settings: &Settings) -> String {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src 'self'; \
         style-src 'self'; img-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         frame-ancestors 'none'; form-action 'self'"
    );
    with_providers(policy, settings)
}

/// The policy of the page of what broke, which has no script and offers a form.
pub fn broken_policy(settings: &Settings) -> String {
    let policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; \
                  form-action 'self'";
    with_providers(policy.to_owned(), settings)
}

/// `policy` ends with the places that forms may lead to.
fn with_providers(mut policy: String, settings: &Settings) -> String {
    for client in [&settings.oidc.citizen, &settings.oidc.staff] {
        for origin in client.browser_origins.iter().map(String::as_str).chain(origin_of(&client.issuer)) {
            if !policy.contains(origin) && origin != settings.server.base_url {
                policy.push(' ');
                policy.push_str(origin);
            }
        }
    }
    policy
}

fn origin_of(url: &str) -> Option<&str> {
    let host = url.find("://")? + 3;
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    Some(&url[..end])
}

/// Puts the headers on every answer that does not bring its own.
pub async fn headers(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (testid, bundle) = (path.starts_with(TESTID), path.starts_with(BUNDLE));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let documents: &[_] = if bundle { &[] } else { &OF_DOCUMENTS };
    for (name, value) in ALWAYS.iter().chain(documents) {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if !testid {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(NOTHING);
    }
    if ctx.settings.is_https() {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static("max-age=63072000"));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.entry(header::VARY).or_insert(HeaderValue::from_static("cookie, accept-language"));
    strip_error_query(headers);
    response
}

/// server_fn writes a failed form's error into the address it sends the browser to. Addresses reach logs and
/// histories, and anyone can forge one: what it wrote is cut off.
fn strip_error_query(headers: &mut HeaderMap) {
    let Some(location) = headers.get(header::LOCATION).and_then(|v| v.to_str().ok()) else { return };
    let Some((path, query)) = location.split_once('?') else { return };
    let bad = |pair: &&str| !pair.starts_with("__err=") && !pair.starts_with("__path=");
    let kept: Vec<&str> = query.split('&').filter(bad).collect();
    if kept.len() == query.split('&').count() {
        return;
    }
    let clean = if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) };
    if let Ok(value) = HeaderValue::from_str(&clean) {
        headers.insert(header::LOCATION, value);
    }
}

/// A write with a session cookie must come from a page of ours and as a form, or as files come (`transfer`). `CsrfLayer` stands before this
/// and lets pass what has neither `Origin` nor `Sec-Fetch-Site`; with a session that is not enough.
pub async fn own_writes(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads
        || request.uri().path().starts_with(TESTID)
        || !cookies::any_session(&ctx.settings, request.headers())
    {
        return next.run(request).await;
    }
    let known = is_form(request.headers()) || transfer::takes(request.uri().path(), request.headers());
    if !is_ours(request.headers(), &ctx.settings.server.base_url) || !known {
        metrics::counter!("varde_requests_refused", "why" => "foreign_write").increment(1);
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

fn is_ours(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
    match (text("sec-fetch-site"), text("origin")) {
        (Some("same-origin" | "none"), origin) => origin != Some("null"),
        (Some(_), _) | (None, None) => false,
        (None, Some(origin)) => origin == base_url,
    }
}

/// A browser's plain form, and what our islands send.
pub fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn t02_only_our_own_pages_write() {
        let base = "https://varde.no";
        let table: &[(&[(&str, &str)], bool)] = &[
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", base)], false),
            (&[("sec-fetch-site", "same-origin"), ("origin", "null")], false),
            (&[("origin", base)], true),
            (&[("origin", "https://varde.no.evil.example")], false),
            (&[("origin", "null")], false),
            (&[], false),
        ];
        for (given, expected) in table {
            let map: HeaderMap = given
                .iter()
                .map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_str(v).expect("a value")))
                .collect();
            assert_eq!(is_ours(&map, base), *expected, "{given:?}");
        }
    }

    #[test]
    fn t24_an_error_never_stays_in_the_address() {
        let table = [
            ("/visits?__path=%2Fapi&__err=abc", "/visits"),
            ("/visits?a=b&__err=abc", "/visits?a=b"),
            ("/visits?a=b", "/visits?a=b"),
        ];
        for (given, expected) in table {
            let mut map = headers(&[]);
            map.insert(header::LOCATION, HeaderValue::from_str(given).expect("a value"));
            strip_error_query(&mut map);
            assert_eq!(map[header::LOCATION], expected);
        }
    }

    #[test]
    fn the_origin_of_an_issuer() {
        assert_eq!(origin_of("https://idporten.no"), Some("https://idporten.no"));
        assert_eq!(origin_of("https://a.b:8/testid/x"), Some("https://a.b:8"));
    }
}
