//! The paths of what a person and her case officers write to each other, and of a worry about somebody inside.

use domain::kernel::Public;

use super::{MY_CLIENTS, escaped};

pub const MESSAGES: &str = "/messages";
pub const MESSAGES_NEW: &str = "/messages/new";
pub const MESSAGES_SEARCH: &str = "/messages/search";
pub const STAFF_MESSAGES: &str = "/staff/messages";
pub const STAFF_TEMPLATES: &str = "/staff/messages/templates";
/// For everybody. Its address names nobody.
pub const WORRIED: &str = "/worried";
/// Where its form is sent: the one function that nobody has to be signed in for.
pub const TELL_WORRY: &str = "/api/worried";
pub const STAFF_WORRIED: &str = "/staff/worried";

/// The page of whoever is worried, with this unit chosen.
pub fn worried_at(unit: &str) -> String {
    format!("{WORRIED}?unit={}", escaped(unit))
}

/// A conversation of hers.
pub fn thread<T>(public: &Public<T>) -> String {
    format!("{MESSAGES}/{public}")
}

/// A file of a conversation of hers.
pub fn message_file<T, F>(thread: &Public<T>, file: &Public<F>) -> String {
    format!("{MESSAGES}/{thread}/files/{file}")
}

/// The same for the officers of the unit.
pub fn staff_message_file<T, F>(thread: &Public<T>, file: &Public<F>) -> String {
    format!("{STAFF_MESSAGES}/{thread}/files/{file}")
}

/// A new message, about this application or booking of hers.
pub fn message_about<T>(public: &Public<T>) -> String {
    format!("{MESSAGES_NEW}?about={public}")
}

/// The public id of the conversation, or of the client, at this path; empty at any other.
pub fn thread_at(path: &str) -> &str {
    let under = |root: &str| path.strip_prefix(root).and_then(|rest| rest.strip_prefix('/'));
    under(MESSAGES).or_else(|| under(MY_CLIENTS)).unwrap_or_default()
}

/// A conversation as its officers see it.
pub fn staff_thread<T>(public: &Public<T>) -> String {
    format!("{STAFF_MESSAGES}/{public}")
}

/// The conversations of an officer's units: `unanswered`, `mine` or `all`.
pub fn staff_messages(show: &str) -> String {
    format!("{STAFF_MESSAGES}?show={}", escaped(show))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_is_known_by_its_path() {
        let table = [
            ("/messages/ABC", "ABC"),
            ("/messages", ""),
            ("/messages/", ""),
            ("/message/ABC", ""),
            ("/messagesABC", ""),
            ("/staff/messages/ABC", ""),
            ("/my/clients/ABC", "ABC"),
            ("/my/clients", ""),
            ("/my", ""),
        ];
        for (path, id) in table {
            assert_eq!(thread_at(path), id, "{path}");
        }
    }
}
