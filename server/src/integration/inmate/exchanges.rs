//! His letters with his relatives.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
};
use backend::messages::exchange::{self, End};
use domain::messages::{LetterForm, NoteForm};
use http::{HeaderMap, StatusCode};

use super::{
    super::{Integration, Problem, broken, reading::read},
    His, Read, Write, id, once, refused,
    said::{Receipt, Side, Step, Taken, Words, Written},
    unsent,
    wire::Exchanges,
};

/// What has passed between him and his relatives.
#[utoipa::path(get, path = "/api/v1/inmate/exchanges", tag = "inmate",
    description = "Reading it acknowledges nothing: a letter counts as handed over when its receipt has come.",
    responses((status = 200, body = Exchanges, description = "All of his",
            links(("letter" = (operation_id = "acknowledge_letter",
                parameters(("letter" = "$response.body#/exchanges/0/letters/0/id")))))),
        Read),
    security(("inmate" = ["kriminalomsorg:varde/inmate.messages"])))]
pub async fn exchanges(
    State(state): State<Integration>,
    His(inside): His,
) -> Result<Json<Exchanges>, Problem> {
    let feed = exchange::feed(state.ctx(), &inside).await.map_err(|error| broken(&error))?;
    Ok(Json(Exchanges { exchanges: feed.into_iter().map(Into::into).collect() }))
}

/// A letter has come to him, or he has opened it.
#[utoipa::path(post, path = "/api/v1/inmate/letters/{letter}/receipt", tag = "inmate", request_body = Receipt,
    description = "Its sender sees it. Said again it changes nothing.",
    params(("letter" = String, Path, description = "A letter to him", pattern = "^[0-9A-HJKMNP-TV-Z]{26}$")),
    responses((status = 200, body = Taken, description = "It is kept"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "It has gone on since"),
        Write),
    security(("inmate" = ["kriminalomsorg:varde/inmate.messages"])))]
pub async fn acknowledge_letter(
    State(state): State<Integration>,
    His(inside): His,
    Path(letter): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Taken>, Problem> {
    let receipt: Receipt = read(&headers, &body)?;
    let opened = receipt.state == Step::Read;
    let done = exchange::acknowledge(state.ctx(), &inside, &id(&letter)?, opened).await;
    done.map_err(|error| broken(&error))?.map_err(refused)?;
    Ok(Json(Taken::KEPT))
}

/// He writes to a relative.
#[utoipa::path(post, path = "/api/v1/inmate/exchanges/{exchange}/letters", tag = "inmate", request_body = Words,
    description = "Controlled on its way as hers are. The same key with the same words is one letter.",
    params(("exchange" = String, Path, description = "One of his", pattern = "^[0-9A-HJKMNP-TV-Z]{26}$")),
    responses((status = 201, body = Written, description = "It is on its way"), Write),
    security(("inmate" = ["kriminalomsorg:varde/inmate.messages"])))]
pub async fn write_letter(
    State(state): State<Integration>,
    His(inside): His,
    Path(exchange): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Written>), Problem> {
    let Words { key, words }: Words = read(&headers, &body)?;
    once(&key)?;
    let form = LetterForm { key, words, ..LetterForm::default() };
    let sent = exchange::reply(state.ctx(), &inside, &id(&exchange)?, &form).await;
    let letter = sent.map_err(|error| broken(&error))?.map_err(|why| unsent(why, "words"))?;
    Ok((StatusCode::CREATED, Json(Written { id: letter.to_string() })))
}

/// He pauses, blocks or takes up an exchange.
#[utoipa::path(put, path = "/api/v1/inmate/exchanges/{exchange}/side", tag = "inmate", request_body = Side,
    description = "She sees what a clearance that has run out shows.",
    params(("exchange" = String, Path, description = "One of his", pattern = "^[0-9A-HJKMNP-TV-Z]{26}$")),
    responses((status = 200, body = Taken, description = "It holds"), Write),
    security(("inmate" = ["kriminalomsorg:varde/inmate.messages"])))]
pub async fn set_side(
    State(state): State<Integration>,
    His(inside): His,
    Path(exchange): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Taken>, Problem> {
    let side: Side = read(&headers, &body)?;
    let exchange = id(&exchange)?;
    let done = exchange::set(state.ctx(), End::Inmate(&inside, &exchange), side.wish.into()).await;
    done.map_err(|error| broken(&error))?.map_err(refused)?;
    Ok(Json(Taken::KEPT))
}

/// He tells the unit that an exchange is misused.
#[utoipa::path(post, path = "/api/v1/inmate/exchanges/{exchange}/reports", tag = "inmate", request_body = Words,
    description = "At most 4,000 characters. She learns nothing of it. The same key with the same words is one report.",
    params(("exchange" = String, Path, description = "One of his", pattern = "^[0-9A-HJKMNP-TV-Z]{26}$")),
    responses((status = 201, body = Taken, description = "The unit has it"), Write),
    security(("inmate" = ["kriminalomsorg:varde/inmate.messages"])))]
pub async fn report(
    State(state): State<Integration>,
    His(inside): His,
    Path(exchange): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Taken>), Problem> {
    let Words { key, words }: Words = read(&headers, &body)?;
    once(&key)?;
    let exchange = id(&exchange)?;
    let told = exchange::report(state.ctx(), End::Inmate(&inside, &exchange), &NoteForm { key, words }).await;
    told.map_err(|error| broken(&error))?.map_err(|why| unsent(why, "words"))?;
    Ok((StatusCode::CREATED, Json(Taken::KEPT)))
}
