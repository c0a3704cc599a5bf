//! Clearance: draft → application → the inmate's answer → the police's → one decision a person.
//!
//! Until the inmate has consented nothing that the applicant reads depends on whether he exists, is elsewhere, has
//! restrictions or said no: all of it closes on the same fixed day with the same words.

mod again;
mod carrying;
mod case;
mod closing;
mod consent_back;
mod deciding;
mod desk;
mod drafts;
mod ending;
mod giving_up;
mod identity;
pub(crate) mod inmate;
mod look;
mod mine;
mod officer;
mod opening;
mod parent;
mod pending;
mod people;
mod rechecking;
mod reconsidering;
mod reminding;
mod reopening;
mod rows;
mod sealed;
mod stored;
mod submit;
#[cfg(test)]
mod tests;
mod withdrawing;
pub(crate) mod work;

pub use again::{Again, again};
pub(crate) use carrying::carry;
pub use carrying::confirm_carried;
pub use case::{CarriedCase, Case, CaseInmate, CasePerson, CaseRestriction, Earlier, Event, case};
pub use closing::close_due;
pub use consent_back::take_consent_back;
pub use desk::{DeskList, DeskRow, FoundInmate, desk, find_inmates, search};
pub use drafts::{add_child, answer, discard, draft, remove_child};
pub use ending::{Ends, tell_ending};
pub use giving_up::{give_up, to_give_up};
pub use identity::Identity;
pub use look::{Look, LookReason};
pub(crate) use look::{LookRow, names_on};
pub use mine::{Carried, ClosedAppeal, MyApplication, Tracked, TrackedPerson, mine, tracked};
pub use officer::{
    Answered, decide, identity_checked, inmate_answer, inmate_answers, match_inmate, police_answer,
};
pub use opening::open;
pub use parent::{NamedInCase, child, children};
pub(crate) use parent::{ended, other_parent};
pub use rechecking::rechecked;
pub use reconsidering::reconsider;
pub use reminding::{REMINDER, Reminder, remind_due};
pub(crate) use reopening::reopen;
pub use rows::Stage;
#[cfg(any(test, feature = "testing"))]
pub(crate) use sealed::seal_needs;
pub(crate) use sealed::{open_needs, open_number};
pub(in crate::visits) use submit::file;
pub use submit::{Unfiled, submit};
pub use withdrawing::withdraw;

/// Marks for ids.
#[derive(Debug)]
pub enum Application {}
#[derive(Debug)]
pub enum ClearanceRow {}
#[derive(Debug)]
pub enum Inmate {}

/// The outbox kind of letters about an application.
pub const LETTER: &str = "visits.clearance";

/// What a letter about an application is made from. No names: the letter is neutral.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Letter {
    pub application: String,
    pub person: String,
    /// `received`, `decided`, `not_processed`, `withdrawn`, `ending`, `given_up`, `carried`, `reconsidered` or `ended`.
    pub event: String,
    pub locale: String,
}
