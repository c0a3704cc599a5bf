//! Organisations whose people meet inmates: their own pages, and the unit's that clears them and says whom they meet.

mod api;
mod ask;
mod mine;
mod parts;
mod person;
mod staff_api;
mod staff_asked;
mod staff_list;
mod staff_meet;
mod staff_new;
mod staff_one;
mod words;

pub use api::FORMS;
pub use ask::AskPage;
pub use mine::{MinePage, OnePage};
pub use person::{PersonPage, StaffPersonPage};
pub use staff_api::FORMS as STAFF_FORMS;
pub use staff_asked::StaffAskedPage;
pub use staff_list::StaffListPage;
pub use staff_meet::StaffMeetPage;
pub use staff_new::StaffNewPage;
pub use staff_one::StaffOnePage;
