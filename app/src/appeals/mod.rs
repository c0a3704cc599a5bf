//! Appeals on pages: written, followed and taken back by whoever appeals; worked on by the two levels.

mod again;
pub mod desk;
pub(crate) mod fields;
pub mod mine;
mod words;

pub(crate) use again::to_decide_anew;
pub(crate) use mine::way_to_appeal;
