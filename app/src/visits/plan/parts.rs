//! What every page of the plan begins with: the member of staff, the request, and the words' real language. What is
//! not theirs is the page of what is not there.

use std::sync::Arc;

use std::future::Future;

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try,
    visits::sessions::{self, UnitPlan},
};
use domain::{
    kernel::{CivilDate, Locale, Public},
    visits::booking::{Template, may_plan},
};
use leptos::prelude::*;

use super::fields::{Fields, date_labels};
use crate::{
    i18n::{common, visits_plan as t},
    request::{self, Page},
    ui::{DateEntry, ErrorSummary, Link, MaybeText, PageHead},
    visits::parts::{staff, staff_page},
};

/// Who of the staff asks, and with what.
#[derive(Clone)]
pub(super) struct Desk {
    pub ctx: Ctx,
    pub who: Staff,
    pub page: Arc<Page>,
    /// The language that the plan's words have for this reader.
    pub l: Locale,
}

impl Desk {
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.who.clone())
    }

    pub fn today(&self) -> CivilDate {
        self.page.now.date()
    }

    /// Whether this reader changes the plan; others of the unit read it.
    pub fn may_plan(&self) -> bool {
        may_plan(&self.who.roles)
    }

    /// The plan of the unit in the address. None for those who do not change it.
    pub async fn to_change(&self) -> Result<Option<UnitPlan>> {
        if !self.may_plan() {
            return Ok(None);
        }
        let unit = self.page.query("unit");
        sessions::plan(&self.ctx, &self.who, unit.as_deref()).await
    }

    /// The form behind `?try=`, if it is this person's.
    pub async fn tried(&self, form: &'static str) -> Result<Option<Fields>> {
        let Some(key) = self.page.query("try") else { return Ok(None) };
        Ok(form_try::find(&self.ctx, &self.actor(), form, &key).await?.map(Fields::of))
    }

    pub fn done(&self) -> Option<String> {
        self.page.query("done")
    }
}

/// The signed-in member of staff; otherwise the answer has become the way to the sign-in page.
pub(super) fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

/// A page that is read in one piece, once: the future itself stands in the boundary. `None` from `make`: it is not
/// there for this person.
pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| staff_page(desk.l, make(desk)))
}

/// The time in the address; what is no id at all is nobody's time.
pub(super) fn time_id() -> Option<Public<Template>> {
    Public::parse(&request::param("public")?)
}

/// A day of a form of the plan.
#[component]
pub(super) fn DayField(
    l: Locale,
    name: &'static str,
    legend: String,
    fields: Fields,
    #[prop(optional, into)] hint: MaybeText,
) -> impl IntoView {
    let (error, value, labels) = (fields.error(l, name), fields.date(name), date_labels(l));
    match fields.wrong(name) {
        Some(wrong) => view! {
            <DateEntry name=name legend=legend labels=labels value=value hint=hint error=error wrong=wrong/>
        }
        .into_any(),
        None => {
            view! { <DateEntry name=name legend=legend labels=labels value=value hint=hint error=error/> }
                .into_any()
        }
    }
}

/// The head of a form of the plan: what is wrong first, then the question.
pub(super) fn form_head(l: Locale, title: String, lead: String, back: Link, fields: &Fields) -> AnyView {
    let tab = fields.is_wrong().then(|| format!("{} {title}", common::error_prefix(l)));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageHead title=title tab=tab lead=lead back=back/>
    }
    .into_any()
}
