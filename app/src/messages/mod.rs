//! Messages: between a person and her case officers (`mine`, `desk`), letters between a relative and an inmate (`exchange`) and
//! the desk that controls them (`control`), a worry about somebody inside (`worry`), a lawyer's letters with
//! her client (`counsel`) and the officers who register her mandate (`mandates`), or check one that she
//! declares herself (`appointed`), and whom she lets book rooms for her (`delegates`). A folder a reader: its server functions in `api`, its words in
//! `locales/<lang>/messages_<folder>.json`.

pub mod appointed;
mod attached;
pub mod control;
pub mod counsel;
mod date;
pub mod delegates;
pub mod desk;
pub mod exchange;
mod fields;
mod kept;
mod live;
mod looks;
pub mod mandates;
pub mod mine;
mod talk;
pub mod worry;
