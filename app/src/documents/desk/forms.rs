//! The desk's forms as posted: raw strings, and the names under which they are kept.

use domain::documents::{AcceptForm, AskForm, PaperForm};
use serde::{Deserialize, Serialize};

use crate::{documents::fields::Fields, forms::Row};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const ACCEPT: &str = "staff/documents/accept";
pub(super) const MORE: &str = "staff/documents/more";
pub(super) const ASK: &str = "staff/documents/ask";
pub(super) const PAPER: &str = "staff/documents/paper";
pub(super) const RECALL: &str = "staff/documents/recall";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (ACCEPT, &["id", "version", "answer"]),
    (MORE, &["id", "version", "key", "due_day", "due_month", "due_year", "reason"]),
    (ASK, &["id", "key", "kind", "due_day", "due_month", "due_year", "reason"]),
    (PAPER, &["id", "version", "on_day", "on_month", "on_year", "note"]),
    (RECALL, &["id", "version"]),
];

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AcceptPost {
    pub id: String,
    pub version: String,
    pub answer: String,
}

impl AcceptPost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("answer", self.answer.clone())])
    }

    pub(super) fn read(self) -> AcceptForm {
        AcceptForm { version: self.version, answer: self.answer }
    }
}

/// For more of a document, and for one in a case: the same fields.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskPost {
    /// The document, or the case.
    pub id: String,
    pub version: String,
    pub key: String,
    pub kind: String,
    pub due_day: String,
    pub due_month: String,
    pub due_year: String,
    pub reason: String,
}

impl AskPost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("key", self.key.clone()),
            ("kind", self.kind.clone()),
            ("due_day", self.due_day.clone()),
            ("due_month", self.due_month.clone()),
            ("due_year", self.due_year.clone()),
            ("reason", self.reason.clone()),
        ])
    }

    pub(super) fn read(self) -> AskForm {
        let Self { version, key, kind, due_day, due_month, due_year, reason, .. } = self;
        AskForm { key, version, kind, due_day, due_month, due_year, reason }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PaperPost {
    pub id: String,
    pub version: String,
    pub on_day: String,
    pub on_month: String,
    pub on_year: String,
    pub note: String,
}

impl PaperPost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("on_day", self.on_day.clone()),
            ("on_month", self.on_month.clone()),
            ("on_year", self.on_year.clone()),
            ("note", self.note.clone()),
        ])
    }

    pub(super) fn read(self) -> PaperForm {
        let Self { version, on_day, on_month, on_year, note, .. } = self;
        PaperForm { version, on_day, on_month, on_year, note }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RecallPost {
    pub id: String,
    pub version: String,
}
