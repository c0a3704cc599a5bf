//! The composition root: settings in, listeners out. Knows every crate; no crate knows it.
//! A library besides the binary, so that the tests run the very router that ships.

// Futures of whole pages nest deeply when their components are not erased, as in the release build.
#![recursion_limit = "512"]

pub mod assets;
mod attached;
pub mod auth;
pub mod calendar;
mod children;
mod documents;
pub mod ended;
pub mod faults;
pub mod forms;
pub mod greeting;
pub mod health;
mod held;
pub mod identify;
mod insight;
pub mod integration;
mod keep;
pub mod language;
pub mod limits;
pub mod listener;
mod live;
pub mod master_key;
pub mod open;
pub mod restore;
pub mod router;
pub mod secret_file;
pub mod security;
pub mod sender;
pub mod sent;
mod sheet;
pub mod simulate;
pub mod telemetry;
pub mod testid_mount;
pub mod trail;
pub mod transfer;
pub mod watch;
pub mod worker;

/// A page is thousands of small strings that live as long as it is written: measured, a third of the time went to
/// the system's allocator (ADR 12).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
