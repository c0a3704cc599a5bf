//! Who somebody is: persons, how they sign in, their sessions, how they can be reached.

pub mod arrival;
pub mod login;
pub mod names;
pub mod sessions;
#[cfg(test)]
mod tests;
