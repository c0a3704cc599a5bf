//! What is kept no longer of how people were signed in, of what lawyers declared, and of whom they let act for
//! them.

use crate::keeping::{Kind, Old};

pub const KINDS: &[Kind] = &[
    Kind::new("appointed", "keep.appointed_days", Old::At(OLD_APPOINTED), &[DROP_APPOINTED]),
    Kind::new(
        "delegation",
        "keep.delegation_days",
        Old::At(OLD_DELEGATIONS),
        &[DROP_DELEGATION_ACTS, DROP_DELEGATION_CLIENTS, DROP_DELEGATION],
    ),
    Kind::new("session", "keep.session_days", Old::At(OLD_SESSIONS), &[DROP_SESSION]),
];

/// What is still to be checked is never old.
pub const OLD_APPOINTED: &str =
    "SELECT id FROM appointed WHERE due_at IS NULL AND state_at < $1 ORDER BY state_at LIMIT $2";
pub const DROP_APPOINTED: &str = "DELETE FROM appointed WHERE id = $1";
/// What nobody answered, what was declined or ended, what has run out.
pub const OLD_DELEGATIONS: &str = "SELECT id FROM delegation WHERE over_at < $1 ORDER BY over_at LIMIT $2";
pub const DROP_DELEGATION_ACTS: &str = "DELETE FROM delegation_act WHERE delegation_id = $1";
pub const DROP_DELEGATION_CLIENTS: &str = "DELETE FROM delegation_client WHERE delegation_id = $1";
pub const DROP_DELEGATION: &str = "DELETE FROM delegation WHERE id = $1";
/// One that nobody has used for so long has ended, whether or not anybody closed it.
pub const OLD_SESSIONS: &str =
    "SELECT id FROM session WHERE COALESCE(closed_at, seen_at) < $1 ORDER BY seen_at LIMIT $2";
pub const DROP_SESSION: &str = "DELETE FROM session WHERE id = $1";
