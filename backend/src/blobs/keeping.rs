//! What is kept no longer of files: the row of one that was never handed in and whose bytes are gone. One that was handed in
//! stays as long as what it belongs to, whose receipt names it.

use crate::keeping::{Kind, Old};

pub const KINDS: &[Kind] = &[Kind::new("blob", "keep.blob_days", Old::At(OLD), &[DROP])];

pub const OLD: &str = "SELECT b.id FROM blob b WHERE b.state = 'ended' AND b.owner_id IS NULL AND b.drop_at IS NULL \
    AND b.updated_at < $1 AND NOT EXISTS (SELECT 1 FROM blob_part p WHERE p.blob_id = b.id) ORDER BY b.updated_at LIMIT $2";
pub const DROP: &str = "DELETE FROM blob WHERE id = $1";
