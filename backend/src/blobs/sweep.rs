//! What nobody came back for ends, the bytes of what has ended go, and so do objects that no row names: parts whose
//! process died before it could write their row.

use domain::{blobs::End, kernel::Instant};
use futures_util::StreamExt;

use crate::{
    Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

/// An object without a row may belong to a request that is still at work; after a day it does not.
const ORPHAN_DAYS: i64 = 1;

/// Ends what is past its time and not handed in. Tells how many.
pub async fn expire(ctx: &Ctx) -> Result<u64> {
    ctx.db.write(Expire { now: ctx.now() }).await
}

struct Expire {
    now: Instant,
}

impl Command for Expire {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(EXPIRE, args![End::Expired.code(), self.now]).await
    }
}

/// Drops the bytes, the key and the name of what is due; a refused file keeps its name for its sender until it ends. First the objects, then what names them: a store that is away
/// leaves the row for the next round. Tells how many files.
pub async fn drop_due(ctx: &Ctx) -> Result<usize> {
    let due: Vec<(String,)> = ctx.db.all(DUE, args![ctx.now()]).await?;
    let count = due.len();
    for (id,) in due {
        let parts: Vec<(String,)> = ctx.db.all(OBJECTS, args![&id]).await?;
        for (object,) in &parts {
            ctx.files.delete(object).await?;
        }
        ctx.db.write(Dropped { id }).await?;
    }
    Ok(count)
}

struct Dropped {
    id: String,
}

impl Command for Dropped {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(DROP_PARTS, args![&self.id]).await?;
        tx.later(DROPPED, args![&self.id]).await
    }
}

/// Deletes objects older than a day that no row names. Tells how many.
pub async fn sweep_orphans(ctx: &Ctx) -> Result<usize> {
    let young = ctx.now().plus_days(-ORPHAN_DAYS);
    let (mut all, mut swept) = (ctx.files.list(), 0);
    while let Some(found) = all.next().await {
        let (object, written) = found?;
        if written > young || ctx.db.optional::<(i64,)>(KNOWN, args![&object]).await?.is_some() {
            continue;
        }
        ctx.files.delete(&object).await?;
        swept += 1;
    }
    Ok(swept)
}

pub const EXPIRE: &str = "UPDATE blob SET state = 'ended', reason = $1, drop_at = $2, updated_at = $2, expires_at = NULL, \
    check_at = NULL, lease = NULL, version = version + 1 WHERE expires_at <= $2 AND owner_id IS NULL \
    AND state NOT IN ('infected', 'ended')";
pub const DUE: &str = "SELECT id FROM blob WHERE drop_at <= $1 ORDER BY drop_at LIMIT 50";
pub const OBJECTS: &str = "SELECT object FROM blob_part WHERE blob_id = $1";
pub const DROP_PARTS: &str = "DELETE FROM blob_part WHERE blob_id = $1";
pub const DROPPED: &str = "UPDATE blob SET drop_at = NULL, sealed_key = NULL, \
    name = CASE WHEN state = 'rejected' THEN name ELSE NULL END WHERE id = $1";
pub const KNOWN: &str = "SELECT CAST(1 AS BIGINT) FROM blob_part WHERE object = $1";
