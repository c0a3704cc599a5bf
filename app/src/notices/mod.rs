//! Notices: what goes out, the victims' own area, the officer's list and the duty desk.

pub mod desk;
pub mod duty;
pub mod letters;
pub mod mine;
mod texts;
mod words;

pub use texts::DemoTextsPage;
