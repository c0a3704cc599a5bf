//! Signing in, and the page one comes to.

mod my;
mod sign_in;

pub use my::MyPage;
pub use sign_in::{SignInPage, require};
