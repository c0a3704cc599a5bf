//! What an officer does with a conversation of her units: takes it, gives it to somebody, answers, closes, takes it up again,
//! notes something for colleagues. Each step names the version that she saw; what came in meanwhile is not overlooked.

use domain::{
    access::{StaffMember, Unit},
    kernel::{Id, Public},
    messages::{AnswerForm, NoteForm, Refusal, Thread, may_answer},
};

use super::{NewMessage, Row, desk::answer_place, desk::note_place, files};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{
        Done, FormKey, Sent, ThreadRow,
        drafts::{self, Owner},
        news,
        numbers::Numbers,
        once::Once,
        units,
    },
    rules::Rules,
};

/// A step that writes nothing to her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Take,
    /// Nobody has it any more.
    PutBack,
    GiveTo(Public<StaffMember>),
    /// To another unit, by its slug: there nobody has it.
    MoveTo(String),
    Close,
    Reopen,
}

pub async fn act(
    ctx: &Ctx,
    staff: &Staff,
    thread: &Public<ThreadRow>,
    version: i64,
    step: Step,
) -> Result<Done> {
    if !may_answer(&staff.roles) {
        return Ok(Err(Refusal::Hidden));
    }
    ctx.db.write(Act { ctx: ctx.clone(), staff: staff.clone(), thread: thread.clone(), version, step }).await
}

struct Act {
    ctx: Ctx,
    staff: Staff,
    thread: Public<ThreadRow>,
    version: i64,
    step: Step,
}

/// What a step makes of a conversation.
struct Next {
    state: Thread,
    officer: Option<Id<StaffMember>>,
    unit: Option<Id<Unit>>,
    action: &'static str,
}

impl Command for Act {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let found: Option<Row> = tx.optional(LOAD, args![units(&self.staff), &self.thread]).await?;
        let Some(row) = found else { return Ok(Err(Refusal::Hidden)) };
        if row.version != self.version {
            return Ok(Err(Refusal::Stale));
        }
        let next = match self.next(tx, &row).await? {
            Ok(next) => next,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !row.save(tx, next.state, next.officer.as_ref(), None).await? {
            return Ok(Err(Refusal::Stale));
        }
        if let Some(unit) = &next.unit {
            tx.later(MOVE, args![unit, &row.id]).await?;
        }
        let actor = Actor::Staff(self.staff.clone());
        row.trace(&self.ctx, &actor, next.action).save(tx).await?;
        Ok(Ok(()))
    }
}

impl Act {
    async fn next(&self, tx: &mut Tx, row: &Row) -> Result<Done<Next>> {
        let (state, now) = (row.state()?, self.ctx.now());
        let keep = |officer, action| Ok(Next { state, officer, unit: None, action });
        Ok(match &self.step {
            Step::Take => keep(Some(self.staff.staff.clone()), "message_taken"),
            Step::PutBack => keep(None, "message_put_back"),
            Step::GiveTo(to) => match tx.optional::<(String,)>(COLLEAGUE, args![to, &row.unit_id]).await? {
                Some((id,)) => keep(Some(Id::new(id)), "message_given"),
                None => Err(Refusal::Hidden),
            },
            Step::MoveTo(slug) => match tx.optional::<(String,)>(super::write::UNIT, args![slug]).await? {
                Some((unit,)) => {
                    Ok(Next { state, officer: None, unit: Some(Id::new(unit)), action: "message_moved" })
                }
                None => Err(Refusal::Hidden),
            },
            Step::Close => state.closed(now).map(|state| self.with(row, state, "message_closed")),
            Step::Reopen => {
                let due = Numbers::within(tx, now).await?.due(now);
                state.reopened(now, due).map(|state| self.with(row, state, "message_reopened"))
            }
        })
    }

    fn with(&self, row: &Row, state: Thread, action: &'static str) -> Next {
        Next { state, officer: row.officer(), unit: None, action }
    }
}

/// Answers her, and closes if that was all. Whoever answers has it from then on. The same form again is done already.
pub async fn answer(
    ctx: &Ctx,
    staff: &Staff,
    thread: &Public<ThreadRow>,
    form: &AnswerForm,
) -> Result<Sent<()>> {
    let numbers = Numbers::of(&Rules::on(&ctx.db, ctx.now().date()).await?)?;
    let (words, version, close) = match form.parse(numbers.longest) {
        Ok(parsed) => parsed,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let key = FormKey::parse(&form.key).filter(|_| may_answer(&staff.roles));
    let Some(key) = key else { return Ok(Err(Refusal::Hidden.into())) };
    let once = Once::new(ctx, staff.staff.as_str(), &key, thread.as_str(), &words);
    let command = Answer {
        ctx: ctx.clone(),
        staff: staff.clone(),
        thread: thread.clone(),
        version,
        close,
        message: NewMessage::draw(ctx, once, false, words),
        numbers,
        draft: drafts::seen(&form.draft),
    };
    Ok(ctx.db.write(command).await?.map_err(Into::into))
}

struct Answer {
    ctx: Ctx,
    staff: Staff,
    thread: Public<ThreadRow>,
    version: i64,
    close: bool,
    message: NewMessage,
    numbers: Numbers,
    draft: i64,
}

impl Answer {
    fn state(&self, row: &Row) -> Result<Done<Thread>> {
        let now = self.message.now;
        let answered = row.state()?.answered(now);
        Ok(if self.close { answered.and_then(|state| state.closed(now)) } else { answered })
    }
}

impl Command for Answer {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let found: Option<Row> = tx.optional(LOAD, args![units(&self.staff), &self.thread]).await?;
        let Some(row) = found else { return Ok(Err(Refusal::Hidden)) };
        if self.message.sent_before(tx).await?.is_some() {
            return Ok(Ok(()));
        }
        if row.version != self.version {
            return Ok(Err(Refusal::Stale));
        }
        let state = match self.state(&row)? {
            Ok(state) => state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let now = self.message.now;
        if !row.save(tx, state, Some(&self.staff.staff), Some(now)).await? {
            return Ok(Err(Refusal::Stale));
        }
        let person = row.person();
        self.message.save(tx, &self.ctx, &row.id, &person).await?;
        let owner = Owner::staff(&self.staff, &person);
        drafts::sent(tx, &owner, &answer_place(&self.thread), self.draft).await?;
        news::tell(tx, &self.ctx, &person, &self.numbers, now).await?;
        let actor = Actor::Staff(self.staff.clone());
        files::hand_in(tx, &self.ctx, &actor, (self.thread.as_str(), &row.id), now).await?;
        row.trace(&self.ctx, &actor, "message_answered").save(tx).await?;
        Ok(Ok(()))
    }
}

/// Writes down something for colleagues. She is told nothing, and can be shown nothing of it.
pub async fn note(ctx: &Ctx, staff: &Staff, thread: &Public<ThreadRow>, form: &NoteForm) -> Result<Sent<()>> {
    let words = match form.parse() {
        Ok(words) => words,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let key = FormKey::parse(&form.key).filter(|_| may_answer(&staff.roles));
    let Some(key) = key else { return Ok(Err(Refusal::Hidden.into())) };
    let once = Once::new(ctx, staff.staff.as_str(), &key, thread.as_str(), &words);
    let id = ctx.chance.id(ctx.now());
    let command = Note { ctx: ctx.clone(), staff: staff.clone(), thread: thread.clone(), id, once, words };
    Ok(ctx.db.write(command).await?.map_err(Into::into))
}

struct Note {
    ctx: Ctx,
    staff: Staff,
    thread: Public<ThreadRow>,
    id: Id<Note>,
    once: Once,
    words: String,
}

impl Command for Note {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let found: Option<Row> = tx.optional(LOAD, args![units(&self.staff), &self.thread]).await?;
        let Some(row) = found else { return Ok(Err(Refusal::Hidden)) };
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let key = ctx.vault.subject(tx, &row.person_id).await?;
        let body = key.seal(&ctx.chance, &note_place(self.id.as_str()), self.words.as_bytes())?;
        let once = &self.once;
        let values = args![&self.id, &row.id, &self.staff.staff, &once.key, once.digest.clone(), body, now];
        if tx.execute(NOTE, values).await? == 1 {
            let actor = Actor::Staff(self.staff.clone());
            row.trace(ctx, &actor, "message_noted").save(tx).await?;
        }
        Ok(Ok(()))
    }
}

pub const LOAD: &str = "SELECT id, person_id, unit_id, about_kind, about_id, state, state_at, due_at, \
    officer_id, version FROM message_thread WHERE unit_id IN (SELECT id FROM unit WHERE $1 LIKE '% ' || id || ' %') \
    AND public_id = $2";
/// Somebody who has been signed in as an officer of that unit.
pub const COLLEAGUE: &str = "SELECT s.id FROM staff_member s WHERE s.public_id = $1 AND EXISTS (SELECT 1 FROM session e \
    WHERE e.staff_id = s.id AND ' ' || e.units || ' ' LIKE '% ' || CAST($2 AS TEXT) || ' %' \
    AND ' ' || e.roles || ' ' LIKE '% case_officer %')";
pub const MOVE: &str = "UPDATE message_thread SET unit_id = $1 WHERE id = $2";
pub const NOTE: &str = "INSERT INTO message_note (id, thread_id, staff_id, form_key, digest, body, written_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (staff_id, form_key, digest) DO NOTHING";
