//! The paths of those whom a lawyer lets book rooms for her: her own pages, and theirs.

use domain::kernel::Public;

/// Whom she has named.
pub const MY_DELEGATES: &str = "/my/clients/delegates";
/// The form that names somebody.
pub const MY_DELEGATES_NEW: &str = "/my/clients/delegates/new";
/// For which lawyers somebody acts, and where a code is typed.
pub const MY_LAWYERS: &str = "/my/lawyers";

/// One whom she has named.
pub fn my_delegate<T>(delegation: &Public<T>) -> String {
    format!("{MY_DELEGATES}/{delegation}")
}

/// Which clients it is for.
pub fn my_delegate_clients<T>(delegation: &Public<T>) -> String {
    format!("{MY_DELEGATES}/{delegation}/clients")
}

/// What he is asked; then her clients for whom he acts.
pub fn my_lawyer<T>(delegation: &Public<T>) -> String {
    format!("{MY_LAWYERS}/{delegation}")
}

/// The free private rooms for her and this client.
pub fn my_lawyer_rooms<T, I>(delegation: &Public<T>, inmate: &Public<I>) -> String {
    format!("{MY_LAWYERS}/{delegation}/clients/{inmate}/rooms")
}

/// The last question before this room is booked for her.
pub fn my_lawyer_room<T, I, S>(delegation: &Public<T>, inmate: &Public<I>, session: &Public<S>) -> String {
    format!("{MY_LAWYERS}/{delegation}/clients/{inmate}/rooms/{session}")
}

/// A room that is booked for her.
pub fn my_lawyer_visit<T, B>(delegation: &Public<T>, booking: &Public<B>) -> String {
    format!("{MY_LAWYERS}/{delegation}/rooms/{booking}")
}

/// The question before it is cancelled.
pub fn my_lawyer_cancel<T, B>(delegation: &Public<T>, booking: &Public<B>) -> String {
    format!("{MY_LAWYERS}/{delegation}/rooms/{booking}/cancel")
}
