//! Files that somebody hands in: sent piece by piece, sealed piece by piece, quarantined until scanned, given to whoever
//! may read what they belong to. Ground: a slice owns what a file is handed in to, and decides who reads it.
//!
//! Promises that no byte lies readable in the store, that what was answered as received has been read back, that a file
//! is handed in whole or not at all, and that nobody gets one that a scanner has not called clean. Each opening is in
//! the audit before the first byte. Memory does not grow with a file.
//!
//! **How a slice uses it**, with the kind `letter` (a row of `blob_rule`; a migration of the slice adds its own kinds):
//!
//! 1. Its page places `app::files::Upload`: a plain form to `/files/form`, which works without script, and over it a script
//!    that speaks tus at `/files` with `filename`, `kind` and `draft` as metadata. The form comes back to its page; refused,
//!    with `?try=<key>` of the form [`FORM`], whose field `file` has the code of a [`domain::blobs::Refusal`] or
//!    [`domain::blobs::Rejection`].
//! 2. What it lists is `blobs::waiting(ctx, &who, "letter", draft)`: name, size and state of what is not handed in yet.
//! 3. Its command hands in, in the transaction in which it saves the rest:
//!    ```ignore
//!    let hand_in = HandIn { who, kind: "letter", owner: letter_id, files, at: now };
//!    match hand_in.within(&vault, tx).await? {
//!        Ok(files) => receipt(files),            // name, length and SHA-256 of each original
//!        Err(why) => return Ok(Err(why.into())), // unfinished, gone, or found to be bad: nothing was handed in
//!    }
//!    ```
//! 4. Its case page shows `blobs::of(ctx, "letter", &letter_id)`. Its download route judges who may read, then answers
//!    `server::transfer::download(blobs::open_for_reader(ctx, actor, "letter", &letter_id, &public).await)`; where the file is
//!    signed (`Opened::signed`), its reader is warned that it may tell who made it.
//! 5. When what it belongs to ends: `blobs::end(tx, "letter", &letter_id, now)`; the worker drops the bytes.

mod append;
mod begin;
mod check;
mod finish;
mod hand_in;
pub mod held;
pub mod keeping;
mod read;
mod rows;
mod scanner;
mod seal;
mod store;
mod sweep;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod view;
mod whole;

pub use append::{Appender, Stopped};
pub use begin::{New, begin, find, rule};
pub use check::{backlog, check_due};
pub use finish::{finish, finish_left};
pub use hand_in::{HandIn, Handed, NotHanded, end, remove};
pub use read::{Opened, Plain, open_for_reader, open_own};
pub use rows::{Upload, Uploader};
pub use scanner::{Away, Scanner, Verdict};
pub use seal::CHUNK;
pub use store::Store;
pub use sweep::{drop_due, expire, sweep_orphans};
pub use view::{FileView, of, waiting, whole_within};
pub use whole::whole;

/// The plain form, as `form_try` knows it.
pub const FORM: &str = "files/form";
