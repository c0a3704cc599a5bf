//! What is kept no longer of the feed: what was refused, and each version as it came, once what it says is long over. Which
//! version stands, and where somebody is, stays as long as the inmate does.

use crate::keeping::{Kind, Old};

pub const KINDS: &[Kind] = &[
    Kind::new("custody_refusal", "keep.feed_refusal_days", Old::At(OLD_REFUSALS), &[DROP_REFUSAL]),
    Kind::new("custody_event", "keep.custody_event_days", Old::At(OLD_EVENTS), &[DROP_EVENT]),
];

pub const OLD_REFUSALS: &str = "SELECT id FROM custody_refusal WHERE at < $1 ORDER BY at LIMIT $2";
pub const OLD_EVENTS: &str = "SELECT e.id FROM custody_event e JOIN custody_decision d ON d.id = e.decision_id \
    WHERE e.received_at < $1 AND d.at < $1 AND COALESCE(d.until_at, d.at) < $1 ORDER BY e.received_at LIMIT $2";
pub const DROP_REFUSAL: &str = "DELETE FROM custody_refusal WHERE id = $1";
pub const DROP_EVENT: &str = "DELETE FROM custody_event WHERE id = $1";
