//! Every byte has come. It is read back from the store before anybody is told so: hashed, looked at, and judged by name,
//! content and rule.

use aws_lc_rs::digest;
use domain::{
    blobs::{Event, FileType, Inspection, Rejection, State},
    kernel::Instant,
};

use super::{
    Plain, Upload,
    begin::rule_of,
    rows::{BY_ID, LEFT, Lock},
};
use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

/// How long a whole upload waits for the request that brought its last byte.
const LEFT_SECONDS: i64 = 60;

/// Brings a whole upload on its way to the scanner; any other is given back as it is.
pub async fn finish(ctx: &Ctx, upload: Upload) -> Result<Upload> {
    if !upload.awaits_its_end() {
        return Ok(upload);
    }
    let rule = rule_of(ctx, &upload).await?;
    let lock = Lock::of(ctx, &upload.uploader_kind, &upload.uploader_id).await?;
    let ending = upload.name(&lock, &ctx.vault)?.ending();
    let mut inspection = Inspection::new(&ending, &rule.types, rule.most_pixels);
    let mut hash = digest::Context::new(&digest::SHA256);
    let mut plain = Plain::of(ctx, &upload).await?;
    while let Some(bytes) = plain.next().await? {
        hash.update(&bytes);
        inspection.push(&bytes);
        tokio::task::yield_now().await;
    }
    let outcome = inspection.end();
    if let Err(why) = outcome {
        metrics::counter!("varde_files_rejected", "why" => why.code()).increment(1);
    }
    let (id, sha256) = (upload.id.clone(), hash.finish().as_ref().to_vec());
    ctx.db.write(Finish { id, sha256, outcome, now: ctx.now() }).await?;
    ctx.db.one(BY_ID, args![&upload.id]).await
}

/// Those whose request died between its last byte and its answer; for the worker.
pub async fn finish_left(ctx: &Ctx) -> Result<usize> {
    let left: Vec<Upload> = ctx.db.all(LEFT, args![ctx.now().plus_seconds(-LEFT_SECONDS)]).await?;
    let count = left.len();
    for upload in left {
        finish(ctx, upload).await?;
    }
    Ok(count)
}

struct Finish {
    id: String,
    sha256: Vec<u8>,
    outcome: Result<FileType, Rejection>,
    now: Instant,
}

impl Command for Finish {
    type Out = ();

    /// Two who finish the same at once have read the same bytes: the second changes nothing.
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let received = State::Uploading.after(Event::Completed);
        let (state, kind) = match self.outcome {
            Ok(kind) => (received, Some(kind.code())),
            Err(why) => (received.and_then(|state| state.after(Event::Refused(why))), None),
        };
        let state = state.ok_or(Error::Broken("a file that cannot end"))?;
        let good = self.outcome.is_ok().then_some(self.now);
        let bad = self.outcome.is_err().then_some(self.now);
        let values =
            args![state.code(), state.reason(), kind, self.sha256.as_slice(), good, bad, self.now, &self.id];
        tx.later(FINISH, values).await
    }
}

pub const FINISH: &str = "UPDATE blob SET state = $1, reason = $2, file_type = $3, sha256 = $4, check_at = $5, \
    drop_at = $6, updated_at = $7, version = version + 1 WHERE id = $8 AND state = 'uploading' AND received = length";
