//! What every page and every post here begins with. What is not theirs is the page of what is not there.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try::{self, FormTry},
    visits::assisted::{self, Contact, ContactMark},
};
use domain::{
    kernel::{Locale, Public},
    visits::assisted::may_assist,
};
use leptos::prelude::*;

use super::fields::Fields;
use crate::{
    error::WireError,
    i18n::visits_assist as t,
    request::{self, Page},
    routes,
    visits::{
        failed,
        parts::{staff, staff_page},
    },
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
    fn actor(&self) -> Actor {
        Actor::Staff(self.who.clone())
    }

    pub async fn kept(&self, form: &'static str) -> Result<Option<FormTry>> {
        match self.page.query("try") {
            Some(key) => form_try::find(&self.ctx, &self.actor(), form, &key).await,
            None => Ok(None),
        }
    }

    /// The form behind `?try=`, if it is this person's.
    pub async fn tried(&self, form: &'static str) -> Result<Option<Fields>> {
        Ok(self.kept(form).await?.map(Fields::of))
    }

    /// To `path`, with what was typed and what is wrong.
    pub async fn back(&self, form: &'static str, path: &str, content: &FormTry) -> Answer {
        let key = form_try::keep(&self.ctx, &self.actor(), form, content).await.map_err(failed)?;
        request::redirect(&routes::with_try(path, &key));
        Ok(())
    }

    /// Whom the post is about.
    pub async fn contact(&self, id: &str) -> std::result::Result<Contact, WireError> {
        let id: Public<ContactMark> = Public::parse(id).ok_or_else(hidden)?;
        assisted::contact(&self.ctx, &self.who, &id).await.map_err(failed)?.ok_or_else(hidden)
    }
}

fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page }).filter(|desk| may_assist(&desk.who.roles))
}

/// Whoever posts, if it is her duty.
pub(super) fn posting() -> std::result::Result<Desk, WireError> {
    desk().ok_or_else(hidden)
}

pub(super) fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// A page of the desk, read in one piece. `None` from `make`: it is not there for this person.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    staff().map(|(ctx, who, page)| {
        let desk = Desk { ctx, who, l: t::lang(page.locale), page };
        let l = desk.l;
        let made = may_assist(&desk.who.roles).then(|| make(desk));
        staff_page(l, async move {
            match made {
                Some(made) => made.await,
                None => Ok(None),
            }
        })
    })
}

/// A page about whoever is helped under the contact in the address.
pub(super) fn contact_page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk, Contact) -> R + Send + 'static,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    let id = request::param("public").and_then(|id| Public::<ContactMark>::parse(&id));
    page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        match assisted::contact(&desk.ctx, &desk.who, &id).await? {
            Some(contact) => make(desk, contact).await,
            None => Ok(None),
        }
    })
}
