//! What every page and every post of the desk begins with. What is not theirs is the page of what is not there.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    appeals::{AppealMark, Done, Undone},
    ctx::{Actor, Ctx, Staff},
    form_try,
};
use domain::{
    appeals::{Refusal, may_see},
    kernel::{Instant, Locale, Public},
};
use leptos::prelude::*;

use crate::{
    appeals::fields::Fields,
    error::WireError,
    i18n::appeals_desk as t,
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

    /// The form behind `?try=`, if it is this person's and about this appeal.
    pub async fn tried(&self, form: &'static str, about: &Public<AppealMark>) -> Result<Option<Fields>> {
        let Some(key) = self.page.query("try") else { return Ok(None) };
        let kept = form_try::find(&self.ctx, &self.actor(), form, &key).await?.map(Fields::of);
        Ok(kept.filter(|kept| kept.value("id") == about.as_str()))
    }

    /// To the appeal, which says where it stands; or to the same form with what was typed and what is wrong.
    pub async fn answer(
        &self,
        form: &'static str,
        about: &Public<AppealMark>,
        (fields, field): (Fields, &'static str),
        done: Done,
    ) -> Answer {
        let path = routes::staff_appeal(about);
        match done {
            Ok(()) => request::redirect(&path),
            Err(Undone::Refused(Refusal::Hidden)) => return Err(hidden()),
            Err(undone) => {
                let fields = fields.with(&undone.faults(field));
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

/// Whoever posts, if appeals are her duty.
pub(super) fn posting(id: &str) -> std::result::Result<(Desk, Public<AppealMark>), WireError> {
    let desk = desk().filter(|desk| may_see(&desk.who.roles)).ok_or_else(hidden)?;
    Ok((desk, Public::parse(id).ok_or_else(hidden)?))
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
    desk().map(|desk| {
        let (l, may) = (desk.l, may_see(&desk.who.roles));
        let made = make(desk);
        staff_page(l, async move { if may { made.await } else { Ok(None) } })
    })
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}
