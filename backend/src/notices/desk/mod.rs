//! The officer's list: requests to be verified, questions of significance with their clocks, victims who were never asked,
//! and what has to be put right. And one victim's case, after the look is written.

mod party;
mod protect;

use domain::{
    custody::Kind,
    kernel::{Id, Instant, Public},
    notices::Answer,
};

use super::{
    MatterRow, Party, Profile, Recipient, Request, answering,
    columns::{conditions_of, parse_answer},
    reading::{self, FEW, LookReason},
    wish::{self, Told},
};
use crate::{
    Error, Result, args,
    ctx::{Ctx, Staff},
    db::Value,
};

pub use party::{NoticeLine, PartyOpened, PartyTask, PartyView, party, write};
pub use protect::protect;

/// All that waits for an officer. Names stand on no list.
#[derive(Clone, Debug)]
pub struct WorkList {
    pub requests: Vec<RequestLine>,
    pub questions: Vec<Question>,
    pub tasks: Vec<TaskLine>,
    /// Of her units, and nobody's yet.
    pub unassigned: Vec<PartyLine>,
    /// Hers.
    pub parties: Vec<PartyLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RequestLine {
    pub public_id: String,
    pub made_at: i64,
}

/// Is it of significance to her?
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Question {
    pub public_id: String,
    pub kind: String,
    pub at: i64,
    pub climbs_at: i64,
    pub climbed: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TaskLine {
    pub public_id: String,
    pub kind: String,
    pub deadline: i64,
    /// Whose case it is about.
    pub party: String,
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PartyLine {
    pub public_id: String,
    pub wish: String,
    pub state: String,
    pub wished_at: Option<i64>,
}

/// None: she does not work with victims.
pub async fn list(ctx: &Ctx, staff: &Staff) -> Result<Option<WorkList>> {
    if !reading::works_with_victims(&staff.roles) {
        return Ok(None);
    }
    let (units, who) = (units(staff), staff.staff.as_str());
    Ok(Some(WorkList {
        requests: ctx.db.all(REQUESTS, args![FEW]).await?,
        questions: ctx.db.all(QUESTIONS, vec![units.clone(), who.into(), FEW.into()]).await?,
        tasks: ctx.db.all(TASKS, vec![units.clone(), who.into(), FEW.into()]).await?,
        unassigned: ctx.db.all(UNASSIGNED, vec![units, FEW.into()]).await?,
        parties: ctx.db.all(PARTIES, vec![who.into(), FEW.into()]).await?,
    }))
}

pub(super) fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}

/// A request in full: read after the look is written.
#[derive(Clone, Debug)]
pub struct RequestView {
    pub public: Public<Request>,
    pub name: String,
    pub telephone: Option<String>,
    pub told: Told,
    pub made_at: Instant,
}

pub async fn request(ctx: &Ctx, staff: &Staff, public: &Public<Request>) -> Result<Option<RequestView>> {
    if !reading::works_with_victims(&staff.roles) {
        return Ok(None);
    }
    let row: Option<(String, String, Vec<u8>, i64)> = ctx.db.optional(REQUEST, args![public]).await?;
    let Some((id, recipient, told, made_at)) = row else { return Ok(None) };
    let recipient: Id<Recipient> = Id::new(recipient);
    reading::look(ctx, staff, &recipient, None, LookReason::HandleCase).await?;
    let profile = profile(ctx, &recipient).await?;
    Ok(Some(RequestView {
        public: public.clone(),
        name: profile.name,
        telephone: profile.telephone,
        told: wish::opened(ctx, &Id::new(id), &told)?,
        made_at: Instant(made_at),
    }))
}

/// A question in full.
#[derive(Clone, Debug)]
pub struct QuestionView {
    pub public: Public<MatterRow>,
    pub party: Public<Party>,
    pub kind: Kind,
    pub at: Instant,
    pub until: Option<Instant>,
    pub cancelled: bool,
    /// Kind and text of each condition.
    pub conditions: Vec<(String, String)>,
    pub basis: String,
    pub climbs_at: Option<Instant>,
    pub answer: Option<Answer>,
    pub reason: Option<String>,
    pub name: String,
    pub standing_allowed: bool,
}

#[derive(sqlx::FromRow)]
struct QuestionRow {
    id: String,
    recipient_id: String,
    party: String,
    unit_id: String,
    officer_id: Option<String>,
    kind: String,
    at: i64,
    until_at: Option<i64>,
    cancelled: i64,
    facts: Vec<u8>,
    basis: String,
    climbs_at: Option<i64>,
    answer: Option<String>,
    reason: Option<Vec<u8>>,
}

pub async fn question(ctx: &Ctx, staff: &Staff, public: &Public<MatterRow>) -> Result<Option<QuestionView>> {
    let row: Option<QuestionRow> = ctx.db.optional(QUESTION, args![public]).await?;
    let Some(row) = row else { return Ok(None) };
    if !reading::reach(staff).may(&row.unit_id, row.officer_id.as_deref()) {
        return Ok(None);
    }
    let (id, recipient) = (Id::<MatterRow>::new(row.id.as_str()), Id::<Recipient>::new(row.recipient_id));
    reading::look(ctx, staff, &recipient, Some(&row.unit_id), LookReason::HandleCase).await?;
    let conditions = conditions_of(ctx, &id, &row.facts)?;
    let rules = crate::rules::Rules::on(&ctx.db, ctx.now().date()).await?;
    let reason = row.reason.map(|sealed| answering::opened(ctx, id.as_str(), &sealed)).transpose()?;
    Ok(Some(QuestionView {
        public: public.clone(),
        party: Public::parse(&row.party).ok_or(Error::Broken("public id"))?,
        kind: Kind::parse(&row.kind).ok_or(Error::Broken("kind of a matter"))?,
        at: Instant(row.at),
        until: row.until_at.map(Instant),
        cancelled: row.cancelled == 1,
        conditions: conditions.into_iter().map(|c| (c.kind.code().to_owned(), c.text)).collect(),
        basis: row.basis,
        climbs_at: row.climbs_at.map(Instant),
        answer: row.answer.as_deref().and_then(parse_answer),
        reason,
        name: profile(ctx, &recipient).await?.name,
        standing_allowed: rules.days("notices.standing_allowed")? == 1,
    }))
}

async fn profile(ctx: &Ctx, recipient: &Id<Recipient>) -> Result<Profile> {
    let (sealed,): (Vec<u8>,) = ctx.db.one(super::profile::PROFILE, args![recipient]).await?;
    Profile::open(ctx, recipient, &sealed)
}

pub const REQUESTS: &str =
    "SELECT public_id, made_at FROM notice_request WHERE state = 'open' ORDER BY made_at, id LIMIT $1";
pub const QUESTIONS: &str = "SELECT m.public_id, m.kind, m.at, m.climbs_at, m.climbed FROM notice_matter m \
    JOIN notice_party p ON p.id = m.party_id JOIN notice_case c ON c.id = p.case_id WHERE m.assessment = 'open' \
    AND (c.officer_id = $2 OR (c.officer_id IS NULL AND $1 LIKE '% ' || c.unit_id || ' %')) \
    ORDER BY m.climbs_at, m.id LIMIT $3";
pub const TASKS: &str = "SELECT t.public_id, t.kind, t.deadline, MIN(p.public_id) AS party FROM notice_task t \
    JOIN notice_party p ON p.recipient_id = t.recipient_id JOIN notice_case c ON c.id = p.case_id \
    WHERE t.desk = 'officer' AND t.duty <> 'done' AND t.kind <> 'assess' \
    AND (c.officer_id = $2 OR (c.officer_id IS NULL AND $1 LIKE '% ' || c.unit_id || ' %')) GROUP BY t.id, t.public_id, t.kind, t.deadline \
    ORDER BY t.deadline, t.id LIMIT $3";
pub const PARTIES: &str = "SELECT p.public_id, p.wish, p.state, p.wished_at FROM notice_party p \
    JOIN notice_case c ON c.id = p.case_id WHERE c.officer_id = $1 ORDER BY CASE p.wish WHEN 'never_asked' THEN 0 WHEN 'asked' THEN 1 ELSE 2 END, p.wished_at, p.id LIMIT $2";
pub const UNASSIGNED: &str = "SELECT p.public_id, p.wish, p.state, p.wished_at FROM notice_party p \
    JOIN notice_case c ON c.id = p.case_id WHERE c.officer_id IS NULL AND $1 LIKE '% ' || c.unit_id || ' %' \
    ORDER BY p.wished_at, p.id LIMIT $2";
pub const REQUEST: &str =
    "SELECT id, recipient_id, told, made_at FROM notice_request WHERE public_id = $1 AND state = 'open'";
pub const QUESTION: &str = "SELECT m.id, p.recipient_id, p.public_id AS party, c.unit_id, c.officer_id, m.kind, m.at, m.until_at, \
    m.cancelled, m.facts, m.basis, m.climbs_at, m.answer, m.reason FROM notice_matter m \
    JOIN notice_party p ON p.id = m.party_id JOIN notice_case c ON c.id = p.case_id WHERE m.public_id = $1";
