//! Whoever has no eID hands in an application by a code to her e-mail or telephone, and follows it by its reference and another. Each step
//! is a plain form; what she has typed is kept sealed with her session. Never: an inmate's name or an outcome on what is followed.

mod api;
mod check;
mod code;
mod fields;
mod form;
mod parts;
mod start;
mod track;
mod words;

pub use api::FORMS;
pub use check::{CheckPage, ReceiptPage};
pub use code::{CodePage, TrackCodePage};
pub use form::FormPage;
pub use start::StartPage;
pub use track::{CasePage, TrackPage};
