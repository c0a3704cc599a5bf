//! The row of a file, whose it is, and what opens it.

use domain::{
    blobs::{Blob, FileName, State},
    kernel::{Id, Instant, Public},
};
use zeroize::Zeroizing;

use super::seal::FileKey;
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx},
    vault::{SUBJECT_KEY, SubjectKey, Vault},
};

/// Who sends a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploader {
    pub(super) kind: &'static str,
    pub(super) id: String,
}

impl Uploader {
    /// None for whoever sends no files: nobody signed in, and the victims' area.
    pub fn of(actor: &Actor) -> Option<Self> {
        match actor {
            Actor::Citizen(who) => Some(Self { kind: "person", id: who.person.as_str().to_owned() }),
            Actor::Staff(who) => Some(Self { kind: "staff", id: who.staff.as_str().to_owned() }),
            _ => None,
        }
    }
}

/// A file as its row has it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Upload {
    pub(super) id: String,
    pub(super) public_id: String,
    pub(super) kind: String,
    pub(super) rule_from: String,
    pub(super) owner_id: Option<String>,
    pub(super) uploader_kind: String,
    pub(super) uploader_id: String,
    pub(super) name: Option<Vec<u8>>,
    pub(super) file_type: Option<String>,
    pub(super) length: Option<i64>,
    pub(super) received: i64,
    pub(super) chunks: i64,
    pub(super) parts: i64,
    pub(super) chunk_size: i64,
    pub(super) sha256: Option<Vec<u8>>,
    pub(super) sealed_key: Option<Vec<u8>>,
    pub(super) state: String,
    pub(super) reason: Option<String>,
    pub(super) created_at: i64,
    pub(super) expires_at: Option<i64>,
    pub(super) tries: i64,
}

impl Upload {
    pub fn public(&self) -> Result<Public<Blob>> {
        Public::parse(&self.public_id).ok_or(Error::Broken("the id of a file"))
    }

    pub fn state(&self) -> Result<State> {
        State::parse(&self.state, self.reason.as_deref()).ok_or(Error::Broken("the state of a file"))
    }

    /// How many bytes have been kept.
    pub fn received(&self) -> u64 {
        u64::try_from(self.received).unwrap_or(0)
    }

    /// None while nobody knows.
    pub fn length(&self) -> Option<u64> {
        self.length.and_then(|length| u64::try_from(length).ok())
    }

    pub fn expires_at(&self) -> Option<Instant> {
        self.expires_at.map(Instant)
    }

    /// Every byte is there, and nobody has read it back.
    pub(super) fn awaits_its_end(&self) -> bool {
        self.state == "uploading" && self.length == Some(self.received)
    }

    pub(super) fn id(&self) -> Id<Blob> {
        Id::new(self.id.as_str())
    }

    pub(super) fn name(&self, lock: &Lock, vault: &Vault) -> Result<FileName> {
        let sealed = self.name.as_deref().ok_or(Error::Sealed)?;
        let plain = lock.open(vault, &place("name", &self.id), sealed)?;
        Ok(FileName::clean(std::str::from_utf8(&plain).map_err(|_| Error::Sealed)?))
    }

    pub(super) async fn key(&self, ctx: &Ctx) -> Result<FileKey> {
        let sealed = self.sealed_key.as_deref().ok_or(Error::Sealed)?;
        let lock = Lock::of(ctx, &self.uploader_kind, &self.uploader_id).await?;
        FileKey::new(&lock.open(&ctx.vault, &place("key", &self.id), sealed)?)
    }
}

/// What a file's key and name are sealed under: a person's own key, so that erasing it erases what she sent; the master
/// key for staff.
pub(super) enum Lock {
    Person(SubjectKey),
    Staff,
}

impl Lock {
    pub async fn of(ctx: &Ctx, kind: &str, id: &str) -> Result<Self> {
        if kind == "staff" {
            return Ok(Self::Staff);
        }
        let (sealed,): (Vec<u8>,) = ctx.db.one(SUBJECT_KEY, args![id]).await?;
        Ok(Self::Person(ctx.vault.subject_from(id, &sealed)?))
    }

    pub fn seal(&self, ctx: &Ctx, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        match self {
            Self::Person(key) => key.seal(&ctx.chance, place, plain),
            Self::Staff => ctx.vault.seal(&ctx.chance, place, plain),
        }
    }

    pub fn open(&self, vault: &Vault, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        match self {
            Self::Person(key) => key.open(place, sealed),
            Self::Staff => vault.open(place, sealed),
        }
    }
}

pub(super) fn place(column: &str, id: &str) -> String {
    format!("blob/{column}/{id}")
}

macro_rules! blob {
    ($rest:literal) => {
        concat!(
            "SELECT id, public_id, kind, rule_from, owner_id, uploader_kind, uploader_id, name, file_type, length, \
             received, chunks, parts, chunk_size, sha256, sealed_key, state, reason, created_at, expires_at, tries \
             FROM blob ",
            $rest
        )
    };
}

pub const OWN: &str = blob!("WHERE public_id = $1 AND uploader_kind = $2 AND uploader_id = $3");
pub const BY_ID: &str = blob!("WHERE id = $1");
pub const OF_OWNER: &str = blob!("WHERE public_id = $1 AND kind = $2 AND owner_id = $3");
pub const ALL_OF_OWNER: &str = blob!("WHERE kind = $1 AND owner_id = $2 ORDER BY created_at, id");
pub const WAITING: &str = blob!(
    "WHERE uploader_kind = $1 AND uploader_id = $2 AND owner_id IS NULL AND kind = $3 AND COALESCE(draft, '') = $4 \
     AND state <> 'ended' ORDER BY created_at, id"
);
pub const SENT_BY: &str =
    blob!("WHERE uploader_kind = 'person' AND uploader_id = $1 ORDER BY created_at DESC, id DESC");
pub const LEFT: &str = blob!(
    "WHERE state = 'uploading' AND received = length AND updated_at <= $1 ORDER BY updated_at LIMIT 20"
);
