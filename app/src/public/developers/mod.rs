//! The integration API for people to read, made from the same description that is served to machines. Nothing on the page
//! is said twice by hand: what the description does not say is not here.

mod document;
mod page;
mod tables;

pub use page::DevelopersPage;
