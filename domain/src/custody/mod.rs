//! Custody: what happens in the carrying out of a sentence, as the case system tells it. A closed vocabulary; a later
//! version of a decision stands in place of the earlier ones, in whatever order they come; nothing is guessed.

pub mod event;
pub mod kind;
pub mod stay;
pub mod version;

pub use event::{Change, Condition, ConditionKind, Event, FieldError, Wire, WireCondition};
pub use kind::Kind;
pub use stay::{Ends, away, ends};
pub use version::{Held, Taken, take};

use crate::access::Role;

/// Who looks after the feed: those who must act when it falls silent, and whoever controls.
pub fn may_see_feed(roles: &[Role]) -> bool {
    let duty = [Role::UnitAdmin, Role::DutyOfficer, Role::Auditor];
    roles.iter().any(|role| duty.contains(role))
}
