//! What the list and its posts begin with. What is not theirs is the page of what is not there.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try::{self, FormTry},
};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use crate::{
    error::WireError,
    i18n::desk_work as t,
    identity::here::{failed, staff, staff_page},
    request::Page,
    routes,
};

/// What a post comes to: it has led on, or it is not there.
pub(super) type Answer = std::result::Result<(), WireError>;

#[derive(Clone)]
pub(super) struct Desk {
    pub ctx: Ctx,
    pub who: Staff,
    pub page: Arc<Page>,
    /// The language that the words have for this reader.
    pub l: Locale,
}

impl Desk {
    pub fn now(&self) -> Instant {
        self.page.now
    }

    fn actor(&self) -> Actor {
        Actor::Staff(self.who.clone())
    }

    /// What is kept under the key in this part of the address, if it is this person's.
    pub async fn kept(&self, form: &'static str, name: &str) -> Result<Option<FormTry>> {
        match self.page.query(name) {
            Some(key) => form_try::find(&self.ctx, &self.actor(), form, &key).await,
            None => Ok(None),
        }
    }

    pub async fn kept_under(&self, form: &'static str, key: &str) -> Result<Option<FormTry>> {
        form_try::find(&self.ctx, &self.actor(), form, key).await
    }

    pub async fn keep(
        &self,
        form: &'static str,
        content: &FormTry,
    ) -> std::result::Result<String, WireError> {
        form_try::keep(&self.ctx, &self.actor(), form, content).await.map_err(failed)
    }
}

fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

pub(super) fn posting() -> std::result::Result<Desk, WireError> {
    desk().ok_or_else(hidden)
}

pub(super) fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// Back to the list as it was chosen; anything else leads to all of it.
pub(super) fn back_to(path: &str) -> String {
    let ours = path == routes::STAFF_WORK || path.starts_with(&format!("{}?", routes::STAFF_WORK));
    if ours { routes::local(path) } else { routes::STAFF_WORK.to_owned() }
}

/// A page of the list, read in one piece. `None` from `make`: it is not there for this person.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| staff_page(desk.l, make(desk)))
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}
