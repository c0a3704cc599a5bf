//! An upload begins: its rule is chosen, its key made, and nothing is stored yet.

use domain::{
    blobs::{Blob, FileName, Refusal, Rule},
    kernel::{CivilDate, Instant, Public},
};

use super::{
    CHUNK, Upload, Uploader,
    rows::{Lock, OWN, place},
    seal::FileKey,
};
use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

/// What a sender says of a file.
#[derive(Clone, Debug)]
pub struct New {
    /// Of the rule, such as `letter`.
    pub kind: String,
    /// The public id of what the page is about, if there is one.
    pub draft: Option<String>,
    pub name: FileName,
    /// As the sender says; never believed.
    pub declared: String,
    /// None: it is known when the last byte has come.
    pub length: Option<u64>,
}

#[derive(sqlx::FromRow)]
pub(super) struct RuleRow {
    kind: String,
    valid_from: String,
    most_bytes: i64,
    most_open: i64,
    types: String,
    most_pixels: i64,
    unfinished_hours: i64,
    infected_days: i64,
}

impl RuleRow {
    pub fn rule(self) -> Result<Rule> {
        let whole = |n: i64| u64::try_from(n).map_err(|_| Error::Broken("a rule of files"));
        Ok(Rule {
            most_bytes: whole(self.most_bytes)?,
            most_pixels: whole(self.most_pixels)?,
            types: Rule::parse_types(&self.types).ok_or(Error::Broken("types of a rule of files"))?,
            kind: self.kind,
            valid_from: self.valid_from,
            most_open: self.most_open,
            unfinished_hours: self.unfinished_hours,
            infected_days: self.infected_days,
        })
    }
}

/// The rule of a kind on a day: a page tells its limits before anything is sent.
pub async fn rule(ctx: &Ctx, kind: &str, day: CivilDate) -> Result<Option<Rule>> {
    ctx.db.optional::<RuleRow>(RULE, args![kind, day]).await?.map(RuleRow::rule).transpose()
}

/// The version that this file began under.
pub(super) async fn rule_of(ctx: &Ctx, upload: &Upload) -> Result<Rule> {
    ctx.db.one::<RuleRow>(VERSION, args![&upload.kind, &upload.rule_from]).await?.rule()
}

/// One's own file; anybody else's does not exist.
pub async fn find(ctx: &Ctx, who: &Uploader, public: &Public<Blob>) -> Result<Option<Upload>> {
    ctx.db.optional(OWN, args![public, who.kind, &who.id]).await
}

pub async fn begin(ctx: &Ctx, who: &Uploader, new: New) -> Result<Result<Upload, Refusal>> {
    let now = ctx.now();
    let Some(rule) = rule(ctx, &new.kind, now.date()).await? else { return Ok(Err(Refusal::Kind)) };
    let (id, public) = (ctx.chance.id::<Blob>(now), ctx.chance.public::<Blob>());
    let lock = Lock::of(ctx, who.kind, &who.id).await?;
    let sealed_key = lock.seal(ctx, &place("key", id.as_str()), &*FileKey::bytes(&ctx.chance))?;
    let name = lock.seal(ctx, &place("name", id.as_str()), new.name.as_str().as_bytes())?;
    let begin =
        Begin { id: id.as_str().to_owned(), public, who: who.clone(), rule, new, name, sealed_key, now };
    let public = begin.public.clone();
    if let Err(refusal) = ctx.db.write(begin).await? {
        return Ok(Err(refusal));
    }
    find(ctx, who, &public).await?.map(Ok).ok_or(Error::Broken("a file that began"))
}

struct Begin {
    id: String,
    public: Public<Blob>,
    who: Uploader,
    rule: Rule,
    new: New,
    name: Vec<u8>,
    sealed_key: Vec<u8>,
    now: Instant,
}

impl Command for Begin {
    type Out = Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (open,): (i64,) = tx.one(OPEN, args![self.who.kind, &self.who.id]).await?;
        if let Err(refusal) = self.rule.admits(self.new.length, &self.new.name.ending(), open) {
            return Ok(Err(refusal));
        }
        let length = self.new.length.and_then(|length| i64::try_from(length).ok());
        let values = args![
            &self.id,
            &self.public,
            &self.new.kind,
            &self.rule.valid_from,
            self.new.draft.clone(),
            self.who.kind,
            &self.who.id,
            self.name.as_slice(),
            &self.new.declared,
            length,
            CHUNK as i64,
            self.sealed_key.as_slice(),
            self.now,
            self.now.plus_minutes(self.rule.unfinished_hours * 60)
        ];
        tx.later(INSERT, values).await?;
        Ok(Ok(()))
    }
}

macro_rules! rule {
    ($rest:literal) => {
        concat!(
            "SELECT kind, valid_from, most_bytes, most_open, types, most_pixels, unfinished_hours, infected_days \
             FROM blob_rule WHERE kind = $1 AND ",
            $rest
        )
    };
}

pub const RULE: &str = rule!("valid_from <= $2 ORDER BY valid_from DESC LIMIT 1");
pub const VERSION: &str = rule!("valid_from = $2");
pub const OPEN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM blob WHERE uploader_kind = $1 AND uploader_id = $2 \
    AND owner_id IS NULL AND state IN ('uploading', 'received', 'checking', 'clean')";
pub const INSERT: &str = "INSERT INTO blob (id, public_id, kind, rule_from, draft, uploader_kind, uploader_id, name, \
    declared, length, chunk_size, sealed_key, state, created_at, updated_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'uploading', $13, $13, $14)";
