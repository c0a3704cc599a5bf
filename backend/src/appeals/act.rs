//! What the level that decided does: takes the appeal, says whether the decision waits meanwhile, changes its decision itself,
//! or stands by it and forwards the appeal with words that the appellant reads.

use domain::{
    appeals::{ReasonForm, Refusal, State, Subject, WaitForm, Waiting, may_decide, may_prepare},
    kernel::{Id, Instant, Locale, Public},
};

use super::{
    AppealMark, Done, Undone,
    desk::of_staff,
    read::Row,
    ruling::{Decided, settle},
    statement_place, tell, waits_place,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    decision::NewDecision,
    rules::Rules,
};

/// She looks at it from now on.
pub async fn take(ctx: &Ctx, staff: &Staff, appeal: &Public<AppealMark>, version: i64) -> Result<Done> {
    act(ctx, staff, appeal, version, Step::Take).await
}

/// Whether the decision waits; by whichever level has the appeal.
pub async fn wait(ctx: &Ctx, staff: &Staff, appeal: &Public<AppealMark>, form: &WaitForm) -> Result<Done> {
    match form.parse() {
        Ok(waiting) => act(ctx, staff, appeal, waiting.version, Step::Wait(waiting)).await,
        Err(errors) => Ok(Err(Undone::Fields(errors))),
    }
}

/// The decision stands: to the level above, with the reason.
pub async fn forward(
    ctx: &Ctx,
    staff: &Staff,
    appeal: &Public<AppealMark>,
    form: &ReasonForm,
) -> Result<Done> {
    match form.parse("statement") {
        Ok(said) => act(ctx, staff, appeal, said.version, Step::Forward(said.words)).await,
        Err(errors) => Ok(Err(Undone::Fields(errors))),
    }
}

/// The decision is changed where it was made: it is set aside, and made anew there.
pub async fn change(
    ctx: &Ctx,
    staff: &Staff,
    appeal: &Public<AppealMark>,
    form: &ReasonForm,
    text_locale: Locale,
) -> Result<Done> {
    let ids = (ctx.chance.id(ctx.now()), ctx.chance.public());
    match form.parse("reason") {
        Ok(said) => act(ctx, staff, appeal, said.version, Step::Change(said.words, text_locale, ids)).await,
        Err(errors) => Ok(Err(Undone::Fields(errors))),
    }
}

enum Step {
    Take,
    Wait(Waiting),
    Forward(String),
    Change(String, Locale, (Id<NewDecision>, Public<NewDecision>)),
}

async fn act(
    ctx: &Ctx,
    staff: &Staff,
    appeal: &Public<AppealMark>,
    version: i64,
    step: Step,
) -> Result<Done> {
    let (ctx, staff, appeal) = (ctx.clone(), staff.clone(), appeal.clone());
    let (db, now) = (ctx.db.clone(), ctx.now());
    db.write(Act { ctx, staff, appeal, version, step, now }).await
}

struct Act {
    ctx: Ctx,
    staff: Staff,
    appeal: Public<AppealMark>,
    version: i64,
    step: Step,
    now: Instant,
}

impl Command for Act {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(row) = of_staff(tx, &self.staff, &self.appeal).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        let subject =
            Subject::parse(&row.target.subject_kind).ok_or(Error::Broken("subject of an appeal"))?;
        let state = row.state()?;
        let local = may_prepare(&self.staff.roles, subject);
        let may = match (&self.step, &state) {
            (Step::Wait(_), State::Forwarded { .. }) => may_decide(&self.staff.roles),
            _ => local,
        };
        if !may {
            return Ok(Err(Refusal::Hidden.into()));
        }
        if row.version != self.version {
            return Ok(Err(Refusal::Stale.into()));
        }
        match &self.step {
            Step::Take => self.take(tx, &row, state).await,
            Step::Wait(waiting) => self.wait(tx, &row, &state, waiting).await,
            Step::Forward(words) => self.forward(tx, &row, state, words).await,
            Step::Change(words, locale, ids) => self.change(tx, &row, state, (words, *locale), ids).await,
        }
    }
}

impl Act {
    async fn trace(&self, tx: &mut Tx, row: &Row, action: &'static str) -> Result<()> {
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        entry.at_unit(&row.unit()).about("appeal", &row.id()).save(tx).await
    }

    async fn take(&self, tx: &mut Tx, row: &Row, state: State) -> Result<Done> {
        if let Err(refusal) = state.taken(self.staff.staff.clone(), self.now) {
            return Ok(Err(refusal.into()));
        }
        if tx.execute(TAKE, args![self.now, &self.staff.staff, &row.id, row.version]).await? != 1 {
            return Ok(Err(Refusal::Stale.into()));
        }
        self.trace(tx, row, "appeal_taken").await?;
        Ok(Ok(()))
    }

    async fn wait(&self, tx: &mut Tx, row: &Row, state: &State, waiting: &Waiting) -> Result<Done> {
        if !state.is_open() {
            return Ok(Err(Refusal::MovedOn.into()));
        }
        if row.waits != "asked" {
            return Ok(Err(Refusal::NotAsked.into()));
        }
        let key = self.ctx.vault.subject(tx, &row.person_id).await?;
        let seal = |why: &String| key.seal(&self.ctx.chance, &waits_place(&row.id), why.as_bytes());
        let why = waiting.why.as_ref().map(seal).transpose()?;
        let answer = if waiting.granted { "granted" } else { "refused" };
        if tx.execute(WAIT, args![answer, why, self.now, &row.id, row.version]).await? != 1 {
            return Ok(Err(Refusal::Stale.into()));
        }
        self.trace(tx, row, if waiting.granted { "appeal_waits" } else { "appeal_waits_not" }).await?;
        tell(tx, &self.ctx, &row.person()).await?;
        Ok(Ok(()))
    }

    async fn forward(&self, tx: &mut Tx, row: &Row, state: State, words: &str) -> Result<Done> {
        if let Err(refusal) = state.forwarded(self.staff.staff.clone(), self.now) {
            return Ok(Err(refusal.into()));
        }
        let key = self.ctx.vault.subject(tx, &row.person_id).await?;
        let sealed = key.seal(&self.ctx.chance, &statement_place(&row.id), words.as_bytes())?;
        let days = Rules::within(tx, self.now.date()).await?.days("appeal.decide_days")?;
        let due = self.now.plus_days(days);
        let values = args![self.now, &self.staff.staff, sealed, due, &row.id, row.version];
        if tx.execute(FORWARD, values).await? != 1 {
            return Ok(Err(Refusal::Stale.into()));
        }
        self.trace(tx, row, "appeal_forwarded").await?;
        tell(tx, &self.ctx, &row.person()).await?;
        Ok(Ok(()))
    }

    async fn change(
        &self,
        tx: &mut Tx,
        row: &Row,
        state: State,
        (words, text_locale): (&str, Locale),
        ids: &(Id<NewDecision>, Public<NewDecision>),
    ) -> Result<Done> {
        let next = match state.changed_locally(self.now) {
            Ok(next) => next,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        let rules = Rules::within(tx, self.now.date()).await?;
        let decided = Decided {
            ids: ids.clone(),
            basis: rules.text("appeal.change_basis")?.to_owned(),
            rule_version: rules.version("appeal.change_basis")?,
            reason: words.to_owned(),
            text_locale,
            now: self.now,
        };
        settle(tx, &self.ctx, &self.staff, row, &next, &decided).await?;
        self.trace(tx, row, "appeal_changed").await?;
        Ok(Ok(()))
    }
}

pub const TAKE: &str = "UPDATE appeal SET state = 'preparing', state_at = $1, prepared_by = $2, version = version + 1 \
    WHERE id = $3 AND version = $4";
pub const WAIT: &str = "UPDATE appeal SET waits = $1, waits_why = $2, waits_at = $3, version = version + 1 \
    WHERE id = $4 AND version = $5";
pub const FORWARD: &str = "UPDATE appeal SET state = 'forwarded', state_at = $1, forwarded_at = $1, prepared_by = $2, \
    statement = $3, due_at = $4, version = version + 1 WHERE id = $5 AND version = $6";
