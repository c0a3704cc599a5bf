//! Booking: when those who have leave can come, and that they will. All of it is one unit's rules as data, the free
//! times of its sessions, a time held for ten minutes, and a confirmation that checks everything again.
//!
//! One text decides what stands in the way of a time ([`hindrance::hindrances`]); the page of free times and the
//! confirmation both ask it, so what is shown as free is what can be booked.

pub mod apart;
pub mod availability;
pub mod bringing;
pub mod cancel;
pub mod company;
pub mod confirm;
pub mod counsel;
pub mod door;
pub mod engaged;
pub mod facts;
pub mod hindrance;
pub mod hold;
pub mod joining;
pub mod kind;
pub mod plan;
pub mod plan_forms;
pub mod plan_several;
pub mod proposal;
pub mod request;
pub mod rules;
pub mod template;
#[cfg(test)]
mod tests;
pub mod text;
pub mod touched;
pub mod urgent;
pub mod waiting;
pub mod wings;

pub use availability::{Day, Offer, Why, days};
pub use cancel::{
    By, CancelRefusal, Cancelled, StaffReason, cancel, may_cancel, may_change, may_plan, may_see_day,
};
pub use confirm::{Changing, Confirmed, Held, Makes, Role, approve, confirm};
pub use counsel::{CounselFacts, counsel_hindrances, free_rooms};
pub use door::{Doubt, Settled, doubts, unsettled};
pub use facts::{Blocked, Facts, Guest, Restriction, Session, Standing, Visit};
pub use hindrance::{Closed, Refusal, hindrances, party_refusals};
pub use hold::{HOLD_MINUTES, Hold};
pub use kind::{HeldFor, OFFERED, SessionKind, Way, on_screen, somebody_comes};
pub use plan_several::Several;
pub use proposal::{PlanForm, ProposalState, Verdict, needs_second};
pub use request::{Approval, Need, Review, needs_approval};
pub use rules::{LONGEST_WINDOW, UnitRules, in_force};
pub use template::{NewSession, Template, expand};
pub use touched::{PlanChange, Planned, Touch, touched, unfit};

/// Marks for the ids of rows.
#[derive(Debug)]
pub enum VisitSession {}
#[derive(Debug)]
pub enum Booking {}
#[derive(Debug)]
pub enum BookingDraft {}

/// What others may want to know of: the codes in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Booked,
    /// Another time, or other people.
    Changed,
    Cancelled,
    CancelledByUnit,
    /// Somebody came, and there was no visit.
    NotLetIn,
    /// It is near, and she wanted to be reminded.
    Near,
}

impl Event {
    pub const ALL: [Self; 6] =
        [Self::Booked, Self::Changed, Self::Cancelled, Self::CancelledByUnit, Self::NotLetIn, Self::Near];

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.code() == code)
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Changed => "changed",
            Self::Cancelled => "cancelled",
            Self::CancelledByUnit => "cancelled_by_unit",
            Self::NotLetIn => "not_let_in",
            Self::Near => "near",
        }
    }
}
