//! His letters with his lawyers: bytes that nothing here looks into. No unit's rule and no court's letter control stands in
//! this way.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
};
use backend::messages::counsel;
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::messages::CounselForm;
use http::{HeaderMap, StatusCode};

use super::{
    super::{Integration, Problem, broken, reading::read},
    His, Read, Write, id, once, refused,
    said::{Receipt, Sealed, Step, Taken},
    unsent,
    wire::Lawyers,
};

/// What has passed between him and his lawyers.
#[utoipa::path(get, path = "/api/v1/inmate/lawyers", tag = "inmate",
    description = "Reading it acknowledges nothing: a message counts as handed over when its receipt has come.",
    responses((status = 200, body = Lawyers, description = "All of his"), Read),
    security(("inmate" = ["kriminalomsorg:varde/inmate.messages"])))]
pub async fn lawyers(State(state): State<Integration>, His(inside): His) -> Result<Json<Lawyers>, Problem> {
    let feed = counsel::feed(state.ctx(), &inside).await.map_err(|error| broken(&error))?;
    Ok(Json(Lawyers { lawyers: feed.into_iter().map(Into::into).collect() }))
}

/// A message has come to him, or he has opened it.
#[utoipa::path(post, path = "/api/v1/inmate/lawyers/{thread}/messages/{message}/receipt", tag = "inmate",
    request_body = Receipt, description = "His lawyer sees it. Said again it changes nothing.",
    params(("thread" = String, Path, description = "One of his lawyers", pattern = "^[0-9A-HJKMNP-TV-Z]{26}$"),
        ("message" = String, Path, description = "A message to him", pattern = "^[0-9A-HJKMNP-TV-Z]{26}$")),
    responses((status = 200, body = Taken, description = "It is kept"), Write),
    security(("inmate" = ["kriminalomsorg:varde/inmate.messages"])))]
pub async fn acknowledge_message(
    State(state): State<Integration>,
    His(inside): His,
    Path((thread, message)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Taken>, Problem> {
    let receipt: Receipt = read(&headers, &body)?;
    let opened = receipt.state == Step::Read;
    let done = counsel::acknowledge(state.ctx(), &inside, &id(&thread)?, &id(&message)?, opened).await;
    done.map_err(|error| broken(&error))?.map_err(refused)?;
    Ok(Json(Taken::KEPT))
}

/// He writes to a lawyer.
#[utoipa::path(post, path = "/api/v1/inmate/lawyers/{thread}/messages", tag = "inmate", request_body = Sealed,
    description = "Read by nobody on its way. The same key with the same body is one message.",
    params(("thread" = String, Path, description = "One of his lawyers", pattern = "^[0-9A-HJKMNP-TV-Z]{26}$")),
    responses((status = 201, body = Taken, description = "His lawyer has it"), Write),
    security(("inmate" = ["kriminalomsorg:varde/inmate.messages"])))]
pub async fn write_message(
    State(state): State<Integration>,
    His(inside): His,
    Path(thread): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Taken>), Problem> {
    let Sealed { key, body }: Sealed = read(&headers, &body)?;
    once(&key)?;
    let thread = id(&thread)?;
    let words = STANDARD.decode(body).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let words = words.ok_or_else(|| {
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "fields", "fields that cannot be used");
        problem.with([("body".to_owned(), "form")])
    })?;
    let form = CounselForm { key, words, ..CounselForm::default() };
    let sent = counsel::reply(state.ctx(), &inside, &thread, &form).await;
    sent.map_err(|error| broken(&error))?.map_err(|why| unsent(why, "body"))?;
    Ok((StatusCode::CREATED, Json(Taken::KEPT)))
}
