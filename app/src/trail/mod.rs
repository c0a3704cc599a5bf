//! The auditor's pages: the search with its results and its file, the check of the chain, and what is out of the ordinary. To
//! everybody else none of it is there.

mod alerts;
mod api;
mod found;
mod parts;
mod search;
mod words;

pub use alerts::{AlertPage, AlertsPage};
pub use api::{FORMS, kept_search};
pub use found::FoundPage;
pub use search::SearchPage;
pub use words::csv;
