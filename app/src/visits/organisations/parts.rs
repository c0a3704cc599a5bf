//! What the pages and posts here begin with, and what was typed into their forms on the way to the page and back.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try,
    visits::organisations,
};
use domain::{
    appeals::FieldError as Fault,
    kernel::{Locale, Public},
    visits::{clearance::forms::FormErrors, organisations::may_register},
};
use leptos::prelude::*;

use crate::{
    appeals::fields::{Fields, Words},
    error::WireError,
    i18n::{common, dates, visits_organisations as t},
    request::{self, Page},
    routes,
    ui::{DateEntry, DateLabels, DateValue},
    visits::{
        Here, failed,
        parts::{staff, staff_page},
    },
};

pub(super) type Done = std::result::Result<(), WireError>;

/// Staff whose duty it is.
#[derive(Clone)]
pub(super) struct Desk {
    pub ctx: Ctx,
    pub who: Staff,
    pub page: Arc<Page>,
    pub l: Locale,
}

fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

pub(super) fn officer() -> std::result::Result<Desk, WireError> {
    desk().filter(|desk| may_register(&desk.who.roles)).ok_or_else(hidden)
}

/// A page read in one piece. `None` from `make`: it is not there for this person.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| {
        let (l, may) = (desk.l, may_register(&desk.who.roles));
        let made = make(desk);
        staff_page(l, async move { if may { made.await } else { Ok(None) } })
    })
}

pub(super) fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// The id in the address.
pub(super) fn named<T>() -> Option<Public<T>> {
    request::param("public").and_then(|text| Public::parse(&text))
}

/// An id that a form of ours has sent.
pub(super) fn parsed<T>(text: &str) -> std::result::Result<Public<T>, WireError> {
    Public::parse(text).ok_or_else(hidden)
}

impl Desk {
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.who.clone())
    }

    pub async fn tried(&self, form: &'static str) -> Result<Fields> {
        tried(&self.ctx, &self.actor(), &self.page, form).await
    }

    pub async fn keep(&self, form: &'static str, path: &str, fields: Fields, errors: &FormErrors) -> Done {
        keep(&self.ctx, &self.actor(), (form, path), fields, errors).await
    }
}

pub(super) async fn tried_by(here: &Here, form: &'static str) -> Result<Fields> {
    tried(&here.ctx, &here.actor(), &here.page, form).await
}

pub(super) async fn keep_for(
    here: &Here,
    at: (&'static str, &str),
    fields: Fields,
    errors: &FormErrors,
) -> Done {
    keep(&here.ctx, &here.actor(), at, fields, errors).await
}

/// The form behind `?try=`, if it is this person's.
async fn tried(ctx: &Ctx, actor: &Actor, page: &Page, form: &'static str) -> Result<Fields> {
    let Some(key) = page.query("try") else { return Ok(Fields::default()) };
    Ok(form_try::find(ctx, actor, form, &key).await?.map(Fields::of).unwrap_or_default())
}

/// To the page with the form, which finds what was typed and what is wrong with it.
async fn keep(
    ctx: &Ctx,
    actor: &Actor,
    (form, path): (&'static str, &str),
    fields: Fields,
    errors: &FormErrors,
) -> Done {
    let faults: Vec<Fault> = errors.iter().map(|e| Fault { field: e.field, code: e.code }).collect();
    let fields = fields.with(&faults);
    let key = form_try::keep(ctx, actor, form, fields.kept()).await.map_err(failed)?;
    request::redirect(&routes::with_try(path, &key));
    Ok(())
}

/// Until when at the most, as a hint.
pub(super) async fn at_most(ctx: &Ctx, l: Locale) -> Result<String> {
    Ok(t::to_hint(l, dates::with_year(l, organisations::last_day(ctx).await?)))
}

/// A day in three fields, with what was typed and what is wrong.
pub(super) fn day(
    l: Locale,
    fields: &Fields,
    words: Words,
    name: &'static str,
    (legend, hint): (String, String),
) -> AnyView {
    let [day, month, year] = ["day", "month", "year"].map(|part| fields.value(&format!("{name}_{part}")));
    let labels = DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
    let (value, error) = (DateValue { day, month, year }, fields.error(l, words, name));
    view! { <DateEntry name=name legend=legend hint=hint labels=labels value=value error=error/> }.into_any()
}
