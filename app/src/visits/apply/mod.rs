//! Applying for a clearance: one question a page, every answer kept on the server as it is given, nothing sent
//! before the last button. Works as plain forms; what is typed comes back with what is wrong about it.

pub mod api;
mod check;
mod discard;
mod fields;
mod questions;
mod receipt;
mod sent;
mod start;
mod step;
mod words;

pub(in crate::visits) use api::{AGAIN, action};
pub use check::CheckPage;
pub use discard::DiscardPage;
pub use receipt::ReceiptPage;
pub(crate) use sent::sent;
pub use start::StartPage;
pub use step::StepPage;
pub(in crate::visits) use words::{need, relation, wrong};
