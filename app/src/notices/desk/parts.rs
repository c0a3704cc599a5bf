//! What every page and every post of the notices' staff begins with: who asks, with which duty, and what was kept of a form.
//! What is not theirs is the page of what is not there, whatever the reason.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try,
};
use domain::{
    access::Role,
    kernel::{Instant, Locale, Public},
};
use leptos::prelude::*;

use super::fields::{Fault, Fields};
use crate::{
    error::WireError,
    i18n::notices_desk as t,
    identity::here::{failed, staff, staff_page},
    request::{self, Page},
    routes,
};

/// What a post comes to: it has led on, or it is not there.
pub(in crate::notices) type Done = std::result::Result<(), WireError>;

/// Who of the staff asks, and with what.
#[derive(Clone)]
pub(in crate::notices) struct Desk {
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

    pub fn has(&self, role: Role) -> bool {
        self.who.roles.contains(&role)
    }

    fn actor(&self) -> Actor {
        Actor::Staff(self.who.clone())
    }

    /// The form behind `?try=`, if it is this person's.
    pub async fn tried(&self, form: &'static str) -> Result<Option<Fields>> {
        let Some(key) = self.page.query("try") else { return Ok(None) };
        Ok(form_try::find(&self.ctx, &self.actor(), form, &key).await?.map(Fields::of))
    }

    /// The same, if it is about this one.
    pub async fn tried_of<T>(&self, form: &'static str, public: &Public<T>) -> Result<Option<Fields>> {
        Ok(self.tried(form).await?.filter(|fields| fields.value("id") == public.as_str()))
    }

    /// Leads to `path` with what was typed, or with what was done.
    pub async fn lead(&self, form: &'static str, fields: Fields, path: &str) -> Done {
        let kept = form_try::keep(&self.ctx, &self.actor(), form, fields.kept()).await;
        request::redirect(&routes::with_try(path, &kept.map_err(failed)?));
        Ok(())
    }

    /// Back to `path`: this is wrong with what was typed.
    pub async fn refuse(&self, form: &'static str, typed: Fields, faults: &[Fault], path: &str) -> Done {
        self.lead(form, typed.with(faults), path).await
    }

    /// Where somebody of the notices begins: the officer at her list, the others at the duty desk.
    pub fn home(&self) -> &'static str {
        if self.has(Role::VictimOfficer) { routes::STAFF_NOTICES } else { routes::STAFF_DUTY }
    }
}

/// The signed-in member of staff; otherwise the answer has become the way to the sign-in page.
fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

/// Whoever posts, if it is her duty.
pub(in crate::notices) fn of(roles: &[Role]) -> std::result::Result<Desk, WireError> {
    let desk = desk().filter(|desk| roles.iter().any(|role| desk.has(*role)));
    desk.ok_or_else(|| WireError::Hidden.answered())
}

/// What a form is about; what is no id at all is nobody's.
pub(in crate::notices) fn about<T>(id: &str) -> std::result::Result<Public<T>, WireError> {
    Public::parse(id).ok_or_else(|| WireError::Hidden.answered())
}

/// A page, read in one piece. `None` from `make`: it is not there for this person.
pub(in crate::notices) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| staff_page(desk.l, make(desk)))
}

/// The id in the address.
pub(in crate::notices) fn named<T>() -> Option<Public<T>> {
    Public::parse(&request::param("public")?)
}

/// The address of a form.
pub(in crate::notices) fn action(form: &str) -> String {
    format!("/api/{form}")
}
