//! Notices: that a victim is told, or that a person is on the telephone. A compartment: it has its own people, sessions,
//! queue, tasks and audit stream, reads no row of another slice, and no other slice reads its rows. What happens to an
//! inmate reaches it inside the feed's transaction, by [`event::on_event`].
//!
//! Every step is load → one step of `domain::notices` → save; what is due is a column, and a worker claims by it.

pub mod answering;
pub mod assigning;
pub mod breaker;
pub mod breaking_in;
pub mod calendar;
pub mod channels;
pub mod closing;
mod columns;
pub mod counted;
pub mod demo;
pub mod desk;
pub mod duty;
mod event;
pub mod keeping;
pub mod ladder;
pub mod mine;
mod opening;
mod out;
mod profile;
mod reading;
pub mod registering;
pub mod representing;
mod rules;
pub mod sessions;
mod stored;
mod tasks;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod trail;
pub mod watch;
pub mod wish;
pub mod work;

pub use event::on_event;
pub use profile::{Meeting, Profile};
pub use reading::{FEW, Look, LookReason, Looker};
pub use tasks::TaskKind;

use crate::ctx::Ctx;

/// Marks for the ids of its rows.
#[derive(Debug)]
pub enum Recipient {}
#[derive(Debug)]
pub enum Party {}
#[derive(Debug)]
pub enum Case {}
#[derive(Debug)]
pub enum Channel {}
#[derive(Debug)]
pub enum Request {}
#[derive(Debug)]
pub enum MatterRow {}
#[derive(Debug)]
pub enum Duty {}
#[derive(Debug)]
pub enum TaskRow {}
#[derive(Debug)]
pub enum HoldRow {}
#[derive(Debug)]
pub enum Representative {}

/// A number as this compartment knows it: under a key of its own, so that its hashes match no other table's.
pub(crate) fn number_hash(ctx: &Ctx, number: &str) -> Vec<u8> {
    ctx.vault.fingerprint("notice_number", number)
}

/// An address, for telling whether two people share it.
pub(crate) fn address_hash(ctx: &Ctx, address: &str) -> Vec<u8> {
    ctx.vault.fingerprint("notice_address", &address.to_lowercase())
}
