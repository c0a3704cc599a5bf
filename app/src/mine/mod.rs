//! The signed-in person's own page over all slices: the next thing first, then what waits for her, then what is
//! hers. Each slice supplies its own parts, in its own words.

mod case;
mod clients;
pub mod data;
mod lawyers;
mod page;

pub use case::CasePage;
pub use clients::ClientsPage;
pub use lawyers::{LawyerPage, LawyersPage};
pub use page::MyPage;
