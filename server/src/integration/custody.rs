//! Custody events, inmates and court orders, as a case system sends them.

use std::time::Duration;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use backend::{
    custody::feed::{
        self, CustodyEvent, Item, Refusal, Taken, Unreadable,
        register::{self, InmateWire, OrderWire, Put},
    },
    wiring,
};
use domain::{
    custody::{Event, Wire, event::LONGEST_KEY},
    kernel::{Public, line},
};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ACCEPTED, Called, Integration, Problem,
    beat::on_the_beat,
    broken,
    reading::{key_of, malformed, read},
};

/// Most items of one call.
pub const MOST: usize = 1_000;

/// A batch; a single event is a batch of one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Judged one by one, in their order.
    #[schema(min_items = 1, max_items = 1000)]
    pub events: Vec<Wire>,
}

/// A result for each item, in their order.
#[derive(Serialize, ToSchema)]
pub struct Results {
    /// In the order of the events.
    pub results: Vec<ItemResult>,
}

/// What became of one item. An item that comes again gets the answer that it got first.
#[derive(Serialize, ToSchema)]
pub struct ItemResult {
    /// The decision's key, as far as it could be read.
    pub decision: String,
    /// As it was sent.
    #[schema(value_type = u64, minimum = 0, maximum = 4294967295_u64)]
    pub version: u32,
    /// `accepted` or `refused`.
    pub outcome: &'static str,
    /// Of what was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// Of what was refused.
    pub problem: Option<Problem>,
}

/// All orders that hold, in place of those before.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Orders {
    /// None: nothing holds any more.
    #[schema(max_items = 20)]
    pub restrictions: Vec<OrderWire>,
}

/// What a call to the register did.
#[derive(Serialize, ToSchema)]
pub struct Done {
    /// `created` or `updated`.
    pub outcome: &'static str,
}

/// What was kept under a receipt.
#[derive(Serialize, ToSchema)]
pub struct Kept {
    /// The decision's key at its source.
    pub decision: String,
    /// Which version the receipt is of.
    pub version: i64,
    /// Whether this version stands, or a later one does.
    pub stands: bool,
    /// When it was first taken.
    #[schema(format = DateTime)]
    pub received_at: String,
}

/// Takes custody events.
#[utoipa::path(post, path = "/api/v1/custody-events", tag = "custody", request_body = Batch,
    description = "Up to 1,000 versions of decisions. Each is accepted or refused for itself; the same again gets the same \
        receipt and changes nothing, in whatever order they come.",
    responses((status = 202, body = Results, description = "A result for each item",
            links(("receipt" = (operation_id = "receipt", parameters(("receipt" = "$response.body#/results/0/receipt")))))),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "The body has another shape"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "No valid token"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "The token opens something else"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "Too large"),
        (status = 415, body = Problem, content_type = "application/problem+json", description = "Not JSON"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many calls"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "Try again")),
    security(("maskinporten" = ["kriminalomsorg:varde/custody"])))]
pub async fn take(
    State(state): State<Integration>,
    Called(caller): Called,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let batch: Batch = read(&headers, &body)?;
    if batch.events.is_empty() || batch.events.len() > MOST {
        let code = if batch.events.is_empty() { "empty" } else { "too_many" };
        return Err(malformed([("events".to_owned(), code)]));
    }
    let now = state.ctx().now();
    let named: Vec<(String, u32)> =
        batch.events.iter().map(|wire| (wire.decision.clone(), wire.version)).collect();
    let items = batch.events.iter().map(|wire| item(wire, now)).collect();
    let beat = Duration::from_millis(state.ctx().settings.limits.feed_beat_milliseconds);
    let taking = wiring::take_events(state.ctx(), &caller.source, items);
    let taken = on_the_beat(beat, taking).await.map_err(|error| broken(&error))?;
    let results =
        named.into_iter().zip(taken).map(|((decision, version), taken)| result(decision, version, taken));
    Ok((ACCEPTED, Json(Results { results: results.collect() })).into_response())
}

fn item(wire: &Wire, now: domain::kernel::Instant) -> Item {
    Event::parse(wire, now).map_err(|faults| Unreadable {
        decision: line(&wire.decision, LONGEST_KEY).unwrap_or_default(),
        version: wire.version,
        faults: faults.into_iter().map(|fault| (fault.field.to_owned(), fault.code)).collect(),
    })
}

fn result(decision: String, version: u32, taken: Taken) -> ItemResult {
    let (outcome, receipt, problem) = match taken {
        Taken::Accepted(receipt) => ("accepted", Some(receipt.as_str().to_owned()), None),
        Taken::Refused(refusal) => ("refused", None, Some(of_item(&refusal))),
    };
    ItemResult { decision, version, outcome, receipt, problem }
}

fn of_item(refusal: &Refusal) -> Problem {
    let (status, title) = match refusal {
        Refusal::Unreadable(_) => (StatusCode::UNPROCESSABLE_ENTITY, "the item cannot be read"),
        Refusal::UnknownInmate => (StatusCode::UNPROCESSABLE_ENTITY, "the source has no inmate of that key"),
        Refusal::UnknownUnit => (StatusCode::UNPROCESSABLE_ENTITY, "no unit has that name"),
        Refusal::OtherInmate => (StatusCode::CONFLICT, "the decision is about somebody else"),
        Refusal::VersionClash => {
            (StatusCode::CONFLICT, "this version has come before and said something else")
        }
    };
    let problem = Problem::new(status, refusal.code(), title);
    match refusal {
        Refusal::Unreadable(faults) => problem.with(faults.clone()),
        other => problem.with([(other.field().to_owned(), other.code())]),
    }
}

/// What was kept under a receipt of this source.
#[utoipa::path(get, path = "/api/v1/custody-events/{receipt}", tag = "custody",
    params(("receipt" = String, Path, description = "As it was given")),
    responses((status = 200, body = Kept, description = "It is kept"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "No valid token"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "The token opens something else"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "No such receipt of this source"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many calls"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "Try again")),
    security(("maskinporten" = ["kriminalomsorg:varde/custody"])))]
pub async fn receipt(
    State(state): State<Integration>,
    Called(caller): Called,
    Path(receipt): Path<String>,
) -> Result<Json<Kept>, Problem> {
    let missing = || Problem::bare(StatusCode::NOT_FOUND, None);
    let receipt: Public<CustodyEvent> = Public::parse(&receipt).ok_or_else(missing)?;
    let found = feed::kept(state.ctx(), &caller.source, &receipt).await.map_err(|error| broken(&error))?;
    let found = found.ok_or_else(missing)?;
    let received_at = domain::kernel::Instant(found.received_at).rfc3339();
    Ok(Json(Kept {
        decision: found.decision,
        version: found.version,
        stands: found.stands == 1,
        received_at,
    }))
}

/// Adds an inmate, or brings him up to date.
#[utoipa::path(put, path = "/api/v1/inmates/{key}", tag = "custody", request_body = InmateWire,
    description = "The key is the source's own. The unit counts when he is new or between units: a move is an event.",
    params(("key" = String, Path, description = "At most 64 characters, none of them white space or control characters",
        max_length = 64, min_length = 1, pattern = r"^[^\s\x00-\x1f\x7f-\x9f]+$")),
    responses((status = 200, body = Done, description = "Brought up to date"), (status = 201, body = Done, description = "Added"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "The body has another shape"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "No valid token"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "The token opens something else"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "The number belongs to somebody else"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "Too large"),
        (status = 415, body = Problem, content_type = "application/problem+json", description = "Not JSON"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Fields that cannot be used"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many calls"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "Try again")),
    security(("maskinporten" = ["kriminalomsorg:varde/custody"])))]
pub async fn put_inmate(
    State(state): State<Integration>,
    Called(caller): Called,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let (key, wire): (String, InmateWire) = (key_of(&key)?, read(&headers, &body)?);
    done(register::put_inmate(state.ctx(), &caller.source, &key, &wire).await)
}

/// Says which court orders hold for an inmate.
#[utoipa::path(put, path = "/api/v1/inmates/{key}/restrictions", tag = "custody", request_body = Orders,
    description = "All of them, in place of those before.",
    params(("key" = String, Path, description = "At most 64 characters, none of them white space or control characters",
        max_length = 64, min_length = 1, pattern = r"^[^\s\x00-\x1f\x7f-\x9f]+$")),
    responses((status = 200, body = Done, description = "They hold"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "The body has another shape"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "No valid token"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "The token opens something else"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "No such inmate of this source"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "Too large"),
        (status = 415, body = Problem, content_type = "application/problem+json", description = "Not JSON"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Fields that cannot be used"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many calls"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "Try again")),
    security(("maskinporten" = ["kriminalomsorg:varde/custody"])))]
pub async fn put_restrictions(
    State(state): State<Integration>,
    Called(caller): Called,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let (key, orders): (String, Orders) = (key_of(&key)?, read(&headers, &body)?);
    done(register::put_orders(state.ctx(), &caller.source, &key, &orders.restrictions).await)
}

fn done(put: backend::Result<Put>) -> Result<Response, Problem> {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    match put.map_err(|error| broken(&error))? {
        Put::Created => Ok((StatusCode::CREATED, Json(Done { outcome: "created" })).into_response()),
        Put::Updated => Ok(Json(Done { outcome: "updated" }).into_response()),
        Put::Unreadable(faults) => {
            let faults = faults.into_iter().map(|fault| (fault.field.to_owned(), fault.code));
            Err(Problem::new(unprocessable, "fields", "fields that cannot be used").with(faults))
        }
        Put::UnknownUnit => {
            let problem = Problem::new(unprocessable, "unit_unknown", "no unit has that name");
            Err(problem.with([("unit".to_owned(), "unit_unknown")]))
        }
        Put::UnknownInmate => Err(Problem::bare(StatusCode::NOT_FOUND, None)),
        Put::NumberTaken => {
            let problem =
                Problem::new(StatusCode::CONFLICT, "number_taken", "the number belongs to somebody else");
            Err(problem.with([("national_id".to_owned(), "number_taken")]))
        }
    }
}
