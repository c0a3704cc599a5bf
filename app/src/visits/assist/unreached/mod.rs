//! Whom no letter reaches: a list to print, one of them to tick off, and what is sent by post.

mod api;
mod letter;
mod list;
mod one;
mod words;

pub use api::FORMS;
pub use letter::LetterPage;
pub use list::ListPage;
pub use one::OnePage;
