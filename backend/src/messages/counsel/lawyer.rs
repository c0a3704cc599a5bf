//! The lawyer's end: her clients, one client's letters, writing, and the log of all that has touched them.

use domain::{
    kernel::{Id, Instant, Public},
    messages::{CounselForm, Refusal},
};

use super::{
    CounselThread, Letter, Message, MessageRow,
    draft::{self, DraftRow},
    ends::{self, Standing},
    touch,
};
use crate::{
    Result, args,
    ctx::{Actor, Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
    identity::lawyers,
    messages::{FormKey, Sent, drafts, drafts::Draft, numbers::Numbers, public},
    rules::Rules,
};

/// A line of her list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub inmate: Public<Inmate>,
    pub name: String,
    /// The last day of her mandate.
    pub valid_to: String,
    pub unread: i64,
    pub last_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct ClientRow {
    inmate_public: String,
    inmate_name: String,
    valid_to: String,
    unread: i64,
    last_at: Option<i64>,
}

/// Those for whom her mandate stands, if the lawyers' register lists her; one read. Below the high level there is nobody.
pub async fn clients(ctx: &Ctx, who: &Citizen) -> Result<Vec<Client>> {
    if who.level < domain::access::Level::High {
        return Ok(vec![]);
    }
    let rows: Vec<ClientRow> =
        ctx.db.all(CLIENTS, args![&who.person, ctx.now().date(), ctx.lawyers.counts()]).await?;
    let client = |row: ClientRow| {
        Ok(Client {
            inmate: public(&row.inmate_public)?,
            name: row.inmate_name,
            valid_to: row.valid_to,
            unread: row.unread,
            last_at: row.last_at.map(Instant),
        })
    };
    rows.into_iter().map(client).collect()
}

/// One client: letters, draft, and who has touched the thread.
#[derive(Clone, Debug)]
pub struct Counsel {
    pub name: String,
    /// Oldest first.
    pub messages: Vec<Message>,
    pub draft: Option<Draft>,
    /// Newest first.
    pub log: Vec<Touch>,
    pub longest: usize,
}

/// Something that happened to the thread or to the mandate: a code of the trail, and whose it was.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Touch {
    pub at: i64,
    pub action: String,
    /// `citizen` (she herself), `system` (his end, by the system in `detail`) or `staff`.
    pub actor_kind: String,
    pub role: Option<String>,
    pub unit_name: Option<String>,
    pub detail: Option<String>,
}

/// Opening it is reading it. Anybody whose mandate does not stand is told what a stranger is told.
pub async fn counsel(ctx: &Ctx, who: &Citizen, inmate: &Public<Inmate>) -> Result<Option<Counsel>> {
    let longest = Numbers::of(&Rules::on(&ctx.db, ctx.now().date()).await?)?.counsel_longest;
    lawyers::freshen(ctx, who).await?;
    let open = Open { ctx: ctx.clone(), who: who.clone(), inmate: inmate.clone(), now: ctx.now() };
    let Some(opened) = ctx.db.write(open).await? else { return Ok(None) };
    let name = opened.standing.inmate_name.clone();
    let thread = opened.standing.thread_id.clone().unwrap_or_default();
    let log = ctx.db.all(LOG, args![thread, &opened.standing.inmate_id, &who.person]).await?;
    let Some(room) = opened.standing.room(ctx)? else {
        return Ok(Some(Counsel { name, messages: vec![], draft: None, log, longest }));
    };
    let messages = opened.rows.into_iter().map(|row| row.open(&room)).collect::<Result<_>>()?;
    let draft = opened.draft.map(|row| row.open(&room)).transpose()?;
    Ok(Some(Counsel { name, messages, draft, log, longest }))
}

struct Opened {
    standing: Standing,
    rows: Vec<MessageRow>,
    draft: Option<DraftRow>,
}

/// Reads, and writes down that she has read, in one transaction.
struct Open {
    ctx: Ctx,
    who: Citizen,
    inmate: Public<Inmate>,
    now: Instant,
}

impl Command for Open {
    type Out = Option<Opened>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Opened>> {
        let standing = ends::lawyer(tx, &self.ctx.lawyers, &self.who, &self.inmate, self.now).await?;
        let Some(standing) = standing else { return Ok(None) };
        let Some(thread) = standing.thread_id.as_deref().map(Id::<CounselThread>::new) else {
            return Ok(Some(Opened { standing, rows: vec![], draft: None }));
        };
        if tx.execute(READ, args![self.now, &thread]).await? > 0 {
            let actor = Actor::Citizen(self.who.clone());
            touch(&self.ctx, &actor, "counsel_read", &thread).save(tx).await?;
        }
        let rows = tx.all(MESSAGES, args![&thread]).await?;
        let draft = tx.optional(draft::FIND, args![&thread]).await?;
        Ok(Some(Opened { standing, rows, draft }))
    }
}

/// She writes to him. The same form again is one message.
pub async fn write(
    ctx: &Ctx,
    who: &Citizen,
    inmate: &Public<Inmate>,
    form: &CounselForm,
) -> Result<Sent<()>> {
    let numbers = Numbers::of(&Rules::on(&ctx.db, ctx.now().date()).await?)?;
    let words = match form.parse(numbers.counsel_longest) {
        Ok(words) => words,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let Some(key) = FormKey::parse(&form.key) else { return Ok(Err(Refusal::Hidden.into())) };
    let letter = Letter::draw(ctx, &key, who.person.as_str(), inmate.as_str(), true, &words);
    let fresh = (ctx.chance.id(letter.now), ctx.chance.public());
    let command = Write {
        ctx: ctx.clone(),
        who: who.clone(),
        inmate: inmate.clone(),
        letter,
        fresh,
        draft: drafts::seen(&form.draft),
    };
    Ok(ctx.db.write(command).await?.map_err(Into::into))
}

struct Write {
    ctx: Ctx,
    who: Citizen,
    inmate: Public<Inmate>,
    letter: Letter,
    fresh: (Id<CounselThread>, Public<CounselThread>),
    draft: i64,
}

impl Command for Write {
    type Out = std::result::Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (ctx, now) = (&self.ctx, self.letter.now);
        let standing = ends::lawyer(tx, &self.ctx.lawyers, &self.who, &self.inmate, now).await?;
        let Some(standing) = standing else { return Ok(Err(Refusal::Hidden)) };
        let room = ends::lawyers_room(tx, ctx, &self.who, &standing, &self.fresh, now).await?;
        if self.letter.save(tx, ctx, &room).await? {
            tx.later(draft::SENT, args![room.thread(), self.draft]).await?;
            let actor = Actor::Citizen(self.who.clone());
            touch(ctx, &actor, "counsel_written", room.thread()).save(tx).await?;
        }
        Ok(Ok(()))
    }
}

/// She prints or takes the thread along: that too stands in the log.
pub async fn export_marked(ctx: &Ctx, who: &Citizen, inmate: &Public<Inmate>) -> Result<bool> {
    let (who, inmate, now) = (who.clone(), inmate.clone(), ctx.now());
    ctx.db.write(Exported { ctx: ctx.clone(), who, inmate, now }).await
}

struct Exported {
    ctx: Ctx,
    who: Citizen,
    inmate: Public<Inmate>,
    now: Instant,
}

impl Command for Exported {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let standing = ends::lawyer(tx, &self.ctx.lawyers, &self.who, &self.inmate, self.now).await?;
        let Some(thread) = standing.and_then(|s| s.thread_id) else { return Ok(false) };
        let actor = Actor::Citizen(self.who.clone());
        touch(&self.ctx, &actor, "counsel_exported", &Id::new(thread)).save(tx).await?;
        Ok(true)
    }
}

pub const CLIENTS: &str = "SELECT i.public_id AS inmate_public, i.name AS inmate_name, MAX(a.valid_to) AS valid_to, \
    CAST((SELECT COUNT(*) FROM counsel_message c JOIN counsel_thread r ON r.id = c.thread_id WHERE r.person_id = $1 \
    AND r.inmate_id = i.id AND c.from_lawyer = 0 AND c.read_at IS NULL) AS BIGINT) AS unread, \
    (SELECT MAX(c.written_at) FROM counsel_message c JOIN counsel_thread r ON r.id = c.thread_id WHERE r.person_id = $1 \
    AND r.inmate_id = i.id) AS last_at FROM mandate a JOIN person_number n ON n.hash = a.number_hash \
    JOIN inmate i ON i.id = a.inmate_id WHERE n.person_id = $1 AND a.ended_at IS NULL AND a.valid_from <= $2 \
    AND $2 <= a.valid_to AND (CAST($3 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM lawyer v WHERE v.person_id = $1 AND $2 <= v.holds_to)) \
    GROUP BY i.id, i.public_id, i.name, i.sort_name ORDER BY i.sort_name, i.id LIMIT 300";
pub const MESSAGES: &str = "SELECT id, public_id, thread_id, from_lawyer, body, written_at, delivered_at, read_at \
    FROM counsel_message WHERE thread_id = $1 ORDER BY written_at, id LIMIT 2000";
pub const READ: &str = "UPDATE counsel_message SET read_at = $1, delivered_at = COALESCE(delivered_at, $1) \
    WHERE thread_id = $2 AND from_lawyer = 0 AND read_at IS NULL";
/// All of the thread, and all of the mandates it rests on.
pub const LOG: &str = "SELECT a.at, a.action, a.actor_kind, a.role, u.name AS unit_name, a.detail FROM audit a \
    LEFT JOIN unit u ON u.id = a.unit_id WHERE (a.subject_kind = 'counsel_thread' AND a.subject_id = $1) \
    OR (a.subject_kind = 'mandate' AND a.subject_id IN (SELECT m.id FROM mandate m JOIN person_number n \
    ON n.hash = m.number_hash WHERE m.inmate_id = $2 AND n.person_id = $3)) ORDER BY a.at DESC, a.id DESC LIMIT 300";
