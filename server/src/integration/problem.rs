//! Problem documents (RFC 9457). Codes are stable; titles are for people who read logs. Never what was sent.

use axum::response::{IntoResponse, Response};
use backend::machine::Refusal;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

pub const KIND: &str = "application/problem+json";

/// Why a call, or an item of it, was refused.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Where the code is explained.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: &'static str,
    pub status: u16,
    /// Stable.
    pub code: &'static str,
    /// The fields that it is about, each with a code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// To quote when asking about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    pub field: String,
    pub code: &'static str,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self {
            kind: format!("/api/openapi.json#{code}"),
            title,
            status: status.as_u16(),
            code,
            errors: Vec::new(),
            trace: None,
        }
    }

    pub fn with(mut self, errors: impl IntoIterator<Item = (String, &'static str)>) -> Self {
        self.errors = errors.into_iter().map(|(field, code)| FieldProblem { field, code }).collect();
        self
    }

    /// The caller learns whether her token is no good or opens something else, and no more.
    pub fn of_token(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unreachable => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "tokens cannot be checked now")
            }
            _ if refusal.is_forbidden() => {
                Self::new(StatusCode::FORBIDDEN, "forbidden", "the token opens something else")
            }
            _ => Self::new(StatusCode::UNAUTHORIZED, "unauthorized", "a valid bearer token is needed"),
        }
    }

    /// For a status that nobody has said more about.
    pub fn bare(status: StatusCode, trace: Option<String>) -> Self {
        let (code, title) = match status {
            StatusCode::NOT_FOUND => ("not_found", "there is nothing of that name"),
            StatusCode::METHOD_NOT_ALLOWED => ("method", "the path does not take this method"),
            StatusCode::PAYLOAD_TOO_LARGE => ("too_large", "the body is too large"),
            StatusCode::TOO_MANY_REQUESTS => ("rate", "too many calls; wait as long as Retry-After says"),
            StatusCode::SERVICE_UNAVAILABLE => ("busy", "try again as soon as Retry-After says"),
            status if status.is_server_error() => ("server", "something broke; the trace names it"),
            _ => ("refused", "the call was refused"),
        };
        Self { trace, ..Self::new(status, code, title) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, KIND)], body).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
