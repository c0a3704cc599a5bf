//! Visits: who may come (clearance), when they can (sessions), that they will (booking), and that they do (gate).

pub mod booking;
pub mod clearance;
pub mod gate;
