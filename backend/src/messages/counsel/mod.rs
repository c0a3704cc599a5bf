//! A lawyer and her client, read by nobody else. Straffegjennomføringsloven § 30: letters to and from a lawyer are not read.
//!
//! There is no member of staff in this module: no function here takes one, so no page, search, list or count of theirs can
//! show a word. What opens a body is a [`Room`], and only the two functions of `ends` make one: for a lawyer at the high level
//! whose mandate stands, and for the one inmate whose token it is. A letter's body is opaque here: sealed bytes with routing
//! beside them. What holds until the two ends encrypt: whoever holds the master key could read (ADR 15).

mod draft;
mod ends;
pub mod held;
mod inside;
mod lawyer;

pub use draft::{discard as discard_draft, drop_old as drop_old_drafts, keep as keep_draft};
pub use inside::{Lawyer, acknowledge, feed, reply};
pub use lawyer::{Client, Counsel, Touch, clients, counsel, export_marked, write};

use domain::kernel::{Id, Instant, Public};

use super::{FormKey, once::Once};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::Tx,
};
use ends::Room;

/// Marks for ids.
#[derive(Debug)]
pub enum CounselThread {}
#[derive(Debug)]
pub enum CounselMessage {}

/// A message as its two ends read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub public: Public<CounselMessage>,
    pub from_lawyer: bool,
    pub words: String,
    pub written_at: Instant,
    pub delivered_at: Option<Instant>,
    pub read_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    id: String,
    public_id: String,
    thread_id: String,
    from_lawyer: i64,
    body: Vec<u8>,
    written_at: i64,
    delivered_at: Option<i64>,
    read_at: Option<i64>,
}

impl MessageRow {
    fn open(self, room: &Room) -> Result<Message> {
        Ok(Message {
            public: super::public(&self.public_id)?,
            from_lawyer: self.from_lawyer == 1,
            words: super::text(&room.open(&body_place(&self.id), &self.body)?),
            written_at: Instant(self.written_at),
            delivered_at: self.delivered_at.map(Instant),
            read_at: self.read_at.map(Instant),
        })
    }
}

/// A message to be saved by either end.
struct Letter {
    id: Id<CounselMessage>,
    public: Public<CounselMessage>,
    once: Once,
    from_lawyer: bool,
    words: String,
    now: Instant,
}

impl Letter {
    fn draw(ctx: &Ctx, key: &FormKey, author: &str, about: &str, from_lawyer: bool, words: &str) -> Self {
        let now = ctx.now();
        Self {
            id: ctx.chance.id(now),
            public: ctx.chance.public(),
            once: Once::new(ctx, author, key, about, words),
            from_lawyer,
            words: words.to_owned(),
            now,
        }
    }

    /// False if it was sent before.
    async fn save(&self, tx: &mut Tx, ctx: &Ctx, room: &Room) -> Result<bool> {
        let body = room.seal(&ctx.chance, &body_place(self.id.as_str()), self.words.as_bytes())?;
        let values = args![
            &self.id,
            &self.public,
            room.thread(),
            i64::from(self.from_lawyer),
            &self.once.key,
            self.once.digest.clone(),
            body,
            self.now
        ];
        Ok(tx.execute(WRITE, values).await? == 1)
    }
}

fn body_place(id: &str) -> String {
    format!("counsel_message/body/{id}")
}

/// All that touches a thread is written down, for the lawyer to see.
fn touch(ctx: &Ctx, actor: &Actor, action: &'static str, thread: &Id<CounselThread>) -> audit::Entry {
    audit::Entry::new(ctx, actor, action).about("counsel_thread", thread)
}

pub const WRITE: &str = "INSERT INTO counsel_message (id, public_id, thread_id, from_lawyer, form_key, digest, body, \
    written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (thread_id, from_lawyer, form_key, digest) DO NOTHING";
