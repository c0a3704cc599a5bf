//! The first page of staff: one list of what is to be done, and who has it. Each row leads to the page where it is done. All of
//! it works without script and from the keyboard. Never: words of anybody, or anything of a victim on a row but what happens.

mod api;
mod chosen;
mod forms;
mod list;
mod one;
mod parts;
mod rows;
mod told;
mod words;

pub use forms::FORMS;
pub use list::ListPage;
pub use one::OnePage;
