//! Hers: the homes she is asked about, one of them with the text and her answer, taking a yes back, and her words on paper.

mod api;
mod list;
mod paper;
mod parts;
mod show;
mod withdraw;

pub use api::FORMS;
pub use list::ListPage;
pub use paper::PaperPage;
pub use show::ShowPage;
pub use withdraw::WithdrawPage;
