//! What falls due by the calendar: one reminder before a last day, and what is kept no longer, each kind by its own row. What
//! is erased leaves a trace that it was, and no word of it.

use domain::kernel::{CivilDate, Id, Instant};

use super::{DocumentRow, RequestRow, tell};
use crate::{
    Result, args, audit, blobs,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// For the worker. Tells of how much.
pub async fn tend(ctx: &Ctx) -> Result<usize> {
    let (now, rules) = (ctx.now(), Rules::on(&ctx.db, ctx.now().date()).await?);
    let last = now.date().plus_days(rules.days("documents.remind_days")?);
    let reminded = ctx.db.write(Remind { ctx: ctx.clone(), last, now }).await?;
    let ended = ctx.db.write(EndOld { ctx: ctx.clone(), now }).await?;
    let before = now.plus_days(-rules.days("documents.draft_days")?);
    let dropped = ctx.db.write(DropDrafts { before }).await?;
    Ok(reminded + ended + usize::try_from(dropped).unwrap_or(0))
}

/// Once for each request whose last day is near and not past.
struct Remind {
    ctx: Ctx,
    last: CivilDate,
    now: Instant,
}

impl Command for Remind {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let due: Vec<(String, String)> = tx.all(NEAR, args![self.last, self.now.date()]).await?;
        for (id, person) in &due {
            tx.later(REMINDED, args![self.now, id]).await?;
            tell(tx, &self.ctx, &Id::new(person.as_str())).await?;
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "document_reminded");
            entry.about("document_request", &Id::<RequestRow>::new(id.as_str())).save(tx).await?;
        }
        Ok(due.len())
    }
}

struct EndOld {
    ctx: Ctx,
    now: Instant,
}

impl Command for EndOld {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let documents: Vec<(String, String)> = tx.all(OLD_DOCUMENTS, args![self.now]).await?;
        for (id, blob_kind) in &documents {
            blobs::end(tx, blob_kind, id, self.now).await?;
            tx.later(DROP_DOCUMENT, args![id]).await?;
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "kept_no_longer");
            entry.about("document", &Id::<DocumentRow>::new(id.as_str())).save(tx).await?;
        }
        let requests: Vec<(String,)> = tx.all(OLD_REQUESTS, args![self.now]).await?;
        for (id,) in &requests {
            tx.later(DROP_REQUEST, args![id]).await?;
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "kept_no_longer");
            entry.about("document_request", &Id::<RequestRow>::new(id.as_str())).save(tx).await?;
        }
        Ok(documents.len() + requests.len())
    }
}

/// Their files end by themselves.
struct DropDrafts {
    before: Instant,
}

impl Command for DropDrafts {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(DROP_OLD_DRAFTS, args![self.before]).await
    }
}

pub const NEAR: &str = "SELECT id, person_id FROM document_request WHERE state = 'open' AND reminded_at IS NULL \
    AND due_on <= $1 AND due_on >= $2 ORDER BY due_on, id LIMIT 100";
pub const REMINDED: &str = "UPDATE document_request SET reminded_at = $1 WHERE id = $2";
/// What waits for an answer is never old.
pub const OLD_DOCUMENTS: &str = "SELECT d.id, d.blob_kind FROM document d JOIN document_kind k ON k.code = d.kind \
    AND k.valid_from = d.kind_from WHERE d.state IN ('accepted', 'more', 'taken_back') \
    AND d.state_at < CAST($1 AS BIGINT) - k.keep_days * 86400000000 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = d.person_id) ORDER BY d.state_at LIMIT 100";
/// Nor is what a document still hangs on, or somebody has a draft for.
pub const OLD_REQUESTS: &str = "SELECT r.id FROM document_request r JOIN document_kind k ON k.code = r.kind \
    AND k.valid_from = r.kind_from WHERE r.state IN ('done', 'withdrawn') \
    AND r.state_at < CAST($1 AS BIGINT) - k.keep_days * 86400000000 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = r.person_id) \
    AND NOT EXISTS (SELECT 1 FROM document d WHERE d.request_id = r.id) \
    AND NOT EXISTS (SELECT 1 FROM document_draft f WHERE f.request_id = r.id) ORDER BY r.state_at LIMIT 100";
pub const DROP_DOCUMENT: &str = "DELETE FROM document WHERE id = $1";
pub const DROP_REQUEST: &str = "DELETE FROM document_request WHERE id = $1";
pub const DROP_OLD_DRAFTS: &str = "DELETE FROM document_draft WHERE updated_at < $1";
