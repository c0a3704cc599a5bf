//! What the pages and the post here begin with. What is not theirs is the page of what is not there.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try,
    visits::clearance::LookReason,
};
use domain::{
    inmates::may_open,
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use crate::{
    appeals::fields::Fields,
    error::WireError,
    i18n::inmates as t,
    identity::here::{failed, staff, staff_page},
    request::{self, Page},
    routes,
};

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

    /// The reason that stands in the address, if it is one of the closed list.
    pub fn reason(&self) -> Option<LookReason> {
        self.page.query("reason").and_then(|code| LookReason::parse(&code))
    }

    /// The form behind `?try=`, if it is this person's.
    pub async fn tried(&self, form: &'static str) -> Result<Fields> {
        let Some(key) = self.page.query("try") else { return Ok(Fields::default()) };
        let kept = form_try::find(&self.ctx, &self.actor(), form, &key).await?.map(Fields::of);
        Ok(kept.unwrap_or_default())
    }

    /// To this page, which finds the form again.
    pub async fn keep(
        &self,
        form: &'static str,
        path: &str,
        fields: &Fields,
    ) -> std::result::Result<(), WireError> {
        let kept = form_try::keep(&self.ctx, &self.actor(), form, fields.kept()).await;
        request::redirect(&routes::with_try(path, &kept.map_err(failed)?));
        Ok(())
    }
}

/// The signed-in member of staff whose duty it is; to others none of it is there.
pub(super) fn reader() -> std::result::Result<Desk, WireError> {
    desk().filter(|desk| may_open(&desk.who.roles)).ok_or_else(hidden)
}

fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

/// A page read in one piece. `None` from `make`: it is not there for this person.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| {
        let (l, may) = (desk.l, may_open(&desk.who.roles));
        let made = make(desk);
        staff_page(l, async move { if may { made.await } else { Ok(None) } })
    })
}

/// An id that a form of ours has sent.
pub(super) fn parsed<T>(text: &str) -> std::result::Result<Public<T>, WireError> {
    Public::parse(text).ok_or_else(|| WireError::Malformed.answered())
}

pub(super) fn hidden() -> WireError {
    WireError::Hidden.answered()
}
