//! What every page and server function of somebody signed in begins with: who asks, and the context to ask in.
//! Nobody signed in never reaches the body of a page here; what breaks becomes the page of what broke.

use std::sync::Arc;

use std::future::Future;

use backend::{
    Error, Result,
    ctx::{Actor, Citizen, Ctx, Staff},
    form_try::{self, FormTry},
};
use domain::{access::Area, kernel::Locale};
use leptos::prelude::*;

use super::require;
use crate::{
    error::WireError,
    public::{NotFound, broken},
    request::{self, Page},
    routes,
};

/// Who asks, where, and with what.
#[derive(Clone)]
pub(crate) struct Here {
    pub ctx: Ctx,
    pub who: Citizen,
    pub page: Arc<Page>,
    /// The language that the page's words have for this reader.
    l: Locale,
}

impl Here {
    pub fn locale(&self) -> Locale {
        self.l
    }

    pub fn actor(&self) -> Actor {
        Actor::Citizen(self.who.clone())
    }
}

/// The signed-in citizen of this request; otherwise the answer has become the way to the sign-in page.
pub(crate) fn here() -> Option<Here> {
    let signed_in = require(Area::Citizen);
    let page = request::page();
    let who = page.actor.citizen().filter(|_| signed_in)?.clone();
    let l = page.locale;
    Some(Here { ctx: use_context::<Ctx>()?, who, page, l })
}

/// A page that is read in one piece, with dates and words in one language, which it carries.
///
/// The future itself stands in the boundary, not a closure that makes it: the renderer calls a closure several
/// times, and each time everything would be read again.
pub(crate) fn page<F, R>(slice: &'static str, make: F) -> impl IntoView
where
    F: FnOnce(Here) -> R,
    R: Future<Output = Result<AnyView>> + Send + 'static,
{
    here().map(|here| {
        let l = crate::i18n::lang_of(slice, here.page.locale);
        let (lang, made) = (l.code(), make(Here { l, ..here }));
        let made = Suspend::new(async move { made.await.unwrap_or_else(|error| broken(&error)) });
        view! { <div lang=lang><Suspense>{made}</Suspense></div> }
    })
}

/// The signed-in member of staff, and the context to ask in; otherwise the answer has become the way to the sign-in
/// page.
pub(crate) fn staff() -> Option<(Ctx, Staff, Arc<Page>)> {
    let signed_in = require(Area::Staff);
    let page = request::page();
    let who = page.actor.staff().filter(|_| signed_in)?.clone();
    Some((use_context::<Ctx>()?, who, page))
}

/// A page of staff, read in one piece, its words in this language. `None`: it is not there for this person.
///
/// The future itself stands in the boundary, not a closure that makes it: the renderer calls a closure several
/// times, and every look would be logged as often.
pub(crate) fn staff_page(
    l: Locale,
    made: impl Future<Output = Result<Option<AnyView>>> + Send + 'static,
) -> impl IntoView {
    let made = Suspend::new(async move {
        match made.await {
            Ok(Some(view)) => view! { <div lang=l.code()>{view}</div> }.into_any(),
            Ok(None) => view! { <NotFound/> }.into_any(),
            Err(error) => broken(&error),
        }
    });
    view! { <Suspense>{made}</Suspense> }
}

/// What a server function answers when the backend could not. The page gives a reference and offers to send the same
/// form again; it claims nothing, for a commit whose answer was lost may have been kept.
pub(crate) fn failed(error: Error) -> WireError {
    tracing::error!(%error, "a form could not be carried out");
    if error.passes() { WireError::Busy.answered() } else { WireError::Server.answered() }
}

/// She has to prove anew who she is; what was typed waits sealed on the page she comes back to.
pub(crate) async fn prove(
    here: &Here,
    form: &'static str,
    page: &str,
    content: &FormTry,
) -> std::result::Result<(), WireError> {
    let key = form_try::keep(&here.ctx, &here.actor(), form, content).await.map_err(failed)?;
    request::redirect(&routes::prove_yourself(&routes::with_kept(page, &key)));
    Ok(())
}
