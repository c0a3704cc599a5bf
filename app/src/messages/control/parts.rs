//! What every page and every post of the control desk begins with: who asks, and what was kept of a form. What is not her duty
//! is the page of what is not there.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try,
};
use domain::{
    kernel::{Instant, Locale, Public},
    messages::{may_control, may_oversee},
};
use leptos::prelude::*;

use crate::{
    error::WireError,
    i18n::messages_control as t,
    identity::here::{failed, staff, staff_page},
    messages::kept::Kept,
    request::{self, Page},
    routes,
};

/// What a post comes to: it has led on, or it is not there.
pub(super) type Done = std::result::Result<(), WireError>;

/// Who of the staff asks, and with what.
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

    /// Reads letters and decides on them.
    pub fn may_control(&self) -> bool {
        may_control(&self.who.roles)
    }

    /// Sees how long things wait.
    pub fn may_oversee(&self) -> bool {
        may_oversee(&self.who.roles)
    }

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

/// The signed-in member of staff; otherwise the answer has become the way to the sign-in page.
fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

/// Whoever posts, if control is her duty.
pub(super) fn controller() -> std::result::Result<Desk, WireError> {
    desk().filter(Desk::may_control).ok_or_else(|| WireError::Hidden.answered())
}

/// Whoever posts, if how control goes is her duty.
pub(super) fn overseer() -> std::result::Result<Desk, WireError> {
    desk().filter(Desk::may_oversee).ok_or_else(|| WireError::Hidden.answered())
}

/// A page, read in one piece. `None` from `make`: it is not there for this person.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| staff_page(desk.l, make(desk)))
}

/// The id in the address.
pub(super) fn named<T>() -> Option<Public<T>> {
    Public::parse(&request::param("public")?)
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}
