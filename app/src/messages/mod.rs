//! Messages between a person and her case officers: her side and the officers'. Each folder has its server functions in
//! `api` and its words in `locales/<lang>/messages_<folder>.json`.

pub mod desk;
mod fields;
pub mod mine;
mod talk;
