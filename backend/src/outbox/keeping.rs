//! What the outbox keeps no longer: what is done. What has failed waits for somebody.

use crate::keeping::{Kind, Old};

pub const KINDS: &[Kind] = &[Kind::new("outbox", "keep.outbox_days", Old::At(OLD), &[DROP])];

pub const OLD: &str = "SELECT id FROM outbox WHERE done_at < $1 ORDER BY done_at LIMIT $2";
pub const DROP: &str = "DELETE FROM outbox WHERE id = $1";
