//! What every page and every post of the desk begins with. What is not theirs is the page of what is not there.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    corrections::{CorrectionMark, Done, Undone},
    ctx::{Actor, Ctx, Staff},
    form_try,
};
use domain::{
    corrections::{Refusal, may_handle},
    kernel::{Instant, Locale, Public},
};
use leptos::prelude::*;

use crate::{
    corrections::fields::Fields,
    error::WireError,
    i18n::corrections as t,
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
    pub fn now(&self) -> Instant {
        self.page.now
    }

    fn actor(&self) -> Actor {
        Actor::Staff(self.who.clone())
    }

    /// The form behind `?try=`, if it is this person's and about this request.
    pub async fn tried(&self, form: &'static str, about: &Public<CorrectionMark>) -> Result<Fields> {
        let Some(key) = self.page.query("try") else { return Ok(Fields::default()) };
        let kept = form_try::find(&self.ctx, &self.actor(), form, &key).await?.map(Fields::of);
        Ok(kept.filter(|kept| kept.value("id") == about.as_str()).unwrap_or_default())
    }

    /// To the request, which says where it stands; or to the same form with what was typed and what is wrong.
    pub async fn answer(
        &self,
        form: &'static str,
        about: &Public<CorrectionMark>,
        fields: Fields,
        done: Done,
    ) -> Answer {
        let path = routes::staff_correction(about);
        match done {
            Ok(()) => request::redirect(&path),
            Err(Undone::Refused(Refusal::Hidden)) => return Err(hidden()),
            Err(undone) => {
                let fields = fields.with(&undone.faults("outcome"));
                let kept = form_try::keep(&self.ctx, &self.actor(), form, fields.kept()).await;
                request::redirect(&routes::with_try(&path, &kept.map_err(failed)?));
            }
        }
        Ok(())
    }
}

fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

/// Whoever posts, if it is her duty.
pub(super) fn posting(id: &str) -> std::result::Result<(Desk, Public<CorrectionMark>), WireError> {
    let desk = desk().filter(|desk| may_handle(&desk.who.roles)).ok_or_else(hidden)?;
    Ok((desk, Public::parse(id).ok_or_else(hidden)?))
}

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// A page of the desk, read in one piece. `None` from `make`: it is not there for this person.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| staff_page(desk.l, make(desk)))
}
