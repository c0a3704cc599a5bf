//! Requests to put something right or to erase it, on pages: written, followed and taken back by whoever asks; answered by the
//! unit that has it.

pub mod desk;
mod fields;
pub mod mine;
mod words;
