//! Staff help somebody who has no eID: they find or register her, and from then on apply, book, change and cancel for her. Each
//! step is a plain form; what was typed comes back with what is wrong about it. Her own pages show what was done (`told`).

pub mod api;
mod apply;
mod apply_form;
mod book;
mod cancel;
mod fields;
pub mod handin;
mod new;
mod one;
mod parts;
mod start;
pub(in crate::visits) mod told;
pub mod unreached;
mod visit_api;
mod when;
mod words;

pub use api::FORMS;
pub use apply::ApplyPage;
pub use book::BookPage;
pub use cancel::CancelPage;
pub use new::NewPage;
pub use one::OnePage;
pub use start::StartPage;
pub use when::WhenPage;
