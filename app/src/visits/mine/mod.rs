//! What a relative has going: the list, and one application with where it stands, who has it, what was decided
//! and who has looked at it. Before the inmate's consent nothing here depends on the inmate.

mod anew;
pub mod api;
mod case;
pub(in crate::visits) mod decision;
mod give_up;
mod list;
mod looks;
mod track;
mod withdraw;
mod words;

pub(crate) use case::case_page;
pub use give_up::GiveUpPage;
pub use list::ListPage;
pub(in crate::visits) use list::{begun, rows};
pub use withdraw::WithdrawPage;
