//! What every page and post of the auditor begins with.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try,
    trail::Undone,
};
use domain::{kernel::Locale, trail::may_audit};
use leptos::prelude::*;

use crate::{
    appeals::fields::Fields,
    error::WireError,
    i18n::trail as t,
    identity::here::{failed, staff, staff_page},
    request::{self, Page},
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
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.who.clone())
    }

    /// The form behind `?try=`, if it is this person's.
    pub async fn tried(&self, form: &'static str) -> Result<Fields> {
        let Some(key) = self.page.query("try") else { return Ok(Fields::default()) };
        let kept = form_try::find(&self.ctx, &self.actor(), form, &key).await?.map(Fields::of);
        Ok(kept.unwrap_or_default())
    }

    /// To this page, which finds the form again.
    pub async fn keep(&self, form: &'static str, path: &str, fields: &Fields) -> Answer {
        let kept = form_try::keep(&self.ctx, &self.actor(), form, fields.kept()).await;
        request::redirect(&routes::with_try(path, &kept.map_err(failed)?));
        Ok(())
    }

    pub async fn again(&self, form: &'static str, path: &str, fields: Fields, undone: &Undone) -> Answer {
        if *undone == Undone::Refused(domain::trail::Refusal::Hidden) {
            return Err(hidden());
        }
        self.keep(form, path, &fields.with(&undone.faults("outcome"))).await
    }
}

fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

/// Whoever posts, if the trail is her duty.
pub(super) fn auditor() -> std::result::Result<Desk, WireError> {
    desk().filter(|desk| may_audit(&desk.who.roles)).ok_or_else(hidden)
}

pub(super) fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// A page read in one piece. `None` from `make`: it is not there for this person.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| {
        let (l, may) = (desk.l, may_audit(&desk.who.roles));
        let made = make(desk);
        staff_page(l, async move { if may { made.await } else { Ok(None) } })
    })
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}
