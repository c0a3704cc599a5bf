//! Units, inmates and where they are. Later parts add the feed of custody events.

pub mod inmates;
pub mod units;

pub use units::{PublicUnit, UNIT_EMAIL, public_unit, public_units, put_unit};
