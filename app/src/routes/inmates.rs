//! The paths of one inmate, one page.

use domain::kernel::Public;

pub const STAFF_INMATES: &str = "/staff/inmates";

pub fn staff_inmate<T>(inmate: &Public<T>) -> String {
    format!("{STAFF_INMATES}/{inmate}")
}

/// From whom he is kept apart.
pub fn staff_inmate_apart<T>(inmate: &Public<T>) -> String {
    format!("{STAFF_INMATES}/{inmate}/apart")
}

/// When he is elsewhere.
pub fn staff_inmate_appointments<T>(inmate: &Public<T>) -> String {
    format!("{STAFF_INMATES}/{inmate}/appointments")
}

/// Whom he has named as visitors.
pub fn staff_inmate_named<T>(inmate: &Public<T>) -> String {
    format!("{STAFF_INMATES}/{inmate}/named")
}

/// In which wing he lives.
pub fn staff_inmate_wing<T>(inmate: &Public<T>) -> String {
    format!("{STAFF_INMATES}/{inmate}/wing")
}

/// Those under eighteen, and their visits.
pub const STAFF_VISITS_CHILDREN: &str = "/staff/visits/children";

/// The same as a file.
pub const STAFF_VISITS_CHILDREN_FILE: &str = "/staff/visits/children.csv";

/// Visitors who must not meet.
pub const STAFF_VISITS_APART: &str = "/staff/visits/apart";

/// The page opened for a reason of the closed list, with one part of it alone or all.
pub fn staff_inmate_for<T>(inmate: &Public<T>, reason: &str, part: Option<&str>) -> String {
    let part = part.map(|part| format!("&show={part}")).unwrap_or_default();
    format!("{}?reason={reason}{part}", staff_inmate(inmate))
}
