//! Documents on pages: what she is asked for, what she sends and has sent, with its receipt; and the desk where it is read.

pub mod desk;
mod fields;
mod files;
pub mod mine;
mod words;
