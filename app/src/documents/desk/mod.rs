//! The desk of documents: what came, what is waited for and what is late, by unit; one document with its files and its answer;
//! one request; and asking for one in a case. Every opening is a look.

mod api;
mod ask;
mod case;
mod forms;
mod list;
mod one;
mod parts;
mod request;
mod work;

pub use ask::AskPage;
pub(crate) use case::of_case;
pub use forms::FORMS;
pub use list::ListPage;
pub use one::OnePage;
pub use request::RequestPage;
