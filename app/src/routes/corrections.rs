//! The paths of requests to put something right: hers, and the desk's.

use domain::kernel::Public;

pub const MY_CORRECTIONS: &str = "/my/data/corrections";
pub const MY_CORRECTION_NEW: &str = "/my/data/corrections/new";
pub const STAFF_CORRECTIONS: &str = "/staff/corrections";

/// A request of hers, where it stands.
pub fn my_correction<T>(correction: &Public<T>) -> String {
    format!("{MY_CORRECTIONS}/{correction}")
}

pub fn my_correction_receipt<T>(correction: &Public<T>) -> String {
    format!("{MY_CORRECTIONS}/{correction}/receipt")
}

/// A request at the desk.
pub fn staff_correction<T>(correction: &Public<T>) -> String {
    format!("{STAFF_CORRECTIONS}/{correction}")
}
