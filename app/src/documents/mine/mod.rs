//! Hers: the list, what she is asked for, what she puts together, sends, follows and takes back, with its receipt.

mod api;
mod case;
mod check;
mod draft;
mod files;
mod list;
mod parts;
mod receipt;
mod request;
mod send;
mod show;
mod withdraw;

pub use api::FORMS;
pub(crate) use case::of_case;
pub use check::CheckPage;
pub use draft::DraftPage;
pub use files::FilesPage;
pub use list::ListPage;
pub(crate) use list::waits;
pub use receipt::{ReceiptPage, paper};
pub use request::RequestPage;
pub use send::SendPage;
pub use show::ShowPage;
pub use withdraw::WithdrawPage;
