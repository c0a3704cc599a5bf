//! The desk's forms as posted: raw strings.

use domain::messages::{ControlForm, NoteForm, UnitRulesForm};
use serde::{Deserialize, Serialize};

use crate::{forms::Row, messages::kept::Kept};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const DECIDE: &str = "staff/letters/decide";
pub(super) const SECOND: &str = "staff/letters/second";
pub(super) const OPINION: &str = "staff/letters/opinion";
pub(super) const TRANSLATE: &str = "staff/letters/translate";
pub(super) const SETTLE: &str = "staff/letters/settle";
pub(super) const HANDED: &str = "staff/letters/handed";
pub(super) const SHEET: &str = "staff/letters/sheet";
pub(super) const ANSWER: &str = "staff/letters/answer";
pub(super) const ORDER: &str = "staff/letters/order";
pub(super) const UNDO: &str = "staff/letters/order/undo";
pub(super) const WORD: &str = "staff/letters/words/add";
pub(super) const WORD_END: &str = "staff/letters/words/end";
pub(super) const RULES: &str = "staff/letters/rules";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (DECIDE, &["id", "version", "outcome", "category", "reason", "milder", "passages"]),
    (SECOND, &["id", "version"]),
    (OPINION, &["id", "key", "opinion"]),
    (TRANSLATE, &["id", "key", "translation"]),
    (SETTLE, &["id"]),
    (HANDED, &["id", "version"]),
    (SHEET, &["number"]),
    (ANSWER, &["id", "key", "words"]),
    (ORDER, &["id", "version", "control", "norwegian_only", "sami_read", "reason"]),
    (UNDO, &["id", "version"]),
    (WORD, &["word"]),
    (WORD_END, &["id"]),
    (RULES, RULES_FIELDS),
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

/// The number of a sheet, scanned or typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetPost {
    pub number: String,
}

/// An answer on the sheet of this letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerPost {
    pub id: String,
    pub key: String,
    pub words: String,
}

/// An order about an exchange.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderPost {
    pub id: String,
    pub version: String,
    pub control: String,
    pub norwegian_only: String,
    pub sami_read: String,
    pub reason: String,
}

impl OrderPost {
    pub(super) fn kept(&self) -> Kept {
        Kept::new([
            ("id", self.id.clone()),
            ("control", self.control.clone()),
            ("norwegian_only", self.norwegian_only.clone()),
            ("sami_read", self.sami_read.clone()),
            ("reason", self.reason.clone()),
        ])
    }
}

/// A word to be watched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WordPost {
    pub word: String,
}

const RULES_FIELDS: &[&str] = &[
    "unit",
    "seen",
    "exchange",
    "longest",
    "per_week",
    "control_hours",
    "release_hours",
    "means",
    "reads_days",
    "reads_from",
    "reads_to",
    "duty_phone",
    "sami",
    "from_day",
    "from_month",
    "from_year",
    "source",
];

/// A unit's bounds by the names of the form.
pub(super) fn rules_values(form: &UnitRulesForm) -> Vec<(&'static str, String)> {
    let f = form;
    let values = [
        &f.unit,
        &f.seen,
        &f.exchange,
        &f.longest,
        &f.per_week,
        &f.control_hours,
        &f.release_hours,
        &f.means,
        &f.reads_days,
        &f.reads_from,
        &f.reads_to,
        &f.duty_phone,
        &f.sami,
        &f.from_day,
        &f.from_month,
        &f.from_year,
        &f.source,
    ];
    RULES_FIELDS.iter().copied().zip(values.map(Clone::clone)).collect()
}

pub(super) fn note(key: &str, words: &str) -> NoteForm {
    NoteForm { key: key.to_owned(), words: words.to_owned() }
}
