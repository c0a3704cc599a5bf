//! The calendar file of one's own visit. Anybody else's does not exist.

use std::sync::Arc;

use app::{request::Page, visits::booking};
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use backend::{
    ctx::{Citizen, Ctx},
    identity::contacts,
    visits::booking::{self as visits, VisitView},
};
use domain::{kernel::Public, visits::booking::Booking};
use http::{StatusCode, header};

pub async fn file(
    State(ctx): State<Ctx>,
    Extension(page): Extension<Arc<Page>>,
    Path(public): Path<String>,
) -> Response {
    let (Some(public), Some(who)) = (Public::parse(&public), page.actor.citizen()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match read(&ctx, who, &public).await {
        Ok(Some((visit, plain))) => {
            let headers = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"varde.ics\""),
            ];
            (headers, booking::calendar(page.locale, &visit, plain)).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a calendar file could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What stands at an address of somebody's own; whoever has the address reads it. A wrong one does not exist.
pub async fn feed(
    State(ctx): State<Ctx>,
    Extension(page): Extension<Arc<Page>>,
    Path(secret): Path<String>,
) -> Response {
    match visits::appointments(&ctx, &secret).await {
        Ok(Some(appointments)) => {
            let headers = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
            (headers, booking::feed_file(page.locale, &appointments)).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a calendar could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The visit, and whether its reader has asked for plain words.
async fn read(
    ctx: &Ctx,
    who: &Citizen,
    public: &Public<Booking>,
) -> backend::Result<Option<(VisitView, bool)>> {
    let Some(visit) = visits::visit_or_along(ctx, who, public).await? else { return Ok(None) };
    Ok(Some((visit, contacts::load(ctx, &who.person).await?.plain_words)))
}
