//! A person and her case officer: she writes, somebody of the unit takes it, answers, hands it over, closes it. Staff read it
//! because it is written to them; every opening by staff is a look that she can see.

mod act;
mod asking;
mod desk;
mod files;
pub mod held;
pub(crate) mod inmate;
mod keep;
mod mine;
mod reminding;
mod templates;
pub(crate) mod work;
mod write;

use domain::{
    access::{Person, StaffMember, Unit},
    kernel::{Id, Instant, Public},
    messages::Thread,
};

pub use act::{Step, act, answer, note};
pub use asking::{Case, Expect, cases, close, expect};
pub use desk::{Colleague, DeskMessage, DeskRow, DeskThread, Entry, desk, thread as desk_thread};
pub use files::{FILES, file};
pub use keep::{discard_mine, keep_answer, keep_mine, new_draft};
pub use mine::{About, Message, MyThread, Opened, mine, thread};
pub use reminding::remind_due;
pub use templates::{Template, add as add_template, end as end_template, list as templates};
pub use write::{begin, write};

use super::{ThreadRow, once::Once};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    db::Tx,
};

/// The place of her draft of a new conversation.
pub const NEW: &str = "new";

/// The place of a draft in a conversation.
pub fn draft_place(thread: &Public<ThreadRow>) -> String {
    format!("thread/{thread}")
}

/// A conversation as stored, as far as steps need it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub id: String,
    pub person_id: String,
    pub unit_id: String,
    pub about_kind: Option<String>,
    pub about_id: Option<String>,
    pub state: String,
    pub state_at: i64,
    pub due_at: Option<i64>,
    pub officer_id: Option<String>,
    pub version: i64,
}

impl Row {
    pub fn id(&self) -> Id<ThreadRow> {
        Id::new(self.id.as_str())
    }

    pub fn person(&self) -> Id<Person> {
        Id::new(self.person_id.as_str())
    }

    pub fn unit(&self) -> Id<Unit> {
        Id::new(self.unit_id.as_str())
    }

    pub fn state(&self) -> Result<Thread> {
        state(&self.state, self.state_at, self.due_at)
    }

    /// Saves the step if nobody was first. What an officer has is hers until she gives it away.
    pub async fn save(
        &self,
        tx: &mut Tx,
        state: Thread,
        officer: Option<&Id<StaffMember>>,
        last: Option<Instant>,
    ) -> Result<bool> {
        let (at, due) = columns(state);
        let values = args![state.code(), at, due, officer, last, &self.id, self.version];
        Ok(tx.execute(SAVE, values).await? == 1)
    }

    pub fn officer(&self) -> Option<Id<StaffMember>> {
        self.officer_id.as_deref().map(Id::new)
    }

    /// The trace stands on the case's timeline where there is a case, else on the conversation.
    pub fn trace(&self, ctx: &Ctx, actor: &Actor, action: &'static str) -> audit::Entry {
        let entry = audit::Entry::new(ctx, actor, action).at_unit(&self.unit()).detail(self.id.as_str());
        match (self.about_kind.as_deref(), &self.about_id) {
            (Some("application"), Some(id)) => entry.about("application", &Id::<Row>::new(id.as_str())),
            (Some("booking"), Some(id)) => entry.about("booking", &Id::<Row>::new(id.as_str())),
            _ => entry.about("message_thread", &self.id()),
        }
    }
}

fn state(code: &str, at: i64, due: Option<i64>) -> Result<Thread> {
    let at = Instant(at);
    match (code, due) {
        ("waiting", Some(due)) => Ok(Thread::Waiting { since: at, due: Instant(due) }),
        ("answered", None) => Ok(Thread::Answered { at }),
        ("closed", None) => Ok(Thread::Closed { at }),
        _ => Err(Error::Broken("state of a conversation")),
    }
}

fn columns(state: Thread) -> (Instant, Option<Instant>) {
    match state {
        Thread::Waiting { since, due } => (since, Some(due)),
        Thread::Answered { at } | Thread::Closed { at } => (at, None),
    }
}

/// A message to be written.
struct NewMessage {
    id: Id<super::MessageRow>,
    public: Public<super::MessageRow>,
    once: Once,
    from_person: bool,
    words: String,
    now: Instant,
}

impl NewMessage {
    fn draw(ctx: &Ctx, once: Once, from_person: bool, words: String) -> Self {
        let now = ctx.now();
        Self { id: ctx.chance.id(now), public: ctx.chance.public(), once, from_person, words, now }
    }

    /// The conversation that this message went into already, if it did.
    async fn sent_before(&self, tx: &mut Tx) -> Result<Option<Public<ThreadRow>>> {
        let once = &self.once;
        let found: Option<(String,)> =
            tx.optional(SENT_BEFORE, args![&once.author, &once.key, once.digest.clone()]).await?;
        found.map(|(thread,)| super::public(&thread)).transpose()
    }

    /// Sealed under the key of the person whose conversation it is, whoever writes.
    async fn save(&self, tx: &mut Tx, ctx: &Ctx, thread: &str, person: &Id<Person>) -> Result<()> {
        let key = ctx.vault.subject(tx, person.as_str()).await?;
        let body = key.seal(&ctx.chance, &body_place(self.id.as_str()), self.words.as_bytes())?;
        let once = &self.once;
        let values = args![
            &self.id,
            &self.public,
            thread,
            i64::from(self.from_person),
            &once.author,
            &once.key,
            once.digest.clone(),
            body,
            self.now
        ];
        tx.later(WRITE, values).await
    }
}

pub(super) fn body_place(id: &str) -> String {
    format!("message/body/{id}")
}

pub const SAVE: &str = "UPDATE message_thread SET state = $1, state_at = $2, due_at = $3, officer_id = $4, \
    last_at = COALESCE($5, last_at), reminded_at = CASE WHEN $1 = 'waiting' THEN reminded_at END, \
    version = version + 1 WHERE id = $6 AND version = $7";
pub const SENT_BEFORE: &str = "SELECT t.public_id FROM message m JOIN message_thread t ON t.id = m.thread_id \
    WHERE m.author = $1 AND m.form_key = $2 AND m.digest = $3";
pub const WRITE: &str = "INSERT INTO message (id, public_id, thread_id, from_person, author, form_key, digest, body, \
    written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
