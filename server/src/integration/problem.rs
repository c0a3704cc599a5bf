//! Problem documents (RFC 9457). Codes are stable; titles are for people who read logs. Never what was sent.

use axum::response::{IntoResponse, Response};
use backend::machine::Refusal;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::{
    ToSchema,
    openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type},
};

pub const KIND: &str = "application/problem+json";

/// Why a call, or an item of it, was refused.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Where the code is explained.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code in words, for logs.
    pub title: &'static str,
    /// The answer's status; of an item, the status that it would have had alone.
    pub status: u16,
    /// Stable.
    #[schema(schema_with = codes)]
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
    /// Its name; of a shape, its place in what was sent.
    pub field: String,
    /// Stable.
    #[schema(schema_with = field_codes)]
    pub code: &'static str,
}

/// Every code of a problem, and what it says.
const CODES: [(&str, &str); 21] = [
    ("malformed", "The call has another shape than the published one; `errors` names the place."),
    ("unauthorized", "No valid token came with the call."),
    ("forbidden", "The token is valid and opens something else."),
    ("not_found", "There is nothing of that name, or it is not this source's or this inmate's."),
    ("method", "The path does not take this method; `Allow` says which it takes."),
    ("number_taken", "The national identity number belongs to somebody else."),
    ("too_large", "The body is too large."),
    ("media_type", "The body is not `application/json`."),
    ("fields", "Fields that cannot be used; `errors` names them all."),
    ("unit_unknown", "No unit has that slug."),
    ("exchange_closed", "He and this relative cannot write to each other now. Nobody is told why."),
    ("letters_spent", "As many letters as the unit takes in a week have been sent in this exchange."),
    ("moved_on", "It has gone on since it was read; nothing was changed. Read it again."),
    ("rate", "Too many calls: wait as long as `Retry-After` says."),
    ("busy", "Nothing was kept: try again as soon as `Retry-After` says."),
    ("server", "Something broke; `trace` names it."),
    ("refused", "The call was refused."),
    ("item_unreadable", "Of an item: fields that cannot be used; `errors` names them all."),
    ("inmate_unknown", "Of an item: the source has no inmate of that key."),
    ("decision_of_other_inmate", "Of an item: the decision is about somebody else."),
    ("version_clash", "Of an item: this version has come before and said something else."),
];

/// Every code of a field, and what it says.
const FIELD_CODES: [(&str, &str); 23] = [
    ("json", "Not JSON."),
    ("shape", "Of another type, unknown or missing."),
    ("empty", "Nothing in it."),
    ("too_many", "More than allowed."),
    ("too_long", "Longer than allowed."),
    ("character", "Holds a character that does not belong there."),
    ("form", "Not of the expected form."),
    ("unknown", "Not one of the words that the field takes."),
    ("time", "No time in RFC 3339 with its offset, or ahead of now."),
    ("date", "No such date, or one that cannot be."),
    ("number", "No national identity number."),
    ("from_one", "Counts from one."),
    ("ahead", "Has not happened yet."),
    ("far", "More than forty years away."),
    ("before_start", "Not after the start."),
    ("not_of_this_kind", "This kind has no such field."),
    ("missing", "This kind needs it."),
    ("repeated", "Each kind at most once."),
    ("unit_unknown", "No unit has that slug."),
    ("number_taken", "The number belongs to somebody else."),
    ("inmate_unknown", "The source has no inmate of that key."),
    ("decision_of_other_inmate", "The decision is about somebody else."),
    ("version_clash", "This version has come before and said something else."),
];

fn codes() -> Schema {
    one_of("Stable.", &CODES)
}

fn field_codes() -> Schema {
    one_of("What is wrong with it. Stable.", &FIELD_CODES)
}

/// A closed list of words, each with what it says.
fn one_of(what: &str, words: &[(&str, &str)]) -> Schema {
    let word = |list: OneOfBuilder, (code, says): &(&str, &str)| {
        let word = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([*code]));
        list.item(word.description(Some(*says)))
    };
    Schema::OneOf(words.iter().fold(OneOfBuilder::new().description(Some(what)), word).build())
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self {
            kind: format!("/developers#{code}"),
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
