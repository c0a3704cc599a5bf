//! The officer's desk: the list of her units, search with a reason, one case on one page, answers and police
//! outcomes registered, the decision read as a letter before it is made. Reading a case is logged first.

mod anew;
mod anew_api;
mod answers;
mod answers_form;
mod api;
mod case;
mod decision;
mod facts;
mod fields;
mod forms;
mod letter;
mod letter_form;
mod list;
mod matching;
mod opening;
mod panel;
mod parts;
mod search;
pub(in crate::visits) mod words;

pub use answers::AnswersPage;
pub(crate) use case::case_page;
pub use forms::FORMS;
pub use letter::LetterPage;
pub use list::WorkListPage;
pub use matching::MatchPage;
pub use search::SearchPage;
pub(crate) use words::{measures, reasons, restriction};
