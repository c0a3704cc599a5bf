//! The paths of organisations whose people meet inmates: theirs, and the unit's.

use domain::kernel::Public;

/// For which she comes.
pub const MY_ORGANISATIONS: &str = "/my/organisations";
/// Those that a unit has cleared.
pub const STAFF_ORGANISATIONS: &str = "/staff/organisations";
pub const STAFF_ORGANISATIONS_NEW: &str = "/staff/organisations/new";

pub fn my_organisation<T>(of: &Public<T>) -> String {
    format!("{MY_ORGANISATIONS}/{of}")
}

/// Asking to meet somebody.
pub fn my_organisation_ask<T>(of: &Public<T>) -> String {
    format!("{MY_ORGANISATIONS}/{of}/ask")
}

/// One more of its people.
pub fn my_organisation_people<T>(of: &Public<T>) -> String {
    format!("{MY_ORGANISATIONS}/{of}/people")
}

/// The free rooms for it and this inmate.
pub fn my_organisation_rooms<T, I>(of: &Public<T>, inmate: &Public<I>) -> String {
    format!("{MY_ORGANISATIONS}/{of}/inmates/{inmate}/rooms")
}

/// The last question before this room is booked.
pub fn my_organisation_room<T, I, S>(of: &Public<T>, inmate: &Public<I>, session: &Public<S>) -> String {
    format!("{MY_ORGANISATIONS}/{of}/inmates/{inmate}/rooms/{session}")
}

pub fn staff_organisation<T>(of: &Public<T>) -> String {
    format!("{STAFF_ORGANISATIONS}/{of}")
}

/// One more of its people, written down by the unit.
pub fn staff_organisation_people<T>(of: &Public<T>) -> String {
    format!("{STAFF_ORGANISATIONS}/{of}/people")
}

/// Whom it is to meet: found by name.
pub fn staff_organisation_meet<T>(of: &Public<T>) -> String {
    format!("{STAFF_ORGANISATIONS}/{of}/meet")
}

/// What one of its people has asked for.
pub fn staff_organisation_asked<T>(task: &Public<T>) -> String {
    format!("{STAFF_ORGANISATIONS}/asked/{task}")
}
