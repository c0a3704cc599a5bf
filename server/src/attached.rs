//! A file of a conversation, for either side, as a download alone. Anybody else's does not exist.

use std::sync::Arc;

use app::{request::Page, routes};
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use backend::{ctx::Ctx, messages::officer};
use domain::{access::Area, kernel::Public};
use http::StatusCode;

use crate::{auth::see_other, transfer};

pub async fn file(
    State(ctx): State<Ctx>,
    Extension(page): Extension<Arc<Page>>,
    Path((thread, file)): Path<(String, String)>,
) -> Response {
    if page.actor.staff().is_none() && page.actor.citizen().is_none() {
        let staff = page.bare_path().starts_with(routes::STAFF);
        let area = if staff { Area::Staff } else { Area::Citizen };
        return see_other(&routes::way_in(area, &page.path));
    }
    let (Some(thread), Some(file)) = (Public::parse(&thread), Public::parse(&file)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    transfer::download(officer::file(&ctx, &page.actor, &thread, &file).await)
}
