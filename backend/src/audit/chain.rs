//! The chain over the audit rows: each seal is HMAC-SHA-256 over the seal before it and the row's bytes.

use domain::kernel::Instant;

use super::{GENERAL, NOTICES};
use crate::{
    Result, args,
    ctx::Ctx,
    db::{Command, Tx},
    vault::Vault,
};

/// Each has a chain of its own.
const STREAMS: [&str; 2] = [GENERAL, NOTICES];

/// How many rows one run seals of a stream.
const BATCH: i64 = 500;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every sealed row is as it was written; so many are sealed.
    Whole { rows: i64 },
    /// The first seal that does not fit its row or its forerunner.
    Broken { seq: i64, audit_id: String },
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    stream: String,
    at: i64,
    actor_kind: String,
    actor_id: Option<String>,
    role: Option<String>,
    unit_id: Option<String>,
    action: String,
    subject_kind: Option<String>,
    subject_id: Option<String>,
    reason: Option<String>,
    detail: Option<String>,
}

impl Row {
    /// Each field with its length before it, so that no two rows have the same bytes.
    fn bytes(&self, seq: i64) -> Vec<u8> {
        let (seq, at) = (seq.to_string(), self.at.to_string());
        let fixed =
            [&seq, &self.id, &self.stream, &at, &self.actor_kind, &self.action].map(|f| Some(f.as_str()));
        let open = [
            &self.actor_id,
            &self.role,
            &self.unit_id,
            &self.subject_kind,
            &self.subject_id,
            &self.reason,
            &self.detail,
        ];
        let mut bytes = Vec::new();
        for field in fixed.into_iter().chain(open.into_iter().map(Option::as_deref)) {
            bytes.extend(field.map_or(-1, |f| f.len() as i64).to_le_bytes());
            bytes.extend(field.unwrap_or_default().as_bytes());
        }
        bytes
    }
}

#[derive(sqlx::FromRow)]
struct Sealed {
    seq: i64,
    hash: Vec<u8>,
    #[sqlx(flatten)]
    row: Row,
}

/// Seals what has been written since the last run and tells how many rows that were.
/// A row younger than a second may still have an elder in an open transaction, so it waits for the next run.
pub async fn seal(ctx: &Ctx) -> Result<usize> {
    ctx.db.write(Seal { vault: ctx.vault.clone(), before: ctx.now().plus_seconds(-1) }).await
}

struct Seal {
    vault: Vault,
    before: Instant,
}

impl Command for Seal {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let mut sealed = 0;
        for stream in STREAMS {
            sealed += self.stream(tx, stream).await?;
        }
        Ok(sealed)
    }
}

impl Seal {
    async fn stream(&self, tx: &mut Tx, stream: &'static str) -> Result<usize> {
        let last: Option<(i64, Vec<u8>)> = tx.optional(LAST_SEAL, args![stream]).await?;
        let (mut seq, mut hash) = last.unwrap_or((0, Vec::new()));
        let rows: Vec<Row> = tx.all(UNSEALED, args![stream, self.before, BATCH]).await?;
        for row in &rows {
            seq += 1;
            hash = self.vault.link(&hash, &row.bytes(seq));
            tx.later(INSERT_SEAL, args![stream, seq, &row.id, hash.as_slice()]).await?;
        }
        Ok(rows.len())
    }
}

/// Reads each chain whole, in pages, and recomputes it.
pub async fn verify(ctx: &Ctx) -> Result<Verdict> {
    let mut sealed = 0;
    for stream in STREAMS {
        match verify_stream(ctx, stream).await? {
            Verdict::Whole { rows } => sealed += rows,
            broken @ Verdict::Broken { .. } => return Ok(broken),
        }
    }
    Ok(Verdict::Whole { rows: sealed })
}

async fn verify_stream(ctx: &Ctx, stream: &'static str) -> Result<Verdict> {
    let (mut seq, mut hash) = (0_i64, Vec::new());
    loop {
        let page: Vec<Sealed> = ctx.db.all(PAGE, args![stream, seq, BATCH]).await?;
        if page.is_empty() {
            return missing_tail(ctx, stream, seq).await;
        }
        for sealed in page {
            let expected = ctx.vault.link(&hash, &sealed.row.bytes(seq + 1));
            if sealed.seq != seq + 1 || sealed.hash != expected {
                return Ok(Verdict::Broken { seq: sealed.seq, audit_id: sealed.row.id });
            }
            (seq, hash) = (sealed.seq, sealed.hash);
        }
    }
}

/// A seal whose row is gone is not found by the page's join. One that was set since the last page has its row, and is of the
/// next check.
pub(super) async fn missing_tail(ctx: &Ctx, stream: &'static str, seq: i64) -> Result<Verdict> {
    let lost: Option<(i64, String)> = ctx.db.optional(ROWLESS, args![stream, seq]).await?;
    Ok(lost.map_or(Verdict::Whole { rows: seq }, |(seq, audit_id)| Verdict::Broken { seq, audit_id }))
}

/// When the oldest row without a seal was written: its age is a metric.
pub async fn oldest_unsealed(ctx: &Ctx) -> Result<Option<Instant>> {
    let (at,): (Option<i64>,) = ctx.db.one(OLDEST_UNSEALED, vec![]).await?;
    Ok(at.map(Instant))
}

pub const LAST_SEAL: &str = "SELECT seq, hash FROM audit_seal WHERE stream = $1 ORDER BY seq DESC LIMIT 1";
pub const UNSEALED: &str = "SELECT a.id, a.stream, a.at, a.actor_kind, a.actor_id, a.role, a.unit_id, a.action, \
    a.subject_kind, a.subject_id, a.reason, a.detail FROM audit a LEFT JOIN audit_seal s ON s.audit_id = a.id \
    WHERE a.stream = $1 AND s.audit_id IS NULL AND a.at < $2 ORDER BY a.id LIMIT $3";
pub const INSERT_SEAL: &str = "INSERT INTO audit_seal (stream, seq, audit_id, hash) VALUES ($1, $2, $3, $4)";
pub const PAGE: &str = "SELECT s.seq, s.hash, a.id, a.stream, a.at, a.actor_kind, a.actor_id, a.role, a.unit_id, \
    a.action, a.subject_kind, a.subject_id, a.reason, a.detail FROM audit_seal s JOIN audit a ON a.id = s.audit_id \
    WHERE s.stream = $1 AND s.seq > $2 ORDER BY s.seq LIMIT $3";
pub const ROWLESS: &str = "SELECT s.seq, s.audit_id FROM audit_seal s LEFT JOIN audit a ON a.id = s.audit_id \
    WHERE s.stream = $1 AND s.seq > $2 AND a.id IS NULL ORDER BY s.seq LIMIT 1";
pub const OLDEST_UNSEALED: &str = "SELECT CAST(MIN(a.at) AS BIGINT) FROM audit a LEFT JOIN audit_seal s \
    ON s.audit_id = a.id WHERE s.audit_id IS NULL";
