//! What is held about her, part by part: on a page, for printing, as a file; and who has looked at what is hers. Here and in
//! the file alone everything is told; other pages tell what their reader came for.

mod codes;
mod facts;
mod file;
mod looks;
mod names;
mod page;
mod paper;
mod visit_codes;
mod words;

pub use file::file;
pub use looks::LooksPage;
pub(crate) use looks::looks_table;
pub use page::DataPage;
pub use paper::PaperPage;
pub(crate) use words::{groups, kept_here, lawful};
