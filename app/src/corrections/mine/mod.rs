//! Hers: the list, a request to write, its receipt, and where it stands.

mod api;
mod list;
mod parts;
mod receipt;
mod show;
mod write;

pub use api::FORMS;
pub use list::ListPage;
pub(super) use parts::asked;
pub use receipt::ReceiptPage;
pub use show::ShowPage;
pub use write::WritePage;
