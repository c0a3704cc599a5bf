//! The client's end, by the token that is bound to him: what his lawyers have written, that he has got and opened it, and his
//! answer. No unit, no controller and no court's letter control stands in this way.

use std::collections::HashMap;

use domain::{
    kernel::{Instant, Public},
    messages::{CounselForm, Refusal},
};

use super::{CounselMessage, CounselThread, Letter, Message, MessageRow, ends, touch};
use crate::{
    Result, args,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    messages::{Done, FormKey, Sent, inside::Inside, news, numbers::Numbers, public},
    rules::Rules,
};

/// One lawyer of his.
#[derive(Clone, Debug)]
pub struct Lawyer {
    pub public: Public<CounselThread>,
    pub name: String,
    pub messages: Vec<Message>,
}

/// Two reads. What is there has not been delivered until he says so.
pub async fn feed(ctx: &Ctx, inside: &Inside) -> Result<Vec<Lawyer>> {
    let threads = ends::of_inmate(ctx, inside, ctx.now()).await?;
    let rows: Vec<MessageRow> = ctx.db.all(FEED, args![inside.inmate()]).await?;
    let mut of: HashMap<String, Vec<MessageRow>> = HashMap::new();
    for row in rows.into_iter().rev() {
        of.entry(row.thread_id.clone()).or_default().push(row);
    }
    let lawyer = |thread: ends::Client| {
        let room = thread.room(ctx)?;
        let rows = of.remove(&thread.id).unwrap_or_default();
        let messages = rows.into_iter().map(|row| row.open(&room)).collect::<Result<_>>()?;
        Ok(Lawyer { public: public(&thread.public_id)?, name: thread.lawyer, messages })
    };
    threads.into_iter().map(lawyer).collect()
}

/// He has it, or has opened it. Once more changes nothing.
pub async fn acknowledge(
    ctx: &Ctx,
    inside: &Inside,
    thread: &Public<CounselThread>,
    message: &Public<CounselMessage>,
    opened: bool,
) -> Result<Done> {
    let command = Acknowledge {
        ctx: ctx.clone(),
        inside: inside.clone(),
        thread: thread.clone(),
        message: message.clone(),
        opened,
        now: ctx.now(),
    };
    ctx.db.write(command).await
}

struct Acknowledge {
    ctx: Ctx,
    inside: Inside,
    thread: Public<CounselThread>,
    message: Public<CounselMessage>,
    opened: bool,
    now: Instant,
}

impl Command for Acknowledge {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let found = ends::client(tx, &self.ctx.lawyers, &self.inside, &self.thread, self.now).await?;
        let Some(client) = found else { return Ok(Err(Refusal::Hidden)) };
        let (sql, action) =
            if self.opened { (READ, "counsel_read") } else { (DELIVERED, "counsel_delivered") };
        let known: Option<(String,)> = tx.optional(KNOWN, args![&client.id, &self.message]).await?;
        if known.is_none() {
            return Ok(Err(Refusal::Hidden));
        }
        if tx.execute(sql, args![self.now, &client.id, &self.message]).await? == 1 {
            let entry = touch(&self.ctx, &Actor::System, action, &domain::kernel::Id::new(client.id));
            entry.detail(self.inside.source()).save(tx).await?;
        }
        Ok(Ok(()))
    }
}

/// He answers his lawyer; she is told that there is something.
pub async fn reply(
    ctx: &Ctx,
    inside: &Inside,
    thread: &Public<CounselThread>,
    form: &CounselForm,
) -> Result<Sent<()>> {
    let numbers = Numbers::of(&Rules::on(&ctx.db, ctx.now().date()).await?)?;
    let words = match form.parse(numbers.counsel_longest) {
        Ok(words) => words,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let Some(key) = FormKey::parse(&form.key) else { return Ok(Err(Refusal::Hidden.into())) };
    let letter = Letter::draw(ctx, &key, inside.inmate().as_str(), thread.as_str(), false, &words);
    let (inside, thread) = (inside.clone(), thread.clone());
    let command = Reply { ctx: ctx.clone(), inside, thread, letter, numbers };
    Ok(ctx.db.write(command).await?.map_err(Into::into))
}

struct Reply {
    ctx: Ctx,
    inside: Inside,
    thread: Public<CounselThread>,
    letter: Letter,
    numbers: Numbers,
}

impl Command for Reply {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let (ctx, now) = (&self.ctx, self.letter.now);
        let found = ends::client(tx, &self.ctx.lawyers, &self.inside, &self.thread, now).await?;
        let Some(client) = found else { return Ok(Err(Refusal::Hidden)) };
        let room = client.room(ctx)?;
        if self.letter.save(tx, ctx, &room).await? {
            let lawyer = domain::kernel::Id::new(client.person_id.as_str());
            news::tell(tx, ctx, &lawyer, &self.numbers, now).await?;
            let entry = touch(ctx, &Actor::System, "counsel_answered", room.thread());
            entry.detail(self.inside.source()).save(tx).await?;
        }
        Ok(Ok(()))
    }
}

/// The newest first, so that no number of old ones hides a new one.
pub const FEED: &str = "SELECT c.id, c.public_id, c.thread_id, c.from_lawyer, c.body, c.written_at, c.delivered_at, \
    c.read_at FROM counsel_message c JOIN counsel_thread r ON r.id = c.thread_id WHERE r.inmate_id = $1 \
    ORDER BY c.written_at DESC, c.id DESC LIMIT 2000";
pub const KNOWN: &str =
    "SELECT id FROM counsel_message WHERE thread_id = $1 AND public_id = $2 AND from_lawyer = 1";
pub const DELIVERED: &str = "UPDATE counsel_message SET delivered_at = $1 WHERE thread_id = $2 AND public_id = $3 \
    AND from_lawyer = 1 AND delivered_at IS NULL";
pub const READ: &str = "UPDATE counsel_message SET read_at = $1, delivered_at = COALESCE(delivered_at, $1) \
    WHERE thread_id = $2 AND public_id = $3 AND from_lawyer = 1 AND read_at IS NULL";
