//! The paths of those who lead.

use super::escaped;

pub const STAFF_INSIGHT: &str = "/staff/insight";
pub const STAFF_INSIGHT_FILE: &str = "/staff/insight.csv";

/// The page or the file of what is chosen; what is empty stands in no address.
pub fn staff_insight(path: &str, chosen: &[(&str, &str)]) -> String {
    let pairs = chosen.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}
