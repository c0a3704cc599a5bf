//! That there is something: one neutral letter a person for all that happens within some minutes, never in the quiet hours,
//! and none if she has read it meanwhile. What it is about is told by nothing in it.

use domain::{
    access::Person,
    kernel::{Id, Instant},
};
use serde::{Deserialize, Serialize};

use super::numbers::Numbers;
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    db::{Command, Tx},
    outbox,
};

/// The outbox kind of that letter.
pub const NEWS: &str = "messages.news";
/// The outbox kind of a word to a unit: something waits there.
pub const WAITING: &str = "messages.waiting";

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct News {
    pub person: String,
}

/// To a unit's own mailbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    pub unit: String,
}

/// Orders that she is told, unless it is ordered already.
pub(super) async fn tell(
    tx: &mut Tx,
    ctx: &Ctx,
    person: &Id<Person>,
    numbers: &Numbers,
    now: Instant,
) -> Result<()> {
    // Somebody who was told a little while ago hears of the next with what else comes until then.
    let before: Option<(Option<i64>,)> = tx.optional(TOLD_BEFORE, args![person]).await?;
    let due = numbers.told_at(now, before.and_then(|(at,)| at).map(Instant));
    if tx.execute(ORDER, args![person, due]).await? == 1 {
        let news = News { person: person.as_str().to_owned() };
        outbox::Job::new(ctx, NEWS, &news)?.due_at(due).save(tx).await?;
    }
    Ok(())
}

/// A word to the unit, in the caller's transaction.
pub(super) async fn remind_unit(tx: &mut Tx, ctx: &Ctx, unit: &str) -> Result<()> {
    outbox::Job::new(ctx, WAITING, &Waiting { unit: unit.to_owned() })?.save(tx).await
}

/// The job is in hand: what happens from now on is told by the next. True if she has something unread.
pub(crate) async fn take(ctx: &Ctx, news: &News) -> Result<bool> {
    let person = Id::new(news.person.as_str());
    ctx.db.write(Take(person.clone())).await?;
    Ok(count(ctx, &person, "", "").await?.all() > 0)
}

struct Take(Id<Person>);

impl Command for Take {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(TAKE, args![&self.0]).await
    }
}

/// She has been told: the days to appeal a letter that was held back run from now.
pub(crate) async fn told(ctx: &Ctx, news: &News, at: Instant) -> Result<()> {
    ctx.db.write(Told { person: Id::new(news.person.as_str()), at }).await
}

struct Told {
    person: Id<Person>,
    at: Instant,
}

impl Command for Told {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(TOLD_NOW, args![self.at, &self.person]).await?;
        tx.later(TOLD, args![self.at, &self.person]).await
    }
}

/// What she has not read, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Unread {
    /// From her case officers.
    pub officer: i64,
    /// From inmates, and decisions on her letters to them.
    pub inmate: i64,
    /// From her clients.
    pub client: i64,
    /// Whether a mandate of hers stands today: 1 or 0.
    pub lawyer: i64,
}

impl Unread {
    pub fn all(self) -> i64 {
        self.officer + self.inmate + self.client
    }
}

/// One read, for the bar of every page of hers.
pub async fn unread(ctx: &Ctx, who: &Citizen) -> Result<Unread> {
    count(ctx, &who.person, "", "").await
}

/// The same while she opens the conversation, or the letters to and from the inmate, of these public ids: what is in them
/// is being read.
pub async fn unread_beside(ctx: &Ctx, who: &Citizen, thread: &str, inmate: &str) -> Result<Unread> {
    count(ctx, &who.person, thread, inmate).await
}

async fn count(ctx: &Ctx, person: &Id<Person>, thread: &str, inmate: &str) -> Result<Unread> {
    let counts = ctx.lawyers.counts();
    ctx.db.one(UNREAD, args![person, ctx.now().date(), thread, inmate, counts]).await
}

pub const ORDER: &str = "INSERT INTO message_news (person_id, due_at, waits) VALUES ($1, $2, 1) \
    ON CONFLICT (person_id) DO UPDATE SET due_at = excluded.due_at, waits = 1 WHERE message_news.waits = 0";
pub const TAKE: &str = "UPDATE message_news SET waits = 0 WHERE person_id = $1";
pub const TOLD_BEFORE: &str = "SELECT told_at FROM message_news WHERE person_id = $1";
pub const TOLD_NOW: &str = "UPDATE message_news SET told_at = $1 WHERE person_id = $2";
pub const TOLD: &str = "UPDATE decision SET notice_sent_at = $1 WHERE notice_sent_at IS NULL AND opened_at IS NULL \
    AND made_at <= $1 AND subject_kind = 'letter' AND subject_id IN (SELECT l.id FROM letter l \
    JOIN exchange e ON e.id = l.exchange_id WHERE e.person_id = $2 AND l.from_relative = 1)";
pub const UNREAD: &str = "SELECT CAST((SELECT COUNT(*) FROM message m JOIN message_thread t ON t.id = m.thread_id \
    WHERE t.person_id = $1 AND m.from_person = 0 AND m.read_at IS NULL AND t.public_id <> $3) AS BIGINT) AS officer, \
    CAST((SELECT COUNT(*) FROM letter l JOIN exchange e ON e.id = l.exchange_id JOIN inmate i ON i.id = e.inmate_id \
    WHERE e.person_id = $1 AND i.public_id <> $4 AND ((l.from_relative = 0 AND l.state = 'delivered') OR (l.from_relative = 1 AND l.category IS NOT NULL \
    AND l.sender_read_at IS NULL))) AS BIGINT) AS inmate, \
    CAST((SELECT COUNT(*) FROM counsel_message c JOIN counsel_thread r ON r.id = c.thread_id WHERE r.person_id = $1 \
    AND c.from_lawyer = 0 AND c.read_at IS NULL AND r.inmate_id NOT IN (SELECT i.id FROM inmate i \
    WHERE i.public_id = $3) AND EXISTS (SELECT 1 FROM mandate a \
    JOIN person_number n ON n.hash = a.number_hash WHERE n.person_id = $1 AND a.inmate_id = r.inmate_id \
    AND a.ended_at IS NULL AND a.valid_from <= $2 AND $2 <= a.valid_to AND (CAST($5 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM lawyer v \
    WHERE v.person_id = $1 AND $2 <= v.holds_to)))) AS BIGINT) AS client, \
    CAST(CASE WHEN EXISTS (SELECT 1 FROM mandate a JOIN person_number n ON n.hash = a.number_hash WHERE n.person_id = $1 \
    AND a.ended_at IS NULL AND a.valid_from <= $2 AND $2 <= a.valid_to) THEN 1 ELSE 0 END AS BIGINT) AS lawyer";
