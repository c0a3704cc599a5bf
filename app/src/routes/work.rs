//! The paths of the one list of staff.

use domain::kernel::Public;

use super::escaped;

/// The first page of staff.
pub const STAFF_WORK: &str = "/staff/work";

/// The list with what is chosen of it; what is empty is left out.
pub fn staff_work(chosen: &[(&str, &str)]) -> String {
    let pairs = chosen.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    if pairs.is_empty() { STAFF_WORK.to_owned() } else { format!("{STAFF_WORK}?{}", pairs.join("&")) }
}

/// Who has one thing of it.
pub fn staff_work_one<T>(source: &str, public: &Public<T>) -> String {
    format!("{STAFF_WORK}/{source}/{public}")
}
