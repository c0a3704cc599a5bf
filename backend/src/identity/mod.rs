//! Who somebody is: persons, how they sign in, their sessions, how they can be reached.

pub mod appointed;
pub mod arrival;
pub mod children;
pub mod contacts;
pub mod delegates;
pub mod held;
pub mod keeping;
pub mod lawyers;
pub mod login;
pub mod mandates;
pub mod names;
pub mod registered;
pub mod sessions;
#[cfg(test)]
mod tests;
