//! The paths of appeals: hers, and the desk's.

use domain::kernel::Public;

use super::escaped;

pub const MY_APPEALS: &str = "/my/appeals";
pub const STAFF_APPEALS: &str = "/staff/appeals";

/// An appeal against this decision, to be written.
pub fn my_appeal_new<T>(decision: &Public<T>) -> String {
    format!("{MY_APPEALS}/write/{decision}")
}

/// An appeal of hers, where it stands.
pub fn my_appeal<T>(appeal: &Public<T>) -> String {
    format!("{MY_APPEALS}/{appeal}")
}

pub fn my_appeal_receipt<T>(appeal: &Public<T>) -> String {
    format!("{MY_APPEALS}/{appeal}/receipt")
}

/// The question before it is taken back.
pub fn my_appeal_withdraw<T>(appeal: &Public<T>) -> String {
    format!("{MY_APPEALS}/{appeal}/withdraw")
}

/// All of it on paper.
pub fn my_appeal_paper<T>(appeal: &Public<T>) -> String {
    format!("{MY_APPEALS}/{appeal}/print")
}

/// An appeal at the desk.
pub fn staff_appeal<T>(appeal: &Public<T>) -> String {
    format!("{STAFF_APPEALS}/{appeal}")
}

/// The desk's list: `open`, `late` or `done`.
pub fn staff_appeals(show: &str) -> String {
    format!("{STAFF_APPEALS}?show={}", escaped(show))
}
