//! What a reader sees when something broke: one page, no detail, a number to quote. The log has the rest.

use std::{any::Any, sync::Arc};

use app::{i18n::common as t, request::Assets};
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::kernel::Locale;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::{language, sent::Sent, telemetry::TraceId};

/// A panic is a bare 500, which `page` dresses. Its message may hold data and is not written anywhere.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request panicked");
    metrics::counter!("varde_panics").increment(1);
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// What the page is made with.
#[derive(Clone)]
pub struct Faults {
    pub assets: Arc<Assets>,
    pub policy: Arc<String>,
}

/// What somebody is told whose request could not be carried out: what passes is tried again, anything else is ours to
/// mend.
pub fn status(error: &backend::Error) -> StatusCode {
    if error.passes() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR }
}

/// Gives every 5xx the same body, whoever made it.
pub async fn page(
    State(Faults { assets, policy }): State<Faults>,
    mut request: Request,
    next: Next,
) -> Response {
    let sent = Sent::default();
    request.extensions_mut().insert(sent.clone());
    let locale = language::chosen(request.headers());
    let html = wants_html(request.headers());
    let trace = request.extensions().get::<TraceId>().map(|t| t.0.clone()).unwrap_or_default();
    let response = next.run(request).await;
    if !response.status().is_server_error() {
        return response;
    }
    let body =
        if html { document(locale, &trace, &assets, &sent) } else { problem(response.status(), &trace) };
    dressed(response, html.then_some(policy.as_str()), body)
}

/// Stable codes: `busy` may be tried again at once, `server` is for us to mend.
fn problem(status: StatusCode, trace: &str) -> String {
    let code = if status == StatusCode::SERVICE_UNAVAILABLE { "busy" } else { "server" };
    format!("{{\"status\":{},\"code\":\"{code}\",\"trace\":\"{trace}\"}}", status.as_u16())
}

/// `policy`: of a page; none for whoever reads no pages.
fn dressed(response: Response, policy: Option<&str>, body: String) -> Response {
    let (mut parts, _) = response.into_parts();
    if parts.status == StatusCode::SERVICE_UNAVAILABLE {
        parts.headers.entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("1"));
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    // A server function leaves an address behind even where it failed.
    parts.headers.remove(header::LOCATION);
    parts.headers.remove(header::CONTENT_SECURITY_POLICY);
    let kind = if policy.is_some() { "text/html; charset=utf-8" } else { "application/problem+json" };
    if let Some(Ok(policy)) = policy.map(HeaderValue::from_str) {
        parts.headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    Response::from_parts(parts, Body::from(body))
}

/// Made without the app, for the app may be what broke. Every word is a text of ours.
fn document(locale: Locale, trace: &str, assets: &Assets, sent: &Sent) -> String {
    let css = match assets.css.as_str() {
        "" => String::new(),
        css => format!("<link rel=\"stylesheet\" href=\"/pkg/{css}\">"),
    };
    let (title, text, ring) = (t::broken_title(locale), t::broken_text(locale), t::broken_ring(locale));
    let again = sent.again(locale).unwrap_or_default();
    let (reference, front) = (t::reference(locale, trace), t::to_front(locale));
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title}</title>{css}</head><body><main id=\"main\" \
         class=\"wrap page\"><h1>{title}</h1><p>{text}</p>{again}<p>{ring}</p><p>{reference}</p><p><a href=\"/\">{front}</a>\
         </p></main></body></html>",
        locale.code()
    )
}

fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"))
}
