//! Varde's pages. Everything but the islands is server-side only, so no secret and no text table can reach
//! the browser; the islands' Wasm is loaded by the pages that have one.

// The types of whole pages nest deeply when their components are not erased, as in the release build.
#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
mod app;
#[cfg(feature = "ssr")]
pub mod appeals;
#[cfg(feature = "ssr")]
pub mod consents;
#[cfg(feature = "ssr")]
pub mod corrections;
#[cfg(feature = "ssr")]
mod custody;
#[cfg(feature = "ssr")]
pub mod delivery;
#[cfg(feature = "ssr")]
mod demo;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
pub mod documents;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod files;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
pub mod identity;
#[cfg(feature = "ssr")]
pub mod inmates;
#[cfg(feature = "ssr")]
pub mod insight;
#[cfg(feature = "ssr")]
pub mod letters;
#[cfg(feature = "ssr")]
pub mod messages;
#[cfg(feature = "ssr")]
pub mod mine;
#[cfg(feature = "ssr")]
pub mod notices;
#[cfg(feature = "ssr")]
pub mod public;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
mod session;
#[cfg(feature = "ssr")]
mod sheet;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod styleguide;
#[cfg(feature = "ssr")]
pub mod trail;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub mod ui;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub mod visits;

#[cfg(feature = "ssr")]
pub use app::{Body, PAGES, lost, whole};
#[cfg(feature = "ssr")]
pub use shell::{Frame, StaffPlace, WithIslands, document};

/// Entry of the browser: islands only.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
