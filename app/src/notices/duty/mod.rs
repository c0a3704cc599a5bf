//! The duty desk: what is due by time left, a mass that is held, and one call with its script. A task counts as taken when
//! a named person has taken it.

mod api;
mod call;
mod forms;
mod letter;
mod list;
mod mass;
mod ring_in;
mod script;
mod words;

pub use call::CallPage;
pub use forms::FORMS;
pub use letter::LetterPage;
pub use list::DutyPage;
pub use ring_in::{RingInPage, RungInPage};
