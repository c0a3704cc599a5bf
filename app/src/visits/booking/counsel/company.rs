//! Several people of one organisation: who comes with her, asked with the last question before a room is booked.

use backend::{
    Result,
    custody::inmates::Inmate,
    visits::booking::counsel::company::{self, Choices},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{Booking, Refusal, Session},
};
use leptos::prelude::*;

use super::{
    super::told::{Again, Told},
    api::BOOK,
    side::Side,
};
use crate::{
    i18n::{visits_booking, visits_counsel as t},
    ui::{CheckboxGroup, Choice, FieldError},
    visits::Here,
};

pub(super) const WITH: &str = "with[]";
/// What was chosen is kept under this name.
pub(super) const KEPT: &str = "with";

/// The field and what is wrong with it; neither where nobody can be taken along.
#[derive(Default)]
pub(super) struct Asked {
    pub field: Option<AnyView>,
    pub errors: Vec<FieldError>,
}

/// What the page of the last question tells at its field; everything else is told with the free times.
pub(super) fn is_of_company(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Colleague(_) | Refusal::TooMany { .. })
}

pub(super) async fn asked(
    here: &Here,
    side: &Side,
    inmate: &Public<Inmate>,
    session: &Session,
) -> Result<Asked> {
    let like = here.page.query("instead").or_else(|| here.page.query("like"));
    let like: Option<Public<Booking>> = like.and_then(|public| Public::parse(&public));
    let found = company::choices(&here.ctx, &side.acting, inmate, (session, like.as_ref())).await?;
    let Some(choices) = found else { return Ok(Asked::default()) };
    let (l, again) = (here.locale(), Again::of(here, BOOK).await?);
    let told = again.told.iter().filter_map(|told| match told {
        Told::Refused(refusal) => words(l, refusal, &choices),
        Told::ChooseTime | Told::Busy => None,
    });
    let told: Vec<String> = told.collect();
    let values = match again.chosen(KEPT) {
        Some(chosen) => chosen.split(' ').map(str::to_owned).collect(),
        None => choices.before.iter().map(ToString::to_string).collect(),
    };
    let field = field(l, &choices, values, &told);
    Ok(Asked {
        field: Some(field),
        errors: told.into_iter().map(|text| FieldError::new(WITH, text)).collect(),
    })
}

/// Of a colleague by her name. None: it is not about the company.
pub(super) fn words(l: Locale, refusal: &Refusal, choices: &Choices) -> Option<String> {
    match refusal {
        Refusal::Colleague(person) => {
            let one = choices.people.iter().find(|one| one.person == *person);
            let name = one.map_or_else(|| visits_booking::somebody(l), |one| one.name.clone());
            Some(visits_booking::refusal_colleague(l, name))
        }
        Refusal::TooMany { most } => Some(visits_booking::refusal_too_many(l, *most)),
        _ => None,
    }
}

/// Who stands for the day, and who comes already.
pub(super) fn field(l: Locale, choices: &Choices, values: Vec<String>, told: &[String]) -> AnyView {
    let stand = choices.people.iter().filter(|one| one.stands || choices.before.contains(&one.public));
    let options: Vec<Choice> =
        stand.map(|one| Choice::new(one.public.to_string(), one.name.clone())).collect();
    let who = view! { <p class="small muted">{t::with_who(l)}</p> };
    if options.is_empty() && told.is_empty() {
        return who.into_any();
    }
    let error = (!told.is_empty()).then(|| told.join(" "));
    let hint = t::with_hint(l, choices.most);
    view! {
        <CheckboxGroup name=WITH legend=t::with_title(l) options=options values=values hint=hint error=error/>
        {who}
    }
    .into_any()
}
