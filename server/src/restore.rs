//! A copy takes the place of the database. It is examined beside it first: every page, and the whole audit trail
//! under this portal's own key. What does not hold takes nobody's place.

use std::{
    error::Error,
    path::{Path, PathBuf},
    sync::Arc,
};

use backend::{
    audit,
    blobs::Store,
    config::Settings,
    ctx::{Chance, Clock, Ctx},
    db::{Db, backup::Staged},
    identity::lawyers::Register,
    restoring,
    vault::Vault,
};

use crate::master_key;

/// What became of it.
pub struct Restored {
    /// Rows of the audit trail that are as they were written.
    pub audited: i64,
    /// Letters and other jobs that wait.
    pub open: i64,
    /// Where the database that was there before is kept.
    pub kept: Option<PathBuf>,
}

pub async fn restore(
    settings: Settings,
    from: &Path,
    overwrite: bool,
) -> Result<Restored, Box<dyn Error + Send + Sync>> {
    let staged = Staged::new(&settings.database.url, from, overwrite).await?;
    match examine(settings, &staged).await {
        Ok((audited, open)) => {
            let kept = staged.put(overwrite).await?;
            Ok(Restored { audited, open, kept })
        }
        Err(error) => {
            staged.drop_file();
            Err(error)
        }
    }
}

/// Opens the copy as the portal would, which also brings an older schema up to date.
async fn examine(settings: Settings, staged: &Staged) -> Result<(i64, i64), Box<dyn Error + Send + Sync>> {
    let chance = Chance::system();
    let vault = Vault::new(master_key::load(&settings, &chance)?)?;
    let db = Db::open(&staged.url()).await?;
    let (files, lawyers) = (Store::nowhere(), Register::nobody());
    let ctx = Ctx { db, clock: Clock::system(), chance, vault, files, lawyers, settings: Arc::new(settings) };
    let verdict = audit::verify(&ctx).await?;
    let audit::Verdict::Whole { rows } = verdict else {
        ctx.db.close().await;
        return Err("the audit trail of the copy is broken, or this is not its master key".into());
    };
    let open = restoring::settle(&ctx).await?;
    ctx.db.close().await;
    Ok((rows, open))
}
