//! Whom and what a lawyer brings into a room, and a room that she has to have soon.

use domain::kernel::Public;

/// What she wants to bring, and what the unit says.
pub fn booking_bring<T>(public: &Public<T>) -> String {
    format!("{}/{public}/bring", super::BOOKINGS)
}

/// The same for a delegate of hers.
pub fn my_lawyer_bring<T, B>(delegation: &Public<T>, booking: &Public<B>) -> String {
    format!("{}/bring", super::my_lawyer_visit(delegation, booking))
}

/// For the unit that answers.
pub fn staff_visit_bring<T>(public: &Public<T>) -> String {
    format!("/staff/visits/bringing/{public}")
}

/// A client whom she has to meet soon.
pub fn my_client_urgent<T>(inmate: &Public<T>) -> String {
    format!("{}/{inmate}/urgent", super::MY_CLIENTS)
}

/// The same for a delegate of hers.
pub fn my_lawyer_urgent<T, I>(delegation: &Public<T>, inmate: &Public<I>) -> String {
    format!("{}/{delegation}/clients/{inmate}/urgent", super::MY_LAWYERS)
}

/// For the unit that answers.
pub fn staff_visit_urgent<T>(public: &Public<T>) -> String {
    format!("/staff/visits/urgent/{public}")
}
