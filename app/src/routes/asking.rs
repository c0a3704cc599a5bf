//! Visits that the unit looks at before they are booked.

use domain::kernel::Public;

/// What she has asked for, and what became of it.
pub fn visit_request<T>(public: &Public<T>) -> String {
    format!("/visits/requests/{public}")
}

/// The question before it is taken back.
pub fn visit_request_withdraw<T>(public: &Public<T>) -> String {
    format!("/visits/requests/{public}/withdraw")
}

/// For the unit that answers.
pub fn staff_visit_request<T>(public: &Public<T>) -> String {
    format!("/staff/visits/requests/{public}")
}
