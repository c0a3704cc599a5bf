//! The form of an application that staff take down, as posted.

use backend::visits::assisted;
use domain::visits::{
    assisted::ApplyForm,
    clearance::forms::{ChildForm, NeedsForm, RelationForm, WhomForm},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    api::{APPLY, opened},
    fields::Fields,
    parts::{Answer, posting},
};
use crate::{request, routes, visits::failed};

/// The names it sends.
pub(super) const APPLY_NAMES: &[&str] = &[
    "contact",
    "key",
    "name",
    "number",
    "birth_day",
    "birth_month",
    "birth_year",
    "relation",
    "child_a",
    "born_a_day",
    "born_a_month",
    "born_a_year",
    "child_b",
    "born_b_day",
    "born_b_month",
    "born_b_year",
    "child_c",
    "born_c_day",
    "born_c_month",
    "born_c_year",
    "child_d",
    "born_d_day",
    "born_d_month",
    "born_d_year",
    "needs[]",
    "language",
    "note",
    "locale",
    "told",
];

/// The application as posted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplyPost {
    contact: String,
    key: String,
    name: String,
    number: String,
    birth_day: String,
    birth_month: String,
    birth_year: String,
    relation: String,
    child_a: String,
    born_a_day: String,
    born_a_month: String,
    born_a_year: String,
    child_b: String,
    born_b_day: String,
    born_b_month: String,
    born_b_year: String,
    child_c: String,
    born_c_day: String,
    born_c_month: String,
    born_c_year: String,
    child_d: String,
    born_d_day: String,
    born_d_month: String,
    born_d_year: String,
    needs: Vec<String>,
    language: String,
    note: String,
    locale: String,
    told: String,
}

impl ApplyPost {
    fn children(&self) -> [ChildForm; 4] {
        let child = |name: &String, [day, month, year]: [&String; 3]| ChildForm {
            name: name.clone(),
            birth_day: day.clone(),
            birth_month: month.clone(),
            birth_year: year.clone(),
        };
        [
            child(&self.child_a, [&self.born_a_day, &self.born_a_month, &self.born_a_year]),
            child(&self.child_b, [&self.born_b_day, &self.born_b_month, &self.born_b_year]),
            child(&self.child_c, [&self.born_c_day, &self.born_c_month, &self.born_c_year]),
            child(&self.child_d, [&self.born_d_day, &self.born_d_month, &self.born_d_year]),
        ]
    }

    fn fields(&self) -> Fields {
        let own = [
            ("key", &self.key),
            ("name", &self.name),
            ("number", &self.number),
            ("birth_day", &self.birth_day),
            ("birth_month", &self.birth_month),
            ("birth_year", &self.birth_year),
            ("relation", &self.relation),
            ("child_a", &self.child_a),
            ("born_a_day", &self.born_a_day),
            ("born_a_month", &self.born_a_month),
            ("born_a_year", &self.born_a_year),
            ("child_b", &self.child_b),
            ("born_b_day", &self.born_b_day),
            ("born_b_month", &self.born_b_month),
            ("born_b_year", &self.born_b_year),
            ("child_c", &self.child_c),
            ("born_c_day", &self.born_c_day),
            ("born_c_month", &self.born_c_month),
            ("born_c_year", &self.born_c_year),
            ("child_d", &self.child_d),
            ("born_d_day", &self.born_d_day),
            ("born_d_month", &self.born_d_month),
            ("born_d_year", &self.born_d_year),
            ("language", &self.language),
            ("note", &self.note),
            ("locale", &self.locale),
            ("told", &self.told),
        ];
        let own = own.into_iter().map(|(name, value)| (name, value.clone()));
        Fields::new(own.chain([("needs", self.needs.join(" "))]))
    }

    fn read(self) -> ApplyForm {
        let children = self.children();
        let Self { key, name, number, birth_day, birth_month, birth_year, relation, needs, .. } = self;
        ApplyForm {
            key,
            whom: WhomForm { name, birth_day, birth_month, birth_year, number },
            relation: RelationForm { relation },
            children,
            needs: NeedsForm { needs, language: self.language, note: self.note },
            told: self.told,
            locale: self.locale,
        }
    }
}

#[server(endpoint = "staff/assist/apply")]
pub async fn apply_for(#[server(flatten)] form: ApplyPost) -> Answer {
    let desk = posting()?;
    let (contact, fields) = (desk.contact(&form.contact).await?, form.fields());
    match opened(assisted::file(&desk.ctx, &contact, &form.read()).await.map_err(failed)?)? {
        Ok(_) => request::redirect(&format!("{}?done=applied", routes::staff_assist(&contact.public))),
        Err(errors) => {
            let page = routes::staff_assist_to(&contact.public, "apply");
            return desk.back(APPLY, &page, fields.with(&errors).kept()).await;
        }
    }
    Ok(())
}
