//! Signing in, and the page one comes to.

mod my;
mod sign_in;
mod staff_home;

pub use my::MyPage;
pub use sign_in::{SignInPage, require};
pub use staff_home::StaffHomePage;
