//! Visits: clearance first, then booking.

use domain::{access::Unit, kernel::Id};

use crate::{ctx::Staff, db::Value};

pub mod apart;
pub mod appointments;
pub mod assisted;
pub mod booking;
pub mod children;
pub mod circle;
pub mod clearance;
pub mod counted;
pub mod gate;
pub mod held;
mod him;
pub mod keeping;
pub mod named;
pub mod organisations;
pub mod sessions;
#[cfg(test)]
mod tests;
pub mod wings;

/// The officer's units as one parameter: ids with a space on each side of every one.
fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::<Unit>::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}
