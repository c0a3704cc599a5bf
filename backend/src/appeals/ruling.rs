//! The decision on an appeal: a decision of its own that points to the one appealed. If that is set aside it stands no longer,
//! and an event says what has to be decided anew, in the same transaction.

use domain::{
    appeals::{Level, Outcome, Refusal, RulingForm, State, may_decide},
    kernel::{Id, Instant, Locale, Public},
};

use super::{AppealMark, CHANGED, Changed, Done, Ruling, Undone, desk::of_staff, read::Row, remind, tell};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    decision::{NewDecision, OnAppeal},
    outbox,
    rules::Rules,
};

/// The level above decides.
pub async fn decide(
    ctx: &Ctx,
    staff: &Staff,
    appeal: &Public<AppealMark>,
    form: &RulingForm,
    text_locale: Locale,
) -> Result<Done> {
    if !may_decide(&staff.roles) {
        return Ok(Err(Refusal::Hidden.into()));
    }
    let (outcome, said, basis) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return Ok(Err(Undone::Fields(errors))),
    };
    let now = ctx.now();
    let decided = Decided {
        ids: (ctx.chance.id(now), ctx.chance.public()),
        basis,
        rule_version: Rules::on(&ctx.db, now.date()).await?.version("appeal.legal_basis")?,
        reason: said.words,
        text_locale,
        now,
    };
    let (ctx, staff, appeal) = (ctx.clone(), staff.clone(), appeal.clone());
    let db = ctx.db.clone();
    db.write(Decide { ctx, staff, appeal, version: said.version, outcome, decided }).await
}

/// What is decided, in words.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    pub ids: (Id<NewDecision>, Public<NewDecision>),
    pub basis: String,
    pub rule_version: String,
    pub reason: String,
    pub text_locale: Locale,
    pub now: Instant,
}

struct Decide {
    ctx: Ctx,
    staff: Staff,
    appeal: Public<AppealMark>,
    version: i64,
    outcome: Outcome,
    decided: Decided,
}

impl Command for Decide {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(row) = of_staff(tx, &self.staff, &self.appeal).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        if row.version != self.version {
            return Ok(Err(Refusal::Stale.into()));
        }
        let (by, maker, now) = (&self.staff.staff, row.target.maker(), self.decided.now);
        let next = match row.state()?.decided(self.outcome, by, &maker, row.is_late(), now) {
            Ok(next) => next,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        settle(tx, &self.ctx, &self.staff, &row, &next, &self.decided).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "appeal_decided");
        entry.at_unit(&row.unit()).about("appeal", &row.id()).detail(self.outcome.code()).save(tx).await?;
        Ok(Ok(()))
    }
}

/// Saves the decision and all that follows from it. The version was asked in the same transaction.
pub(super) async fn settle(
    tx: &mut Tx,
    ctx: &Ctx,
    staff: &Staff,
    row: &Row,
    next: &State,
    decided: &Decided,
) -> Result<()> {
    let State::Decided { at, outcome, level } = *next else {
        return Err(Error::Broken("state of an appeal"));
    };
    let ruling = decision(staff, row, (at, outcome, level), decided);
    let id = ruling.id.clone();
    ruling.save(tx).await?;
    let values = args![at, outcome.code(), level.code(), &id, &row.id, row.version];
    if tx.execute(SETTLE, values).await? != 1 {
        return Err(Error::Broken("an appeal settled twice"));
    }
    if outcome.reopens() {
        set_aside(tx, ctx, row, at).await?;
    }
    tell(tx, ctx, &row.person()).await
}

/// What is decided on an appeal cannot be appealed (forvaltningsloven § 28).
fn decision(
    staff: &Staff,
    row: &Row,
    (at, outcome, level): (Instant, Outcome, Level),
    decided: &Decided,
) -> NewDecision {
    let (id, public) = decided.ids.clone();
    NewDecision {
        id,
        public,
        subject_kind: "appeal",
        subject_id: row.id.clone(),
        unit: row.unit(),
        person: Some(row.person()),
        on_appeal: Some(OnAppeal { of: row.target.decision_id.clone(), level }),
        outcome: outcome.code(),
        legal_basis: decided.basis.clone(),
        rule_version: decided.rule_version.clone(),
        reason: Some(decided.reason.clone()),
        milder: None,
        measures: String::new(),
        text_locale: decided.text_locale,
        valid_to: None,
        appeal_days: 0,
        made_at: at,
        made_by: staff.staff.clone(),
    }
}

/// The decisions made together stand no longer; those whose they are decide anew.
async fn set_aside(tx: &mut Tx, ctx: &Ctx, row: &Row, now: Instant) -> Result<()> {
    let together: Vec<(String, String)> = tx.all(TOGETHER, args![&row.target.decision_id]).await?;
    for (id, _) in &together {
        tx.later(SUPERSEDE, args![now, id]).await?;
    }
    let subjects = together.into_iter().map(|(_, subject)| subject).collect();
    let changed = Changed { subject_kind: row.target.subject_kind.clone(), subjects };
    outbox::Job::new(ctx, CHANGED, &changed)?.save(tx).await?;
    remind(tx, ctx, &row.unit_id).await
}

/// What was decided on an appeal about this, for whoever decides anew; the newest.
pub async fn ruling_on(ctx: &Ctx, subject_kind: &str, subject_id: &str) -> Result<Option<Ruling>> {
    let found: Option<(String, String, String, String, String, i64)> =
        ctx.db.optional(RULING_ON, args![subject_kind, subject_id]).await?;
    let Some((outcome, level, reason, legal_basis, locale, at)) = found else { return Ok(None) };
    let broken = || Error::Broken("decision on an appeal");
    Ok(Some(Ruling {
        outcome: Outcome::parse(&outcome).ok_or_else(broken)?,
        level: Level::parse(&level).ok_or_else(broken)?,
        reason,
        legal_basis,
        text_locale: Locale::parse(&locale).unwrap_or_default(),
        at: Instant(at),
    }))
}

/// Whether an appeal about this is under way.
pub(crate) async fn is_open_on(tx: &mut Tx, subject_kind: &str, subject_id: &str) -> Result<bool> {
    let found: Option<(String,)> = tx.optional(OPEN_ON, args![subject_kind, subject_id]).await?;
    Ok(found.is_some())
}

pub const SETTLE: &str = "UPDATE appeal SET state = 'decided', state_at = $1, due_at = NULL, outcome = $2, \
    outcome_level = $3, ruling_id = $4, version = version + 1 WHERE id = $5 AND version = $6";
pub const TOGETHER: &str = "SELECT h.id, h.subject_id FROM decision h JOIN decision x ON h.person_id = x.person_id \
    AND h.subject_kind = x.subject_kind AND h.made_at = x.made_at AND h.made_by = x.made_by \
    AND h.outcome = x.outcome WHERE x.id = $1 ORDER BY h.id";
pub const SUPERSEDE: &str = "UPDATE decision SET superseded_at = $1 WHERE id = $2 AND superseded_at IS NULL";
/// Against a decision that was made together with the one about this.
pub const OPEN_ON: &str = "SELECT a.id FROM decision s JOIN decision h ON h.person_id = s.person_id \
    AND h.subject_kind = s.subject_kind AND h.made_at = s.made_at AND h.made_by = s.made_by AND h.outcome = s.outcome \
    JOIN appeal a ON a.decision_id = h.id WHERE s.subject_kind = $1 AND s.subject_id = $2 AND s.superseded_at IS NULL \
    AND a.state NOT IN ('decided', 'withdrawn') LIMIT 1";
/// Of a decision that was set aside and has not been made anew.
pub const RULING_ON: &str = "SELECT r.outcome, r.level, COALESCE(r.reason, ''), r.legal_basis, r.text_locale, r.made_at \
    FROM decision s JOIN decision h ON h.person_id = s.person_id AND h.subject_kind = s.subject_kind \
    AND h.made_at = s.made_at AND h.made_by = s.made_by AND h.outcome = s.outcome \
    JOIN decision r ON r.appeal_of = h.id WHERE s.subject_kind = $1 AND s.subject_id = $2 \
    AND s.superseded_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decision n WHERE n.subject_kind = s.subject_kind \
    AND n.subject_id = s.subject_id AND n.superseded_at IS NULL) ORDER BY r.made_at DESC, r.id DESC LIMIT 1";
