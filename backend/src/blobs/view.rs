//! Files as a page lists them.

use domain::{
    blobs::{Blob, FileType, State},
    kernel::{Instant, Public},
};

use super::{
    Upload, Uploader,
    rows::{ALL_OF_OWNER, Lock, WAITING},
};
use crate::{Result, args, ctx::Ctx, db::Tx};

/// One file. Its name is gone when its bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileView {
    pub public: Public<Blob>,
    pub name: Option<String>,
    pub kind: Option<FileType>,
    pub state: State,
    pub received: u64,
    pub length: Option<u64>,
    /// Of the original.
    pub sha256: Option<Vec<u8>>,
    pub at: Instant,
    /// Sent by staff.
    pub from_staff: bool,
}

/// What somebody has sent for this and not handed in, the unfinished and the refused among it.
pub async fn waiting(ctx: &Ctx, who: &Uploader, kind: &str, draft: Option<&str>) -> Result<Vec<FileView>> {
    let values = args![who.kind, &who.id, kind, draft.unwrap_or_default()];
    views(ctx, ctx.db.all(WAITING, values).await?).await
}

/// What of it is whole, within the command that hands it in.
pub async fn whole_within(tx: &mut Tx, who: &Uploader, kind: &str, draft: &str) -> Result<Vec<Public<Blob>>> {
    let rows: Vec<Upload> = tx.all(WAITING, args![who.kind, &who.id, kind, draft]).await?;
    let mut whole = Vec::with_capacity(rows.len());
    for row in rows {
        if row.state()?.may_be_handed_in() {
            whole.push(row.public()?);
        }
    }
    Ok(whole)
}

/// What was handed in to this. Whoever shows it has judged who may see it.
pub async fn of(ctx: &Ctx, kind: &str, owner: &str) -> Result<Vec<FileView>> {
    views(ctx, ctx.db.all(ALL_OF_OWNER, args![kind, owner]).await?).await
}

async fn views(ctx: &Ctx, rows: Vec<Upload>) -> Result<Vec<FileView>> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let name = match &row.name {
            Some(_) => {
                let lock = Lock::of(ctx, &row.uploader_kind, &row.uploader_id).await?;
                Some(row.name(&lock, &ctx.vault)?.as_str().to_owned())
            }
            None => None,
        };
        all.push(FileView {
            public: row.public()?,
            name,
            kind: row.file_type.as_deref().and_then(FileType::parse),
            state: row.state()?,
            received: row.received(),
            length: row.length(),
            sha256: row.sha256,
            at: Instant(row.created_at),
            from_staff: row.uploader_kind == "staff",
        });
    }
    Ok(all)
}
