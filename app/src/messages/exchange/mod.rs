//! A relative's letters to and from an inmate: whom she may write to, what has passed between them with where each letter
//! stands, writing one, and stopping it. Why an exchange is closed is told to nobody.

mod api;
mod letters;
mod list;
mod paper;
mod parts;
mod report;
mod show;
mod wish;
mod words;
mod write;

pub use api::FORMS;
pub use list::ListPage;
pub use paper::PaperPage;
pub use report::ReportPage;
pub use show::ExchangePage;
pub use wish::WishPage;
pub use write::WritePage;
