//! Whom and what a lawyer brings into a room of hers: on the visit's page what she has asked for, a page to ask for more and to take
//! back, by herself or a delegate; for the unit the answer; and words for whoever opens the door.

mod api;
mod page;
mod section;
mod staff;
mod staff_api;
mod words;

pub use api::FORMS;
pub use page::{BringPage, UnderBringPage};
pub(in crate::visits) use section::at_the_door;
pub(in crate::visits::booking) use section::section;
pub use staff::StaffBringPage;
pub use words::{letter, what};
