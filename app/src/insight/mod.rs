//! How the service goes, for those who lead it: one page of four figures, each with what it says in a sentence, a plot and the
//! same numbers in a table, and all of them as a file. To everybody else it is not there. Never: a number that
//! `domain::insight` has not let through.

mod answers;
mod chosen;
mod file;
mod notes;
mod open;
mod page;
mod places;
mod shares;
mod told;

pub use file::csv;
pub use page::InsightPage;
pub use told::{Told, told};
