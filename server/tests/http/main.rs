//! The portal as a browser without script sees it: forms posted, cookies kept, pages read. The real router,
//! the real listener, a fresh database; on PostgreSQL too when there is one.
#![allow(clippy::expect_used, reason = "a test may stop where it stands")]

mod harness;
mod matrix;
mod public;
mod sign_in;
mod writes;
