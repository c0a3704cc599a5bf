//! What somebody is typing, kept as typed: one a person and place. Two windows that write the same draft lose nothing: the
//! newest stands, what it replaced is kept beside it, and whoever saves is told.

pub mod held;

use std::collections::BTreeMap;

use domain::{
    access::Person,
    kernel::{Id, Instant},
};

use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
};

/// The fields of a form by name, as typed.
pub type Fields = BTreeMap<String, String>;

/// Whose draft it is, and under whose key it is sealed: an officer's answer under that of the person she answers.
#[derive(Clone, Debug)]
pub struct Owner {
    id: String,
    subject: Id<Person>,
}

impl Owner {
    pub fn citizen(who: &Citizen) -> Self {
        Self { id: who.person.as_str().to_owned(), subject: who.person.clone() }
    }

    pub(crate) fn staff(staff: &Staff, subject: &Id<Person>) -> Self {
        Self { id: staff.staff.as_str().to_owned(), subject: subject.clone() }
    }
}

/// A draft as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub fields: Fields,
    /// Words of another window that these replaced.
    pub earlier: Option<Fields>,
    /// The page sends it along, so that another window's words are noticed.
    pub version: i64,
    pub at: Instant,
}

/// What saving did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub version: i64,
    /// Another window had saved since this page was shown: its words are kept beside.
    pub replaced: bool,
}

/// The row of a draft; also joined into the reads of pages.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct DraftRow {
    pub draft: Option<Vec<u8>>,
    pub draft_earlier: Option<Vec<u8>>,
    pub draft_version: Option<i64>,
    pub draft_at: Option<i64>,
}

impl DraftRow {
    pub fn open(self, ctx: &Ctx, owner: &Owner, subject_key: &[u8], at: &str) -> Result<Option<Draft>> {
        let (Some(sealed), Some(version), Some(saved)) = (self.draft, self.draft_version, self.draft_at)
        else {
            return Ok(None);
        };
        let key = ctx.vault.subject_from(owner.subject.as_str(), subject_key)?;
        let place = place(&owner.id, at);
        let fields = |sealed: Vec<u8>| {
            serde_json::from_slice(&key.open(&place, &sealed)?).map_err(|_| Error::Broken("a draft"))
        };
        let earlier = self.draft_earlier.map(fields).transpose()?;
        Ok(Some(Draft { fields: fields(sealed)?, earlier, version, at: Instant(saved) }))
    }
}

#[derive(sqlx::FromRow)]
struct Found {
    subject_key: Vec<u8>,
    #[sqlx(flatten)]
    draft: DraftRow,
}

/// The draft at this place, if there is one.
pub async fn find(ctx: &Ctx, owner: &Owner, at: &str) -> Result<Option<Draft>> {
    let found: Option<Found> = ctx.db.optional(FIND, args![&owner.id, at]).await?;
    match found {
        Some(found) => found.draft.open(ctx, owner, &found.subject_key, at),
        None => Ok(None),
    }
}

/// Keeps what stands in the form now. `seen` is the version that its page was shown with, 0 for none.
pub async fn keep(ctx: &Ctx, owner: &Owner, at: &str, fields: &Fields, seen: i64) -> Result<Kept> {
    let (owner, at) = (owner.clone(), at.to_owned());
    ctx.db.write(Keep { ctx: ctx.clone(), owner, at, fields: fields.clone(), seen, now: ctx.now() }).await
}

struct Keep {
    ctx: Ctx,
    owner: Owner,
    at: String,
    fields: Fields,
    seen: i64,
    now: Instant,
}

impl Command for Keep {
    type Out = Kept;

    async fn run(&self, tx: &mut Tx) -> Result<Kept> {
        let (owner, vault) = (&self.owner, &self.ctx.vault);
        let key = vault.subject(tx, owner.subject.as_str()).await?;
        let plain = serde_json::to_vec(&self.fields).map_err(|_| Error::Broken("a draft"))?;
        let sealed = key.seal(&self.ctx.chance, &place(&owner.id, &self.at), &plain)?;
        let values = args![&owner.id, &self.at, &owner.subject, sealed, self.now, self.seen];
        let (version, beside): (i64, i64) = tx.one(KEEP, values).await?;
        Ok(Kept { version, replaced: beside == 1 && version != self.seen + 1 })
    }
}

/// What was sent needs no draft. One that another window has saved since stays.
pub(crate) async fn sent(tx: &mut Tx, owner: &Owner, at: &str, seen: i64) -> Result<()> {
    tx.later(SENT, args![&owner.id, at, seen]).await
}

/// Throws the draft away.
pub async fn discard(ctx: &Ctx, owner: &Owner, at: &str) -> Result<()> {
    ctx.db.write(Discard { owner: owner.id.clone(), at: at.to_owned() }).await
}

struct Discard {
    owner: String,
    at: String,
}

impl Command for Discard {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(SENT, args![&self.owner, &self.at, i64::MAX]).await
    }
}

/// Drops drafts that nobody has touched for long (a rule); for the worker.
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

/// The version that a page sends along; what is none counts as none.
pub(crate) fn seen(version: &str) -> i64 {
    version.parse().unwrap_or(0)
}

fn place(owner: &str, at: &str) -> String {
    format!("message_draft/sealed/{owner}/{at}")
}

pub const FIND: &str = "SELECT k.sealed AS subject_key, d.sealed AS draft, d.earlier AS draft_earlier, \
    d.version AS draft_version, d.updated_at AS draft_at FROM message_draft d \
    JOIN subject_key k ON k.subject_id = d.subject_id WHERE d.owner = $1 AND d.place = $2";
pub const KEEP: &str = "INSERT INTO message_draft (owner, place, subject_id, sealed, version, updated_at) \
    VALUES ($1, $2, $3, $4, 1, $5) ON CONFLICT (owner, place) DO UPDATE SET \
    earlier = CASE WHEN message_draft.version <> $6 THEN message_draft.sealed ELSE message_draft.earlier END, \
    sealed = excluded.sealed, version = message_draft.version + 1, updated_at = excluded.updated_at \
    RETURNING version, CAST(CASE WHEN earlier IS NULL THEN 0 ELSE 1 END AS BIGINT)";
pub const SENT: &str = "DELETE FROM message_draft WHERE owner = $1 AND place = $2 AND version <= $3";
pub const DROP_OLD: &str = "DELETE FROM message_draft WHERE updated_at < $1";
