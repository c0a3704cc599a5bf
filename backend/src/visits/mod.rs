//! Visits: clearance first, then booking.

pub mod clearance;
