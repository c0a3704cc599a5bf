//! The gate, for those who stand there and those who come.

use domain::kernel::Public;

use super::{BOOKINGS, escaped};

pub const STAFF_GATE: &str = "/staff/gate";

/// What is shown at the gate.
pub fn booking_pass<T>(public: &Public<T>) -> String {
    format!("{BOOKINGS}/{public}/pass")
}

/// That she was there, in writing.
pub fn booking_attended<T>(public: &Public<T>) -> String {
    format!("{BOOKINGS}/{public}/attended")
}

/// One visit at the gate.
pub fn staff_gate<T>(public: &Public<T>) -> String {
    format!("{STAFF_GATE}/{public}")
}

/// The gate of a unit.
pub fn staff_gate_of(unit: &str) -> String {
    format!("{STAFF_GATE}?unit={}", escaped(unit))
}
