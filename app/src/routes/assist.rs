//! The paths of what staff do for somebody who cannot do it herself.

use domain::kernel::Public;

pub const STAFF_ASSIST: &str = "/staff/assist";
pub const STAFF_ASSIST_NEW: &str = "/staff/assist/new";

/// Somebody is being helped.
pub fn staff_assist<T>(contact: &Public<T>) -> String {
    format!("{STAFF_ASSIST}/{contact}")
}

/// `apply`, `book` or `when`.
pub fn staff_assist_to<T>(contact: &Public<T>, what: &str) -> String {
    format!("{STAFF_ASSIST}/{contact}/{what}")
}

pub fn staff_assist_cancel<T, V>(contact: &Public<T>, visit: &Public<V>) -> String {
    format!("{STAFF_ASSIST}/{contact}/cancel/{visit}")
}

/// Those whom no letter reaches, as a list to print.
pub const STAFF_UNREACHED: &str = "/staff/unreached";

pub fn staff_unreached_one<T>(public: &Public<T>) -> String {
    format!("{STAFF_UNREACHED}/{public}")
}

/// What is sent to her by post.
pub fn staff_unreached_letter<T>(public: &Public<T>) -> String {
    format!("{STAFF_UNREACHED}/{public}/letter")
}
