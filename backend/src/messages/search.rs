//! Search in one's own conversations and letters. Sealed text has no index: the newest thousand are opened and looked
//! through, in memory, for her alone. There is no search for staff, and none in what a lawyer writes.

use domain::kernel::Instant;

use super::{exchange, officer, text};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    identity::names::sort_key,
};

/// Where something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// `thread`, with the conversation's public id; `letter`, with the inmate's.
    pub kind: String,
    pub public: String,
    /// Of a conversation its topic; of a letter the inmate's name.
    pub whereabouts: String,
    /// Hers, and not an answer to her.
    pub from_you: bool,
    pub written_at: Instant,
    /// Some words round the place.
    pub around: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    id: String,
    public_id: String,
    whereabouts: String,
    from_you: i64,
    body: Vec<u8>,
    cut: i64,
    written_at: i64,
    subject_key: Vec<u8>,
}

/// Characters before and after what was found.
const AROUND: usize = 60;

/// Newest first. One read; whatever her letters, case and marks of letters do not matter.
pub async fn search(ctx: &Ctx, who: &Citizen, words: &str) -> Result<Vec<Hit>> {
    let wanted = sort_key(words);
    if wanted.is_empty() {
        return Ok(vec![]);
    }
    let rows: Vec<Row> = ctx.db.all(SEARCH, args![&who.person]).await?;
    let mut hits = vec![];
    for row in rows {
        let key = ctx.vault.subject_from(who.person.as_str(), &row.subject_key)?;
        let place = match (row.kind.as_str(), row.cut) {
            ("thread", _) => officer::body_place(&row.id),
            (_, 1) => exchange::cut_place(&row.id),
            _ => exchange::body_place(&row.id),
        };
        let body = text(&key.open(&place, &row.body)?);
        if sort_key(&body).contains(&wanted) {
            let around = around(&body, words);
            hits.push(Hit {
                kind: row.kind,
                public: row.public_id,
                whereabouts: row.whereabouts,
                from_you: row.from_you == 1,
                written_at: Instant(row.written_at),
                around,
            });
        }
    }
    Ok(hits)
}

/// The words round the first place where they stand as typed, or the beginning.
fn around(body: &str, words: &str) -> String {
    let small = |text: &str| text.chars().flat_map(|c| c.to_lowercase().next()).collect::<Vec<char>>();
    let (hay, needle) = (small(body), small(words.trim()));
    let at = hay.windows(needle.len().max(1)).position(|window| window == needle).unwrap_or(0);
    let from = at.saturating_sub(AROUND);
    body.chars().skip(from).take(at - from + needle.len() + AROUND).collect()
}

/// Her own words, and what has been let through to her.
pub const SEARCH: &str = "SELECT x.kind, x.id, x.public_id, x.whereabouts, x.from_you, x.body, x.cut, \
    x.written_at, k.sealed AS subject_key FROM ( \
    SELECT CAST('thread' AS TEXT) AS kind, m.id, t.public_id, t.topic AS whereabouts, m.from_person AS from_you, m.body, \
    CAST(0 AS BIGINT) AS cut, m.written_at FROM message m \
    JOIN message_thread t ON t.id = m.thread_id WHERE t.person_id = $1 UNION ALL \
    SELECT CAST('letter' AS TEXT), l.id, i.public_id, i.name, l.from_relative, CASE WHEN l.from_relative = 0 THEN COALESCE(l.cut_body, l.body) \
    ELSE l.body END, CAST(CASE WHEN l.from_relative = 0 AND l.cut_body IS NOT NULL THEN 1 ELSE 0 END AS BIGINT), \
    l.written_at FROM letter l JOIN exchange e ON e.id = l.exchange_id JOIN inmate i ON i.id = e.inmate_id \
    WHERE e.person_id = $1 AND (l.from_relative = 1 OR l.state IN ('delivered', 'read'))) x \
    JOIN subject_key k ON k.subject_id = $1 ORDER BY x.written_at DESC, x.id DESC LIMIT 1000";
