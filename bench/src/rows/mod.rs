//! The ratios of quality's part D, each measured in this run.

pub mod booking;
pub mod browser;
pub mod files;
pub mod memory;
pub mod messages;
pub mod notices;
pub mod pages;
pub mod peers;
pub mod postgres;
pub mod registered;
pub mod timing;
