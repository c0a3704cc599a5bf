//! A lawyer and her clients: the list of those for whom her mandate stands, what she and one of them write with where each message
//! stands and all that has touched it, and a copy to keep. Without a standing mandate none of it is there. No member of staff has
//! a page here.

mod api;
mod client;
mod list;
mod log;
mod paper;
mod parts;
mod words;

pub use api::FORMS;
pub use client::ClientPage;
pub use list::ListPage;
pub use paper::PaperPage;
