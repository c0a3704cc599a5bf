//! A client whom a lawyer has to meet soon: she asks, and the unit books her a time or says why it cannot.

mod api;
mod page;
mod staff;
mod words;

pub use api::FORMS;
pub use page::UrgentPage;
pub use staff::StaffUrgentPage;
pub(crate) use words::reason;
