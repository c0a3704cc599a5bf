//! What every page and every post of the officers begins with: who asks, and what was kept of a form. What is not theirs is
//! the page of what is not there, whatever the reason.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try,
    messages::{FormKey, ThreadRow},
};
use domain::{
    kernel::{Instant, Locale, Public},
    messages::may_answer,
};
use leptos::prelude::*;

use crate::{
    error::WireError,
    i18n::messages_desk as t,
    identity::here::{failed, staff, staff_page},
    messages::fields::{Fault, Fields},
    request::{self, Page},
    routes,
};

/// What a post comes to: it has led on, or it is not there.
pub(super) type Done = std::result::Result<(), WireError>;

/// An officer who asks, and with what.
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

    /// Drawn for each form that is shown: the same form sent twice is done once.
    pub fn key(&self) -> String {
        let drawn: FormKey = self.ctx.chance.public();
        drawn.to_string()
    }

    pub fn actor(&self) -> Actor {
        Actor::Staff(self.who.clone())
    }

    /// The form behind `?try=`, if it is this person's.
    pub async fn tried(&self, form: &'static str) -> Result<Option<Fields>> {
        let Some(key) = self.page.query("try") else { return Ok(None) };
        Ok(form_try::find(&self.ctx, &self.actor(), form, &key).await?.map(Fields::of))
    }

    /// Leads to `path` with what was typed and what is wrong with it.
    pub async fn lead(&self, form: &'static str, fields: Fields, faults: &[Fault], path: &str) -> Done {
        let fields = fields.with(faults);
        let kept = form_try::keep(&self.ctx, &self.actor(), form, fields.kept()).await;
        request::redirect(&routes::with_try(path, &kept.map_err(failed)?));
        Ok(())
    }
}

/// The officer; everybody else of the staff finds nothing here.
fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

/// Whoever posts, if it is her duty.
pub(super) fn officer() -> std::result::Result<Desk, WireError> {
    desk().filter(|desk| may_answer(&desk.who.roles)).ok_or_else(hidden)
}

pub(super) fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// What a form is about; what is no id at all is nobody's.
pub(super) fn named<T>(id: &str) -> std::result::Result<Public<T>, WireError> {
    Public::parse(id).ok_or_else(hidden)
}

/// A page of the officers, read in one piece. `None` from `make`: it is not there for this person.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| {
        let (l, may) = (desk.l, may_answer(&desk.who.roles));
        let made = make(desk);
        staff_page(l, async move { if may { made.await } else { Ok(None) } })
    })
}

/// The conversation in the address.
pub(super) fn thread_id() -> Option<Public<ThreadRow>> {
    Public::parse(&request::param("public")?)
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}
