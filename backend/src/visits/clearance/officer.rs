//! What an officer does to a case. Every command carries the version she saw: the second of two is told, and
//! nothing is overwritten. To staff whose duty it is not, the case is not there.

use domain::{
    kernel::{CivilDate, Id, Instant, Locale, Public},
    visits::clearance::{Decided, PoliceOutcome, Refusal, State, may_decide, state::MovedOn},
};

use super::{
    Application, ClearanceRow, Inmate,
    identity::{identify, is_identified},
    mine::letter,
    parent::is_unsettled,
    pending::{DecisionIds, pending},
    rows::Row,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    decision::{self, NewDecision},
    rules::Rules,
    visits::units,
};

/// An answer taken on the page of many; one that broke has changed nothing.
pub type Answered = (Public<Application>, Result<Result<(), Refusal>>);

/// The inmate's word. A *no* changes nothing that the applicant can see before the fixed day.
pub async fn inmate_answer(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Application>,
    version: i64,
    yes: bool,
    on: CivilDate,
) -> Result<Result<(), Refusal>> {
    step(ctx, staff, public, version, Step::Inmate { yes, on }).await
}

/// Many answers from one page: each stands for itself.
pub async fn inmate_answers(
    ctx: &Ctx,
    staff: &Staff,
    answers: Vec<(Public<Application>, i64, bool)>,
    on: CivilDate,
) -> Vec<Answered> {
    let mut done = Vec::with_capacity(answers.len());
    for (public, version, yes) in answers {
        let outcome = inmate_answer(ctx, staff, &public, version, yes, on).await;
        done.push((public, outcome));
    }
    done
}

/// The police's answer: outcome and day.
pub async fn police_answer(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Application>,
    version: i64,
    outcome: PoliceOutcome,
    on: CivilDate,
) -> Result<Result<(), Refusal>> {
    step(ctx, staff, public, version, Step::Police { outcome, on }).await
}

/// The officer has checked by hand who the applicant is. It holds for every case of hers; a second time changes
/// nothing.
pub async fn identity_checked(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Application>,
    version: i64,
) -> Result<Result<(), Refusal>> {
    step(ctx, staff, public, version, Step::Identity).await
}

/// Says whom an application of the intake is about; it moves to his unit.
pub async fn match_inmate(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Application>,
    version: i64,
    inmate: &Public<Inmate>,
) -> Result<Result<(), Refusal>> {
    step(ctx, staff, public, version, Step::Match(inmate.clone())).await
}

/// Decides for these people of the case. When all are decided the case is.
pub async fn decide(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Application>,
    version: i64,
    who: &[Public<ClearanceRow>],
    decided: &Decided,
    text_locale: Locale,
) -> Result<Result<(), Refusal>> {
    let now = ctx.now();
    let ids = who.iter().map(|w| (w.clone(), ctx.chance.id(now), ctx.chance.public())).collect();
    step(ctx, staff, public, version, Step::Decide { ids, decided: decided.clone(), text_locale }).await
}

async fn step(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Application>,
    version: i64,
    step: Step,
) -> Result<Result<(), Refusal>> {
    if !may_decide(&staff.roles) {
        return Ok(Err(Refusal::Hidden));
    }
    let command = Officer { ctx: ctx.clone(), staff: staff.clone(), public: public.clone(), version, step };
    ctx.db.write(command).await
}

enum Step {
    Inmate { yes: bool, on: CivilDate },
    Police { outcome: PoliceOutcome, on: CivilDate },
    Match(Public<Inmate>),
    Identity,
    Decide { ids: DecisionIds, decided: Decided, text_locale: Locale },
}

struct Officer {
    ctx: Ctx,
    staff: Staff,
    public: Public<Application>,
    version: i64,
    step: Step,
}

impl Command for Officer {
    type Out = Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Result<(), Refusal>> {
        let found: Option<Row> = tx.optional(LOAD, args![units(&self.staff), &self.public]).await?;
        let Some(row) = found else { return Ok(Err(Refusal::Hidden)) };
        if row.version != self.version {
            return Ok(Err(Refusal::Stale));
        }
        let state = row.state()?;
        match &self.step {
            Step::Inmate { .. } if row.inmate().is_none() => Ok(Err(Refusal::MovedOn)),
            Step::Inmate { yes: true, on } => self.save(tx, &row, state.consent(*on), "inmate_yes").await,
            Step::Inmate { yes: false, on } => self.save(tx, &row, state.decline(*on), "inmate_no").await,
            Step::Police { outcome, on } => {
                self.save(tx, &row, state.police(*outcome, *on), "police_answer").await
            }
            Step::Identity => {
                if identify(tx, &row, &self.staff, self.ctx.now()).await? {
                    self.trace(tx, &row, "identity_checked").await?;
                }
                Ok(Ok(()))
            }
            Step::Match(inmate) => self.match_inmate(tx, &row, &state, inmate).await,
            Step::Decide { ids, decided, text_locale } => {
                self.decide(tx, &row, state, ids, decided, *text_locale).await
            }
        }
    }
}

impl Officer {
    async fn save(
        &self,
        tx: &mut Tx,
        row: &Row,
        state: Result<State, MovedOn>,
        action: &'static str,
    ) -> Result<Result<(), Refusal>> {
        let Ok(state) = state else { return Ok(Err(Refusal::MovedOn)) };
        if !row.save(tx, &state, self.ctx.now()).await? {
            return Ok(Err(Refusal::Stale));
        }
        self.trace(tx, row, action).await?;
        Ok(Ok(()))
    }

    async fn trace(&self, tx: &mut Tx, row: &Row, action: &'static str) -> Result<()> {
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        entry.at_unit(&row.unit()).about("application", &row.id()).save(tx).await
    }

    async fn match_inmate(
        &self,
        tx: &mut Tx,
        row: &Row,
        state: &State,
        inmate: &Public<Inmate>,
    ) -> Result<Result<(), Refusal>> {
        if row.inmate().is_some() || *state != State::Received {
            return Ok(Err(Refusal::MovedOn));
        }
        let found: Option<(String, String)> = tx.optional(PLACED, args![inmate]).await?;
        let Some((inmate, unit)) = found else { return Ok(Err(Refusal::Hidden)) };
        tx.execute(MATCH, args![&inmate, &unit, &row.id]).await?;
        tx.execute(MATCH_PEOPLE, args![&inmate, &unit, &row.id]).await?;
        self.trace(tx, row, "inmate_matched").await?;
        Ok(Ok(()))
    }

    async fn decide(
        &self,
        tx: &mut Tx,
        row: &Row,
        state: State,
        ids: &DecisionIds,
        decided: &Decided,
        text_locale: Locale,
    ) -> Result<Result<(), Refusal>> {
        let now = self.ctx.now();
        let Ok(whole) = state.clone().decide(decided.clone()) else { return Ok(Err(Refusal::MovedOn)) };
        if matches!(decided, Decided::Granted { .. }) && !is_identified(tx, row).await? {
            return Ok(Err(Refusal::Unidentified));
        }
        // A refusal commits too: everything is asked before anything is written.
        let Some(people) = pending(tx, row, ids).await? else { return Ok(Err(Refusal::MovedOn)) };
        let ids: Vec<&str> = people.iter().map(|(clearance, ..)| clearance.as_str()).collect();
        if matches!(decided, Decided::Granted { .. }) && is_unsettled(tx, &ids).await? {
            return Ok(Err(Refusal::OtherParent));
        }
        let (waiting,): (i64,) = tx.one(WAITING, args![&row.id]).await?;
        let next = if waiting == people.len() as i64 { whole } else { state };
        if people.is_empty() || !row.save(tx, &next, now).await? {
            return Ok(Err(Refusal::Stale));
        }
        let rules = Rules::within(tx, now.date()).await?;
        for (clearance, id, public) in people {
            let new = self.decision(row, &clearance, (id, public), decided, text_locale, &rules)?;
            new.save(tx).await?;
            tx.execute(DECIDE, args![new.outcome, &new.measures, now.date(), new.valid_to, &clearance])
                .await?;
        }
        letter(row, "decided").save(&self.ctx, tx).await?;
        self.trace(tx, row, "decided").await?;
        Ok(Ok(()))
    }

    fn decision(
        &self,
        row: &Row,
        clearance: &str,
        (id, public): (&Id<NewDecision>, &Public<NewDecision>),
        decided: &Decided,
        text_locale: Locale,
        rules: &Rules,
    ) -> Result<NewDecision> {
        let made_at: Instant = self.ctx.now();
        let (outcome, measures, reason, milder, valid_to) = match decided {
            Decided::Granted { measures, reason, valid_to } => {
                ("granted", decision::stored(measures), reason.clone(), None, Some(*valid_to))
            }
            Decided::Refused { milder_considered, reason } => {
                ("refused", String::new(), Some(reason.clone()), Some(milder_considered.clone()), None)
            }
        };
        Ok(NewDecision {
            id: id.clone(),
            public: public.clone(),
            subject_kind: "clearance",
            subject_id: clearance.to_owned(),
            unit: row.unit(),
            person: Some(Id::new(row.person_id.as_str())),
            on_appeal: None,
            legal_basis: rules.text("clearance.legal_basis")?.to_owned(),
            rule_version: rules.version("clearance.legal_basis")?,
            appeal_days: rules.days("appeal.days")?,
            made_by: self.staff.staff.clone(),
            outcome,
            measures,
            reason,
            milder,
            valid_to,
            text_locale,
            made_at,
        })
    }
}

pub const LOAD: &str = "SELECT id, person_id, inmate_id, unit_id, locale, state, state_at, answered_on, \
    police_outcome, police_on, version FROM application WHERE unit_id IN (SELECT id FROM unit \
    WHERE $1 LIKE '% ' || id || ' %') AND public_id = $2";
pub const PLACED: &str = "SELECT i.id, p.unit_id FROM inmate i JOIN placement p ON p.inmate_id = i.id \
    AND p.ended_at IS NULL WHERE i.public_id = $1";
pub const MATCH: &str = "UPDATE application SET officer_id = NULL, inmate_id = $1, unit_id = $2, version = version + 1 WHERE id = $3";
pub const MATCH_PEOPLE: &str = "UPDATE clearance SET inmate_id = $1, unit_id = $2 WHERE application_id = $3";
pub const DECIDE: &str = "UPDATE clearance SET outcome = $1, measures = $2, valid_from = $3, valid_to = $4, reopened_at = NULL WHERE id = $5";
pub const WAITING: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM clearance WHERE application_id = $1 \
    AND (outcome = 'pending' OR reopened_at IS NOT NULL)";
