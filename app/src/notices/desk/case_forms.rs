//! The forms about a case and its tasks, as posted: what the use case itself reads.

use serde::{Deserialize, Serialize};

use super::fields::Fields;

/// A task is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CloseForm {
    pub id: String,
    pub how: String,
    pub note: String,
}

impl CloseForm {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("how", self.how.clone()), ("note", self.note.clone())])
    }
}

/// A case of somebody else's is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenForm {
    pub id: String,
    pub reason: String,
}

impl OpenForm {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("reason", self.reason.clone())])
    }
}

/// A case changes hands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AssignForm {
    pub id: String,
    pub to: String,
    pub reason: String,
}

impl AssignForm {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("to", self.to.clone()), ("reason", self.reason.clone())])
    }
}

/// Her address is protected, or not any longer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProtectForm {
    pub id: String,
    pub on: String,
}
