//! Faults that the portal must survive, against the very binary that ships: a crowd at one place, a kill in the
//! middle of work, a full disk, a backup under load. Each test carries the number of its fault.
#![allow(clippy::expect_used, reason = "a test may stop where it stands")]

mod canary;
mod crowd;
mod failover;
mod full;
mod killed;
mod letters;
mod notices;
mod pair;
mod process;
mod restored;
#[allow(dead_code, reason = "shared with the tests over HTTP, which ask more of it")]
#[path = "../http/smtp_sink.rs"]
mod smtp_sink;
mod unsafe_start;
mod upload;
mod visitor;
mod watched;
