//! What an applicant sees of her own applications.

use domain::{
    access::Person,
    kernel::{CivilDate, Id, Instant, Public, Reference},
    visits::clearance::{Ground, Needs, Relation},
};

use super::{
    Application, LETTER, Letter, Stage,
    ending::{self, Ends, RENEW_DAYS, Until},
    look::{self, Look},
    people::people,
    rows::{self, Row},
    sealed,
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    db::Tx,
    decision::{self, DecisionView},
    outbox,
    rules::Rules,
};

/// A line of her list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyApplication {
    pub public: Public<Application>,
    pub reference: Reference,
    /// As she typed it.
    pub inmate_name: String,
    pub submitted_at: Instant,
    pub stage: Stage,
    /// At least one person may come.
    pub granted: bool,
    /// What was granted has run out, or was given up.
    pub over: bool,
}

#[derive(sqlx::FromRow)]
struct MineRow {
    public_id: String,
    reference: String,
    typed_name: String,
    submitted_at: i64,
    state: String,
    granted: i64,
    holding: i64,
}

/// Newest first.
pub async fn mine(ctx: &Ctx, who: &Citizen) -> Result<Vec<MyApplication>> {
    let rows: Vec<MineRow> = ctx.db.all(MINE, args![&who.person, ctx.now().date()]).await?;
    rows.into_iter().map(mine_row).collect()
}

fn mine_row(row: MineRow) -> Result<MyApplication> {
    Ok(MyApplication {
        public: rows::public(&row.public_id)?,
        reference: rows::reference(&row.reference)?,
        inmate_name: row.typed_name,
        submitted_at: Instant(row.submitted_at),
        stage: Stage::of(&row.state)?,
        granted: row.granted > 0,
        over: row.granted > 0 && row.holding == 0,
    })
}

/// One application with all she may know.
#[derive(Clone, Debug)]
pub struct Tracked {
    pub public: Public<Application>,
    pub reference: Reference,
    pub inmate_name: String,
    pub submitted_at: Instant,
    /// When the present stage began; while it is *received*, when it was submitted.
    pub since: Instant,
    pub stage: Stage,
    pub consented_on: Option<CivilDate>,
    pub police_on: Option<CivilDate>,
    /// The day by which most have their answer; once past, moved on by weeks.
    pub answer_by: CivilDate,
    pub late: bool,
    pub people: Vec<TrackedPerson>,
    pub looks: Vec<Look>,
    /// The appeal against closing it unprocessed.
    pub closed: Option<ClosedAppeal>,
    /// Her own leave ends soon, or has ended.
    pub ends: Option<Ends>,
    /// It holds today: she may give it up.
    pub holds: bool,
    /// Something decided is decided anew, and why if nobody appealed.
    pub anew: bool,
    pub reconsidered: Option<Ground>,
    /// It went with the inmate to another unit.
    pub carried: Option<Carried>,
    pub relation: Relation,
    pub needs: Needs,
}

/// Where he is now, and by when the unit there has looked at her leave, if it waits for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    pub unit_name: String,
    pub waits_until: Option<CivilDate>,
}

/// How long one may appeal against *not processed*, and until when, once its notice has reached her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedAppeal {
    pub days: i64,
    pub by: Option<CivilDate>,
}

#[derive(Clone, Debug)]
pub struct TrackedPerson {
    pub name: String,
    pub child: bool,
    pub decision: Option<DecisionView>,
    /// Granted, and of no use for now: something at the unit is not settled. What, is not hers to read.
    pub unsettled: bool,
}

#[derive(sqlx::FromRow)]
struct TrackedRow {
    id: String,
    public_id: String,
    reference: String,
    person_id: String,
    typed_name: String,
    submitted_at: i64,
    state: String,
    state_at: i64,
    notice_sent_at: Option<i64>,
    opened_at: Option<i64>,
    answered_on: Option<String>,
    police_on: Option<String>,
    relation: String,
    needs: Vec<u8>,
    subject_key: Vec<u8>,
    reconsidered: Option<String>,
    carried_at: Option<i64>,
    unit_name: String,
    waits: i64,
}

/// One of her own; anybody else's is not found.
pub async fn tracked(ctx: &Ctx, who: &Citizen, public: &Public<Application>) -> Result<Option<Tracked>> {
    let Some(row) = ctx.db.optional::<TrackedRow>(TRACKED, args![public, &who.person]).await? else {
        return Ok(None);
    };
    let id = Id::new(row.id.as_str());
    let people = people(ctx, &id).await?;
    let own = people.iter().find(|(person, _)| person.child == 0);
    let until = own.and_then(|(person, _)| person.until());
    let anew = people.iter().any(|(person, _)| person.anew == 1);
    let people = people.into_iter().map(|(row, decision)| TrackedPerson {
        name: row.name,
        child: row.child == 1,
        unsettled: row.unsettled == 1,
        decision,
    });
    let tracked = row.tracked(ctx, people.collect(), until).await?;
    Ok(Some(Tracked { anew, ..tracked }))
}

impl TrackedRow {
    async fn tracked(self, ctx: &Ctx, people: Vec<TrackedPerson>, until: Option<Until>) -> Result<Tracked> {
        let stage = Stage::of(&self.state)?;
        let today = ctx.now().date();
        let rules = Rules::on(&ctx.db, today).await?;
        let usual = rules.days("clearance.usual_days")?;
        let until = until.filter(|_| stage == Stage::Decided);
        let holds = until.is_some_and(|until| until.on >= today);
        let ends = ending::ends(ctx, &self.id, until, rules.days(RENEW_DAYS)?).await?;
        let carried = self.carried(rules.days("clearance.carry_days")?).filter(|_| holds);
        let submitted_at = Instant(self.submitted_at);
        let (answer_by, late) = answer_by(submitted_at.date(), usual, today);
        // Without consent nothing may show that anything happened; once taken back, it no longer says which it was.
        let told = matches!(stage, Stage::AwaitingPolice | Stage::AwaitingDecision | Stage::Decided);
        let date = |text: &Option<String>| text.as_deref().filter(|_| told).and_then(CivilDate::parse_iso);
        let id = Id::new(self.id.as_str());
        let waits = stage == Stage::Received;
        let closed = if stage == Stage::NotProcessed { Some(self.closed_appeal(ctx).await?) } else { None };
        Ok(Tracked {
            public: rows::public(&self.public_id)?,
            reference: rows::reference(&self.reference)?,
            since: if waits { submitted_at } else { Instant(self.state_at) },
            consented_on: date(&self.answered_on),
            police_on: date(&self.police_on),
            relation: Relation::parse(&self.relation).ok_or(Error::Broken("relation"))?,
            needs: sealed::open_needs(ctx, &self.person_id, &self.subject_key, &id, &self.needs)?,
            inmate_name: self.typed_name,
            looks: if told { look::of(ctx, &id).await? } else { vec![] },
            reconsidered: self.reconsidered.as_deref().and_then(Ground::parse),
            anew: false,
            carried,
            submitted_at,
            stage,
            closed,
            ends,
            holds,
            answer_by,
            late,
            people,
        })
    }
}

impl TrackedRow {
    /// Told of a leave that holds, to whoever has it.
    fn carried(&self, days: i64) -> Option<Carried> {
        let by = Instant(self.carried_at?).date().plus_days(days);
        Some(Carried { unit_name: self.unit_name.clone(), waits_until: (self.waits == 1).then_some(by) })
    }

    /// By the rule of the day it was closed.
    async fn closed_appeal(&self, ctx: &Ctx) -> Result<ClosedAppeal> {
        let at = Instant(self.state_at);
        let days = Rules::on(&ctx.db, at.date()).await?.days("appeal.days")?;
        Ok(ClosedAppeal { days, by: decision::appeal_by(at, self.notice_sent_at, self.opened_at, days) })
    }
}

/// The usual day; past it, a new day each week, and she is told that it takes longer.
fn answer_by(submitted: CivilDate, usual: i64, today: CivilDate) -> (CivilDate, bool) {
    let day = submitted.plus_days(usual);
    let past = today.days_since(day);
    if past <= 0 { (day, false) } else { (day.plus_days((past + 6) / 7 * 7), true) }
}

/// A letter about this application to its applicant.
pub(super) fn letter(row: &Row, event: &str) -> Letter {
    Letter {
        application: row.id.clone(),
        person: row.person_id.clone(),
        event: event.to_owned(),
        locale: row.locale.clone(),
    }
}

impl Letter {
    pub(super) async fn save(&self, ctx: &Ctx, tx: &mut Tx) -> Result<()> {
        outbox::Job::new(ctx, LETTER, self)?.save(tx).await
    }

    pub fn person(&self) -> Id<Person> {
        Id::new(self.person.as_str())
    }
}

pub const MINE: &str = "SELECT a.public_id, a.reference, a.typed_name, a.submitted_at, a.state, \
    CAST((SELECT COUNT(*) FROM clearance c WHERE c.application_id = a.id AND c.outcome = 'granted') AS BIGINT) \
    AS granted, CAST((SELECT COUNT(*) FROM clearance c WHERE c.application_id = a.id AND c.outcome = 'granted' \
    AND c.valid_to >= $2) AS BIGINT) AS holding FROM application a WHERE a.person_id = $1 ORDER BY a.submitted_at DESC, a.id DESC LIMIT 100";
pub const TRACKED: &str = "SELECT a.id, a.public_id, a.reference, a.person_id, a.typed_name, a.submitted_at, a.state, \
    a.state_at, a.notice_sent_at, a.opened_at, a.answered_on, a.police_on, a.relation, a.needs, k.sealed AS subject_key, a.reconsidered, \
    a.carried_at, u.name AS unit_name, CAST(CASE WHEN EXISTS (SELECT 1 FROM clearance w WHERE w.application_id = a.id \
    AND w.outcome = 'granted' AND w.unit_id <> a.unit_id) THEN 1 ELSE 0 END AS BIGINT) AS waits FROM application a \
    JOIN unit u ON u.id = a.unit_id JOIN subject_key k ON k.subject_id = a.person_id WHERE a.public_id = $1 AND a.person_id = $2";
