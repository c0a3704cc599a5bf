//! What every page of the desk begins with: the member of staff, the request, and the words' real language.
//! What is not theirs is the page of what is not there, whatever the reason.

use std::sync::Arc;

use std::future::Future;

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try,
    visits::clearance::{Application, LookReason},
};
use domain::{
    kernel::{CivilDate, Locale, Public},
    visits::clearance::{may_decide, may_read},
};
use leptos::prelude::*;

use super::fields::Fields;
use crate::{
    i18n::visits_desk as t,
    request::{self, Page},
    routes,
    visits::parts::{staff, staff_page},
};

/// Who of the staff asks, and with what.
#[derive(Clone)]
pub(super) struct Desk {
    pub ctx: Ctx,
    pub who: Staff,
    pub page: Arc<Page>,
    /// The language that the desk's words have for this reader.
    pub l: Locale,
}

impl Desk {
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.who.clone())
    }

    pub fn today(&self) -> CivilDate {
        self.page.now.date()
    }

    /// Case officers take a case further; others read.
    pub fn is_officer(&self) -> bool {
        may_decide(&self.who.roles)
    }

    /// Whose work the applications are. Others of the staff have no need to know them.
    pub fn may_read(&self) -> bool {
        may_read(&self.who.roles)
    }

    /// The reason that stands in the address, if it is one of the closed list.
    pub fn reason(&self) -> Option<LookReason> {
        self.page.query("reason").and_then(|code| LookReason::parse(&code))
    }

    /// The form behind `?try=`, if it is this person's.
    pub async fn tried(&self, form: &'static str) -> Result<Option<Fields>> {
        match self.page.query("try") {
            Some(key) => self.kept(form, &key).await,
            None => Ok(None),
        }
    }

    pub async fn kept(&self, form: &'static str, key: &str) -> Result<Option<Fields>> {
        Ok(form_try::find(&self.ctx, &self.actor(), form, key).await?.map(Fields::of))
    }
}

/// The signed-in member of staff; otherwise the answer has become the way to the sign-in page.
pub(super) fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

/// A page of the desk, read in one piece. `None` from `make`: it is not there for this person.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| staff_page(desk.l, make(desk)))
}

/// The id in the address; what is no id at all is nobody's case.
pub(super) fn case_id() -> Option<Public<Application>> {
    Public::parse(&request::param("public")?)
}

/// The address of a case, opened for this reason.
pub(super) fn case_path(public: &Public<Application>, reason: LookReason) -> String {
    routes::staff_case(public, reason.code())
}
