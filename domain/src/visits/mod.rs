//! Visits: who may come (clearance), when they can (sessions), and that they will (booking).

pub mod booking;
pub mod clearance;
