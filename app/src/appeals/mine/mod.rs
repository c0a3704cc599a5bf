//! Hers: the list, one appeal to write, its receipt, where it stands, taking it back, and all of it on paper.

mod api;
mod list;
mod paper;
mod parts;
mod receipt;
mod show;
mod steps;
mod way;
mod withdraw;
mod write;

pub use api::FORMS;
pub use list::ListPage;
pub use paper::PaperPage;
pub use receipt::ReceiptPage;
pub use show::ShowPage;
pub(crate) use way::way_to_appeal;
pub use withdraw::WithdrawPage;
pub use write::WritePage;
