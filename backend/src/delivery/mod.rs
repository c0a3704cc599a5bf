//! Sending: a letter goes out once for its outbox id, as far as that can be known. The intent is written before,
//! the outcome after; what was sent is not sent again, and what may have been sent goes out under the same
//! Message-ID. Nothing here decides what a letter says or whether somebody may get it.

mod demo;
pub mod held;
pub mod keeping;
mod mailer;
mod message;
#[cfg(test)]
mod tests;
mod texts;

use domain::{
    access::Person,
    kernel::{EmailAddress, Id, Instant, Locale, line, paragraph},
};

pub use demo::{Attached, DemoMail, MailHead, demo_mail, demo_mails};
pub use mailer::{Mailer, parse_sender};
pub(crate) use texts::Gateway;
pub use texts::Text;

use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
    outbox,
};

const LONGEST_SUBJECT: usize = 100;
const LONGEST_TEXT: usize = 10_000;

/// A letter in words, as its slice wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    pub text: String,
    pub attachments: Vec<Attachment>,
}

/// A file with a letter, such as a calendar entry. Name and type are ours, never typed by anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub name: &'static str,
    /// The media type, such as `text/calendar; charset=utf-8`.
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// A letter on its way to one address.
#[derive(Clone, Debug)]
pub struct Outgoing {
    kind: String,
    locale: Locale,
    to: EmailAddress,
    subject: String,
    text: String,
    attachments: Vec<Attachment>,
}

impl Outgoing {
    /// Refuses a subject of more than one line: the one place where words could become a header.
    pub fn new(kind: &str, locale: Locale, to: EmailAddress, written: Written) -> Result<Self, Problem> {
        Ok(Self {
            kind: kind.to_owned(),
            locale,
            to,
            subject: line(&written.subject, LONGEST_SUBJECT).map_err(|_| Problem::Crooked)?,
            text: paragraph(&written.text, LONGEST_TEXT).map_err(|_| Problem::Crooked)?,
            attachments: written.attachments,
        })
    }
}

/// Why a letter did not go out. It stays in the outbox and is tried again.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("no answer from the provider")]
    Unreachable,
    #[error("the provider asks to come again")]
    Later,
    #[error("the provider refuses")]
    Refused,
    #[error("no letter can be made of this")]
    Crooked,
    #[error("nobody here knows this kind of job")]
    UnknownKind,
    #[error(transparent)]
    Inside(#[from] Error),
}

impl Problem {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "mail_unreachable",
            Self::Later => "mail_later",
            Self::Refused => "mail_refused",
            Self::Crooked => "mail_crooked",
            Self::UnknownKind => "unknown_kind",
            Self::Inside(_) => "internal",
        }
    }
}

/// Why a job is done without a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// The person has no confirmed address, or number.
    NoChannel,
    /// Something newer has taken its place.
    Superseded,
}

impl Unsent {
    fn code(self) -> &'static str {
        match self {
            Self::NoChannel => "no_channel",
            Self::Superseded => "superseded",
        }
    }
}

/// Sends to a person, or to an office of ours or somebody unknown when there is none, and gives the time at which it was
/// sent: that of the first time, if this is another.
pub async fn send(
    ctx: &Ctx,
    mailer: &Mailer,
    job: &outbox::Claimed,
    person: Option<&Id<Person>>,
    letter: &Outgoing,
) -> Result<Instant, Problem> {
    once(ctx, job, person, Box::pin(mailer.deliver(ctx, &job.id, letter))).await
}

/// The same for a text.
pub async fn send_text(
    ctx: &Ctx,
    mailer: &Mailer,
    job: &outbox::Claimed,
    person: Option<&Id<Person>>,
    text: &Text,
) -> Result<Instant, Problem> {
    once(ctx, job, person, Box::pin(mailer.deliver_text(ctx, &job.id, text))).await
}

/// What delivers is boxed: mail's is large, and would lie twice on the stack of whoever waits for it.
async fn once(
    ctx: &Ctx,
    job: &outbox::Claimed,
    person: Option<&Id<Person>>,
    delivered: impl Future<Output = Result<(), Problem>>,
) -> Result<Instant, Problem> {
    let mark = Mark::of(ctx, job, person);
    if let Some(sent) = ctx.db.write(Intent(mark.clone())).await? {
        return Ok(sent);
    }
    delivered.await?;
    let sent = ctx.now();
    ctx.db.write(Outcome { mark, code: SENT, at: sent }).await?;
    Ok(sent)
}

/// Notes that a job is done without a letter.
pub async fn leave(ctx: &Ctx, job: &outbox::Claimed, person: &Id<Person>, why: Unsent) -> Result<()> {
    let mark = Mark::of(ctx, job, Some(person));
    let at = mark.now;
    ctx.db.write(Outcome { mark, code: why.code(), at }).await
}

/// The same within somebody's command. False: it was noted before.
pub(crate) async fn left(
    tx: &mut Tx,
    (job, kind): (&str, &str),
    person: &Id<Person>,
    (why, now): (Unsent, Instant),
) -> Result<bool> {
    let mark = Mark { id: job.to_owned(), kind: kind.to_owned(), person: Some(person.clone()), now };
    mark.save(tx).await?;
    Ok(tx.execute(OUTCOME, args![why.code(), now, &mark.id]).await? > 0)
}

const SENT: &str = "sent";

/// Which letter, of whom, and when it is being handled.
#[derive(Clone)]
struct Mark {
    id: String,
    kind: String,
    person: Option<Id<Person>>,
    now: Instant,
}

impl Mark {
    fn of(ctx: &Ctx, job: &outbox::Claimed, person: Option<&Id<Person>>) -> Self {
        Self { id: job.id.clone(), kind: job.kind.clone(), person: person.cloned(), now: ctx.now() }
    }

    async fn save(&self, tx: &mut Tx) -> Result<(Option<String>, Option<i64>)> {
        tx.one(INTENT, args![&self.id, &self.kind, self.person.as_ref(), self.now]).await
    }
}

struct Intent(Mark);

impl Command for Intent {
    /// When it was sent, if it was.
    type Out = Option<Instant>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Instant>> {
        let (outcome, at) = self.0.save(tx).await?;
        Ok(at.filter(|_| outcome.as_deref() == Some(SENT)).map(Instant))
    }
}

struct Outcome {
    mark: Mark,
    code: &'static str,
    at: Instant,
}

impl Command for Outcome {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if self.code != SENT {
            self.mark.save(tx).await?;
        }
        tx.later(OUTCOME, args![self.code, self.at, &self.mark.id]).await
    }
}

pub const INTENT: &str = "INSERT INTO delivery (outbox_id, kind, person_id, intent_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (outbox_id) DO UPDATE SET tries = delivery.tries + 1 RETURNING outcome, outcome_at";
pub const OUTCOME: &str =
    "UPDATE delivery SET outcome = $1, outcome_at = $2 WHERE outbox_id = $3 AND outcome IS NULL";
