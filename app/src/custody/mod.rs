//! Custody: what staff see of what the case system tells.

pub mod feed;
