//! What a lawyer is typing, sealed in the room it is for: nobody but she opens it.

use domain::kernel::{Id, Instant, Public};

use super::{
    CounselThread,
    ends::{self, Room},
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
    identity::lawyers::Register,
    messages::drafts::{Draft, Fields, Kept},
    rules::Rules,
};

#[derive(sqlx::FromRow)]
pub(super) struct DraftRow {
    thread_id: String,
    sealed: Vec<u8>,
    earlier: Option<Vec<u8>>,
    version: i64,
    updated_at: i64,
}

impl DraftRow {
    pub fn open(self, room: &Room) -> Result<Draft> {
        let place = place(&self.thread_id);
        let fields = |sealed: Vec<u8>| {
            serde_json::from_slice(&room.open(&place, &sealed)?).map_err(|_| Error::Broken("a draft"))
        };
        let earlier = self.earlier.map(fields).transpose()?;
        Ok(Draft {
            fields: fields(self.sealed)?,
            earlier,
            version: self.version,
            at: Instant(self.updated_at),
        })
    }
}

fn place(thread: &str) -> String {
    format!("counsel_draft/sealed/{thread}")
}

/// Keeps what stands in the form now; none if her mandate does not stand. `seen` is the version that its page was shown with.
pub async fn keep(
    ctx: &Ctx,
    who: &Citizen,
    inmate: &Public<Inmate>,
    fields: &Fields,
    seen: i64,
) -> Result<Option<Kept>> {
    let now = ctx.now();
    let fresh = (ctx.chance.id(now), ctx.chance.public());
    let (who, inmate, fields) = (who.clone(), inmate.clone(), fields.clone());
    ctx.db.write(Keep { ctx: ctx.clone(), who, inmate, fields, seen, fresh, now }).await
}

struct Keep {
    ctx: Ctx,
    who: Citizen,
    inmate: Public<Inmate>,
    fields: Fields,
    seen: i64,
    fresh: (Id<CounselThread>, Public<CounselThread>),
    now: Instant,
}

impl Command for Keep {
    type Out = Option<Kept>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Kept>> {
        let standing = ends::lawyer(tx, &self.ctx.lawyers, &self.who, &self.inmate, self.now).await?;
        let Some(standing) = standing else { return Ok(None) };
        let room = ends::lawyers_room(tx, &self.ctx, &self.who, &standing, &self.fresh, self.now).await?;
        let plain = serde_json::to_vec(&self.fields).map_err(|_| Error::Broken("a draft"))?;
        let sealed = room.seal(&self.ctx.chance, &place(room.thread().as_str()), &plain)?;
        let (version, beside): (i64, i64) =
            tx.one(KEEP, args![room.thread(), sealed, self.now, self.seen]).await?;
        Ok(Some(Kept { version, replaced: beside == 1 && version != self.seen + 1 }))
    }
}

/// Throws it away. Whoever has no room has nothing to throw away.
pub async fn discard(ctx: &Ctx, who: &Citizen, inmate: &Public<Inmate>) -> Result<bool> {
    let (lawyers, who, inmate) = (ctx.lawyers.clone(), who.clone(), inmate.clone());
    ctx.db.write(Discard { lawyers, who, inmate, now: ctx.now() }).await
}

struct Discard {
    lawyers: Register,
    who: Citizen,
    inmate: Public<Inmate>,
    now: Instant,
}

impl Command for Discard {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let standing = ends::lawyer(tx, &self.lawyers, &self.who, &self.inmate, self.now).await?;
        let Some(standing) = standing else { return Ok(false) };
        tx.later(SENT, args![standing.thread_id, i64::MAX]).await?;
        Ok(true)
    }
}

/// Drops what nobody has touched for long (a rule); for the worker.
pub async fn drop_old(ctx: &Ctx) -> Result<u64> {
    let days = Rules::on(&ctx.db, ctx.now().date()).await?.days("messages.draft_days")?;
    ctx.db.write(DropOld(ctx.now().plus_days(-days))).await
}

struct DropOld(Instant);

impl Command for DropOld {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(DROP_OLD, args![self.0]).await
    }
}

pub const FIND: &str =
    "SELECT thread_id, sealed, earlier, version, updated_at FROM counsel_draft WHERE thread_id = $1";
pub const KEEP: &str = "INSERT INTO counsel_draft (thread_id, sealed, version, updated_at) VALUES ($1, $2, 1, $3) \
    ON CONFLICT (thread_id) DO UPDATE SET earlier = CASE WHEN counsel_draft.version <> $4 THEN counsel_draft.sealed \
    ELSE counsel_draft.earlier END, sealed = excluded.sealed, version = counsel_draft.version + 1, \
    updated_at = excluded.updated_at RETURNING version, CAST(CASE WHEN earlier IS NULL THEN 0 ELSE 1 END AS BIGINT)";
pub const SENT: &str = "DELETE FROM counsel_draft WHERE thread_id = $1 AND version <= $2";
pub const DROP_OLD: &str = "DELETE FROM counsel_draft WHERE updated_at < $1";
