//! An officer's task is ended with what was done: one of a few answers for its kind, and a note if there is more to say.
//! What the answer means for her is done in the same transaction: an address that was held is let go, a wish to switch
//! everything off is taken back. Tasks that end by themselves (an assessment, a call, a mass) are not ended here.

use domain::kernel::{Id, Instant, Public, TextError, paragraph};

use super::{
    Channel, Party, Profile, Recipient, TaskKind, TaskRow, channels, duty, profile,
    reading::{self, LookReason, Reach},
    tasks, trail, wish,
};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

/// Longest note, in characters.
pub const LONGEST_NOTE: usize = 500;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// She was rung and has been spoken with.
    Rang,
    /// She was not reached, and a letter has gone.
    Letter,
    /// It was she who wanted it so.
    WasHer,
    /// It was somebody else: what was done is undone.
    WasNotHer,
    /// The address is safe: its code is sent.
    Released,
    /// The address stays held: not one byte goes there.
    KeptHeld,
    /// The address is still hers.
    StillHers,
    /// The address is not hers any longer.
    NotHers,
}

impl Done {
    pub const ALL: [Self; 8] = [
        Self::Rang,
        Self::Letter,
        Self::WasHer,
        Self::WasNotHer,
        Self::Released,
        Self::KeptHeld,
        Self::StillHers,
        Self::NotHers,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Rang => "rang",
            Self::Letter => "letter",
            Self::WasHer => "was_her",
            Self::WasNotHer => "was_not_her",
            Self::Released => "released",
            Self::KeptHeld => "kept_held",
            Self::StillHers => "still_hers",
            Self::NotHers => "not_hers",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }

    /// An address that may be somebody else's too is let go only with the grounds in words.
    pub fn needs_note(self) -> bool {
        self == Self::Released
    }
}

/// What may end a task of this kind; nothing: it ends by itself.
pub fn choices(kind: TaskKind) -> &'static [Done] {
    match kind {
        TaskKind::AllOff => &[Done::WasHer, Done::WasNotHer, Done::Letter],
        TaskKind::SharedContact => &[Done::Released, Done::KeptHeld],
        TaskKind::Bounce | TaskKind::Question | TaskKind::WrongWord => &[Done::Rang, Done::Letter],
        TaskKind::Reconfirm => &[Done::StillHers, Done::NotHers, Done::Letter],
        TaskKind::Assess | TaskKind::Call | TaskKind::Mass => &[],
    }
}

/// The same for one of them: no letter goes to a protected address.
fn choices_of(kind: TaskKind, protected: bool) -> Vec<Done> {
    choices(kind).iter().copied().filter(|done| !(protected && *done == Done::Letter)).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not among the answers of this kind.
    How,
    Note(TextError),
    /// It is done already.
    Settled,
}

/// A task in full: read after the look is written.
#[derive(Clone, Debug)]
pub struct TaskView {
    pub public: Public<TaskRow>,
    pub party: Public<Party>,
    pub kind: TaskKind,
    pub deadline: Instant,
    pub name: String,
    pub telephone: Option<String>,
    /// What she is asked for on the telephone before anything is said.
    pub safe_word: Option<String>,
    /// The address that it is about.
    pub address: Option<String>,
    /// What may end it.
    pub choices: Vec<Done>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    kind: String,
    about: String,
    deadline: i64,
    duty: String,
    desk: String,
    recipient_id: String,
    party: String,
    unit_id: String,
    officer_id: Option<String>,
}

/// Her place in the case of an officer who may end it; she may have several.
fn reached(rows: Vec<Row>, reach: &Reach) -> Option<Row> {
    rows.into_iter().find(|row| reach.may(&row.unit_id, row.officer_id.as_deref()))
}

/// None: no such task, or not for this officer.
pub async fn task(ctx: &Ctx, staff: &Staff, public: &Public<TaskRow>) -> Result<Option<TaskView>> {
    let rows: Vec<Row> = ctx.db.all(FOUND, args![public]).await?;
    let Some(row) = reached(rows, &reading::reach(staff)) else { return Ok(None) };
    let kind = TaskKind::parse(&row.kind).ok_or(Error::Broken("kind of a task"))?;
    if row.duty == "done" || row.desk != "officer" || choices(kind).is_empty() {
        return Ok(None);
    }
    let recipient: Id<Recipient> = Id::new(row.recipient_id);
    reading::look(ctx, staff, &recipient, Some(&row.unit_id), LookReason::HandleCase).await?;
    let (sealed,): (Vec<u8>,) = ctx.db.one(profile::PROFILE, args![&recipient]).await?;
    let profile = Profile::open(ctx, &recipient, &sealed)?;
    let channel: Id<Channel> = Id::new(row.about);
    let address: Option<(Vec<u8>,)> = ctx.db.optional(ADDRESS, args![&channel]).await?;
    let address = address.map(|(sealed,)| channels::opened(ctx, &channel, &sealed)).transpose()?;
    Ok(Some(TaskView {
        public: public.clone(),
        party: Public::parse(&row.party).ok_or(Error::Broken("public id"))?,
        kind,
        deadline: Instant(row.deadline),
        name: profile.name,
        telephone: profile.telephone,
        safe_word: profile.safe_word,
        address,
        choices: choices_of(kind, profile.protected),
    }))
}

/// Ends a task. None: no such task, or not for this officer.
pub async fn close(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<TaskRow>,
    how: &str,
    note: &str,
) -> Result<Option<std::result::Result<(), Refusal>>> {
    let close = Close {
        staff: staff.clone(),
        public: public.clone(),
        how: Done::parse(how),
        note: note.to_owned(),
        code: ctx.chance.code(),
        now: ctx.now(),
        ctx: ctx.clone(),
    };
    ctx.db.write(close).await
}

struct Close {
    ctx: Ctx,
    staff: Staff,
    public: Public<TaskRow>,
    how: Option<Done>,
    note: String,
    /// For an address that is let go.
    code: String,
    now: Instant,
}

impl Command for Close {
    type Out = Option<std::result::Result<(), Refusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let rows: Vec<Row> = tx.all(FOUND, args![&self.public]).await?;
        let Some(row) = reached(rows, &reading::reach(&self.staff)) else { return Ok(None) };
        let kind = TaskKind::parse(&row.kind).ok_or(Error::Broken("kind of a task"))?;
        if row.desk != "officer" || choices(kind).is_empty() {
            return Ok(None);
        }
        if row.duty == "done" {
            return Ok(Some(Err(Refusal::Settled)));
        }
        let recipient: Id<Recipient> = Id::new(row.recipient_id.as_str());
        let protected = Profile::of(tx, &self.ctx, &recipient).await?.protected;
        let (how, note) = match self.read(&choices_of(kind, protected)) {
            Ok(read) => read,
            Err(refusal) => return Ok(Some(Err(refusal))),
        };
        self.carry_out(tx, &row, how, &recipient).await?;
        if kind == TaskKind::WrongWord {
            tx.later(duty::RIGHT, args![&recipient]).await?;
        }
        tasks::close(tx, kind, &row.about, self.now).await?;
        self.keep(tx, &row.id, how, note.as_deref()).await?;
        let actor = Actor::Staff(self.staff.clone());
        let detail = format!("{} {}", kind.code(), how.code());
        trail::note(tx, &self.ctx, &actor, ("notice.task_done", &recipient), &detail).await?;
        Ok(Some(Ok(())))
    }
}

impl Close {
    fn read(&self, choices: &[Done]) -> std::result::Result<(Done, Option<String>), Refusal> {
        let how = self.how.filter(|how| choices.contains(how)).ok_or(Refusal::How)?;
        match paragraph(&self.note, LONGEST_NOTE) {
            Ok(note) => Ok((how, Some(note))),
            Err(TextError::Empty) if !how.needs_note() => Ok((how, None)),
            Err(error) => Err(Refusal::Note(error)),
        }
    }

    /// What the answer means for her.
    async fn carry_out(&self, tx: &mut Tx, row: &Row, how: Done, recipient: &Id<Recipient>) -> Result<()> {
        let (ctx, now) = (&self.ctx, self.now);
        let channel: Id<Channel> = Id::new(row.about.as_str());
        match how {
            Done::Rang | Done::Letter | Done::WasHer | Done::KeptHeld => Ok(()),
            Done::WasNotHer => tx.later(wish::ON_AGAIN, args![recipient]).await,
            Done::Released => channels::release(tx, ctx, &channel, &self.code, now).await,
            Done::StillHers => tx.later(STILL_HERS, args![now, &channel]).await,
            Done::NotHers => tx.later(NOT_HERS, args![&channel]).await,
        }
    }

    async fn keep(&self, tx: &mut Tx, task: &str, how: Done, note: Option<&str>) -> Result<()> {
        let id: Id<Done> = self.ctx.chance.id(self.now);
        let place = format!("notice_task_end/note/{id}");
        let note = note.map(|note| self.ctx.vault.seal(&self.ctx.chance, &place, note.as_bytes()));
        let values = args![&id, task, how.code(), note.transpose()?, &self.staff.staff, self.now];
        tx.later(ENDED, values).await
    }
}

pub const FOUND: &str = "SELECT t.id, t.kind, t.about, t.deadline, t.duty, t.desk, t.recipient_id, p.public_id AS party, \
    c.unit_id, c.officer_id FROM notice_task t JOIN notice_party p ON p.recipient_id = t.recipient_id \
    JOIN notice_case c ON c.id = p.case_id WHERE t.public_id = $1 ORDER BY p.id";
pub const ADDRESS: &str = "SELECT address FROM notice_channel WHERE id = $1";
pub const ENDED: &str =
    "INSERT INTO notice_task_end (id, task_id, how, note, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)";
pub const STILL_HERS: &str =
    "UPDATE notice_channel SET confirmed_at = $1, doubted_at = NULL WHERE id = $2 AND state = 'confirmed'";
pub const NOT_HERS: &str = "UPDATE notice_channel SET state = 'dead' WHERE id = $1 AND state = 'confirmed'";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_of_an_officer_can_be_ended_and_no_other() {
        for kind in TaskKind::ALL {
            let ends_itself = matches!(kind, TaskKind::Assess | TaskKind::Call | TaskKind::Mass);
            assert_eq!(choices(kind).is_empty(), ends_itself, "{kind:?}");
        }
        for done in Done::ALL {
            assert_eq!(Done::parse(done.code()), Some(done));
            assert!(TaskKind::ALL.iter().any(|kind| choices(*kind).contains(&done)), "{done:?} ends nothing");
        }
        assert_eq!(choices(TaskKind::SharedContact), [Done::Released, Done::KeptHeld]);
    }
}
