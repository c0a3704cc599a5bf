//! What is kept no longer of how people were signed in, and of what lawyers declared.

use crate::keeping::{Kind, Old};

pub const KINDS: &[Kind] = &[
    Kind::new("appointed", "keep.appointed_days", Old::At(OLD_APPOINTED), &[DROP_APPOINTED]),
    Kind::new("session", "keep.session_days", Old::At(OLD_SESSIONS), &[DROP_SESSION]),
];

/// What is still to be checked is never old.
pub const OLD_APPOINTED: &str =
    "SELECT id FROM appointed WHERE due_at IS NULL AND state_at < $1 ORDER BY state_at LIMIT $2";
pub const DROP_APPOINTED: &str = "DELETE FROM appointed WHERE id = $1";
/// One that nobody has used for so long has ended, whether or not anybody closed it.
pub const OLD_SESSIONS: &str =
    "SELECT id FROM session WHERE COALESCE(closed_at, seen_at) < $1 ORDER BY seen_at LIMIT $2";
pub const DROP_SESSION: &str = "DELETE FROM session WHERE id = $1";
