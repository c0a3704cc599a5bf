//! The desk of appeals: what waits by its clock, and one appeal with what can be done to it. Every opening is a look.

mod api;
mod forms;
mod list;
mod one;
mod parts;
mod work;

pub use forms::FORMS;
pub use list::ListPage;
pub use one::OnePage;
