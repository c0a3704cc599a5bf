//! Files of a conversation: handed in with the next message of whoever sent them, seen by both, opened with a trace.

use domain::{
    blobs::Blob,
    kernel::{Id, Instant, Public},
    messages::may_answer,
};

use super::{Row, act::LOAD, write::LOAD_OWN};
use crate::{
    Error, Result, args,
    blobs::{self, FileView, HandIn, Opened, Uploader},
    ctx::{Actor, Ctx},
    db::Tx,
    messages::{ThreadRow, units},
};

/// The kind of such files (`blob_rule`).
pub const FILES: &str = "message";

/// What she or the officer has sent for this conversation and what is whole becomes part of it; `draft` is its public id, or
/// nothing while there is none. What is unfinished or refused stays where its sender sees it.
pub(super) async fn hand_in(
    tx: &mut Tx,
    ctx: &Ctx,
    actor: &Actor,
    (draft, thread): (&str, &str),
    at: Instant,
) -> Result<()> {
    let who = Uploader::of(actor).ok_or(Error::Broken("who sends files"))?;
    let files = blobs::whole_within(tx, &who, FILES, draft).await?;
    if files.is_empty() {
        return Ok(());
    }
    let hand_in = HandIn { who, kind: FILES.into(), owner: thread.into(), files, at };
    hand_in.within(&ctx.vault, tx).await?.map(|_| ()).map_err(|_| Error::Broken("a whole file"))
}

/// Those of a conversation; whoever asks has judged who may see it.
pub(super) async fn of(ctx: &Ctx, thread: &Id<ThreadRow>) -> Result<Vec<FileView>> {
    blobs::of(ctx, FILES, thread.as_str()).await
}

/// One of them, for either side; anybody else's conversation has none.
pub async fn file(
    ctx: &Ctx,
    actor: &Actor,
    thread: &Public<ThreadRow>,
    file: &Public<Blob>,
) -> Result<Option<Opened>> {
    let found: Option<Row> = match actor {
        Actor::Citizen(who) => ctx.db.optional(LOAD_OWN, args![thread, &who.person]).await?,
        Actor::Staff(staff) if may_answer(&staff.roles) => {
            ctx.db.optional(LOAD, args![units(staff), thread]).await?
        }
        _ => None,
    };
    let Some(row) = found else { return Ok(None) };
    blobs::open_for_reader(ctx, actor, FILES, &row.id, file).await
}
