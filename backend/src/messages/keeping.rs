//! What messages keep no longer beside what `ending` ends: that somebody was told, and the decision on a letter that is gone.

use crate::keeping::{Kind, Old};

pub const KINDS: &[Kind] = &[
    Kind::new("message_news", "keep.news_days", Old::At(OLD_NEWS), &[DROP_NEWS]),
    Kind::new(
        "decision",
        "keep.case_days",
        Old::At(OLD_DECISIONS),
        &[DROP_APPEALS, DROP_RULINGS, DROP_DECISION],
    ),
];

/// What waits to be told is never old.
pub const OLD_NEWS: &str =
    "SELECT person_id FROM message_news WHERE waits = 0 AND told_at < $1 ORDER BY told_at LIMIT $2";
pub const OLD_DECISIONS: &str = "SELECT d.id FROM decision d WHERE d.subject_kind = 'letter' AND d.made_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM letter l WHERE l.id = d.subject_id) \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = d.person_id) ORDER BY d.made_at LIMIT $2";
pub const DROP_NEWS: &str = "DELETE FROM message_news WHERE person_id = $1";
pub const DROP_APPEALS: &str = "DELETE FROM appeal WHERE decision_id = $1";
pub const DROP_RULINGS: &str = "DELETE FROM decision WHERE appeal_of = $1";
pub const DROP_DECISION: &str = "DELETE FROM decision WHERE id = $1";
