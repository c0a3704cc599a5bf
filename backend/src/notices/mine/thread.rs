//! Between her and her officer.

use domain::kernel::{Id, Instant, TextError, paragraph};

use super::Refusal;
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Visitor},
    db::{Command, Tx},
    notices::{
        Recipient, reading, sessions,
        tasks::{self, Desk, TaskKind},
        trail,
    },
};

/// Longest message, in characters.
pub const LONGEST: usize = 2_000;

/// A message between her and her officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub from_her: bool,
    pub words: String,
    pub at: Instant,
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    id: String,
    from_her: i64,
    words: Vec<u8>,
    at: i64,
}

pub async fn thread(ctx: &Ctx, visitor: &Visitor) -> Result<Vec<Message>> {
    match sessions::recipient(visitor) {
        Some(recipient) => messages(ctx, &recipient).await,
        None => Ok(Vec::new()),
    }
}

pub(in crate::notices) async fn messages(ctx: &Ctx, recipient: &Id<Recipient>) -> Result<Vec<Message>> {
    let rows: Vec<MessageRow> = ctx.db.all(THREAD, args![recipient, reading::FEW]).await?;
    let message = |row: MessageRow| {
        let words = ctx.vault.open(&words_place(&row.id), &row.words)?;
        let words = String::from_utf8_lossy(&words).into_owned();
        Ok(Message { from_her: row.from_her == 1, words, at: Instant(row.at) })
    };
    rows.into_iter().map(message).collect()
}

/// A question, or the wish to be rung (then the words may be empty): her officer gets a task.
pub async fn write(
    ctx: &Ctx,
    visitor: &Visitor,
    words: &str,
    ring_me: bool,
) -> Result<Option<std::result::Result<(), Refusal>>> {
    let Some(recipient) = sessions::recipient(visitor) else { return Ok(None) };
    let words = match paragraph(words, LONGEST) {
        Ok(words) => words,
        Err(TextError::Empty) if ring_me => String::new(),
        Err(error) => return Ok(Some(Err(Refusal::Words(error)))),
    };
    let (now, id) = (ctx.now(), ctx.chance.id::<Message>(ctx.now()));
    let words = ctx.vault.seal(&ctx.chance, &words_place(id.as_str()), words.as_bytes())?;
    let actor = Actor::Visitor(visitor.clone());
    let command = Write {
        ctx: ctx.clone(),
        actor,
        recipient,
        id,
        words,
        by: None,
        detail: if ring_me { "ring_me" } else { "" },
        now,
    };
    ctx.db.write(command).await?;
    Ok(Some(Ok(())))
}

/// A message of either side.
pub(in crate::notices) struct Write {
    pub ctx: Ctx,
    pub actor: Actor,
    pub recipient: Id<Recipient>,
    pub id: Id<Message>,
    pub words: Vec<u8>,
    /// The officer, where it is not she.
    pub by: Option<String>,
    pub detail: &'static str,
    pub now: Instant,
}

impl Command for Write {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let from_her = i64::from(self.by.is_none());
        let values =
            args![&self.id, &self.recipient, from_her, self.words.as_slice(), self.by.as_ref(), self.now];
        tx.later(WRITE, values).await?;
        if self.by.is_none() {
            let task = tasks::Open {
                kind: TaskKind::Question,
                about: self.recipient.as_str(),
                recipient: Some(&self.recipient),
                desk: Desk::Officer,
                deadline: self.now.plus_days(1),
            };
            tasks::open(tx, &self.ctx, task, self.now).await?;
        } else {
            tasks::close(tx, TaskKind::Question, self.recipient.as_str(), self.now).await?;
        }
        trail::note(tx, &self.ctx, &self.actor, ("notice.message", &self.recipient), self.detail).await
    }
}

pub(in crate::notices) fn words_place(id: &str) -> String {
    format!("notice_message/words/{id}")
}

pub const THREAD: &str =
    "SELECT id, from_her, words, at FROM notice_message WHERE recipient_id = $1 ORDER BY at, id LIMIT $2";
pub const WRITE: &str = "INSERT INTO notice_message (id, recipient_id, from_her, words, by_id, at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
