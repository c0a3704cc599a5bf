//! Notices: that a victim is told in time, or that a person is on the telephone. The core is pure: what is due now, and
//! what an outcome changes. It never sends, never reads a clock, and holds no name and no word of what happened.
//!
//! An event opens an [`Assessment`] for each victim of the case; a yes opens an [`Obligation`]. An obligation uses her
//! channels one after the other and ends with a call; it is met when she confirms. Whatever fails on the way, a human task
//! is open before the deadline.

pub mod assessment;
pub mod breaker;
mod codes;
pub mod hours;
pub mod matter;
pub mod obligation;
pub mod plan;
pub mod rule;
pub mod share;
pub mod task;
#[cfg(test)]
mod tests;
pub mod text;
pub mod watch;

pub use assessment::{Answer, Assessment};
pub use breaker::{Breaker, Hold, HoldRefusal, Verdict};
pub use codes::{Codes, MostCodes};
pub use hours::{SafeTimes, Window};
pub use matter::{Facts, Matter, Version};
pub use obligation::{Action, Obligation, State, Why};
pub use plan::{Call, Plan};
pub use rule::{Field, Numbers, Rule, Timing};
pub use task::{Duty, Page, Task};
pub use text::{Outcome, Text, TextState};
