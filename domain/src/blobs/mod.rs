//! Files that somebody hands in: how one stands, what it may be, and what is refused before a virus scanner sees it.
//!
//! Promises that a type is taken only where name, content and rule agree, that every check reads a file in pieces of any
//! size with memory that does not grow, and that the headers of the tus protocol are read or refused, never guessed.
//! Never does I/O and never keeps a file.

mod inspect;
mod kind;
mod name;
mod pdf;
mod pdf_copy;
mod picture;
mod rule;
#[cfg(test)]
mod samples;
mod sniff;
mod state;
mod strip;
mod tus;

pub use inspect::Inspection;
pub use kind::{FileType, Rejection};
pub use name::FileName;
pub use pdf_copy::{Look, Plan};
pub use rule::{Refusal, Rule};
pub use sniff::{HEAD, Sniffed, sniff};
pub use state::{End, Event, State};
pub use strip::Strip;
pub use tus::{Algorithm, Checksum, HeaderFault, Metadata, checksum, metadata, number};

/// Mark for the ids of files.
#[derive(Debug)]
pub enum Blob {}
