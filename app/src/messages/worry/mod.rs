//! A worry about somebody inside: the page for everybody, with whom to ring first and a short form to those on duty, and the desk
//! that sees to it. What a sender is told depends on nothing but what was typed; nobody inside is shown any of it.

mod api;
mod desk;
mod page;
mod words;

pub use api::FORMS;
pub use desk::DeskPage;
pub use page::WorriedPage;
