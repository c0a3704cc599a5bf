//! One task, with all that a call needs: read only after the look is written.

use domain::kernel::{Id, Instant, Locale, Public};

use super::{CallOutcome, NEXT_TRY, may};
use crate::{
    Error, Result, args,
    ctx::{Ctx, Staff},
    notices::{
        Duty, MatterRow, Profile, Recipient, TaskKind, TaskRow, mine, profile,
        reading::{self, LookReason},
    },
    rules::Rules,
};

/// A task in full: read only after the look is written.
#[derive(Clone, Debug)]
pub struct Call {
    pub public: Public<TaskRow>,
    pub kind: TaskKind,
    pub deadline: Instant,
    pub mine: bool,
    pub by: Option<String>,
    pub name: String,
    /// What is written to her is written in.
    pub language: Locale,
    pub telephone: Option<String>,
    pub address: Option<String>,
    /// No letter goes: her address is protected.
    pub protected: bool,
    pub safe_word: Option<String>,
    /// What is to be said, if it is a call.
    pub notice: Option<mine::Notice>,
    /// What is to be answered, if it is an assessment.
    pub question: Option<Public<MatterRow>>,
    pub next_try_at: Option<Instant>,
    /// How long until she is rung again, if nobody is reached now, in minutes.
    pub next_try: i64,
    pub tries: Vec<(CallOutcome, Instant)>,
}

/// None: no such task, or it is not hers to see.
pub async fn call(ctx: &Ctx, staff: &Staff, task: &Public<TaskRow>) -> Result<Option<Call>> {
    if !may(&staff.roles) {
        return Ok(None);
    }
    let Some(found) = ctx.db.optional::<FullRow>(FULL, args![task]).await? else { return Ok(None) };
    let Some(recipient) = found.recipient_id.as_deref().map(Id::<Recipient>::new) else { return Ok(None) };
    reading::look(ctx, staff, &recipient, None, LookReason::Call).await?;
    let (sealed,): (Vec<u8>,) = ctx.db.one(profile::PROFILE, args![&recipient]).await?;
    let profile = Profile::open(ctx, &recipient, &sealed)?;
    let kind = TaskKind::parse(&found.kind).ok_or(Error::Broken("kind of a task"))?;
    let notice = match kind {
        TaskKind::Call => mine::told(ctx, &Id::<Duty>::new(found.about.as_str())).await?,
        _ => None,
    };
    let tries: Vec<(String, i64)> = ctx.db.all(TRIES, args![&found.id]).await?;
    let tries = tries.into_iter().filter_map(|(code, at)| Some((CallOutcome::parse(&code)?, Instant(at))));
    Ok(Some(Call {
        public: task.clone(),
        kind,
        deadline: Instant(found.deadline),
        mine: found.by_id.as_deref() == Some(staff.staff.as_str()),
        by: found.by_name,
        language: profile.language(),
        name: profile.name,
        telephone: profile.telephone,
        address: profile.address,
        protected: profile.protected,
        safe_word: profile.safe_word,
        notice,
        question: found.question.as_deref().and_then(Public::parse),
        next_try: Rules::on(&ctx.db, ctx.now().date()).await?.days(NEXT_TRY)?,
        next_try_at: found.next_try_at.map(Instant),
        tries: tries.collect(),
    }))
}

#[derive(sqlx::FromRow)]
struct FullRow {
    id: String,
    kind: String,
    about: String,
    recipient_id: Option<String>,
    deadline: i64,
    next_try_at: Option<i64>,
    by_id: Option<String>,
    by_name: Option<String>,
    question: Option<String>,
}

pub const FULL: &str = "SELECT t.id, t.kind, t.about, t.recipient_id, t.deadline, t.next_try_at, t.by_id, s.name AS by_name, \
    m.public_id AS question FROM notice_task t LEFT JOIN staff_member s ON s.id = t.by_id \
    LEFT JOIN notice_matter m ON t.kind = 'assess' AND m.id = t.about \
    WHERE t.public_id = $1 AND t.desk = 'duty' AND t.duty <> 'done'";
pub const TRIES: &str = "SELECT outcome, at FROM notice_call WHERE task_id = $1 ORDER BY at, id";
