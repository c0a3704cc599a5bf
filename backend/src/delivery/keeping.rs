//! What is kept no longer of what was sent. What proves that a person was told stays while a matter of hers is open.

use crate::keeping::{Kind, Old};

pub const KINDS: &[Kind] = &[Kind::new("delivery", "keep.delivery_days", Old::At(OLD), &[DROP])];

pub const OLD: &str = "SELECT d.outbox_id FROM delivery d WHERE d.intent_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = d.person_id) ORDER BY d.intent_at LIMIT $2";
pub const DROP: &str = "DELETE FROM delivery WHERE outbox_id = $1";
