//! The figures of leaders as a file; its trace is written first. To everybody else it is not there.

use std::sync::Arc;

use app::{
    insight::{Told, csv, told},
    request::Page,
};
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use backend::ctx::{Ctx, Staff};
use http::StatusCode;

use crate::sheet::answer;

pub async fn file(State(ctx): State<Ctx>, Extension(page): Extension<Arc<Page>>) -> Response {
    let Some(staff) = page.actor.staff() else { return StatusCode::NOT_FOUND.into_response() };
    match read(&ctx, staff, &page).await {
        Ok(Some(told)) => answer(csv(page.locale, &told)),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "the figures could not be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Nothing for whoever leads nobody, and nothing of days that are no period.
async fn read(ctx: &Ctx, staff: &Staff, page: &Page) -> backend::Result<Option<Told>> {
    let Some(told) = told(ctx, staff, page).await? else { return Ok(None) };
    Ok(told.exported(ctx, staff).await?.map(|()| told))
}
