//! A reader's copy of a PDF that does not tell who made it, with what and when: the Info dictionary and XMP are blanked where
//! they stand, so that every offset holds and the copy is as long as the original. What is signed is not altered.
//!
//! Two readings, each in pieces: the first ([`Look`]) finds what is meant (a trailer stands at the end), the second
//! ([`Blank`]) makes the copy. Never fails: what cannot be understood is passed on as it is, for a wrong guess would take a
//! document away from its reader. Left as they are: what pictures inside say of themselves, the names on comments, and an
//! Info dictionary that does not fit into its room again after it was unpacked.

mod blank;
mod look;
mod text;
mod walk;

pub use blank::Blank;
pub use look::{Look, Plan};

#[cfg(test)]
mod tests;
