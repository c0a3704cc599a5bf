//! What every page and every post of the desk begins with. What is not theirs is the page of what is not there.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    documents::Undone,
    form_try,
};
use domain::{
    documents::{Refusal, may_handle},
    kernel::{CivilDate, Locale, Public},
};
use leptos::prelude::*;

use crate::{
    documents::fields::Fields,
    error::WireError,
    i18n::documents_desk as t,
    identity::here::{failed, staff, staff_page},
    request::{self, Page},
    routes,
    ui::DateValue,
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
    pub fn today(&self) -> CivilDate {
        self.page.now.date()
    }

    fn actor(&self) -> Actor {
        Actor::Staff(self.who.clone())
    }

    /// The form behind `?try=`, if it is this person's and about this.
    pub async fn tried(&self, form: &'static str, about: &str) -> Result<Fields> {
        let Some(key) = self.page.query("try") else { return Ok(Fields::default()) };
        let kept = form_try::find(&self.ctx, &self.actor(), form, &key).await?.map(Fields::of);
        Ok(kept.filter(|kept| kept.value("id") == about).unwrap_or_default())
    }

    /// To the same page with what was typed and what is wrong with it.
    pub async fn refuse(&self, form: &'static str, fields: Fields, undone: Undone, path: &str) -> Answer {
        if undone == Undone::Refused(Refusal::Hidden) {
            return Err(hidden());
        }
        let fields = fields.with(&undone.faults("form"));
        let kept = form_try::keep(&self.ctx, &self.actor(), form, fields.kept()).await;
        request::redirect(&routes::with_try(path, &kept.map_err(failed)?));
        Ok(())
    }
}

fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

/// Whoever posts, if documents are her work.
pub(super) fn posting() -> std::result::Result<Desk, WireError> {
    desk().filter(|desk| may_handle(&desk.who.roles)).ok_or_else(hidden)
}

pub(super) fn named<T>(id: &str) -> std::result::Result<Public<T>, WireError> {
    Public::parse(id).ok_or_else(hidden)
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
        let (l, may) = (desk.l, may_handle(&desk.who.roles));
        let made = make(desk);
        staff_page(l, async move { if may { made.await } else { Ok(None) } })
    })
}

/// A day as its three fields have it.
pub(super) fn date_value(date: CivilDate) -> DateValue {
    let iso = date.iso();
    let part =
        |from: usize, to: usize| iso.get(from..to).unwrap_or_default().trim_start_matches('0').to_owned();
    DateValue { day: part(8, 10), month: part(5, 7), year: part(0, 4) }
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}
