//! A file of a document, for the staff whose work it is, as a download alone; and her receipt as a paper. Anybody else's does not
//! exist.

use std::sync::Arc;

use app::{request::Page, routes};
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use backend::{ctx::Ctx, documents};
use domain::{access::Area, kernel::Public};
use http::{StatusCode, header};

use crate::{auth::see_other, transfer};

pub async fn file(
    State(ctx): State<Ctx>,
    Extension(page): Extension<Arc<Page>>,
    Path((document, file)): Path<(String, String)>,
) -> Response {
    let Some(staff) = page.actor.staff() else {
        return see_other(&routes::way_in(Area::Staff, &page.path));
    };
    let (Some(document), Some(file)) = (Public::parse(&document), Public::parse(&file)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    transfer::download(documents::file(&ctx, staff, &document, &file).await)
}

pub async fn receipt(
    State(ctx): State<Ctx>,
    Extension(page): Extension<Arc<Page>>,
    Path(document): Path<String>,
) -> Response {
    let Some(who) = page.actor.citizen() else {
        return see_other(&routes::way_in(Area::Citizen, &page.path));
    };
    let Some(document) = Public::parse(&document) else { return StatusCode::NOT_FOUND.into_response() };
    let paper = match documents::document(&ctx, who, &document).await {
        Ok(Some(document)) => app::documents::mine::paper(page.locale, &document),
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => Err(error),
    };
    match paper {
        Ok(pdf) => {
            let headers = [
                (header::CONTENT_TYPE, "application/pdf"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"kvittering.pdf\""),
            ];
            (headers, pdf).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a receipt could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
