//! Who asks: the actor comes from the area of the path and from that area's cookie, never from another's.
//! What is nobody's page leads to the sign-in; the pages and functions behind still judge for themselves.

use app::{
    request::{Assets, Page},
    routes,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::{
    ctx::{Actor, Ctx},
    identity::sessions,
};
use domain::access::Area;
use http::{HeaderMap, Method, StatusCode, Uri, header};

use crate::{
    auth::{cookies, see_other},
    language,
};

#[derive(Clone)]
pub struct Identify {
    pub ctx: Ctx,
    pub assets: Assets,
}

/// Where server functions live.
pub const FUNCTIONS: &str = "/api/";

/// The area of a path: staff's pages and functions are staff's, all else is the citizens'.
pub fn area_of(path: &str) -> Area {
    let path = path.strip_prefix("/api").unwrap_or(path);
    if is_under(path, routes::STAFF) { Area::Staff } else { Area::Citizen }
}

/// Whether a path is for signed-in people alone.
pub fn is_private(path: &str) -> bool {
    path.starts_with(FUNCTIONS)
        || [routes::MY, routes::VISITS, routes::STAFF].iter().any(|root| is_under(path, root))
}

fn is_under(path: &str, root: &str) -> bool {
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

pub async fn identify(State(state): State<Identify>, mut request: Request, next: Next) -> Response {
    let (ctx, path) = (&state.ctx, request.uri().path());
    let area = area_of(path);
    let actor = match actor(ctx, area, request.headers()).await {
        Ok(actor) => actor,
        Err(error) => {
            tracing::error!(%error, "a session could not be looked up");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    if is_private(path) && matches!(actor, Actor::Anonymous) {
        return see_other(&routes::sign_in_to(&way_back(&request)));
    }
    let page = Page {
        locale: language::chosen(request.headers()),
        path: whole(request.uri()),
        area,
        actor,
        now: ctx.now(),
        demo: ctx.settings.is_demo(),
        assets: state.assets.clone(),
    };
    request.extensions_mut().insert(page);
    next.run(request).await
}

async fn actor(ctx: &Ctx, area: Area, headers: &HeaderMap) -> backend::Result<Actor> {
    let Some(token) = cookies::session(&ctx.settings, headers, area) else { return Ok(Actor::Anonymous) };
    Ok(sessions::find(ctx, area, &token).await?.map_or(Actor::Anonymous, |live| live.actor))
}

fn whole(uri: &Uri) -> String {
    uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string)
}

/// The page itself, or for a write the page that held the form.
fn way_back(request: &Request) -> String {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return routes::local(&whole(request.uri()));
    }
    let referer = request.headers().get(header::REFERER).and_then(|v| v.to_str().ok());
    let page: Option<Uri> = referer.and_then(|text| text.parse().ok());
    routes::local(&page.map(|uri| whole(&uri)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_belongs_to_one_area() {
        let table = [
            ("/", Area::Citizen, false),
            ("/my", Area::Citizen, true),
            ("/visits/book/when", Area::Citizen, true),
            ("/staff", Area::Staff, true),
            ("/staffing", Area::Citizen, false),
            ("/api/staff/decide", Area::Staff, true),
            ("/api/visits/hold", Area::Citizen, true),
        ];
        for (path, area, private) in table {
            assert_eq!((area_of(path), is_private(path)), (area, private), "{path}");
        }
    }
}
