//! Other adults who come along on a visit.

use domain::kernel::Public;

/// Where a guest types the code.
pub const JOIN: &str = "/visits/join";

/// A visit to come along on.
pub fn join<T>(public: &Public<T>) -> String {
    format!("/visits/join/{public}")
}

/// Whom whoever booked has asked.
pub fn booking_others<T>(public: &Public<T>) -> String {
    format!("{}/{public}/others", super::BOOKINGS)
}
