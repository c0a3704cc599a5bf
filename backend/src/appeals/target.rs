//! A decision as far as an appeal against it goes. Decisions that were made together, for an applicant and the children who
//! come with her, are one to appeal: the first of them stands for all.

use domain::{
    access::{Person, StaffMember},
    appeals::{Deadline, Kind, Subject, deadline, reached},
    kernel::{Id, Instant, Locale, Public},
};

use super::{AppealMark, draft_place, public};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    db::Tx,
    decision::NewDecision,
    drafts::{self, Draft, Owner},
    rules::Rules,
};

/// What is appealed, as whoever it was told to reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub public: Public<NewDecision>,
    pub subject: Subject,
    /// `refused`, or `granted` with measures.
    pub outcome: String,
    pub reason: Option<String>,
    pub milder: Option<String>,
    pub legal_basis: String,
    pub text_locale: Locale,
    pub unit_name: String,
    /// Where the next level is.
    pub region: String,
    pub made_at: Instant,
    /// None while no word of it has reached her: until then nothing is late.
    pub deadline: Option<Deadline>,
    /// The appeal that stands against it already.
    pub standing: Option<Public<AppealMark>>,
}

impl Target {
    pub fn is_late(&self, now: Instant) -> bool {
        self.deadline.is_some_and(|deadline| deadline.is_late(now))
    }
}

/// As stored; also a part of the row of an appeal.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct TargetRow {
    pub decision_id: String,
    decision_public: String,
    pub subject_kind: String,
    decided: String,
    reason: Option<String>,
    milder: Option<String>,
    legal_basis: String,
    text_locale: String,
    pub decision_unit: String,
    unit_name: String,
    region: String,
    made_at: i64,
    pub made_by: String,
    available_at: i64,
    notice_sent_at: Option<i64>,
    opened_at: Option<i64>,
    appeal_kind: String,
    standing: Option<String>,
}

impl TargetRow {
    /// By the rules of the day it was made.
    pub fn deadline(&self, rules: &Rules) -> Result<Option<Deadline>> {
        let kind = Kind::parse(&self.appeal_kind).ok_or(Error::Broken("kind of an appeal"))?;
        let span = kind.span(rules.days(kind.rule())?);
        let (sent, opened) = (self.notice_sent_at.map(Instant), self.opened_at.map(Instant));
        Ok(reached(Instant(self.available_at), sent, opened).map(|from| deadline(from, span)))
    }

    pub fn made_at(&self) -> Instant {
        Instant(self.made_at)
    }

    pub fn maker(&self) -> Id<StaffMember> {
        Id::new(self.made_by.as_str())
    }

    pub fn target(self, deadline: Option<Deadline>) -> Result<Target> {
        Ok(Target {
            public: public(&self.decision_public)?,
            subject: Subject::parse(&self.subject_kind).ok_or(Error::Broken("subject of an appeal"))?,
            outcome: self.decided,
            reason: self.reason,
            milder: self.milder,
            legal_basis: self.legal_basis,
            text_locale: Locale::parse(&self.text_locale).unwrap_or_default(),
            unit_name: self.unit_name,
            region: self.region,
            made_at: Instant(self.made_at),
            deadline,
            standing: self.standing.as_deref().map(public).transpose()?,
        })
    }

    /// What this person can appeal by this id; anybody else's is not found.
    pub async fn of(
        tx: &mut Tx,
        decision: &Public<NewDecision>,
        person: &Id<Person>,
    ) -> Result<Option<Self>> {
        tx.optional(TARGET, args![decision, person]).await
    }
}

/// A decision told to her that can be appealed; any other is not found.
pub async fn target(ctx: &Ctx, who: &Citizen, decision: &Public<NewDecision>) -> Result<Option<Target>> {
    let found: Option<TargetRow> = ctx.db.optional(TARGET, args![decision, &who.person]).await?;
    let Some(row) = found else { return Ok(None) };
    let rules = Rules::on(&ctx.db, row.made_at().date()).await?;
    let deadline = row.deadline(&rules)?;
    row.target(deadline).map(Some)
}

/// The same with what she has typed so far.
pub async fn writing(
    ctx: &Ctx,
    who: &Citizen,
    decision: &Public<NewDecision>,
) -> Result<Option<(Target, Option<Draft>)>> {
    let Some(target) = target(ctx, who, decision).await? else { return Ok(None) };
    let draft = drafts::find(ctx, &Owner::citizen(who), &draft_place(&target.public)).await?;
    Ok(Some((target, draft)))
}

/// Made together: by one act of one person, for one reader, with one outcome.
pub const TARGET: &str = "SELECT d.id AS decision_id, d.public_id AS decision_public, d.subject_kind, \
    d.outcome AS decided, d.reason, d.milder, d.legal_basis, d.text_locale, d.unit_id AS decision_unit, \
    u.name AS unit_name, u.region, d.made_at, d.made_by, d.available_at, d.notice_sent_at, d.opened_at, d.appeal_kind, \
    (SELECT a.public_id FROM appeal a WHERE a.decision_id = d.id AND a.state <> 'withdrawn') AS standing \
    FROM decision d JOIN unit u ON u.id = d.unit_id WHERE d.person_id = $2 AND d.level = 'local' \
    AND d.subject_kind IN ('clearance', 'letter') AND d.superseded_at IS NULL \
    AND (d.outcome = 'refused' OR d.measures <> '') AND d.id = (SELECT MIN(h.id) FROM decision h JOIN decision x \
    ON h.person_id = x.person_id AND h.subject_kind = x.subject_kind AND h.made_at = x.made_at \
    AND h.made_by = x.made_by AND h.outcome = x.outcome WHERE x.public_id = $1)";
