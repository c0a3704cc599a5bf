//! The duty desk: what is due by time left. A task counts as taken when a named person has taken it. A call is made by a
//! script: her safe word first; to anybody else, and to a machine, nothing.

mod call;
mod ring_in;

use domain::{
    access::Role,
    custody::Kind,
    kernel::{Id, Instant, Public},
    notices,
};

use super::{
    Profile, TaskKind, TaskRow, breaker,
    breaker::{HeldMass, WouldTell},
    reading, rules, stored, trail,
};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
};

pub use call::{Call, call};
pub(super) use ring_in::RIGHT;
pub use ring_in::{RingIn, RingInForm, RungIn, heard, ring_in, rung_in};

pub fn may(roles: &[Role]) -> bool {
    roles.contains(&Role::DutyOfficer)
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallOutcome {
    /// She said her safe word and has been told: it is confirmed.
    Told,
    NoAnswer,
    /// A machine or somebody else: nothing was said.
    NotHer,
    /// She answered, and the safe word was wrong: nothing was said.
    WrongWord,
    /// All has been tried, the letter is on its way: this officer closes it.
    LetterSent,
}

impl CallOutcome {
    pub const ALL: [Self; 5] = [Self::Told, Self::NoAnswer, Self::NotHer, Self::WrongWord, Self::LetterSent];

    pub fn code(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::NoAnswer => "no_answer",
            Self::NotHer => "not_her",
            Self::WrongWord => "wrong_word",
            Self::LetterSent => "letter_sent",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// A line of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub public: Public<TaskRow>,
    pub kind: TaskKind,
    pub deadline: Instant,
    pub since: Instant,
    /// What it is about, for those whom the task is of.
    pub event: Option<Kind>,
    pub next_try_at: Option<Instant>,
    /// Who has it.
    pub by: Option<String>,
    pub mine: bool,
}

#[derive(Clone, Debug)]
pub struct DutyDesk {
    pub tasks: Vec<Line>,
    pub mass: Option<(HeldMass, Vec<WouldTell>)>,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    public_id: String,
    kind: String,
    deadline: i64,
    since: i64,
    event: Option<String>,
    next_try_at: Option<i64>,
    by_id: Option<String>,
    by_name: Option<String>,
}

/// None: it is not her duty.
pub async fn desk(ctx: &Ctx, staff: &Staff) -> Result<Option<DutyDesk>> {
    if !may(&staff.roles) {
        return Ok(None);
    }
    let rows: Vec<LineRow> = ctx.db.all(TASKS, args![reading::FEW]).await?;
    let line = |row: LineRow| {
        Ok(Line {
            public: Public::parse(&row.public_id).ok_or(Error::Broken("public id"))?,
            kind: TaskKind::parse(&row.kind).ok_or(Error::Broken("kind of a task"))?,
            deadline: Instant(row.deadline),
            since: Instant(row.since),
            event: row.event.as_deref().and_then(Kind::parse),
            next_try_at: row.next_try_at.map(Instant),
            mine: row.by_id.as_deref() == Some(staff.staff.as_str()),
            by: row.by_name,
        })
    };
    let tasks = rows.into_iter().map(line).collect::<Result<_>>()?;
    Ok(Some(DutyDesk { tasks, mass: breaker::held(ctx).await? }))
}

/// She takes it, or gives it back. False: somebody else has done it. None: no such task.
pub async fn take(ctx: &Ctx, staff: &Staff, task: &Public<TaskRow>) -> Result<Option<bool>> {
    change(ctx, staff, task, Step::Take).await
}

pub async fn give_back(ctx: &Ctx, staff: &Staff, task: &Public<TaskRow>) -> Result<Option<bool>> {
    change(ctx, staff, task, Step::GiveBack).await
}

/// What came of the call; only whoever has the task can say.
pub async fn called(
    ctx: &Ctx,
    staff: &Staff,
    task: &Public<TaskRow>,
    outcome: CallOutcome,
) -> Result<Option<bool>> {
    change(ctx, staff, task, Step::Called(outcome)).await
}

async fn change(ctx: &Ctx, staff: &Staff, task: &Public<TaskRow>, step: Step) -> Result<Option<bool>> {
    if !may(&staff.roles) {
        return Ok(None);
    }
    ctx.db.write(Change { ctx: ctx.clone(), staff: staff.clone(), task: task.clone(), step }).await
}

#[derive(Clone, Copy)]
enum Step {
    Take,
    GiveBack,
    Called(CallOutcome),
}

struct Change {
    ctx: Ctx,
    staff: Staff,
    task: Public<TaskRow>,
    step: Step,
}

#[derive(sqlx::FromRow)]
struct Found {
    id: String,
    kind: String,
    about: String,
    recipient_id: Option<String>,
    duty: String,
    by_id: Option<String>,
}

impl Command for Change {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<bool>> {
        let now = self.ctx.now();
        let Some(found) = tx.optional::<Found>(FOUND, args![&self.task]).await? else { return Ok(None) };
        let who = self.staff.staff.as_str();
        let has_it = found.duty == "taken" && found.by_id.as_deref() == Some(who);
        let id: Id<TaskRow> = Id::new(found.id.as_str());
        let done = match self.step {
            Step::Take if found.duty != "done" => tx.execute(TAKE, args![who, now, &id]).await? == 1,
            Step::GiveBack if has_it => {
                let page = rules::numbers(&Rules::within(tx, now.date()).await?)?.page;
                tx.execute(GIVE_BACK, args![now, now.plus_minutes(page), &id]).await? == 1
            }
            Step::Called(CallOutcome::LetterSent) if self.is_protected(tx, &found).await? => false,
            Step::Called(outcome) if has_it && found.kind == "call" => {
                self.call(tx, &found, outcome, now).await?;
                true
            }
            _ => false,
        };
        if done && let Some(recipient) = &found.recipient_id {
            let (action, detail) = match self.step {
                Step::Take => ("notice.task_taken", ""),
                Step::GiveBack => ("notice.task_back", ""),
                Step::Called(outcome) => ("notice.called", outcome.code()),
            };
            let actor = Actor::Staff(self.staff.clone());
            trail::note(tx, &self.ctx, &actor, (action, &Id::new(recipient.as_str())), detail).await?;
        }
        Ok(Some(done))
    }
}

/// The rule: until she is rung again after nobody was reached, in minutes.
const NEXT_TRY: &str = "notices.next_try_minutes";

impl Change {
    /// No letter goes to a protected address, so none ends a call.
    async fn is_protected(&self, tx: &mut Tx, found: &Found) -> Result<bool> {
        let Some(recipient) = &found.recipient_id else { return Ok(false) };
        Ok(Profile::of(tx, &self.ctx, &Id::new(recipient.as_str())).await?.protected)
    }

    async fn call(&self, tx: &mut Tx, found: &Found, outcome: CallOutcome, now: Instant) -> Result<()> {
        let id = self.ctx.chance.id::<CallOutcome>(now);
        let who = self.staff.staff.as_str();
        tx.later(CALLED, args![&id, &found.id, outcome.code(), who, now]).await?;
        let ends = match outcome {
            CallOutcome::Told => Some(true),
            CallOutcome::LetterSent => Some(false),
            CallOutcome::NoAnswer | CallOutcome::NotHer | CallOutcome::WrongWord => None,
        };
        let Some(told) = ends else {
            let minutes = Rules::within(tx, now.date()).await?.days(NEXT_TRY)?;
            return tx.later(LATER, args![now.plus_minutes(minutes), &found.id]).await;
        };
        let (matter, version): (String, i64) = tx.one(DUTY, args![&found.about]).await?;
        let mut loaded = stored::load(tx, &self.ctx, &Id::new(matter)).await?;
        let number = u32::try_from(version).map_err(|_| Error::Broken("a version"))?;
        if let Some((_, duty)) = loaded.matter.obligations.iter_mut().find(|(n, _)| *n == number) {
            if told {
                duty.acknowledge(true, now);
            } else {
                duty.close(notices::Why::ClosedByOfficer, now);
            }
        }
        loaded.save(tx, &self.ctx, now).await
    }
}

pub const TASKS: &str = "SELECT t.public_id, t.kind, t.deadline, t.since, m.kind AS event, t.next_try_at, t.by_id, \
    s.name AS by_name FROM notice_task t LEFT JOIN notice_obligation o ON t.kind = 'call' AND o.id = t.about \
    LEFT JOIN notice_matter m ON m.id = COALESCE(o.matter_id, CASE WHEN t.kind = 'assess' THEN t.about END) \
    LEFT JOIN staff_member s ON s.id = t.by_id WHERE t.desk = 'duty' AND t.duty <> 'done' \
    ORDER BY t.deadline, t.id LIMIT $1";
pub const FOUND: &str =
    "SELECT id, kind, about, recipient_id, duty, by_id FROM notice_task WHERE public_id = $1";
pub const TAKE: &str = "UPDATE notice_task SET duty = 'taken', by_id = $1, by_at = $2, pages_at = NULL \
    WHERE id = $3 AND duty <> 'done'";
pub const GIVE_BACK: &str = "UPDATE notice_task SET duty = 'nobodys', by_id = NULL, by_at = NULL, since = $1, paged = 0, \
    pages_at = $2 WHERE id = $3 AND duty = 'taken'";
pub const CALLED: &str =
    "INSERT INTO notice_call (id, task_id, outcome, by_id, at) VALUES ($1, $2, $3, $4, $5)";
pub const LATER: &str = "UPDATE notice_task SET next_try_at = $1 WHERE id = $2";
pub const DUTY: &str = "SELECT matter_id, version FROM notice_obligation WHERE id = $1";
