//! What the compartment does, on both engines, with providers that fail in every way they can.

mod desk;
mod ladder;
mod mass;
mod registration;
mod representing;
mod ring_in;
mod stage;
mod watch;
