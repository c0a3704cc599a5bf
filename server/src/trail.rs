//! What an auditor has found in the trail, as a file. To everybody else it is not there.

use std::sync::Arc;

use app::{
    request::Page,
    trail::{csv, kept_search},
};
use axum::{
    Extension,
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use backend::{
    ctx::{Ctx, Staff},
    trail::{self, Row},
    wiring,
};
use http::StatusCode;
use serde::Deserialize;

use crate::sheet::answer;

/// The key of the search, as the page of results has it.
#[derive(Deserialize)]
pub struct Kept {
    #[serde(default, rename = "try")]
    key: String,
}

pub async fn file(
    State(ctx): State<Ctx>,
    Extension(page): Extension<Arc<Page>>,
    Query(kept): Query<Kept>,
) -> Response {
    let Some(staff) = page.actor.staff() else { return StatusCode::NOT_FOUND.into_response() };
    let rows = match read(&ctx, staff, &kept.key).await {
        Ok(Some(rows)) => rows,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "the trail could not be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    answer(csv(page.locale, &rows))
}

async fn read(ctx: &Ctx, staff: &Staff, key: &str) -> backend::Result<Option<Vec<Row>>> {
    let Some(search) = kept_search(ctx, staff, key).await? else { return Ok(None) };
    let subject = match &search.reference {
        Some(reference) => wiring::subject_of(ctx, reference).await?,
        None => None,
    };
    trail::rows(ctx, staff, &search, subject.as_deref()).await
}
