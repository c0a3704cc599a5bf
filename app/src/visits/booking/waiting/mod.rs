//! The waiting list: a period and the days that suit, what she waits for, and the time that is offered to her with a yes and a
//! no. Nothing is booked without the yes.

mod api;
mod ask;
mod list;
mod offer;
mod wait;
mod words;

pub use api::FORMS;
pub use ask::AskPage;
pub(super) use list::way_in;
pub(in crate::visits) use list::{offered, section};
pub use offer::{DeclinePage, OfferPage};
pub use wait::{EndPage, WaitPage};
pub use words::letter;
