//! Who comes along on a visit that is booked for an organisation: whoever booked it changes that, and the time stays.

use backend::{
    Error, Result,
    identity::delegates::Acting,
    visits::booking::{
        VisitView,
        counsel::company::{self as coming, Choices, Wanted},
    },
};
use domain::{
    kernel::{Locale, Public},
    visits::{
        booking::{Refusal, SessionKind, Way},
        organisations::OrganisationPerson,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    super::{
        api::action,
        told::{self, Again, Told},
        visit::own,
    },
    api::hidden,
    company::{KEPT, WITH, field, words},
    side::right_of,
};
use crate::{
    error::WireError,
    forms::Row,
    i18n::{dates, visits_booking, visits_counsel as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, Button, ErrorSummary, FieldError, Form, HiddenInput, Link, Notice, NoticeKind, PageGrid,
        PageHead,
    },
    visits::{Here, failed, here},
};

const COMPANY: &str = "my/organisations/visits/company";

/// The names that its form sends.
pub const OTHERS: Row = (COMPANY, &["public", "shown", "with[]"]);

/// Somebody can come along: a room that is booked for an organisation.
fn is_open(visit: &VisitView) -> bool {
    visit.organisation.is_some() && visit.kind == SessionKind::Lawyer && visit.way == Way::Room
}

/// On the page of such a visit that is ahead.
pub(in super::super) fn link(l: Locale, visit: &VisitView) -> Option<AnyView> {
    let href = routes::booking_others(&visit.visit.public);
    is_open(visit).then(|| view! { <p><a href=href>{visits_booking::along_change(l)}</a></p> }.into_any())
}

fn acting(here: &Here, visit: &VisitView) -> Acting {
    Acting { who: here.who.clone(), right: right_of(visit) }
}

pub(in super::super) async fn page(here: &Here, visit: &VisitView) -> Result<AnyView> {
    let found = match is_open(visit) {
        true => coming::coming(&here.ctx, &acting(here, visit), &visit.visit.public).await?,
        false => None,
    };
    let Some(choices) = found else { return Ok(view! { <NotFound/> }.into_any()) };
    let (l, again) = (t::lang(here.page.locale), Again::of(here, COMPANY).await?);
    let told = again.told.iter().map(|told| match told {
        Told::Refused(refusal) => words(l, refusal, &choices).unwrap_or_else(|| late(l, visit)),
        Told::ChooseTime | Told::Busy => visits_booking::refusal_busy(l),
    });
    let told: Vec<String> = told.collect();
    let values = match again.chosen(KEPT) {
        Some(chosen) => chosen.split(' ').map(str::to_owned).collect(),
        None => choices.before.iter().map(ToString::to_string).collect(),
    };
    Ok(whole(l, visit, &choices, (values, told)))
}

fn late(l: Locale, visit: &VisitView) -> String {
    t::others_late(l, &visit.visit.unit_name, &visit.unit_phone)
}

fn whole(
    l: Locale,
    visit: &VisitView,
    choices: &Choices,
    (values, told): (Vec<String>, Vec<String>),
) -> AnyView {
    let v = &visit.visit;
    let back = Link::new(routes::booking(&v.public), visits_booking::visit_title(l, &v.inmate_name));
    let day = dates::capital(&dates::long_date(l, v.date));
    let lead = t::others_lead(l, day, dates::clock(l, v.start));
    let (public, shown) = (v.public.to_string(), joined(&choices.before));
    let nobody = choices.before.is_empty() && choices.people.iter().all(|one| !one.stands);
    let field = field(l, choices, values, &told);
    let errors: Vec<FieldError> = told.into_iter().map(|text| FieldError::new(WITH, text)).collect();
    let tab = super::super::words::tab(l, &errors, &visits_booking::aside_visit(l));
    let save = (!nobody).then(|| view! { <Actions><Button text=t::others_save(l)/></Actions> });
    view! {
        <PageGrid>
            <ErrorSummary title=t::others_refused(l) errors=errors/>
            <PageHead title=visits_booking::fact_who(l) tab=tab lead=lead back=back/>
            <Form action=action(COMPANY)>
                <HiddenInput name="public" value=public/>
                <HiddenInput name="shown" value=shown/>
                {field}
                {save}
            </Form>
        </PageGrid>
    }
    .into_any()
}

fn joined<T>(all: &[Public<T>]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// On the visit's page, when it was saved.
pub(in super::super) fn saved(here: &Here, l: Locale) -> Option<AnyView> {
    let done = here.page.query("done").is_some_and(|done| done == "company");
    done.then(|| {
        let title = visits_booking::along_changed(l);
        view! { <Notice kind=NoticeKind::Done title=title/> }.into_any()
    })
}

/// `shown`: those who came when the page was drawn, with spaces between.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CompanyPost {
    public: String,
    shown: String,
    with: Vec<String>,
}

fn people<'a>(
    all: impl Iterator<Item = &'a str>,
) -> std::result::Result<Vec<Public<OrganisationPerson>>, WireError> {
    all.map(|one| Public::parse(one).ok_or_else(hidden)).collect()
}

#[server(endpoint = "my/organisations/visits/company")]
pub async fn change_company(#[server(flatten)] form: CompanyPost) -> std::result::Result<(), WireError> {
    let here = here().ok_or_else(hidden)?;
    let visit = own(&here, &form.public).await.map_err(failed)?.ok_or_else(hidden)?;
    let booking = visit.visit.public.clone();
    let with = people(form.with.iter().map(String::as_str))?;
    let wanted = Wanted { booking: booking.clone(), shown: people(form.shown.split_whitespace())?, with };
    let told = match coming::change(&here.ctx, &acting(&here, &visit), wanted).await {
        Ok(None) => return Err(hidden()),
        Ok(Some(Ok(()))) => {
            request::redirect(&format!("{}?done=company", routes::booking(&booking)));
            return Ok(());
        }
        Ok(Some(Err(why))) if why.contains(&Refusal::Started) => {
            request::redirect(&format!("{}?refused=too_late", routes::booking(&booking)));
            return Ok(());
        }
        Ok(Some(Err(refusals))) => refusals.into_iter().map(Told::from).collect(),
        Err(Error::Busy) => vec![Told::Busy],
        Err(error) => return Err(failed(error)),
    };
    let kept = form.with.join(" ");
    let key = told::keep(&here, COMPANY, told, &[(KEPT, kept)]).await.map_err(failed)?;
    request::redirect(&routes::with_try(&routes::booking_others(&booking), &key));
    Ok(())
}
