//! Units, inmates and where they are, and the feed that tells what happens to them.

pub mod feed;
pub mod finding;
pub mod inmates;
pub mod keeping;
pub mod units;

pub use units::{PublicUnit, UNIT_EMAIL, public_unit, public_units, put_unit};
