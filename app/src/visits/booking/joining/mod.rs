//! Other adults who come along: the page of whoever booked, with the codes and who can come; and the guest's, with the field for a
//! code, the question, and the visit.

mod api;
mod guest;
mod list;
mod others;
mod typed;
mod words;

pub use api::FORMS;
pub use guest::JoinedPage;
pub(in crate::visits) use list::{asked, section};
pub use others::OthersPage;
pub(super) use others::link;
pub use typed::JoinPage;
