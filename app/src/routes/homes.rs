//! The paths of those at home: hers, the desk's, and what is told to everybody.

use domain::kernel::Public;

pub const ELECTRONIC: &str = "/electronic-control";
pub const MY_HOMES: &str = "/my/home";
pub const STAFF_HOMES: &str = "/staff/homes";
pub const STAFF_HOMES_NEW: &str = "/staff/homes/new";

/// A home she is asked about.
pub fn my_home<T>(asked: &Public<T>) -> String {
    format!("{MY_HOMES}/{asked}")
}

/// The question before a yes is taken back.
pub fn my_home_withdraw<T>(asked: &Public<T>) -> String {
    format!("{MY_HOMES}/{asked}/withdraw")
}

/// Her words on paper.
pub fn my_home_paper<T>(asked: &Public<T>) -> String {
    format!("{MY_HOMES}/{asked}/print")
}

/// A case at the desk.
pub fn staff_home<T>(case: &Public<T>) -> String {
    format!("{STAFF_HOMES}/{case}")
}

/// The other parent of a child is asked, by the child's clearance.
pub fn staff_child_parent<T>(clearance: &Public<T>) -> String {
    format!("/staff/children/{clearance}/parent")
}

/// What whoever applied may be told, on paper.
pub fn staff_home_told<T>(case: &Public<T>) -> String {
    format!("{STAFF_HOMES}/{case}/told")
}

/// The invitation to one at home, on paper.
pub fn staff_home_invitation<T, P>(case: &Public<T>, person: &Public<P>) -> String {
    format!("{STAFF_HOMES}/{case}/people/{person}")
}
