//! The desk's forms as posted: raw strings, and the names under which they are kept.

use domain::consents::{HomeForm, ParentForm, PersonForm};
use serde::{Deserialize, Serialize};

use crate::{appeals::fields::Fields, forms::Row};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const OPEN: &str = "staff/homes/open";
pub(super) const ADD: &str = "staff/homes/add";
pub(super) const FACTS: &str = "staff/homes/facts";
pub(super) const PERSON: &str = "staff/homes/person";
pub(super) const CLOSE: &str = "staff/homes/close";
pub(super) const WITHOUT: &str = "staff/homes/without";
pub(super) const PARENT: &str = "staff/children/parent";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (OPEN, &["key", "name", "address", "answer_by_day", "answer_by_month", "answer_by_year"]),
    (ADD, &["id", "number", "name", "email"]),
    (FACTS, &["id", "version", "dwelling", "children"]),
    (PERSON, &["id", "version", "person", "then"]),
    (CLOSE, &["id", "version"]),
    (WITHOUT, &["id", "version", "reason"]),
    (PARENT, &["id", "key", "number", "name", "email", "answer_by_day", "answer_by_month", "answer_by_year"]),
];

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenPost {
    pub key: String,
    pub name: String,
    pub address: String,
    pub answer_by_day: String,
    pub answer_by_month: String,
    pub answer_by_year: String,
}

impl OpenPost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("key", self.key.clone()),
            ("name", self.name.clone()),
            ("address", self.address.clone()),
            ("answer_by_day", self.answer_by_day.clone()),
            ("answer_by_month", self.answer_by_month.clone()),
            ("answer_by_year", self.answer_by_year.clone()),
        ])
    }

    pub(super) fn read(self) -> HomeForm {
        let answer_by = [self.answer_by_day, self.answer_by_month, self.answer_by_year];
        HomeForm { name: self.name, address: self.address, answer_by }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AddPost {
    pub id: String,
    pub number: String,
    pub name: String,
    pub email: String,
}

impl AddPost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("number", self.number.clone()),
            ("name", self.name.clone()),
            ("email", self.email.clone()),
        ])
    }

    pub(super) fn read(self) -> PersonForm {
        PersonForm { number: self.number, name: self.name, email: self.email }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FactsPost {
    pub id: String,
    pub version: String,
    pub dwelling: String,
    pub children: String,
}

/// `then`: `talked` or `removed`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonPost {
    pub id: String,
    pub version: String,
    pub person: String,
    pub then: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClosePost {
    pub id: String,
    pub version: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WithoutPost {
    pub id: String,
    pub version: String,
    pub reason: String,
}

/// `id`: the child's clearance.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ParentPost {
    pub id: String,
    pub key: String,
    pub number: String,
    pub name: String,
    pub email: String,
    pub answer_by_day: String,
    pub answer_by_month: String,
    pub answer_by_year: String,
}

impl ParentPost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("key", self.key.clone()),
            ("number", self.number.clone()),
            ("name", self.name.clone()),
            ("email", self.email.clone()),
            ("answer_by_day", self.answer_by_day.clone()),
            ("answer_by_month", self.answer_by_month.clone()),
            ("answer_by_year", self.answer_by_year.clone()),
        ])
    }

    pub(super) fn read(self) -> ParentForm {
        let person = PersonForm { number: self.number, name: self.name, email: self.email };
        let answer_by = [self.answer_by_day, self.answer_by_month, self.answer_by_year];
        ParentForm { person, answer_by }
    }
}
