//! Her side: the list of her conversations, one of them, a new one, and search in what she and the officers wrote. No title
//! and no address says what a conversation is about.

mod api;
mod list;
mod new;
mod parts;
mod search;
mod thread;
mod words;

pub use api::FORMS;
pub use list::ListPage;
pub use new::NewPage;
pub use search::SearchPage;
pub use thread::ThreadPage;
