//! The paths of letters between a relative and an inmate, and of the desk that controls them.

use domain::kernel::Public;

use super::escaped;

/// A relative's letters to and from inmates.
pub const MY_LETTERS: &str = "/my/letters";
pub const STAFF_LETTERS: &str = "/staff/letters";
pub const STAFF_LETTERS_PAPER: &str = "/staff/letters/paper";
pub const STAFF_LETTERS_ANSWER: &str = "/staff/letters/answer";
pub const STAFF_LETTERS_REPORTS: &str = "/staff/letters/reports";
pub const STAFF_LETTERS_NUMBERS: &str = "/staff/letters/numbers";

/// Her letters to and from one inmate.
pub fn my_letters_of<T>(inmate: &Public<T>) -> String {
    format!("{MY_LETTERS}/{inmate}")
}

/// A new letter to him.
pub fn my_letter_new<T>(inmate: &Public<T>) -> String {
    format!("{MY_LETTERS}/{inmate}/write")
}

/// The question before she pauses, blocks or takes up the letters: `pause`, `block` or `open`.
pub fn my_letters_wish<T>(inmate: &Public<T>, wish: &str) -> String {
    format!("{MY_LETTERS}/{inmate}/change?wish={}", escaped(wish))
}

/// Telling the unit that something is wrong.
pub fn my_letters_report<T>(inmate: &Public<T>) -> String {
    format!("{MY_LETTERS}/{inmate}/report")
}

/// All her letters on paper.
pub fn my_letters_paper<T>(inmate: &Public<T>) -> String {
    format!("{MY_LETTERS}/{inmate}/print")
}

/// A letter at the control desk.
pub fn staff_control<T>(letter: &Public<T>) -> String {
    format!("{STAFF_LETTERS}/{letter}")
}

/// A letter that is printed, with the sheet to answer on.
pub fn staff_letter_paper<T>(letter: &Public<T>) -> String {
    format!("{STAFF_LETTERS}/{letter}/paper")
}

/// The queue of the control desk after this letter.
pub fn staff_letters_after<T>(letter: &Public<T>) -> String {
    format!("{STAFF_LETTERS}?after={letter}")
}
