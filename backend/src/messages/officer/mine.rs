//! What she sees of her conversations. Opening one is reading it: what was unread there is read from then on.

use domain::{
    kernel::{Id, Instant, Public, Reference},
    messages::Thread,
};

use super::{body_place, draft_place, files, state};
use crate::{
    Error, Result, args,
    blobs::FileView,
    ctx::{Citizen, Ctx},
    db::{Command, Tx},
    messages::{
        ThreadRow,
        drafts::{Draft, DraftRow, Owner},
        public, text,
    },
};

/// A line of her list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyThread {
    pub public: Public<ThreadRow>,
    pub reference: Reference,
    pub topic: String,
    /// The reference of the case it is about.
    pub about: Option<About>,
    pub unit_name: String,
    pub state: Thread,
    pub last_at: Instant,
    pub unread: i64,
}

/// `application` or `booking`, its public id and its reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub kind: String,
    pub public: String,
    pub reference: String,
}

#[derive(sqlx::FromRow)]
pub(super) struct HeadRow {
    pub id: String,
    pub public_id: String,
    pub reference: String,
    pub topic: String,
    pub about_kind: Option<String>,
    pub about_public: Option<String>,
    pub about_reference: Option<String>,
    pub unit_name: String,
    pub state: String,
    pub state_at: i64,
    pub due_at: Option<i64>,
    pub last_at: i64,
    pub unread: i64,
}

impl HeadRow {
    fn line(self) -> Result<MyThread> {
        let about = match (self.about_kind, self.about_public, self.about_reference) {
            (Some(kind), Some(public), Some(reference)) => Some(About { kind, public, reference }),
            _ => None,
        };
        Ok(MyThread {
            public: public(&self.public_id)?,
            reference: Reference::parse(&self.reference).ok_or(Error::Broken("reference"))?,
            topic: self.topic,
            about,
            unit_name: self.unit_name,
            state: state(&self.state, self.state_at, self.due_at)?,
            last_at: Instant(self.last_at),
            unread: self.unread,
        })
    }
}

/// Newest first; one read.
pub async fn mine(ctx: &Ctx, who: &Citizen) -> Result<Vec<MyThread>> {
    let rows: Vec<HeadRow> = ctx.db.all(MINE, args![&who.person]).await?;
    rows.into_iter().map(HeadRow::line).collect()
}

/// A message as either side sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub from_person: bool,
    pub words: String,
    pub written_at: Instant,
    /// When the other side opened it.
    pub read_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    id: String,
    from_person: i64,
    body: Vec<u8>,
    written_at: i64,
    read_at: Option<i64>,
}

/// One conversation, whole: also what is printed and taken along.
#[derive(Clone, Debug)]
pub struct Opened {
    pub thread: MyThread,
    /// Oldest first.
    pub messages: Vec<Message>,
    pub draft: Option<Draft>,
    /// Of both sides, oldest first.
    pub files: Vec<FileView>,
}

#[derive(sqlx::FromRow)]
struct OpenedRow {
    #[sqlx(flatten)]
    head: HeadRow,
    subject_key: Vec<u8>,
    #[sqlx(flatten)]
    draft: DraftRow,
}

/// Three reads, and one write when there was something unread. Anybody else's is not found.
pub async fn thread(ctx: &Ctx, who: &Citizen, thread: &Public<ThreadRow>) -> Result<Option<Opened>> {
    let at = draft_place(thread);
    let found: Option<OpenedRow> = ctx.db.optional(THREAD, args![thread, &who.person, &at]).await?;
    let Some(row) = found else { return Ok(None) };
    let id: Id<ThreadRow> = Id::new(row.head.id.as_str());
    let rows: Vec<MessageRow> = ctx.db.all(MESSAGES, args![&id]).await?;
    if row.head.unread > 0 {
        ctx.db.write(Read { thread: id, from_person: false, now: ctx.now() }).await?;
    }
    let files = files::of(ctx, &Id::new(row.head.id.as_str())).await?;
    let key = ctx.vault.subject_from(who.person.as_str(), &row.subject_key)?;
    let message = |row: MessageRow| {
        Ok(Message {
            from_person: row.from_person == 1,
            words: text(&key.open(&body_place(&row.id), &row.body)?),
            written_at: Instant(row.written_at),
            read_at: row.read_at.map(Instant),
        })
    };
    let messages = rows.into_iter().map(message).collect::<Result<_>>()?;
    let draft = row.draft.open(ctx, &Owner::citizen(who), &row.subject_key, &at)?;
    Ok(Some(Opened { thread: row.head.line()?, messages, draft, files }))
}

/// One side has opened what the other wrote.
pub(super) struct Read {
    pub thread: Id<ThreadRow>,
    pub from_person: bool,
    pub now: Instant,
}

impl Command for Read {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(READ, args![self.now, &self.thread, i64::from(self.from_person)]).await
    }
}

macro_rules! heads {
    ($more:literal, $rest:literal) => {
        concat!(
            "SELECT t.id, t.public_id, t.reference, t.topic, t.about_kind, ",
            "(SELECT c.public_id FROM message_case c WHERE c.kind = t.about_kind AND c.id = t.about_id) AS about_public, ",
            "(SELECT c.reference FROM message_case c WHERE c.kind = t.about_kind AND c.id = t.about_id) AS about_reference, u.name AS unit_name, t.state, t.state_at, t.due_at, t.last_at, ",
            "CAST((SELECT COUNT(*) FROM message m WHERE m.thread_id = t.id AND m.from_person = 0 ",
            "AND m.read_at IS NULL) AS BIGINT) AS unread",
            $more,
            " FROM message_thread t JOIN unit u ON u.id = t.unit_id ",
            $rest
        )
    };
}
pub const MINE: &str = heads!("", "WHERE t.person_id = $1 ORDER BY t.last_at DESC, t.id DESC LIMIT 200");
pub const THREAD: &str = heads!(
    ", k.sealed AS subject_key, d.sealed AS draft, d.earlier AS draft_earlier, d.version AS draft_version, \
    d.updated_at AS draft_at",
    "JOIN subject_key k ON k.subject_id = t.person_id LEFT JOIN message_draft d ON d.owner = t.person_id \
    AND d.place = $3 WHERE t.public_id = $1 AND t.person_id = $2"
);
pub const MESSAGES: &str = "SELECT id, from_person, body, written_at, read_at FROM message WHERE thread_id = $1 \
    ORDER BY written_at, id LIMIT 1000";
pub const READ: &str =
    "UPDATE message SET read_at = $1 WHERE thread_id = $2 AND from_person = $3 AND read_at IS NULL";
