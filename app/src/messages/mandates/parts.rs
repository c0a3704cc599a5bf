//! What every page and every post here begins with: a case officer, and what was kept of a form of hers.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try,
};
use domain::{
    identity::may_register,
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use crate::{
    error::WireError,
    i18n::messages_mandates as t,
    identity::here::{failed, staff, staff_page},
    messages::kept::Kept,
    request::{self, Page},
    routes,
};

/// What a post comes to: it has led on, or it is not there.
pub(super) type Done = std::result::Result<(), WireError>;

#[derive(Clone)]
pub(super) struct Desk {
    pub ctx: Ctx,
    pub who: Staff,
    pub page: Arc<Page>,
    /// The language that the words have for this reader.
    pub l: Locale,
}

impl Desk {
    /// The form behind `?try=`, if it is this person's.
    pub async fn tried(&self, form: &'static str) -> Result<Option<Kept>> {
        let Some(key) = self.page.query("try") else { return Ok(None) };
        let actor = Actor::Staff(self.who.clone());
        Ok(form_try::find(&self.ctx, &actor, form, &key).await?.map(Kept::of))
    }

    /// Leads to `path` with what was typed, or with what was done.
    pub async fn lead(&self, form: &'static str, kept: Kept, path: &str) -> Done {
        let actor = Actor::Staff(self.who.clone());
        let key = form_try::keep(&self.ctx, &actor, form, kept.kept()).await.map_err(failed)?;
        request::redirect(&routes::with_try(path, &key));
        Ok(())
    }
}

/// Whoever asks, if mandates are her duty; otherwise the answer has become the way to the sign-in page, or is nothing.
fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

pub(super) fn officer() -> std::result::Result<Desk, WireError> {
    desk().filter(|desk| may_register(&desk.who.roles)).ok_or_else(|| WireError::Hidden.answered())
}

/// A page, read in one piece. `None` from `make`: it is not there for this person.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R + Send + 'static,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| {
        let (l, may) = (desk.l, may_register(&desk.who.roles));
        let made = may.then(|| make(desk));
        staff_page(l, async move {
            match made {
                Some(made) => made.await,
                None => Ok(None),
            }
        })
    })
}

/// The id in the address.
pub(super) fn named<T>() -> Option<Public<T>> {
    Public::parse(&request::param("public")?)
}
