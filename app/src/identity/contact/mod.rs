//! How a person is reached: the page with address, number and wishes, and the page of the code that opens an
//! address.

pub mod api;
mod code;
mod details;
mod words;

pub use code::{CodePage, NumberPage};
pub use details::ContactPage;
pub(crate) use details::Unconfirmed;
