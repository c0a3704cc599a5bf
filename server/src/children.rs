//! Those inside who are under eighteen as a file; its trace is written first. To whoever's work it is not it is not there.

use std::sync::Arc;

use app::{inmates::children_csv, request::Page};
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use backend::{ctx::Ctx, visits::children::exported};
use http::StatusCode;

use crate::sheet::answer;

pub async fn file(State(ctx): State<Ctx>, Extension(page): Extension<Arc<Page>>) -> Response {
    let Some(staff) = page.actor.staff() else { return StatusCode::NOT_FOUND.into_response() };
    match exported(&ctx, staff).await {
        Ok(Some(all)) => answer(children_csv(page.locale, page.now.date(), &all)),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "the list of those under eighteen could not be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
