//! An inmate's own end of his letters, for the system at which he signs in. A token is bound to him alone, and no address and
//! no body names him: what is another's is not there, and has the answer of what never was. Nothing that he is told says why
//! an exchange is closed. What he and his lawyer write goes through as bytes.

mod exchanges;
mod lawyers;
mod said;
mod wire;

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::FromRequestParts,
    routing::{get, post, put},
};
use backend::messages::{
    FormKey, Unsent,
    inside::{self, Inside},
};
use domain::{kernel::Public, messages::Refusal};
use http::{StatusCode, request::Parts};
use utoipa::{
    IntoResponses,
    openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder},
};

pub use exchanges::*;
pub use lawyers::*;

use super::{Integration, Problem, bearer, broken, reading::malformed, turned_away};

pub fn routes() -> Router<Integration> {
    Router::new()
        .route("/api/v1/inmate/exchanges", get(exchanges))
        .route("/api/v1/inmate/exchanges/{exchange}/letters", post(write_letter))
        .route("/api/v1/inmate/exchanges/{exchange}/side", put(set_side))
        .route("/api/v1/inmate/exchanges/{exchange}/reports", post(report))
        .route("/api/v1/inmate/letters/{letter}/receipt", post(acknowledge_letter))
        .route("/api/v1/inmate/lawyers", get(lawyers))
        .route("/api/v1/inmate/lawyers/{thread}/messages", post(write_message))
        .route("/api/v1/inmate/lawyers/{thread}/messages/{message}/receipt", post(acknowledge_message))
}

/// The one inmate whose token it is: no handler runs without him.
pub struct His(pub Inside);

impl FromRequestParts<Integration> for His {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Integration) -> Result<Self, Problem> {
        let ctx = state.ctx();
        let bound = state.0.gate.admit_inmate(bearer(parts), ctx.now()).await.map_err(turned_away)?;
        let found = inside::enter(ctx, &bound.source, &bound.key).await.map_err(|error| broken(&error))?;
        found.map(Self).ok_or_else(nothing)
    }
}

/// Not there, another's, or no id at all: one answer.
fn nothing() -> Problem {
    Problem::bare(StatusCode::NOT_FOUND, None)
}

fn id<T>(text: &str) -> Result<Public<T>, Problem> {
    Public::parse(text).ok_or_else(nothing)
}

/// What a call of his carries so that twice is once.
fn once(key: &str) -> Result<(), Problem> {
    FormKey::parse(key).map(|_| ()).ok_or_else(|| malformed([("key".to_owned(), "form")]))
}

fn refused(refusal: Refusal) -> Problem {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    match refusal {
        Refusal::Hidden => nothing(),
        Refusal::Closed => {
            Problem::new(unprocessable, "exchange_closed", "they cannot write to each other now")
        }
        Refusal::TooMany => {
            let problem =
                Problem::new(unprocessable, "letters_spent", "no more letters in this exchange this week");
            problem.with([("exchange".to_owned(), "too_many")])
        }
        Refusal::MovedOn
        | Refusal::Stale
        | Refusal::TooOld
        | Refusal::SecondWaits
        | Refusal::SamePerson
        | Refusal::NotByLevel
        | Refusal::SamiUnread => Problem::new(StatusCode::CONFLICT, "moved_on", "it has gone on since"),
    }
}

/// `named` is what the API calls the field with the words.
fn unsent(unsent: Unsent, named: &str) -> Problem {
    match unsent {
        Unsent::Refused(refusal) => refused(refusal),
        Unsent::Fields(errors) => {
            let errors = errors.into_iter().map(|error| (named.to_owned(), error.code));
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "fields", "fields that cannot be used")
                .with(errors)
        }
    }
}

/// What each call of his may be answered with besides: for the description.
pub struct Read;
/// The same of a call that carries a body.
pub struct Write;

const READ: [(&str, &str); 5] = [
    ("401", "No valid token"),
    ("403", "The token opens something else, or is bound to no inmate of the caller's"),
    ("404", "Nothing of that name is his, or he is no longer inside"),
    ("429", "Too many calls"),
    ("503", "Try again"),
];
const WRITE: [(&str, &str); 4] = [
    ("400", "The body has another shape"),
    ("413", "Too large"),
    ("415", "Not JSON"),
    ("422", "Fields that cannot be used, or it cannot be done now"),
];

fn described(all: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let one = |(status, says): &(&str, &str)| {
        let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(*says).content(super::problem::KIND, problem);
        ((*status).to_owned(), response.build().into())
    };
    all.iter().map(one).collect()
}

impl IntoResponses for Read {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        described(&READ)
    }
}

impl IntoResponses for Write {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        described(&[&READ[..], &WRITE].concat())
    }
}
