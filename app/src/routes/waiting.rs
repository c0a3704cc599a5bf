//! The waiting list for visits.

use domain::kernel::Public;

/// Putting oneself on it.
pub const BOOK_WAIT: &str = "/visits/book/wait";

pub fn wait<T>(public: &Public<T>) -> String {
    format!("/visits/waits/{public}")
}

/// The question before a wait is taken back.
pub fn wait_end<T>(public: &Public<T>) -> String {
    format!("/visits/waits/{public}/end")
}

/// A time that is offered.
pub fn offer<T>(public: &Public<T>) -> String {
    format!("/visits/offers/{public}")
}

/// The question whether she goes on waiting when she says no.
pub fn offer_decline<T>(public: &Public<T>) -> String {
    format!("/visits/offers/{public}/decline")
}
