//! What is kept no longer of how people were signed in.

use crate::keeping::{Kind, Old};

pub const KINDS: &[Kind] =
    &[Kind::new("session", "keep.session_days", Old::At(OLD_SESSIONS), &[DROP_SESSION])];

/// One that nobody has used for so long has ended, whether or not anybody closed it.
pub const OLD_SESSIONS: &str =
    "SELECT id FROM session WHERE COALESCE(closed_at, seen_at) < $1 ORDER BY seen_at LIMIT $2";
pub const DROP_SESSION: &str = "DELETE FROM session WHERE id = $1";
