//! The officers' side of a lawyer's mandate: finding the inmate, the mandates there are, one more, and ending one. That she and her
//! client write, and how much, is told by nothing here.

mod api;
mod declared;
mod declared_api;
mod end;
mod find;
mod inmate;
mod parts;
mod words;

pub use api::FORMS;
pub use declared::DeclaredPage;
pub use declared_api::DECLARED_FORMS;
pub use end::EndPage;
pub use find::FindPage;
pub use inmate::InmatePage;
