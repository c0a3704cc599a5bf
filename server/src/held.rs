//! What is held about somebody, as a file for herself alone: as a download, kept nowhere on its way. In the victims' area its
//! own, with a name that says nothing.

use std::sync::Arc;

use app::{mine, notices, request::Page, routes};
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use backend::{Result, ctx::Ctx};
use domain::access::Area;
use http::{StatusCode, header};

use crate::auth::see_other;

pub async fn hers(State(ctx): State<Ctx>, Extension(page): Extension<Arc<Page>>) -> Response {
    match page.actor.citizen() {
        Some(who) => {
            attached(mine::data::file(&ctx, who).await, "attachment; filename=\"mine-opplysninger.json\"")
        }
        None => see_other(&routes::way_in(Area::Citizen, &page.path)),
    }
}

pub async fn visitors(State(ctx): State<Ctx>, Extension(page): Extension<Arc<Page>>) -> Response {
    match page.actor.visitor() {
        Some(who) => {
            attached(notices::mine::data::file(&ctx, who).await, "attachment; filename=\"fil.json\"")
        }
        None => see_other(&routes::way_in(Area::Victim, &page.path)),
    }
}

fn attached(file: Result<String>, as_what: &'static str) -> Response {
    match file {
        Ok(json) => {
            let headers =
                [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, as_what)];
            (headers, json).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a file of what is held could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
