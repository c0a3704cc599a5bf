//! What is open on a screen hears when there is something new in it: a stream of events for a conversation or for letters of
//! one's own. It holds no words and no ids, only that there is something; it ends with that, with the session, and when what
//! was open is hers no longer. Anybody else's does not exist. Listening is no activity: no session lives longer for it.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::request::Page;
use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use backend::{
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    identity::sessions,
    messages::{ThreadRow, live},
};
use domain::kernel::{Instant, Public};
use futures_util::stream::{self, Stream};
use http::StatusCode;
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Something between two looks, so that a line that has gone is noticed.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

#[derive(Clone)]
struct Live {
    ctx: Ctx,
    all: Arc<Semaphore>,
    each: Arc<Mutex<HashMap<String, usize>>>,
}

pub fn router(ctx: &Ctx) -> Router {
    let all = Arc::new(Semaphore::new(ctx.settings.limits.live_streams));
    let live = Live { ctx: ctx.clone(), all, each: Arc::default() };
    Router::new()
        .route("/messages/{public}/live", get(thread))
        .route("/my/letters/{public}/live", get(letters))
        .with_state(live)
}

#[derive(Deserialize)]
struct Seen {
    /// The mark that the page was made with.
    #[serde(default)]
    seen: i64,
}

enum What {
    Thread(Public<ThreadRow>),
    Letters(Public<Inmate>),
}

impl What {
    async fn mark(&self, ctx: &Ctx, who: &Citizen) -> backend::Result<Option<i64>> {
        match self {
            Self::Thread(thread) => live::thread(ctx, who, thread).await,
            Self::Letters(inmate) => live::letters(ctx, who, inmate).await,
        }
    }
}

async fn thread(
    State(live): State<Live>,
    Extension(page): Extension<Arc<Page>>,
    Path(public): Path<String>,
    Query(seen): Query<Seen>,
) -> Response {
    live.answer(&page, Public::parse(&public).map(What::Thread), seen.seen).await
}

async fn letters(
    State(live): State<Live>,
    Extension(page): Extension<Arc<Page>>,
    Path(public): Path<String>,
    Query(seen): Query<Seen>,
) -> Response {
    live.answer(&page, Public::parse(&public).map(What::Letters), seen.seen).await
}

impl Live {
    async fn answer(self, page: &Page, what: Option<What>, seen: i64) -> Response {
        let (Some(what), Some(who), Some(end)) = (what, page.actor.citizen(), page.session) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        match what.mark(&self.ctx, who).await {
            Ok(Some(_)) => {}
            Ok(None) => return StatusCode::NOT_FOUND.into_response(),
            Err(error) => {
                tracing::error!(%error, "what is new could not be asked for");
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
        }
        // A browser that is told so does not ask again.
        let Some(place) = self.place(who) else { return StatusCode::NO_CONTENT.into_response() };
        let until = end.idle.min(end.absolute);
        let listener = Listener { ctx: self.ctx, who: who.clone(), what, seen, until, place };
        Sse::new(listener.events()).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE)).into_response()
    }

    fn place(&self, who: &Citizen) -> Option<Place> {
        let all = self.all.clone().try_acquire_owned().ok()?;
        let session = who.session.as_str().to_owned();
        let mut each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
        let open = each.entry(session.clone()).or_default();
        if *open >= self.ctx.settings.limits.live_each {
            return None;
        }
        *open += 1;
        Some(Place { session, each: self.each.clone(), _all: all })
    }
}

/// One of the streams there may be; given back when it ends, however it ends.
struct Place {
    session: String,
    each: Arc<Mutex<HashMap<String, usize>>>,
    _all: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = each.get_mut(&self.session) {
            *open -= 1;
            if *open == 0 {
                each.remove(&self.session);
            }
        }
    }
}

struct Listener {
    ctx: Ctx,
    who: Citizen,
    what: What,
    seen: i64,
    until: Instant,
    place: Place,
}

impl Listener {
    /// One event at most: the page that shows it is another page, and listens anew.
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(Some(self), |state: Option<Self>| async move {
            let listener = state?;
            let told = listener.wait().await;
            drop(listener.place);
            Some((Ok(Event::default().event(told).data("1")), None))
        })
    }

    async fn wait(&self) -> &'static str {
        let pause = Duration::from_secs(self.ctx.settings.limits.live_seconds.max(1));
        loop {
            match self.is_new().await {
                Ok(Some(true)) => return "new",
                Ok(Some(false)) => {}
                Ok(None) => return "end",
                Err(error) if error.passes() => tracing::warn!(%error, "a look at what is new was left out"),
                Err(error) => {
                    tracing::error!(%error, "what is new could not be asked for");
                    return "end";
                }
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// None: there is nothing to listen to any more.
    async fn is_new(&self) -> backend::Result<Option<bool>> {
        if self.ctx.now() >= self.until || !sessions::is_open(&self.ctx, &self.who.session).await? {
            return Ok(None);
        }
        Ok(self.what.mark(&self.ctx, &self.who).await?.map(|mark| mark != self.seen))
    }
}
