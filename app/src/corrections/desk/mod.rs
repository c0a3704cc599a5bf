//! The desk of requests: what waits by its clock, and one request with what can be done to it. Every opening is a look.

mod api;
mod list;
mod one;
mod parts;

pub use api::FORMS;
pub use list::ListPage;
pub use one::OnePage;
