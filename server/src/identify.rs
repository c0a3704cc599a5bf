//! Who asks: the actor comes from the area of the path and from that area's cookie, never from another's.
//! What is nobody's page leads to the sign-in; the pages and functions behind still judge for themselves.

use std::sync::Arc;

use app::{
    request::{Assets, Page, SessionEnd},
    routes,
};
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::{
    ctx::{Actor, Ctx},
    messages::news::{self, Unread},
    work::{self, Waiting},
};
use domain::access::{Area, Level};
use http::{HeaderMap, Method};

use crate::{
    auth::{cookies, sessions},
    ended, faults, language,
};

#[derive(Clone)]
pub struct Identify {
    pub ctx: Ctx,
    pub assets: Arc<Assets>,
}

/// Where server functions live.
pub const FUNCTIONS: &str = "/api/";

/// The area of a path: staff's pages and functions are staff's, all else is the citizens'.
pub fn area_of(path: &str) -> Area {
    let path = path.strip_prefix("/api").unwrap_or(path);
    match path {
        path if is_under(path, routes::STAFF) => Area::Staff,
        path if is_under(path, routes::MESSAGE) => Area::Victim,
        _ => Area::Citizen,
    }
}

/// Whether a path is for signed-in people alone.
pub fn is_private(path: &str) -> bool {
    if routes::is_open(path) {
        return false;
    }
    path.starts_with(FUNCTIONS)
        || [routes::MY, routes::VISITS, routes::MESSAGES, routes::STAFF].iter().any(|root| is_under(path, root))
        // Its front page is the entrance itself.
        || (is_under(path, routes::MESSAGE) && path != routes::MESSAGE)
}

fn is_under(path: &str, root: &str) -> bool {
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

pub async fn identify(State(state): State<Identify>, mut request: Request, next: Next) -> Response {
    let (ctx, path) = (&state.ctx, request.uri().path());
    let area = area_of(path);
    let live = match live(ctx, area, request.headers()).await {
        Ok(live) => live,
        Err(error) => {
            tracing::error!(%error, "a session could not be looked up");
            return faults::status(&error).into_response();
        }
    };
    if is_private(path) && live.is_none() {
        return ended::turned_away(ctx, area, request).await;
    }
    let session = live.as_ref().map(|live| SessionEnd { idle: live.idle_end, absolute: live.absolute_end });
    let actor = live.map_or(Actor::Anonymous, |live| live.actor);
    let menu = draws_menu(&request);
    let unread = if menu { unread(ctx, &actor, path).await } else { Unread::default() };
    let work = if menu { waiting(ctx, &actor).await } else { Waiting::default() };
    let page = Page {
        locale: language::chosen(request.headers()),
        path: ended::whole(request.uri()),
        area,
        actor,
        session,
        unread,
        work,
        now: ctx.now(),
        demo: ctx.settings.is_demo(),
        assets: state.assets.clone(),
    };
    request.extensions_mut().insert(Arc::new(page));
    next.run(request).await
}

/// Only a page has a menu: not what a form is sent to, no file, no stream, and no way elsewhere.
fn draws_menu(request: &Request) -> bool {
    let pattern = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    *request.method() == Method::GET
        && pattern.is_some_and(|at| app::PAGES.iter().any(|(page, _)| *page == at))
}

/// For the menu of her pages. What cannot be counted is not shown; the page itself says what broke.
async fn unread(ctx: &Ctx, actor: &Actor, path: &str) -> Unread {
    let Some(who) = actor.citizen() else { return Unread::default() };
    let (thread, inmate) = (routes::thread_at(path), routes::letters_at(path));
    let mut unread = news::unread_beside(ctx, who, thread, inmate).await.unwrap_or_else(|error| {
        tracing::error!(%error, "unread messages could not be counted");
        Unread::default()
    });
    // Below the high level nobody is told that there are clients.
    if who.level != Level::High {
        (unread.lawyer, unread.client) = (0, 0);
    }
    unread
}

/// For the menu of staff, and for the list itself. What cannot be counted is not shown.
async fn waiting(ctx: &Ctx, actor: &Actor) -> Waiting {
    let Some(who) = actor.staff() else { return Waiting::default() };
    work::waiting(ctx, who).await.unwrap_or_else(|error| {
        tracing::error!(%error, "work could not be counted");
        Waiting::default()
    })
}

/// Whoever is signed in to an area, by its cookie.
pub(crate) async fn live(
    ctx: &Ctx,
    area: Area,
    headers: &HeaderMap,
) -> backend::Result<Option<sessions::Live>> {
    match cookies::session(&ctx.settings, headers, area) {
        Some(token) => sessions::find(ctx, area, &token).await,
        None => Ok(None),
    }
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
            ("/messages", Area::Citizen, true),
            ("/messages/new", Area::Citizen, true),
            ("/api/messages/new", Area::Citizen, true),
            ("/staffing", Area::Citizen, false),
            ("/api/staff/decide", Area::Staff, true),
            ("/api/visits/hold", Area::Citizen, true),
            ("/api/my/contact", Area::Citizen, true),
            ("/worried", Area::Citizen, false),
            ("/api/worried", Area::Citizen, false),
            ("/api/worried/more", Area::Citizen, true),
            ("/api/staff/worried", Area::Staff, true),
            ("/visits/without-eid", Area::Citizen, false),
            ("/visits/without-eid/form", Area::Citizen, false),
            ("/visits/without-eids", Area::Citizen, true),
            ("/api/without-eid/form", Area::Citizen, false),
            ("/track", Area::Citizen, false),
            ("/api/track/code", Area::Citizen, false),
            ("/message", Area::Victim, false),
            ("/message/wishes", Area::Victim, true),
            ("/api/message/ask", Area::Victim, true),
            ("/demo/mail", Area::Citizen, false),
            ("/files/form", Area::Citizen, false),
            ("/staff/files", Area::Staff, true),
        ];
        for (path, area, private) in table {
            assert_eq!((area_of(path), is_private(path)), (area, private), "{path}");
        }
    }
}
