//! The desk's forms as posted: raw strings, and the names under which they are kept.

use domain::appeals::{ReasonForm, RulingForm, WaitForm};
use serde::{Deserialize, Serialize};

use crate::{appeals::fields::Fields, forms::Row};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const TAKE: &str = "staff/appeals/take";
pub(super) const WAIT: &str = "staff/appeals/wait";
pub(super) const FORWARD: &str = "staff/appeals/forward";
pub(super) const CHANGE: &str = "staff/appeals/change";
pub(super) const DECIDE: &str = "staff/appeals/decide";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (TAKE, &["id", "version"]),
    (WAIT, &["id", "version", "waits", "why"]),
    (FORWARD, &["id", "version", "statement"]),
    (CHANGE, &["id", "version", "reason"]),
    (DECIDE, &["id", "version", "outcome", "reason", "basis"]),
];

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TakePost {
    pub id: String,
    pub version: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WaitPost {
    pub id: String,
    pub version: String,
    pub waits: String,
    pub why: String,
}

impl WaitPost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("waits", self.waits.clone()), ("why", self.why.clone())])
    }

    pub(super) fn read(self) -> WaitForm {
        WaitForm { version: self.version, waits: self.waits, why: self.why }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ForwardPost {
    pub id: String,
    pub version: String,
    pub statement: String,
}

impl ForwardPost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("statement", self.statement.clone())])
    }

    pub(super) fn read(self) -> ReasonForm {
        ReasonForm { version: self.version, words: self.statement }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangePost {
    pub id: String,
    pub version: String,
    pub reason: String,
}

impl ChangePost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("reason", self.reason.clone())])
    }

    pub(super) fn read(self) -> ReasonForm {
        ReasonForm { version: self.version, words: self.reason }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DecidePost {
    pub id: String,
    pub version: String,
    pub outcome: String,
    pub reason: String,
    pub basis: String,
}

impl DecidePost {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("outcome", self.outcome.clone()),
            ("reason", self.reason.clone()),
            ("basis", self.basis.clone()),
        ])
    }

    pub(super) fn read(self) -> RulingForm {
        let Self { version, outcome, reason, basis, .. } = self;
        RulingForm { version, outcome, reason, basis }
    }
}
