//! Visits: who may come (clearance), when they can (sessions), that they will (booking), that they do (gate),
//! and all of it for whoever cannot do it herself (assisted).

pub mod assisted;
pub mod booking;
pub mod children;
pub mod clearance;
pub mod gate;
pub mod handin;
pub mod organisations;
pub mod unreached;
