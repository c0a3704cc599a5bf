//! The paths of letters between a relative and an inmate, of the desk that controls them, and between a lawyer and her
//! client.

use domain::kernel::Public;

use super::escaped;

/// A relative's letters to and from inmates.
pub const MY_LETTERS: &str = "/my/letters";
/// A lawyer's clients.
pub const MY_CLIENTS: &str = "/my/clients";
/// An appointment that she declares herself.
pub const MY_APPOINTED: &str = "/my/clients/appointed";
pub const STAFF_MANDATES: &str = "/staff/mandates";
pub const STAFF_LETTERS: &str = "/staff/letters";
pub const STAFF_LETTERS_PAPER: &str = "/staff/letters/paper";
pub const STAFF_LETTERS_ANSWER: &str = "/staff/letters/answer";
pub const STAFF_LETTERS_REPORTS: &str = "/staff/letters/reports";
pub const STAFF_LETTERS_NUMBERS: &str = "/staff/letters/numbers";
pub const STAFF_LETTERS_ORDERS: &str = "/staff/letters/orders";
pub const STAFF_LETTERS_WORDS: &str = "/staff/letters/words";
pub const STAFF_LETTERS_RULES: &str = "/staff/letters/rules";

/// Her letters to and from one inmate.
pub fn my_letters_of<T>(inmate: &Public<T>) -> String {
    format!("{MY_LETTERS}/{inmate}")
}

/// The public id of the inmate whose letters are read at this path; empty at any other.
pub fn letters_at(path: &str) -> &str {
    let rest = path.strip_prefix(MY_LETTERS).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
    let id = rest.strip_suffix("/print").unwrap_or(rest);
    if id.contains('/') { "" } else { id }
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

/// Typing in the answer to this letter.
pub fn staff_sheet_answer<T>(letter: &Public<T>) -> String {
    format!("{STAFF_LETTERS}/{letter}/answer")
}

/// What is ordered for an exchange.
pub fn staff_orders_of<T>(exchange: &Public<T>) -> String {
    format!("{STAFF_LETTERS_ORDERS}/{exchange}")
}

/// Within which bounds a unit takes letters.
pub fn staff_letters_rules_of(slug: &str) -> String {
    format!("{STAFF_LETTERS_RULES}?unit={}", escaped(slug))
}

pub fn staff_letters_rules_change(slug: &str) -> String {
    format!("{STAFF_LETTERS_RULES}/change?unit={}", escaped(slug))
}

/// The queue of the control desk after this letter.
pub fn staff_letters_after<T>(letter: &Public<T>) -> String {
    format!("{STAFF_LETTERS}?after={letter}")
}

/// What a lawyer and this client of hers write.
pub fn my_client<T>(inmate: &Public<T>) -> String {
    format!("{MY_CLIENTS}/{inmate}")
}

/// All of it, to print or to keep.
pub fn my_client_paper<T>(inmate: &Public<T>) -> String {
    format!("{MY_CLIENTS}/{inmate}/print")
}

/// The free private rooms for a lawyer and this client.
pub fn my_client_rooms<T>(inmate: &Public<T>) -> String {
    format!("{MY_CLIENTS}/{inmate}/rooms")
}

/// The last question before this room is booked.
pub fn my_client_room<T, S>(inmate: &Public<T>, session: &Public<S>) -> String {
    format!("{MY_CLIENTS}/{inmate}/rooms/{session}")
}

/// The mandates for an inmate.
pub fn staff_mandates_of<T>(inmate: &Public<T>) -> String {
    format!("{STAFF_MANDATES}/inmates/{inmate}")
}

/// Where it stands.
pub fn my_appointed<T>(appointed: &Public<T>) -> String {
    format!("{MY_APPOINTED}/{appointed}")
}

/// The same as officers check it.
pub fn staff_declared<T>(appointed: &Public<T>) -> String {
    format!("{STAFF_MANDATES}/declared/{appointed}")
}

/// The question before a mandate is ended.
pub fn staff_mandate_end<T>(mandate: &Public<T>) -> String {
    format!("{STAFF_MANDATES}/{mandate}/end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_letters_are_read_is_known_by_the_path() {
        let table = [
            ("/my/letters/ABC", "ABC"),
            ("/my/letters/ABC/print", "ABC"),
            ("/my/letters/ABC/write", ""),
            ("/my/letters", ""),
            ("/my/letters/", ""),
            ("/my", ""),
            ("/staff/letters/ABC", ""),
        ];
        for (path, id) in table {
            assert_eq!(letters_at(path), id, "{path}");
        }
    }
}
