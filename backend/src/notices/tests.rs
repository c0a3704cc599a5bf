//! What the compartment does, on both engines, with providers that fail in every way they can.

mod clock;
mod desk;
mod gap;
mod ladder;
mod mass;
mod registration;
mod representing;
mod ring_in;
mod stage;
mod watch;
mod work;
