//! A lawyer and her clients: rows for the list of them (`mine::clients`), what she and one of them write with where each message
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
pub(crate) use list::{higher, nobody, row};
pub use paper::PaperPage;
pub(crate) use parts::protection;
