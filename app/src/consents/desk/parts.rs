//! What every page and every post of the desk begins with. What is not theirs is the page of what is not there.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    consents::{CaseMark, Done, Undone},
    ctx::{Actor, Ctx, Staff},
    form_try,
};
use domain::{
    consents::{Dwelling, Kind, Refusal, Standing, Told, may_ask},
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use crate::{
    appeals::fields::Fields,
    error::WireError,
    i18n::{consents_desk as t, dates},
    identity::here::{failed, staff, staff_page},
    request::{self, Page},
    routes,
    ui::TagKind,
};

/// What a post comes to: it has led on, or it is not there.
pub(super) type Answer = std::result::Result<(), WireError>;

/// Whether children live there, and whether somebody has talked with them.
pub(super) const CHILDREN: [&str; 3] = ["none", "to_hear", "heard"];

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

    /// The form behind `?try=`, if it is this person's.
    pub async fn tried(&self, form: &'static str) -> Result<Fields> {
        let Some(key) = self.page.query("try") else { return Ok(Fields::default()) };
        let kept = form_try::find(&self.ctx, &self.actor(), form, &key).await?.map(Fields::of);
        Ok(kept.unwrap_or_default())
    }

    /// The same, if it is about this case.
    pub async fn tried_about(&self, form: &'static str, case: &Public<CaseMark>) -> Result<Fields> {
        let tried = self.tried(form).await?;
        Ok(if tried.value("id") == case.as_str() { tried } else { Fields::default() })
    }

    /// To the case, which says what stands; or to the same form with what was typed and what is wrong.
    pub async fn answer(
        &self,
        form: &'static str,
        case: &Public<CaseMark>,
        typed: (Fields, &'static str),
        done: Done,
    ) -> Answer {
        let path = routes::staff_home(case);
        match done {
            Ok(()) => request::redirect(&path),
            Err(undone) => return self.again(form, &path, typed, undone).await,
        }
        Ok(())
    }

    pub async fn again(
        &self,
        form: &'static str,
        path: &str,
        (fields, field): (Fields, &'static str),
        undone: Undone,
    ) -> Answer {
        if undone == Undone::Refused(Refusal::Hidden) {
            return Err(hidden());
        }
        let fields = fields.with(&undone.faults(field));
        let kept = form_try::keep(&self.ctx, &self.actor(), form, fields.kept()).await;
        request::redirect(&routes::with_try(path, &kept.map_err(failed)?));
        Ok(())
    }
}

fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

/// Whoever posts, if asking is her duty.
pub(super) fn officer() -> std::result::Result<Desk, WireError> {
    desk().filter(|desk| may_ask(&desk.who.roles)).ok_or_else(hidden)
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
        let (l, may) = (desk.l, may_ask(&desk.who.roles));
        let made = make(desk);
        staff_page(l, async move { if may { made.await } else { Ok(None) } })
    })
}

/// The case in the address.
pub(super) fn named() -> Option<Public<CaseMark>> {
    Public::parse(&request::param("public")?)
}

pub(super) fn stands(l: Locale, standing: Standing) -> (String, TagKind) {
    match standing.code() {
        "yes" => (t::stands_yes(l), TagKind::Done),
        "no" => (t::stands_no(l), TagKind::Plain),
        "talk" => (t::stands_talk(l), TagKind::Now),
        "withdrawn" => (t::stands_withdrawn(l), TagKind::Warn),
        _ => (t::stands_unanswered(l), TagKind::Waiting),
    }
}

pub(super) fn kind(l: Locale, kind: Kind) -> String {
    match kind {
        Kind::Home => t::kind_home(l),
        Kind::Child => t::kind_child(l),
    }
}

pub(super) fn dwelling(l: Locale, dwelling: Dwelling) -> String {
    match dwelling {
        Dwelling::NotSeen => t::dwelling_not_seen(l),
        Dwelling::Suitable => t::dwelling_suitable(l),
        Dwelling::Unsuitable => t::dwelling_unsuitable(l),
    }
}

pub(super) fn children(l: Locale, code: &str) -> String {
    match code {
        "to_hear" => t::children_to_hear(l),
        "heard" => t::children_heard(l),
        _ => t::children_none(l),
    }
}

/// The one sentence. It says nothing about anybody at home.
pub(super) fn told(l: Locale, told: Told) -> String {
    match told {
        Told::Wait { on } => t::told_wait(l, dates::long_date(l, on)),
        Told::Met { on } => t::told_met(l, dates::long_date(l, on)),
        Told::NotMet { on } => t::told_not_met(l, dates::long_date(l, on)),
    }
}

/// The words for what is wrong with a field.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("number", "form") => t::wrong_number(l),
        ("name", "empty") => t::wrong_name(l),
        ("reason", "empty") => t::wrong_reason(l),
        ("address", "empty") => t::wrong_address(l),
        ("email", _) => t::wrong_email(l),
        (_, "date_empty") => t::wrong_date_empty(l),
        (_, "date_past") => t::wrong_date_past(l),
        (_, "date_far") => t::wrong_date_far(l),
        (_, "date_day" | "date_month" | "date_year" | "date_no_such_day") => t::wrong_date(l),
        (_, "known") => t::wrong_known(l),
        (_, "stale") => t::wrong_stale(l),
        (_, "closed") => t::wrong_closed(l),
        (_, "too_long") => t::wrong_long(l),
        (_, "character") => t::wrong_character(l),
        _ => t::wrong_other(l),
    }
}

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}
