//! Use cases beside their SQL: parse → load → decide (in `domain`) → save with outbox and audit.
//! Native only, so that no secret can enter the bundle.

pub mod appeals;
pub mod audit;
pub mod blobs;
pub mod config;
pub mod consents;
pub mod corrections;
pub mod ctx;
pub mod custody;
pub mod db;
pub mod decision;
pub mod delivery;
pub mod demo;
pub mod documents;
pub mod drafts;
pub mod error;
pub mod form_try;
pub mod held;
pub mod identity;
pub mod inmates;
pub mod insight;
pub mod keeping;
pub mod looks;
pub mod machine;
pub mod messages;
pub mod notices;
pub mod oidc;
pub mod outbox;
pub mod paper;
pub mod register;
pub mod restoring;
pub mod rules;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod trail;
pub mod vault;
pub mod visits;
pub mod wiring;
pub mod work;

pub use error::{Error, Result};
