//! The plain bytes of a file, chunk by chunk in their order. What is missing, cut, swapped or bent is an error before a
//! reader has the last chunk, never a shorter file.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};
use domain::{
    blobs::{Blob, FileName, FileType, Look, Plan, Strip},
    kernel::Public,
};
use futures_util::{
    Stream, StreamExt,
    stream::{BoxStream, try_unfold},
};

use super::{
    Store, Upload, Uploader,
    rows::{Lock, OF_OWNER, OWN},
    seal::{FileKey, OVERHEAD, Place},
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
};

#[derive(Clone, Debug, sqlx::FromRow)]
struct Part {
    object: String,
    length: i64,
}

/// Reads one file from its start.
pub struct Plain {
    store: Store,
    key: FileKey,
    blob: String,
    parts: VecDeque<Part>,
    /// What is still sealed of the part that is open.
    sealed: BytesMut,
    /// How many plain bytes that must be.
    left: usize,
    chunk_size: usize,
    number: i64,
    chunks: i64,
}

impl Plain {
    pub(super) async fn of(ctx: &Ctx, upload: &Upload) -> Result<Self> {
        let key = upload.key(ctx).await?;
        let parts: VecDeque<Part> = ctx.db.all(PARTS, args![&upload.id]).await?.into();
        let stored: i64 = parts.iter().map(|part| part.length).sum();
        if upload.length != Some(stored) {
            return Err(Error::Broken("the parts of a file"));
        }
        Ok(Self {
            store: ctx.files.clone(),
            key,
            blob: upload.id.clone(),
            parts,
            sealed: BytesMut::new(),
            left: 0,
            chunk_size: usize::try_from(upload.chunk_size)
                .map_err(|_| Error::Broken("the chunks of a file"))?,
            number: 0,
            chunks: upload.chunks,
        })
    }

    /// The next chunk; none after the last.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>> {
        if self.left == 0 {
            // A part has nothing behind its last chunk.
            if !self.sealed.is_empty() {
                return Err(Error::Broken("a part goes on"));
            }
            let Some(part) = self.parts.pop_front() else {
                return if self.number == self.chunks {
                    Ok(None)
                } else {
                    Err(Error::Broken("a file ends early"))
                };
            };
            self.sealed = self.store.get(&part.object).await?.into();
            self.left = usize::try_from(part.length).map_err(|_| Error::Broken("the parts of a file"))?;
        }
        let plain = self.chunk_size.min(self.left);
        if self.sealed.len() < plain + OVERHEAD {
            return Err(Error::Broken("a part ends early"));
        }
        let sealed = self.sealed.split_to(plain + OVERHEAD);
        let place = Place { blob: &self.blob, number: self.number, last: self.number + 1 == self.chunks };
        let opened = self.key.open(place, sealed)?;
        self.number += 1;
        self.left -= plain;
        Ok(Some(opened))
    }

    pub fn stream(self) -> impl Stream<Item = Result<Bytes>> + Send {
        try_unfold(self, |mut plain| async move { Ok(plain.next().await?.map(|bytes| (bytes, plain))) })
    }
}

/// A file that somebody may read, opened.
pub struct Opened {
    pub name: FileName,
    pub kind: FileType,
    /// How many bytes will come; none where that shows only while the copy is made.
    pub length: Option<u64>,
    /// A copy that is the original, for a signature covers it: it may tell who made it.
    pub signed: bool,
    pub bytes: BoxStream<'static, Result<Bytes>>,
}

/// For its sender, as it was sent. None if it is not hers or not clean.
pub async fn open_own(ctx: &Ctx, actor: &Actor, public: &Public<Blob>) -> Result<Option<Opened>> {
    let Some(who) = Uploader::of(actor) else { return Ok(None) };
    let found: Option<Upload> = ctx.db.optional(OWN, args![public, who.kind, &who.id]).await?;
    open(ctx, actor, found, false).await
}

/// For somebody who may read what it was handed in to, which the slice has judged: the copy that tells no more than it
/// shows. None if it does not belong there or is not clean.
pub async fn open_for_reader(
    ctx: &Ctx,
    actor: &Actor,
    kind: &str,
    owner: &str,
    public: &Public<Blob>,
) -> Result<Option<Opened>> {
    let found: Option<Upload> = ctx.db.optional(OF_OWNER, args![public, kind, owner]).await?;
    open(ctx, actor, found, true).await
}

async fn open(ctx: &Ctx, actor: &Actor, found: Option<Upload>, copy: bool) -> Result<Option<Opened>> {
    let Some(upload) = found else { return Ok(None) };
    if !upload.state()?.may_be_read() {
        return Ok(None);
    }
    let kind =
        upload.file_type.as_deref().and_then(FileType::parse).ok_or(Error::Broken("the type of a file"))?;
    let lock = Lock::of(ctx, &upload.uploader_kind, &upload.uploader_id).await?;
    let name = upload.name(&lock, &ctx.vault)?;
    let plan = if copy && kind == FileType::Pdf { looked(ctx, &upload).await? } else { Plan::default() };
    let signed = plan.signed;
    let plain = Plain::of(ctx, &upload).await?;
    let detail = if copy { "copy" } else { "original" };
    let entry = audit::Entry::new(ctx, actor, "file_opened").about("blob", &upload.id()).detail(detail);
    audit::record(ctx, entry).await?;
    let strip = Strip::new(kind, plan);
    let length = if copy && !strip.keeps_all() { None } else { upload.length() };
    let bytes = if copy { stripped(plain, strip).boxed() } else { plain.stream().boxed() };
    Ok(Some(Opened { name, kind, length, signed, bytes }))
}

/// A first reading, for what a copy leaves out is known at the file's end.
async fn looked(ctx: &Ctx, upload: &Upload) -> Result<Plan> {
    let (mut plain, mut look) = (Plain::of(ctx, upload).await?, Look::default());
    while let Some(bytes) = plain.next().await? {
        look.push(&bytes);
        tokio::task::yield_now().await;
    }
    Ok(look.end())
}

/// A chunk may give nothing yet, and the end may give what was held.
fn stripped(plain: Plain, strip: Strip) -> impl Stream<Item = Result<Bytes>> + Send {
    try_unfold((plain, Some(strip)), |(mut plain, strip)| async move {
        let Some(mut strip) = strip else { return Ok(None) };
        let mut out = Vec::new();
        let ended = match plain.next().await? {
            Some(bytes) => {
                out.reserve(bytes.len());
                strip.push(&bytes, &mut out).map_err(|_| Error::Broken("a picture"))?;
                Some(strip)
            }
            None => {
                strip.end(&mut out).map_err(|_| Error::Broken("a picture"))?;
                None
            }
        };
        Ok(Some((Bytes::from(out), (plain, ended))))
    })
}

pub const PARTS: &str = "SELECT object, length FROM blob_part WHERE blob_id = $1 ORDER BY number";
