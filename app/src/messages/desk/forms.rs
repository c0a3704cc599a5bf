//! The officers' forms as posted: raw strings, and the names under which they are kept.

use backend::messages::officer::Step;
use domain::{
    kernel::Public,
    messages::{AnswerForm, NoteForm, TemplateForm},
};
use serde::{Deserialize, Serialize};

use crate::{forms::Row, messages::fields::Fields};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const ANSWER: &str = "staff/messages/answer";
pub(super) const NOTE: &str = "staff/messages/note";
pub(super) const STEP: &str = "staff/messages/step";
pub(super) const TEMPLATE: &str = "staff/messages/templates/add";
pub(super) const END: &str = "staff/messages/templates/end";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (ANSWER, &["id", "key", "version", "words", "close", "draft", "template", "then"]),
    (NOTE, &["id", "key", "note"]),
    (STEP, &["id", "version", "step", "to", "unit"]),
    (TEMPLATE, &["title", "words"]),
    (END, &["id"]),
];

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerPost {
    pub id: String,
    pub key: String,
    pub version: String,
    pub words: String,
    pub close: String,
    pub draft: String,
    pub template: String,
    /// `save`: kept and not sent. `insert`: with the words of the chosen template, to be gone on with.
    pub then: String,
}

impl AnswerPost {
    /// What stands in the form, with these words.
    pub(super) fn fields(&self, words: String) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("key", self.key.clone()),
            ("words", words),
            ("close", self.close.clone()),
            ("draft", self.draft.clone()),
            ("template", self.template.clone()),
        ])
    }

    pub(super) fn read(self) -> AnswerForm {
        let Self { key, words, version, close, draft, .. } = self;
        AnswerForm { key, words, version, close, draft }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NotePost {
    pub id: String,
    pub key: String,
    /// Not `words`: the answer on the same page has that name.
    pub note: String,
}

impl NotePost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("key", self.key.clone()), ("note", self.note.clone())])
    }

    pub(super) fn read(self) -> NoteForm {
        NoteForm { key: self.key, words: self.note }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StepPost {
    pub id: String,
    pub version: String,
    pub step: String,
    /// A colleague's public id.
    pub to: String,
    /// A unit's slug.
    pub unit: String,
}

impl StepPost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("to", self.to.clone()), ("unit", self.unit.clone())])
    }

    /// What is to be done, or the field in which it is not said.
    pub(super) fn read(&self) -> Result<Step, &'static str> {
        match self.step.as_str() {
            "take" => Ok(Step::Take),
            "back" => Ok(Step::PutBack),
            "give" => Public::parse(&self.to).map(Step::GiveTo).ok_or("to"),
            "move" if !self.unit.is_empty() => Ok(Step::MoveTo(self.unit.clone())),
            "move" => Err("unit"),
            "close" => Ok(Step::Close),
            "reopen" => Ok(Step::Reopen),
            _ => Err("step"),
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplatePost {
    pub title: String,
    pub words: String,
}

impl TemplatePost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("title", self.title.clone()), ("words", self.words.clone())])
    }

    pub(super) fn read(self) -> TemplateForm {
        TemplateForm { title: self.title, words: self.words }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IdPost {
    pub id: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_says_to_whom() {
        let post = |step: &str, to: &str, unit: &str| StepPost {
            step: step.into(),
            to: to.into(),
            unit: unit.into(),
            ..StepPost::default()
        };
        let id = "0".repeat(26);
        let table = [
            (post("take", "", ""), Ok(Step::Take)),
            (post("back", "", ""), Ok(Step::PutBack)),
            (post("give", "", "lyngmo"), Err("to")),
            (post("give", &id, ""), Ok(Step::GiveTo(Public::parse(&id).unwrap()))),
            (post("move", &id, ""), Err("unit")),
            (post("move", "", "lyngmo"), Ok(Step::MoveTo("lyngmo".into()))),
            (post("close", "", ""), Ok(Step::Close)),
            (post("reopen", "", ""), Ok(Step::Reopen)),
            (post("burn", "", ""), Err("step")),
        ];
        for (form, expected) in table {
            assert_eq!(form.read(), expected, "{form:?}");
        }
    }
}
