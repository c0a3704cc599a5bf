//! Visits: applying for a clearance, following it, and what comes after. Each folder is a page of its own kind:
//! its server functions in `api`, its words in `locales/<lang>/visits_<folder>.json`.

mod answer_check;

#[cfg(feature = "ssr")]
pub mod apply;
#[cfg(feature = "ssr")]
pub mod assist;
#[cfg(feature = "ssr")]
pub mod booking;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod gate;
#[cfg(feature = "ssr")]
pub mod letters;
#[cfg(feature = "ssr")]
mod looks;
#[cfg(feature = "ssr")]
pub mod mine;
#[cfg(feature = "ssr")]
mod my;
#[cfg(feature = "ssr")]
pub mod organisations;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
pub mod plan;
#[cfg(feature = "ssr")]
pub(crate) mod unit_texts;
#[cfg(feature = "ssr")]
pub mod without;

#[cfg(feature = "ssr")]
pub(crate) use my::{MyVisits, my};
#[cfg(feature = "ssr")]
pub(crate) use parts::{Here, failed, here, page};
