//! The officer's posts. Each parses, carries out and leads on; what is refused is kept sealed and shown on the same page again.
//! Whoever is not in her units leads to the page of what is not there.

use backend::{custody::inmates::Inmate, identity::mandates, messages::Unsent};
use domain::{kernel::Public, messages::MandateForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{Done, officer};
use crate::{error::WireError, forms::Row, identity::here::failed, messages::kept::Kept, routes};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const FIND: &str = "staff/mandates/find";
pub(super) const REGISTER: &str = "staff/mandates/register";
pub(super) const END: &str = "staff/mandates/end";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (FIND, &["find"]),
    (
        REGISTER,
        &[
            "inmate",
            "number",
            "name",
            "kind",
            "valid_from_day",
            "valid_from_month",
            "valid_from_year",
            "valid_to_day",
            "valid_to_month",
            "valid_to_year",
        ],
    ),
    (END, &["id"]),
];

/// What somebody looks for is no letter.
const LONGEST_SEARCH: usize = 200;

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// A part of an inmate's name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FindPost {
    find: String,
}

#[server(endpoint = "staff/mandates/find")]
pub async fn find_inmate(#[server(flatten)] form: FindPost) -> Done {
    let desk = officer()?;
    let text: String = form.find.chars().take(LONGEST_SEARCH).collect();
    let empty = text.trim().is_empty();
    let kept = Kept::new([("find", text)]);
    let kept = if empty { kept.wrong("find", "empty") } else { kept };
    desk.lead(FIND, kept, routes::STAFF_MANDATES).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterPost {
    inmate: String,
    number: String,
    name: String,
    kind: String,
    valid_from_day: String,
    valid_from_month: String,
    valid_from_year: String,
    valid_to_day: String,
    valid_to_month: String,
    valid_to_year: String,
}

impl RegisterPost {
    fn kept(&self) -> Kept {
        Kept::new([
            ("inmate", self.inmate.clone()),
            ("number", self.number.clone()),
            ("name", self.name.clone()),
            ("kind", self.kind.clone()),
            ("valid_from_day", self.valid_from_day.clone()),
            ("valid_from_month", self.valid_from_month.clone()),
            ("valid_from_year", self.valid_from_year.clone()),
            ("valid_to_day", self.valid_to_day.clone()),
            ("valid_to_month", self.valid_to_month.clone()),
            ("valid_to_year", self.valid_to_year.clone()),
        ])
    }

    fn read(&self) -> MandateForm {
        let date = |day: &str, month: &str, year: &str| [day, month, year].map(str::to_owned);
        MandateForm {
            number: self.number.clone(),
            name: self.name.clone(),
            kind: self.kind.clone(),
            valid_from: date(&self.valid_from_day, &self.valid_from_month, &self.valid_from_year),
            valid_to: date(&self.valid_to_day, &self.valid_to_month, &self.valid_to_year),
        }
    }

    fn done(&self) -> Kept {
        Kept::new([("inmate", self.inmate.clone()), ("done", "registered".to_owned())])
    }
}

#[server(endpoint = "staff/mandates/register")]
pub async fn register_mandate(#[server(flatten)] form: RegisterPost) -> Done {
    let desk = officer()?;
    let inmate: Public<Inmate> = Public::parse(&form.inmate).ok_or_else(hidden)?;
    let path = routes::staff_mandates_of(&inmate);
    let synthetic = desk.ctx.settings.identity.synthetic_numbers;
    match form.read().parse(desk.page.now.date(), synthetic) {
        Ok(new) => {
            let done = mandates::register(&desk.ctx, &desk.who, &inmate, new).await.map_err(failed)?;
            done.map_err(|mandates::Hidden| hidden())?;
            desk.lead(REGISTER, form.done(), &path).await
        }
        // What is wrong with a form is told to nobody whom it is not there for.
        Err(errors) => {
            let there = mandates::of_inmate(&desk.ctx, &desk.who, &inmate).await.map_err(failed)?;
            there.ok_or_else(hidden)?;
            desk.lead(REGISTER, form.kept().refused(&Unsent::Fields(errors), "number"), &path).await
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EndPost {
    id: String,
}

#[server(endpoint = "staff/mandates/end")]
pub async fn end_mandate(#[server(flatten)] form: EndPost) -> Done {
    let desk = officer()?;
    let id = Public::parse(&form.id).ok_or_else(hidden)?;
    let ended = mandates::end(&desk.ctx, &desk.who, &id).await.map_err(failed)?;
    let inmate = ended.map_err(|mandates::Hidden| hidden())?;
    let done = Kept::new([("inmate", inmate.to_string()), ("done", "ended".to_owned())]);
    desk.lead(REGISTER, done, &routes::staff_mandates_of(&inmate)).await
}
