//! Messages: between a person and her case officers (`mine`, `desk`), letters between a relative and an inmate (`exchange`) and
//! the desk that controls them (`control`). A folder a reader: its server functions in `api`, its words in
//! `locales/<lang>/messages_<folder>.json`.

pub mod control;
pub mod desk;
pub mod exchange;
mod fields;
mod kept;
mod live;
mod looks;
pub mod mine;
mod talk;
