//! What is kept no longer of requests: what is over, some years after.

use crate::keeping::{Kind, Old};

pub const KINDS: &[Kind] = &[Kind::new("correction", "keep.correction_days", Old::At(OLD), &[DROP])];

/// What is open is never old.
pub const OLD: &str = "SELECT c.id FROM correction c WHERE c.due_at IS NULL AND c.state_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = c.person_id) ORDER BY c.state_at LIMIT $2";
pub const DROP: &str = "DELETE FROM correction WHERE id = $1";
