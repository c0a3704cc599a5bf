//! What an officer does to a case. Every command carries the version she saw: the second of two is told, and
//! nothing is overwritten. To staff whose duty it is not, the case is not there.

use domain::{
    kernel::{CivilDate, Locale, Public},
    visits::clearance::{Decided, Ground, PoliceOutcome, Refusal, State, may_decide, state::MovedOn},
};

use super::{Application, ClearanceRow, Inmate, identity::identify, pending::DecisionIds, rows::Row};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
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

pub(super) async fn step(
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

pub(super) enum Step {
    Inmate {
        yes: bool,
        on: CivilDate,
    },
    Police {
        outcome: PoliceOutcome,
        on: CivilDate,
    },
    Match(Public<Inmate>),
    Identity,
    Decide {
        ids: DecisionIds,
        decided: Decided,
        text_locale: Locale,
    },
    /// What came with one who was moved holds here.
    Carried,
    /// It was looked at again.
    Rechecked,
    ConsentBack,
    Anew {
        who: Vec<Public<ClearanceRow>>,
        ground: Ground,
    },
}

/// A case of the officer's units in the version that she saw.
async fn load(
    tx: &mut Tx,
    staff: &Staff,
    public: &Public<Application>,
    version: i64,
) -> Result<Result<Row, Refusal>> {
    let found: Option<Row> = tx.optional(LOAD, args![units(staff), public]).await?;
    let Some(row) = found else { return Ok(Err(Refusal::Hidden)) };
    Ok(if row.version == version { Ok(row) } else { Err(Refusal::Stale) })
}

pub(super) struct Officer {
    pub(super) ctx: Ctx,
    pub(super) staff: Staff,
    public: Public<Application>,
    version: i64,
    step: Step,
}

impl Command for Officer {
    type Out = Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Result<(), Refusal>> {
        let row = match load(tx, &self.staff, &self.public, self.version).await? {
            Ok(row) => row,
            Err(refusal) => return Ok(Err(refusal)),
        };
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
            Step::Carried => self.carried(tx, &row).await,
            Step::Rechecked => self.rechecked(tx, &row).await,
            Step::ConsentBack => self.consent_back(tx, &row).await,
            Step::Anew { who, ground } => self.anew(tx, &row, who, *ground).await,
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

    pub(super) async fn trace(&self, tx: &mut Tx, row: &Row, action: &'static str) -> Result<()> {
        self.entry(row, action).save(tx).await
    }

    pub(super) fn entry(&self, row: &Row, action: &'static str) -> audit::Entry {
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        entry.at_unit(&row.unit()).about("application", &row.id())
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
        tx.later(MATCH, args![&inmate, &unit, &row.id]).await?;
        tx.later(MATCH_PEOPLE, args![&inmate, &unit, &row.id]).await?;
        self.trace(tx, row, "inmate_matched").await?;
        Ok(Ok(()))
    }
}

pub const LOAD: &str = "SELECT id, person_id, inmate_id, unit_id, locale, state, state_at, answered_on, \
    police_outcome, police_on, version FROM application WHERE unit_id IN (SELECT id FROM unit \
    WHERE $1 LIKE '% ' || id || ' %') AND public_id = $2";
pub const PLACED: &str = "SELECT i.id, p.unit_id FROM inmate i JOIN placement p ON p.inmate_id = i.id \
    AND p.ended_at IS NULL WHERE i.public_id = $1";
pub const MATCH: &str = "UPDATE application SET officer_id = NULL, inmate_id = $1, unit_id = $2, version = version + 1 WHERE id = $3";
pub const MATCH_PEOPLE: &str = "UPDATE clearance SET inmate_id = $1, unit_id = $2 WHERE application_id = $3";
