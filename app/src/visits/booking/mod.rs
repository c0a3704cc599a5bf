//! Booking a visit: who comes, when, is this right; the visit with all there is to know before coming; cancelling;
//! and for staff the unit's day. Three questions, three posts, nothing lost on the way.

pub mod api;
mod calendar;
mod cancel;
mod changing;
mod check;
pub mod counsel;
mod countdown;
mod day;
mod door;
mod list;
mod off;
mod overview;
mod staff;
mod staff_cancel;
mod told;
mod visit;
mod when;
mod who;
mod words;

pub use api::FORMS;
pub use calendar::calendar;
pub use cancel::CancelPage;
pub use check::CheckPage;
pub use day::DayPage;
pub(in crate::visits) use door::{booker, doubts, needs};
pub(in crate::visits) use list::booked;
pub use staff_cancel::StaffCancelPage;
pub use visit::VisitPage;
pub(in crate::visits) use visit::own;
pub use when::WhenPage;
pub use who::WhoPage;
pub(in crate::visits) use words::{day_guest, measure};
pub use words::{entry, letter};
