//! Visits: clearance first, then booking.

pub mod booking;
pub mod clearance;
pub mod sessions;
