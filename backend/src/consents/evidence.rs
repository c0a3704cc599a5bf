//! What shows later that a word was said: who by which sign-in, to which text, when. The bytes are kept sealed, their SHA-256
//! beside them and in the audit trail, whose chain shows that it was not put there afterwards.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::kernel::Reference;
use serde::{Deserialize, Serialize};

use super::evidence_place;
use crate::{Error, Result, args, ctx::Ctx};

/// As it is written down, field by field in this order. A change is another `version`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// 1.
    pub version: i64,
    /// The case's reference, which a person can say.
    pub case: String,
    /// `yes`, `no`, `talk` or `withdrawn`.
    pub said: String,
    /// UTC microseconds.
    pub at: i64,
    /// Ids of this system: the person and the session she was signed in with.
    pub person: String,
    pub session: String,
    /// The level of that sign-in, and until when it counted as fresh (UTC microseconds).
    pub level: String,
    pub fresh_until: i64,
    /// The text that was shown, its language and its SHA-256 in hex; empty where something is taken back.
    pub locale: String,
    pub text: String,
    pub text_sha256: String,
}

impl Evidence {
    pub fn bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(|_| Error::Broken("evidence of consent"))
    }
}

/// Lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    digest(&SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a check of all evidence found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvidenceVerdict {
    Whole {
        words: i64,
    },
    /// The id of the first word that is not as it was said, or that the trail does not know.
    Broken {
        word: String,
    },
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: String,
    said: String,
    said_at: i64,
    evidence: Vec<u8>,
    evidence_hash: String,
    traced: i64,
}

impl Row {
    /// The bytes open, are those that were hashed, say what the row says, and the trail has their hash.
    fn holds(&self, ctx: &Ctx) -> bool {
        let Ok(plain) = ctx.vault.open(&evidence_place(&self.id), &self.evidence) else { return false };
        let Ok(told) = serde_json::from_slice::<Evidence>(&plain) else { return false };
        let text = told.text.is_empty() || sha256(told.text.as_bytes()) == told.text_sha256;
        sha256(&plain) == self.evidence_hash
            && self.traced > 0
            && text
            && (told.said.as_str(), told.at) == (self.said.as_str(), self.said_at)
    }
}

/// Every word, a page a read. The audit trail itself is verified apart.
pub async fn verify(ctx: &Ctx) -> Result<EvidenceVerdict> {
    let (mut after, mut words) = (String::new(), 0);
    loop {
        let rows: Vec<Row> = ctx.db.all(ALL, args![after.as_str()]).await?;
        let Some(last) = rows.last() else { return Ok(EvidenceVerdict::Whole { words }) };
        after = last.id.clone();
        for row in rows {
            if !row.holds(ctx) {
                return Ok(EvidenceVerdict::Broken { word: row.id });
            }
            words += 1;
        }
    }
}

/// A word as it leaves the system, for whoever checks it without the system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The evidence's bytes, base64.
    pub evidence: String,
    pub sha256: String,
    /// When the audit trail took it (UTC microseconds), as often as it did.
    pub traced_at: Vec<i64>,
}

/// All words of a case by its reference, oldest first.
pub async fn export(ctx: &Ctx, reference: &Reference) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = ctx.db.all(OF_CASE, args![reference]).await?;
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        let traced: Vec<(i64,)> =
            ctx.db.all(TRACES, args![row.person_id.as_str(), row.evidence_hash.as_str()]).await?;
        kept.push(Kept {
            evidence: STANDARD.encode(ctx.vault.open(&evidence_place(&row.id), &row.evidence)?),
            sha256: row.evidence_hash,
            traced_at: traced.into_iter().map(|(at,)| at).collect(),
        });
    }
    Ok(kept)
}

pub const ALL: &str = "SELECT w.id, w.person_id, w.said, w.said_at, w.evidence, w.evidence_hash, CAST((SELECT COUNT(*) FROM audit a \
    WHERE a.subject_kind = 'home_person' AND a.subject_id = w.person_id AND a.detail = w.evidence_hash) AS BIGINT) \
    AS traced FROM consent_word w WHERE w.id > $1 ORDER BY w.id LIMIT 200";
pub const OF_CASE: &str = "SELECT w.id, w.person_id, w.said, w.said_at, w.evidence, w.evidence_hash, CAST(1 AS BIGINT) AS traced \
    FROM consent_word w JOIN consent_person p ON p.id = w.person_id JOIN consent_case h ON h.id = p.case_id \
    WHERE h.reference = $1 ORDER BY w.said_at, w.id";
pub const TRACES: &str = "SELECT at FROM audit WHERE subject_kind = 'home_person' AND subject_id = $1 AND detail = $2 ORDER BY at, id LIMIT 10";
