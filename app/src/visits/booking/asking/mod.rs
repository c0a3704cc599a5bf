//! A visit that the unit looks at first: asked for from the last step of booking, what became of it, taken back; and for staff the
//! answer. Why it is looked at is told to staff alone.

mod api;
mod last;
mod list;
mod one;
mod staff;
mod staff_api;
mod words;

pub(super) use api::ASK;
pub use api::FORMS;
pub(super) use last::Last;
pub(in crate::visits) use list::section;
pub use one::{RequestPage, WithdrawPage};
pub use staff::StaffRequestPage;
pub use words::letter;
