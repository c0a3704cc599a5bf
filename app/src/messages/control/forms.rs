//! The desk's forms as posted: raw strings.

use domain::messages::{ControlForm, NoteForm};
use serde::{Deserialize, Serialize};

use crate::{forms::Row, messages::kept::Kept};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const DECIDE: &str = "staff/letters/decide";
pub(super) const SECOND: &str = "staff/letters/second";
pub(super) const OPINION: &str = "staff/letters/opinion";
pub(super) const TRANSLATE: &str = "staff/letters/translate";
pub(super) const SETTLE: &str = "staff/letters/settle";
pub(super) const HANDED: &str = "staff/letters/handed";
pub(super) const ANSWER: &str = "staff/letters/answer";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (DECIDE, &["id", "version", "outcome", "category", "reason", "milder", "passages"]),
    (SECOND, &["id", "version"]),
    (OPINION, &["id", "key", "opinion"]),
    (TRANSLATE, &["id", "key", "translation"]),
    (SETTLE, &["id"]),
    (HANDED, &["id", "version"]),
    (ANSWER, &["key", "number", "words"]),
];

/// A decision on a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecidePost {
    pub id: String,
    pub version: String,
    pub outcome: String,
    pub category: String,
    pub reason: String,
    pub milder: String,
    pub passages: String,
}

impl DecidePost {
    pub(super) fn form(&self) -> ControlForm {
        ControlForm {
            version: self.version.clone(),
            outcome: self.outcome.clone(),
            category: self.category.clone(),
            reason: self.reason.clone(),
            milder: self.milder.clone(),
            passages: self.passages.clone(),
        }
    }

    pub(super) fn kept(&self) -> Kept {
        Kept::new([
            ("id", self.id.clone()),
            ("outcome", self.outcome.clone()),
            ("category", self.category.clone()),
            ("reason", self.reason.clone()),
            ("milder", self.milder.clone()),
            ("passages", self.passages.clone()),
        ])
    }
}

/// Which letter, as of which version; or which report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TargetPost {
    pub id: String,
    pub version: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdPost {
    pub id: String,
}

/// Another's view. Two forms stand on one page, so each has a field of its own name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpinionPost {
    pub id: String,
    pub key: String,
    pub opinion: String,
}

/// What the letter says in Norwegian.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TranslatePost {
    pub id: String,
    pub key: String,
    pub translation: String,
}

/// An answer on a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerPost {
    pub key: String,
    pub number: String,
    pub words: String,
}

pub(super) fn note(key: &str, words: &str) -> NoteForm {
    NoteForm { key: key.to_owned(), words: words.to_owned() }
}
