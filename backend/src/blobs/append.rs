//! Bytes come: sealed chunk by chunk, stored part by part. A part is an object of its own that nobody writes twice; its
//! row, and with it the offset, is written after it. So a cut line loses nothing, a killed process and a second tab at most
//! what has no row: a second of it. What has no row is no part of the file.

use std::time::{self, Duration};

use aws_lc_rs::digest;
use bytes::Bytes;
use domain::{
    blobs::{Algorithm, Checksum, Refusal, Rule, State},
    kernel::Instant,
};

use super::{
    CHUNK, Upload,
    begin::rule_of,
    seal::{FileKey, Place},
};
use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

/// Chunks of a part: a megabyte in memory, whatever the file.
const CHUNKS: usize = 16;
/// A killed process loses so much of a sender's time, and no commit is made for each part of a fast line.
const AT_RISK: Duration = Duration::from_secs(1);

/// Why it does not go on: a rule, or something below it.
#[derive(Debug)]
pub enum Stopped {
    Refused(Refusal),
    Broken(Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Broken(error)
    }
}

impl From<Refusal> for Stopped {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Takes the bytes of one request.
pub struct Appender {
    ctx: Ctx,
    upload: Upload,
    key: FileKey,
    rule: Rule,
    /// Of the chunk that is filling.
    plain: Vec<u8>,
    /// Of the part that is filling.
    sealed: Vec<Bytes>,
    sealed_bytes: i64,
    check: Option<(Checksum, digest::Context)>,
    /// Parts that are stored and have no row yet: on a fast line those of a second, with a checksum all of them.
    held: Vec<Part>,
    /// When rows were written last; the first part does not wait.
    kept_at: Option<time::Instant>,
    /// Where the upload stands in the database.
    kept: Stand,
    /// Where it stands with the parts that are stored.
    stored: Stand,
}

#[derive(Clone, Debug)]
struct Part {
    object: String,
    length: i64,
}

#[derive(Clone, Copy, Debug)]
struct Stand {
    received: i64,
    chunks: i64,
    parts: i64,
}

impl Appender {
    /// At the offset that the sender believes in. With a checksum all of the request's bytes are kept or none.
    pub async fn at(
        ctx: &Ctx,
        upload: Upload,
        offset: u64,
        check: Option<Checksum>,
    ) -> Result<Self, Stopped> {
        let state = upload.state()?;
        let there = upload.owner_id.is_none() && (state == State::Uploading || state.may_be_handed_in());
        // Also of a whole one: whoever asks where it stands is told that it is.
        if there && offset != upload.received() {
            return Err(Refusal::Offset.into());
        }
        if !there || state != State::Uploading {
            return Err(Refusal::Over.into());
        }
        let (key, rule) = (upload.key(ctx).await?, rule_of(ctx, &upload).await?);
        let kept = Stand { received: upload.received, chunks: upload.chunks, parts: upload.parts };
        Ok(Self {
            ctx: ctx.clone(),
            upload,
            key,
            rule,
            plain: Vec::with_capacity(CHUNK),
            sealed: Vec::with_capacity(CHUNKS),
            sealed_bytes: 0,
            check: check.map(|check| (check.clone(), digest::Context::new(algorithm(check.algorithm)))),
            held: Vec::new(),
            kept_at: None,
            kept,
            stored: kept,
        })
    }

    pub async fn push(&mut self, mut bytes: &[u8]) -> Result<(), Stopped> {
        self.room(bytes.len())?;
        if let Some((_, digest)) = &mut self.check {
            digest.update(bytes);
        }
        while !bytes.is_empty() {
            // Only when more comes is it known that a full chunk is not the last.
            if self.plain.len() == CHUNK {
                self.seal(false).await?;
            }
            let here = (CHUNK - self.plain.len()).min(bytes.len());
            self.plain.extend_from_slice(&bytes[..here]);
            bytes = &bytes[here..];
        }
        Ok(())
    }

    /// Whether so many bytes more are within what was said and what is allowed.
    fn room(&self, more: usize) -> Result<(), Refusal> {
        let total =
            self.stored.received as u64 + self.sealed_bytes as u64 + self.plain.len() as u64 + more as u64;
        match self.upload.length() {
            Some(length) if total > length => Err(Refusal::TooLong),
            None if total > self.rule.most_bytes => Err(Refusal::TooLarge),
            _ => Ok(()),
        }
    }

    /// The request is at its end: what came of it is kept. Gives the file as it stands.
    pub async fn end(mut self) -> Result<Upload, Stopped> {
        if let Some((wanted, digest)) = self.check.take()
            && digest.finish().as_ref() != wanted.digest
        {
            self.give_up().await?;
            return Err(Refusal::Checksum.into());
        }
        let total = self.stored.received + self.sealed_bytes + self.plain.len() as i64;
        self.rest(self.upload.length == Some(total)).await?;
        self.keep(self.upload.length).await?;
        Ok(self.upload)
    }

    /// The same where the length was not known: this is all of it.
    pub async fn end_of_file(mut self) -> Result<Upload, Stopped> {
        let total = self.stored.received + self.sealed_bytes + self.plain.len() as i64;
        if total == 0 {
            return Err(Refusal::Empty.into());
        }
        self.rest(true).await?;
        self.keep(Some(total)).await?;
        Ok(self.upload)
    }

    /// The line was cut. What came is kept, but for a request whose checksum can no more be tried.
    pub async fn cut(mut self) -> Result<(), Stopped> {
        if self.check.is_some() {
            self.give_up().await?;
            return Ok(());
        }
        self.end().await.map(|_| ())
    }

    async fn seal(&mut self, last: bool) -> Result<(), Stopped> {
        let number = self.stored.chunks + self.sealed.len() as i64;
        let place = Place { blob: &self.upload.id, number, last };
        self.sealed.push(self.key.seal(&self.ctx.chance, place, &self.plain)?);
        self.sealed_bytes += self.plain.len() as i64;
        self.plain.clear();
        if self.sealed.len() == CHUNKS && !last { self.part().await } else { Ok(()) }
    }

    async fn rest(&mut self, last: bool) -> Result<(), Stopped> {
        if !self.plain.is_empty() {
            self.seal(last).await?;
        }
        self.part().await
    }

    /// Stores what is sealed as an object of its own.
    async fn part(&mut self) -> Result<(), Stopped> {
        if self.sealed.is_empty() {
            return Ok(());
        }
        let object =
            format!("{}/{:06}-{}", self.upload.id, self.stored.parts, self.ctx.chance.public::<()>());
        let (pieces, length) = (std::mem::take(&mut self.sealed), std::mem::take(&mut self.sealed_bytes));
        let chunks = pieces.len() as i64;
        self.ctx.files.put(&object, pieces).await?;
        self.held.push(Part { object, length });
        self.stored.received += length;
        self.stored.chunks += chunks;
        self.stored.parts += 1;
        let late = self.kept_at.is_none_or(|at| at.elapsed() >= AT_RISK);
        if late && self.check.is_none() { self.keep(self.upload.length).await } else { Ok(()) }
    }

    /// Writes the rows of the parts that are stored, if nobody has gone on with the upload meanwhile.
    async fn keep(&mut self, length: Option<i64>) -> Result<(), Stopped> {
        if self.held.is_empty() && length == self.upload.length {
            return Ok(());
        }
        let now = self.ctx.now();
        let expires = now.plus_minutes(self.rule.unfinished_hours * 60);
        let (id, from, to) = (self.upload.id.clone(), self.kept, self.stored);
        let keep = Keep { id, from, to, parts: self.held.clone(), length, now, expires };
        if !self.ctx.db.write(keep).await? {
            self.give_up().await?;
            return Err(Refusal::Offset.into());
        }
        self.held.clear();
        (self.kept, self.kept_at) = (self.stored, Some(time::Instant::now()));
        self.upload.received = to.received;
        (self.upload.chunks, self.upload.parts, self.upload.length) = (to.chunks, to.parts, length);
        self.upload.expires_at = Some(expires.micros());
        Ok(())
    }

    /// Objects that no row names, and none will. Where the database did not answer they stay for the sweeper: their rows
    /// may have been written.
    async fn give_up(&mut self) -> Result<()> {
        for part in self.held.drain(..) {
            self.ctx.files.delete(&part.object).await?;
        }
        Ok(())
    }
}

fn algorithm(of: Algorithm) -> &'static digest::Algorithm {
    match of {
        Algorithm::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        Algorithm::Sha256 => &digest::SHA256,
    }
}

struct Keep {
    id: String,
    from: Stand,
    to: Stand,
    parts: Vec<Part>,
    length: Option<i64>,
    now: Instant,
    expires: Instant,
}

impl Command for Keep {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let (from, to) = (self.from, self.to);
        let values = args![
            to.received,
            to.chunks,
            to.parts,
            self.length,
            self.now,
            self.expires,
            &self.id,
            from.received,
            from.parts
        ];
        if tx.execute(KEEP, values).await? == 0 {
            return Ok(false);
        }
        for (number, part) in (from.parts..).zip(&self.parts) {
            tx.later(INSERT, args![&self.id, number, &part.object, part.length]).await?;
        }
        Ok(true)
    }
}

pub const KEEP: &str = "UPDATE blob SET received = $1, chunks = $2, parts = $3, length = $4, updated_at = $5, \
    expires_at = $6, version = version + 1 WHERE id = $7 AND state = 'uploading' AND received = $8 AND parts = $9";
pub const INSERT: &str = "INSERT INTO blob_part (blob_id, number, object, length) VALUES ($1, $2, $3, $4)";
