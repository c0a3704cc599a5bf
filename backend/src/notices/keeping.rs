//! What the compartment keeps no longer. Its counts stand in its own trail.

use crate::{
    audit::NOTICES,
    keeping::{Kind, Old},
};

pub const KINDS: &[Kind] = &[
    Kind::new("notice_session", "keep.notice_session_days", Old::At(OLD_SESSIONS), &[DROP_SESSION])
        .in_stream(NOTICES),
    Kind::new("notice_break_in", "keep.notice_watch_days", Old::At(OLD_BREAK_INS), &[DROP_BREAK_IN])
        .in_stream(NOTICES),
    Kind::new("notice_hold", "keep.notice_watch_days", Old::At(OLD_HOLDS), &[DROP_HOLD]).in_stream(NOTICES),
];

pub const OLD_SESSIONS: &str =
    "SELECT id FROM notice_session WHERE COALESCE(closed_at, seen_at) < $1 ORDER BY seen_at LIMIT $2";
/// One that nobody has seen yet waits to be seen.
pub const OLD_BREAK_INS: &str = "SELECT id FROM notice_break_in WHERE seen_at < $1 ORDER BY at LIMIT $2";
pub const OLD_HOLDS: &str = "SELECT h.id FROM notice_hold h WHERE h.state = 'settled' AND h.settled_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM notice_obligation o WHERE o.hold_id = h.id) ORDER BY h.settled_at LIMIT $2";
pub const DROP_SESSION: &str = "DELETE FROM notice_session WHERE id = $1";
pub const DROP_BREAK_IN: &str = "DELETE FROM notice_break_in WHERE id = $1";
pub const DROP_HOLD: &str = "DELETE FROM notice_hold WHERE id = $1";
