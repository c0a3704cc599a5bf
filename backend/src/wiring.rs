//! The one file that knows two slices: which job of the outbox is done by whom. A job that fails stays in the
//! outbox with a code and is tried again; nothing is ever dropped in silence.
//!
//! **A new kind of letter** is an arm of [`handle`], a case of [`Letter`] and its words in `app`. Everything but a code goes through
//! [`Desk::tell`], which sends to confirmed addresses alone; whom none reaches, a unit tells (`unreached`).

mod clearances;
mod facts;
pub mod held;
mod homes;
mod insight;
pub mod keeping;
mod notices;
mod offers;
mod reaching;
#[cfg(test)]
mod tests;
mod trail;
mod unreached;

use domain::{
    access::Person,
    kernel::{EmailAddress, Id, Instant, Locale, Reference},
    visits::booking,
};

use crate::{
    Error, Result, appeals, args, consents, corrections,
    ctx::{Ctx, FALLBACK},
    custody::{UNIT_EMAIL, feed},
    delivery::{self, Mailer, Outgoing, Problem, Unsent},
    documents,
    identity::{appointed, contacts, delegates, lawyers},
    messages::{
        self,
        news::{self, NEWS, News},
    },
    outbox::{self, Claimed},
    visits::{
        self,
        booking::{VisitView, counsel::urgent, joining},
        clearance, organisations,
    },
};

use facts::NoticeSent;

pub use crate::delivery::{Attachment, Written};
pub use clearances::ClearanceNews;
pub use homes::{ChildInCase, TheHouse, ask_parent, children_of, end_with_clearances};
pub use insight::count_up;
pub use notices::{Followers, HisCircle, OpenWords, Providers, take_events, tell_once};
pub(crate) use trail::watch;
pub use trail::{subject_of, watch_looks};

/// The event of a receipt.
const RECEIVED: &str = "received";
/// Jobs taken at once: each may take ten seconds, and the lease of all is a minute.
const AT_ONCE: i64 = 5;

/// What a letter is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// The code that opens an address, good for so many minutes.
    Code { code: String, minutes: i64 },
    /// The same in one line, for a number.
    TextCode { code: String, minutes: i64 },
    /// There is something new, in one line.
    TextNews,
    /// Something was handed in without eID: its reference, and no word of what.
    HandedIn { reference: Reference },
    /// The same in one line, for a number.
    TextHandedIn { reference: Reference },
    /// An application has come in: its receipt.
    Received { reference: Reference, at: Instant },
    /// Something has happened to an application.
    Clearance(ClearanceNews),
    /// Something has happened to a booked visit.
    Booking { news: booking::Event, visit: Box<VisitView> },
    /// A time is offered to whoever waits for one; none: she answered too few, and waits no longer.
    Offer(Option<visits::booking::waiting::Told>),
    /// What became of a visit that was asked for.
    Request(visits::booking::request::Told),
    /// What the unit said of what a lawyer wants to bring.
    Bringing(visits::booking::counsel::bringing::Told),
    /// To a unit: something waits there for an answer.
    Waiting,
    /// To somebody who may never have been here: there is something to answer.
    Asked,
    /// Somebody has written to her, or something she wrote has been decided on.
    Message,
}

/// Who reads a letter, and how she wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub locale: Locale,
    /// `scheme://host`, without a slash at the end.
    pub base_url: String,
    /// The letter may say what it is about. Otherwise: that there is something new, and no more.
    pub plain: bool,
}

/// The words of letters; they live with the pages, in `app`.
pub trait Words: Send + Sync {
    fn write(&self, reader: &Reader, letter: &Letter) -> Written;
}

/// Takes some of the jobs that are due and does them. Tells how many it took.
pub async fn work_once(ctx: &Ctx, mailer: &Mailer, words: &dyn Words) -> Result<usize> {
    let jobs = outbox::claim(ctx, AT_ONCE).await?;
    let desk = Desk { ctx, mailer, words };
    for job in &jobs {
        let outcome = handle(&desk, job).await.map_err(|problem| {
            let code = problem.code();
            metrics::counter!("varde_jobs_failed", "problem" => code).increment(1);
            tracing::warn!(kind = %job.kind, code, %problem, "a job of the outbox failed");
            code
        });
        outbox::finish(ctx, job, outcome).await?;
    }
    Ok(jobs.len())
}

/// Each kind of job stands in one group. They are asked in turn, each in a box: the stack of a worker carries one of them, not all.
async fn handle(desk: &Desk<'_>, job: &Claimed) -> Result<(), Problem> {
    let unknown = |done: &Result<(), Problem>| matches!(done, Err(Problem::UnknownKind));
    let mut done = Box::pin(to_a_person(desk, job)).await;
    if unknown(&done) {
        done = Box::pin(to_a_unit(desk, job)).await;
    }
    if unknown(&done) {
        done = Box::pin(reaching::to_a_channel(desk, job)).await;
    }
    if unknown(&done) {
        done = Box::pin(ours(desk.ctx, job)).await;
    }
    done
}

async fn to_a_person(desk: &Desk<'_>, job: &Claimed) -> Result<(), Problem> {
    match job.kind.as_str() {
        NEWS => message_news(desk, job, &job.payload()?).await,
        appeals::NEWS
        | documents::NEWS
        | corrections::NEWS
        | appointed::NEWS
        | urgent::NEWS
        | organisations::NEWS
        | delegates::NEWS
        | joining::NEWS => neutral(desk, job, &job.payload::<Whom>()?.person).await,
        consents::INVITE => homes::invite(desk, job, &job.payload()?).await,
        clearance::LETTER => clearance_news(desk, job, &job.payload()?).await,
        visits::booking::LETTER => booking_news(desk, job, &job.payload()?).await,
        visits::booking::request::LETTER => offers::answer(desk, job, &job.payload()?).await,
        visits::booking::counsel::bringing::LETTER => offers::bringing(desk, job, &job.payload()?).await,
        visits::booking::waiting::LETTER => offers::news(desk, job, &job.payload()?).await,
        _ => Err(Problem::UnknownKind),
    }
}

async fn to_a_unit(desk: &Desk<'_>, job: &Claimed) -> Result<(), Problem> {
    let unit = match job.kind.as_str() {
        clearance::REMINDER => job.payload::<clearance::Reminder>()?.unit,
        news::WAITING => job.payload::<news::Waiting>()?.unit,
        appeals::WAITING => job.payload::<appeals::Waiting>()?.unit,
        consents::WAITING => job.payload::<consents::Waiting>()?.unit,
        documents::WAITING => job.payload::<documents::Waiting>()?.unit,
        corrections::WAITING => job.payload::<corrections::Waiting>()?.unit,
        urgent::WAITING => job.payload::<urgent::Waiting>()?.unit,
        appointed::WAITING => job.payload::<appointed::Waiting>()?.unit,
        _ => return Err(Problem::UnknownKind),
    };
    waiting(desk, job, &unit).await
}

/// What is to be done, and written to nobody.
async fn ours(ctx: &Ctx, job: &Claimed) -> Result<(), Problem> {
    match job.kind.as_str() {
        appeals::CHANGED => Ok(decide_anew(ctx, &job.payload()?).await?),
        crate::trail::CHECK => Ok(crate::trail::carry_out(ctx, &job.payload()?).await?),
        lawyers::ASK => Ok(lawyers::ask_again(ctx, &job.payload()?).await?),
        feed::MOVED => Ok(moved(ctx, &job.payload::<feed::Effect>()?.inmate).await?),
        feed::EFFECT => Ok(feed::take_effect(ctx, &job.payload()?).await?),
        _ => Err(Problem::UnknownKind),
    }
}

async fn clearance_news(desk: &Desk<'_>, job: &Claimed, letter: &clearance::Letter) -> Result<(), Problem> {
    let written_in = Locale::parse(&letter.locale);
    if letter.event == RECEIVED {
        let (reference, at) = facts::received(desk.ctx, &letter.application).await?;
        let receipt = Letter::Received { reference, at };
        return desk.tell(job, &letter.person(), written_in, &receipt).await.map(|_| ());
    }
    let news = ClearanceNews::parse(&letter.event).ok_or(Error::Broken("event of a letter"))?;
    let sent = desk.tell(job, &letter.person(), written_in, &Letter::Clearance(news)).await?;
    // The days of an appeal run from the notice.
    if let (Some(at), ClearanceNews::Decided | ClearanceNews::NotProcessed) = (sent, news) {
        desk.ctx.db.write(NoticeSent { application: letter.application.clone(), at }).await?;
    }
    Ok(())
}

/// He may be elsewhere, or under another order: leaves go with him, and nobody travels to where he was.
async fn moved(ctx: &Ctx, inmate: &str) -> Result<()> {
    clearance::carry(ctx, inmate).await?;
    visits::booking::cancel_left(ctx, inmate).await?;
    visits::booking::recheck_of(ctx, inmate).await
}

/// To the unit's own mailbox, in the language of the house.
async fn waiting(desk: &Desk<'_>, job: &Claimed, unit: &str) -> Result<(), Problem> {
    let (email,): (String,) = desk.ctx.db.one(UNIT_EMAIL, args![unit]).await?;
    let to = EmailAddress::parse(&email).map_err(|_| Error::Broken("the address of a unit"))?;
    let reader = desk.reader(FALLBACK, false);
    let words = desk.words.write(&reader, &Letter::Waiting);
    let outgoing = Outgoing::new(&job.kind, reader.locale, to, words)?;
    delivery::send(desk.ctx, desk.mailer, job, None, &outgoing).await.map(|_| ())
}

async fn booking_news(
    desk: &Desk<'_>,
    job: &Claimed,
    letter: &visits::booking::Letter,
) -> Result<(), Problem> {
    let news = booking::Event::parse(&letter.event).ok_or(Error::Broken("event of a letter"))?;
    let person = Id::new(letter.person.as_str());
    let Some(visit) = facts::visit(desk.ctx, &person, &letter.booking).await?.map(Box::new) else {
        return Ok(delivery::leave(desk.ctx, job, &person, Unsent::Superseded).await?);
    };
    desk.tell(job, &person, None, &Letter::Booking { news, visit }).await.map(|_| ())
}

/// What was set aside on appeal is decided anew where it was decided.
async fn decide_anew(ctx: &Ctx, changed: &appeals::Changed) -> Result<()> {
    match changed.subject_kind.as_str() {
        "clearance" => clearance::reopen(ctx, &changed.subjects).await,
        "letter" => messages::exchange::control_again(ctx, &changed.subjects).await,
        _ => Err(Error::Broken("what was appealed")),
    }
}

/// What every job of a neutral letter says.
#[derive(serde::Deserialize)]
struct Whom {
    person: String,
}

/// What has come, was asked for or was answered is told by nothing in its letter.
async fn neutral(desk: &Desk<'_>, job: &Claimed, person: &str) -> Result<(), Problem> {
    desk.tell(job, &Id::new(person), None, &Letter::Message).await.map(|_| ())
}

/// One word for all that came in; none if she has read it meanwhile.
async fn message_news(desk: &Desk<'_>, job: &Claimed, news: &News) -> Result<(), Problem> {
    let person = Id::new(news.person.as_str());
    if !news::take(desk.ctx, news).await? {
        return Ok(delivery::leave(desk.ctx, job, &person, Unsent::Superseded).await?);
    }
    if let Some(at) = desk.tell(job, &person, None, &Letter::Message).await? {
        news::told(desk.ctx, news, at).await?;
    }
    Ok(())
}

/// What every handler has at hand.
struct Desk<'a> {
    ctx: &'a Ctx,
    mailer: &'a Mailer,
    words: &'a dyn Words,
}

impl Desk<'_> {
    /// Writes to a person at her confirmed address, in the language of her choice or else in this one. Gives the
    /// time it was sent; without such an address the job is done and says so.
    async fn tell(
        &self,
        job: &Claimed,
        person: &Id<Person>,
        locale: Option<Locale>,
        letter: &Letter,
    ) -> Result<Option<Instant>, Problem> {
        let known = contacts::load(self.ctx, person).await?;
        let Some(to) = known.confirmed_email().cloned() else {
            unreached::leave(self.ctx, job, person, letter).await?;
            return Ok(None);
        };
        let reader = self.reader(known.locale.or(locale).unwrap_or(FALLBACK), known.plain_words);
        let words = self.words.write(&reader, letter);
        let outgoing = Outgoing::new(&job.kind, reader.locale, to, words)?;
        delivery::send(self.ctx, self.mailer, job, Some(person), &outgoing).await.map(Some)
    }

    fn reader(&self, locale: Locale, plain: bool) -> Reader {
        Reader { locale, base_url: self.ctx.settings.server.base_url.clone(), plain }
    }
}
