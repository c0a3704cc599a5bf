//! What a reader sees when something broke: one page, no detail, a number to quote. The log has the rest.

use std::any::Any;

use app::{i18n::common as t, request::Assets};
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::kernel::Locale;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::{language, telemetry::TraceId};

/// A panic is a bare 500, which `page` dresses. Its message may hold data and is not written anywhere.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request panicked");
    metrics::counter!("varde_panics").increment(1);
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Gives every 5xx the same body, whoever made it.
pub async fn page(State(assets): State<Assets>, request: Request, next: Next) -> Response {
    let locale = language::chosen(request.headers());
    let html = wants_html(request.headers());
    let trace = request.extensions().get::<TraceId>().map(|t| t.0.clone()).unwrap_or_default();
    let response = next.run(request).await;
    if !response.status().is_server_error() {
        return response;
    }
    dressed(response, html, locale, &trace, &assets)
}

fn dressed(response: Response, html: bool, locale: Locale, trace: &str, assets: &Assets) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_SECURITY_POLICY);
    let (kind, body) = if html {
        let policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";
        parts.headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        ("text/html; charset=utf-8", document(locale, trace, assets))
    } else {
        let status = parts.status.as_u16();
        ("application/problem+json", format!("{{\"status\":{status},\"trace\":\"{trace}\"}}"))
    };
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    Response::from_parts(parts, Body::from(body))
}

/// Made without the app, for the app may be what broke. Every word is a text of ours.
fn document(locale: Locale, trace: &str, assets: &Assets) -> String {
    let css = match assets.css.as_str() {
        "" => String::new(),
        css => format!("<link rel=\"stylesheet\" href=\"/pkg/{css}\">"),
    };
    let (title, text, ring) = (t::broken_title(locale), t::broken_text(locale), t::broken_ring(locale));
    let (reference, front) = (t::reference(locale, trace), t::to_front(locale));
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title}</title>{css}</head><body><main id=\"main\" \
         class=\"wrap page\"><h1>{title}</h1><p>{text}</p><p>{ring}</p><p>{reference}</p><p><a href=\"/\">{front}</a>\
         </p></main></body></html>",
        locale.code()
    )
}

fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"))
}
