//! Files become part of something, all of them or none, in the transaction of the slice whose it is. And they end: with
//! what they belong to, or by their sender before.

use domain::{
    blobs::{Blob, End, Refusal},
    kernel::{Instant, Public},
};

use super::{
    Upload, Uploader,
    rows::{Lock, OWN},
};
use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
    vault::Vault,
};

/// What is handed in, by whom, to what.
#[derive(Clone, Debug)]
pub struct HandIn {
    pub who: Uploader,
    pub kind: String,
    /// The inner id of the slice's row.
    pub owner: String,
    pub files: Vec<Public<Blob>>,
    pub at: Instant,
}

/// A file that was handed in: what a receipt says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    pub public: Public<Blob>,
    pub name: String,
    pub length: u64,
    /// Of the original, every byte as it was sent.
    pub sha256: Vec<u8>,
}

/// Which file stands in the way, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotHanded {
    /// It is still being sent: empty or cut files stay here for ever.
    Unfinished(Public<Blob>),
    /// It was refused, or a scanner found something.
    Bad(Public<Blob>),
    /// Not hers, of another kind, handed in already, or gone.
    Gone(Public<Blob>),
}

impl NotHanded {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unfinished(_) => "unfinished",
            Self::Bad(_) => "bad",
            Self::Gone(_) => "gone",
        }
    }
}

impl HandIn {
    /// Inside the slice's own command. On `Err` nothing of it has changed.
    pub async fn within(&self, vault: &Vault, tx: &mut Tx) -> Result<Result<Vec<Handed>, NotHanded>> {
        let mut handed: Vec<(Upload, Handed)> = Vec::with_capacity(self.files.len());
        for public in &self.files {
            if handed.iter().any(|(_, known)| known.public == *public) {
                continue;
            }
            let found: Option<Upload> = tx.optional(OWN, args![public, self.who.kind, &self.who.id]).await?;
            let fits = found.filter(|upload| upload.owner_id.is_none() && upload.kind == self.kind);
            let Some(upload) = fits else { return Ok(Err(NotHanded::Gone(public.clone()))) };
            if let Some(why) = stands_in_the_way(&upload, public)? {
                return Ok(Err(why));
            }
            let one = self.one(vault, tx, &upload, public).await?;
            handed.push((upload, one));
        }
        for (upload, _) in &handed {
            if tx.execute(HAND_IN, args![&self.owner, self.at, &upload.id]).await? == 0 {
                return Err(Error::Broken("a file changed within a transaction"));
            }
        }
        Ok(Ok(handed.into_iter().map(|(_, one)| one).collect()))
    }

    async fn one(
        &self,
        vault: &Vault,
        tx: &mut Tx,
        upload: &Upload,
        public: &Public<Blob>,
    ) -> Result<Handed> {
        let lock = match self.who.kind {
            "staff" => Lock::Staff,
            _ => Lock::Person(vault.subject(tx, &self.who.id).await?),
        };
        let name = upload.name(&lock, vault)?.as_str().to_owned();
        let sha256 = upload.sha256.clone().ok_or(Error::Broken("the hash of a file"))?;
        let length = upload.length().ok_or(Error::Broken("the length of a file"))?;
        Ok(Handed { public: public.clone(), name, length, sha256 })
    }
}

fn stands_in_the_way(upload: &Upload, public: &Public<Blob>) -> Result<Option<NotHanded>> {
    let state = upload.state()?;
    if state.may_be_handed_in() {
        return Ok(None);
    }
    Ok(Some(match state.code() {
        "uploading" => NotHanded::Unfinished(public.clone()),
        "ended" => NotHanded::Gone(public.clone()),
        _ => NotHanded::Bad(public.clone()),
    }))
}

/// What it belonged to has ended: its files end with it, and the worker drops their bytes.
pub async fn end(tx: &mut Tx, kind: &str, owner: &str, now: Instant) -> Result<u64> {
    tx.execute(END, args![End::Retention.code(), now, kind, owner]).await
}

/// Its sender takes it away, before it was handed in. `Over`: there is none of hers that could be.
pub async fn remove(ctx: &Ctx, who: &Uploader, public: &Public<Blob>) -> Result<Result<(), Refusal>> {
    let (who, public, now) = (who.clone(), public.clone(), ctx.now());
    ctx.db.write(Remove { who, public, now }).await
}

struct Remove {
    who: Uploader,
    public: Public<Blob>,
    now: Instant,
}

impl Command for Remove {
    type Out = Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let values = args![End::Removed.code(), self.now, &self.public, self.who.kind, &self.who.id];
        Ok(if tx.execute(REMOVE, values).await? == 1 { Ok(()) } else { Err(Refusal::Over) })
    }
}

pub const HAND_IN: &str = "UPDATE blob SET owner_id = $1, expires_at = NULL, updated_at = $2, version = version + 1 \
    WHERE id = $3 AND owner_id IS NULL AND state IN ('received', 'checking', 'clean')";
pub const END: &str = "UPDATE blob SET state = 'ended', reason = $1, drop_at = $2, updated_at = $2, expires_at = NULL, \
    check_at = NULL, lease = NULL, version = version + 1 WHERE kind = $3 AND owner_id = $4 AND state <> 'ended'";
pub const REMOVE: &str = "UPDATE blob SET state = 'ended', reason = $1, drop_at = $2, updated_at = $2, expires_at = NULL, \
    check_at = NULL, lease = NULL, version = version + 1 WHERE public_id = $3 AND uploader_kind = $4 AND uploader_id = $5 \
    AND owner_id IS NULL AND state <> 'ended'";
