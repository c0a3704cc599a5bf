//! The list's forms as posted: raw strings, and the names under which they are kept.

use serde::{Deserialize, Serialize};

use crate::forms::Row;

pub(super) const TAKE: &str = "staff/work/take";
pub(super) const GIVE: &str = "staff/work/give";
pub(super) const UNDO: &str = "staff/work/undo";
pub(super) const AWAY: &str = "staff/work/away";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (TAKE, &["source", "id", "back"]),
    (GIVE, &["source", "id", "to", "back"]),
    (UNDO, &["key", "back"]),
    (AWAY, &["away", "back"]),
];

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TakePost {
    pub source: String,
    pub id: String,
    pub back: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GivePost {
    pub source: String,
    pub id: String,
    pub to: String,
    pub back: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UndoPost {
    pub key: String,
    pub back: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AwayPost {
    pub away: String,
    pub back: String,
}
