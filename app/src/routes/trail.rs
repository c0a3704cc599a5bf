//! The paths of the auditor.

use domain::kernel::Public;

pub const STAFF_TRAIL: &str = "/staff/trail";
pub const STAFF_TRAIL_FOUND: &str = "/staff/trail/found";
pub const STAFF_TRAIL_FILE: &str = "/staff/trail/found.csv";
pub const STAFF_TRAIL_ALERTS: &str = "/staff/trail/alerts";

pub fn staff_trail_alert<T>(alert: &Public<T>) -> String {
    format!("{STAFF_TRAIL_ALERTS}/{alert}")
}
