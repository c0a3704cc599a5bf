//! The gate: today's visits, one visit and what is marked of it; and for whoever comes, her pass, her delay, and that she
//! was there.

mod api;
mod attended;
mod keep;
mod list;
mod mine;
mod offline;
mod parts;
mod pass;
mod qr;
mod visit;
mod words;

pub use api::FORMS;
pub use attended::AttendedPage;
pub use list::GatePage;
pub(in crate::visits) use mine::told;
pub use pass::PassPage;
pub use visit::GateVisitPage;
