//! Sessions: a unit's rules, its times of the week, the sessions that the worker makes out of them beyond the
//! booking window, and the days without visits. All of it is data of the unit, with validity dates.

mod change;
mod expand;
mod judge;
mod lapsing;
mod plan;
mod proposals;
mod proposed;
mod published;
mod rules;
#[cfg(test)]
mod tests;
mod texts;
mod touched;
mod view;
mod watch;
pub(crate) mod work;
mod write;

pub use change::{Answer, Carried, add_time, carry_out, open_day, preview, resume};
pub use expand::{Tended, tend};
pub use plan::{NewTemplate, block_day, blocked_days, put_template};
pub use proposals::{Proposal, answer, withdraw};
pub use proposed::{ProposalView, Proposed, proposal, proposals};
pub use published::{Published, published};
pub use rules::{put_rules, rules_of};
pub use texts::put_text;
pub use touched::Touched;
pub use view::{ClosedDay, Paused, PlanTime, TimeView, UnitPlan, plan, time};
pub use watch::put_watch;

/// What booking reads of a unit's plan.
pub(in crate::visits) mod rows {
    pub(in crate::visits) use super::{
        plan::{BLOCKED, BlockedRow},
        rules::{RULES, RuleRow, date},
        texts::texts_on,
        touched::planned,
    };
}

/// How far beyond the last bookable day sessions are made, so that the window never meets an empty day.
pub const BEYOND_DAYS: i64 = 14;
