//! Signing in, and the page one comes to.

pub mod contact;
pub(crate) mod here;
pub mod letters;
mod sign_in;

pub use sign_in::{SignInPage, require};
