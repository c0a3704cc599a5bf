//! The rules of Varde. Pure: no async, no I/O, no clock, no randomness; `now` is an argument.
//! Compiles to native and Wasm, so that a form is checked by one text on both sides.

pub mod access;
pub mod appeals;
pub mod blobs;
pub mod consents;
pub mod corrections;
pub mod custody;
pub mod documents;
pub mod identity;
pub mod inmates;
pub mod insight;
pub mod kernel;
pub mod messages;
pub mod notices;
pub mod trail;
pub mod visits;
pub mod work;
