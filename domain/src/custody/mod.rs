//! Custody: what happens in the carrying out of a sentence, as the case system tells it. A closed vocabulary; a later
//! version of a decision stands in place of the earlier ones, in whatever order they come; nothing is guessed.

pub mod event;
pub mod kind;
pub mod stay;
pub mod version;

pub use event::{Change, Condition, ConditionKind, Event, FieldError, Wire, WireCondition};
pub use kind::Kind;
pub use stay::{Ends, ends};
pub use version::{Held, Taken, take};
