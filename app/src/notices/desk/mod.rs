//! The officer's side of the notices: what waits, a request held against the case, the question whether something is of
//! significance to her, and one victim's registration. A look is written before anything is read.

mod api;
mod assign;
mod break_ins;
mod case_fields;
mod case_forms;
mod emergency;
pub(in crate::notices) mod fields;
mod forms;
mod list;
pub(in crate::notices) mod parts;
mod party;
mod question;
mod register;
mod represent_form;
mod representatives;
mod request;
mod task;
mod thread;
pub(in crate::notices) mod words;

pub use assign::AssignPage;
pub use break_ins::BreakInsPage;
pub use forms::FORMS;
pub use list::WorkListPage;
pub use party::PartyPage;
pub use question::QuestionPage;
pub use register::RegisterPage;
pub use representatives::RepresentativesPage;
pub use request::RequestPage;
pub use task::TaskPage;
