//! What every page and server function of this area begins with: who asks, and the context to ask in.

use std::{collections::BTreeMap, future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Visitor},
    form_try::{self, FieldError, FormTry},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use crate::{
    error::WireError,
    i18n,
    identity::here::failed,
    public::broken,
    request::{self, Page},
    routes,
};

/// The slice of words of this area.
const WORDS: &str = "notices_mine";

/// Who asks, where, and with what.
#[derive(Clone)]
pub(super) struct Here {
    pub ctx: Ctx,
    pub who: Visitor,
    pub page: Arc<Page>,
    /// The language that the words here have for this reader.
    pub l: Locale,
}

impl Here {
    pub fn actor(&self) -> Actor {
        Actor::Visitor(self.who.clone())
    }

    /// She has signed in anew a moment ago.
    pub fn is_fresh(&self) -> bool {
        self.who.has_proved_herself(self.page.now)
    }
}

/// Whoever is signed in here; nobody of another area ever is.
pub(super) fn here() -> Option<Here> {
    let page = request::page();
    let who = page.actor.visitor()?.clone();
    let l = i18n::lang_of(WORDS, page.locale);
    Some(Here { ctx: use_context::<Ctx>()?, who, page, l })
}

/// A page of hers, read in one piece, in the language that it carries. Nobody signed in never reaches its body.
///
/// The future itself stands in the boundary, not a closure that makes it: the renderer calls a closure several times.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Here) -> R,
    R: Future<Output = Result<AnyView>> + Send + 'static,
{
    let here = here();
    if here.is_none() {
        let page = request::page();
        request::redirect(&routes::message_to(&page.path));
    }
    here.map(|here| {
        let (lang, made) = (here.l.code(), make(here));
        let made = Suspend::new(async move { made.await.unwrap_or_else(|error| broken(&error)) });
        view! { <div lang=lang><Suspense>{made}</Suspense></div> }
    })
}

pub(super) type Done = std::result::Result<(), WireError>;

/// The identify layer has turned everybody else away already; this is the second look.
pub(super) fn signed_in() -> std::result::Result<Here, WireError> {
    here().ok_or_else(|| WireError::Hidden.answered())
}

/// What was typed, by field.
pub(super) fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(super) fn fault(field: &str, code: &str) -> FieldError {
    FieldError { field: field.to_owned(), code: code.to_owned() }
}

/// Back to the page of the form, with what was typed and what is wrong with it.
pub(super) async fn refused(here: &Here, form: &'static str, page: &str, content: &FormTry) -> Done {
    let key = form_try::keep(&here.ctx, &here.actor(), form, content).await.map_err(failed)?;
    request::redirect(&routes::with_try(page, &key));
    Ok(())
}

/// She has to prove anew who she is; what was typed waits sealed on the page she comes back to.
pub(super) async fn prove(
    here: &Here,
    form: &'static str,
    page: &str,
    values: BTreeMap<String, String>,
) -> Done {
    let content = FormTry { values, errors: vec![] };
    let key = form_try::keep(&here.ctx, &here.actor(), form, &content).await.map_err(failed)?;
    request::redirect(&routes::message_prove(&routes::with_kept(page, &key)));
    Ok(())
}

/// What was typed and refused, or kept when it had to wait.
pub(super) async fn tried(here: &Here, form: &'static str) -> Result<Option<FormTry>> {
    match here.page.query("try") {
        Some(key) => form_try::find(&here.ctx, &here.actor(), form, &key).await,
        None => Ok(None),
    }
}
