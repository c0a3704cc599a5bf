//! The duty desk's forms as posted.

use serde::{Deserialize, Serialize};

use crate::{forms::Row, notices::desk::fields::Fields};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const TAKE: &str = "staff/duty/take";
pub(super) const BACK: &str = "staff/duty/back";
pub(super) const CALLED: &str = "staff/duty/called";
pub(super) const RING_IN: &str = "staff/duty/ring-in";
pub(super) const HEARD: &str = "staff/duty/heard";
pub(super) const MASS: &str = "staff/duty/mass";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (TAKE, &["id"]),
    (BACK, &["id"]),
    (CALLED, &["id", "outcome"]),
    (RING_IN, &["number", "reference", "word"]),
    (HEARD, &["id", "duty"]),
    (MASS, &["id", "what"]),
];

/// Which task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskForm {
    pub id: String,
}

/// How a call went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CalledForm {
    pub id: String,
    pub outcome: String,
}

impl CalledForm {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("outcome", self.outcome.clone())])
    }
}

/// What is to become of a held mass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MassForm {
    pub id: String,
    pub what: String,
}

/// Who she says she is, and her word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RingForm {
    pub number: String,
    pub reference: String,
    pub word: String,
}

impl RingForm {
    /// Her word is not kept: it is a secret, and it is said anew.
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("number", self.number.clone()), ("reference", self.reference.clone())])
    }
}

/// She has heard one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HeardForm {
    pub id: String,
    pub duty: String,
}
