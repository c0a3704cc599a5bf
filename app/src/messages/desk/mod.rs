//! The officers' side: what waits for an answer by when it is due, one conversation with its notes, and the texts that are
//! often needed. Every opening is a look, written before anything is read.

mod api;
mod forms;
mod list;
mod parts;
mod side;
mod templates;
mod thread;
mod words;

pub use forms::FORMS;
pub use list::ListPage;
pub use templates::TemplatesPage;
pub use thread::ThreadPage;
