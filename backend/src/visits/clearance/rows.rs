//! An application's row and the state it stands in.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, Public, Reference},
    visits::clearance::{PoliceOutcome, State},
};

use super::{Application, Inmate};
use crate::{Error, Result, args, db::Tx};

/// Where an application stands, as its applicant may know it. A *no* of the inmate looks like *received*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Received,
    AwaitingPolice,
    AwaitingDecision,
    Decided,
    NotProcessed,
    Withdrawn,
}

impl Stage {
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::AwaitingPolice => "awaiting_police",
            Self::AwaitingDecision => "awaiting_decision",
            Self::Decided => "decided",
            Self::NotProcessed => "not_processed",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn of(stored: &str) -> Result<Self> {
        Ok(match stored {
            "received" | "declined" => Self::Received,
            "awaiting_police" => Self::AwaitingPolice,
            "awaiting_decision" => Self::AwaitingDecision,
            "decided" => Self::Decided,
            "not_processed" => Self::NotProcessed,
            "withdrawn" => Self::Withdrawn,
            _ => return Err(Error::Broken("application state")),
        })
    }

    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::AwaitingPolice | Self::AwaitingDecision)
    }
}

/// What commands load, under the scope of who acts.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub id: String,
    pub person_id: String,
    pub inmate_id: Option<String>,
    pub unit_id: String,
    pub locale: String,
    pub state: String,
    pub state_at: i64,
    pub answered_on: Option<String>,
    pub police_outcome: Option<String>,
    pub police_on: Option<String>,
    pub version: i64,
}

impl Row {
    pub fn id(&self) -> Id<Application> {
        Id::new(self.id.as_str())
    }

    pub fn unit(&self) -> Id<Unit> {
        Id::new(self.unit_id.as_str())
    }

    pub fn inmate(&self) -> Option<Id<Inmate>> {
        self.inmate_id.as_deref().map(Id::new)
    }

    /// The state before its decisions, which stand on each person's row.
    pub fn state(&self) -> Result<State> {
        let broken = Error::Broken("application state");
        let date = |text: &Option<String>| text.as_deref().and_then(CivilDate::parse_iso);
        let at = Instant(self.state_at);
        let state = match self.state.as_str() {
            "received" => Some(State::Received),
            "declined" => date(&self.answered_on).map(|on| State::Declined { on }),
            "awaiting_police" => {
                date(&self.answered_on).map(|consented_on| State::AwaitingPolice { consented_on })
            }
            "awaiting_decision" => self.with_police(date(&self.answered_on), date(&self.police_on)),
            "not_processed" => Some(State::NotProcessed { at }),
            // To every further step a decided case is as closed as a withdrawn one.
            "decided" | "withdrawn" => Some(State::Withdrawn { at }),
            _ => None,
        };
        state.ok_or(broken)
    }

    fn with_police(&self, consented_on: Option<CivilDate>, police_on: Option<CivilDate>) -> Option<State> {
        let police = self.police_outcome.as_deref().and_then(PoliceOutcome::parse)?;
        Some(State::AwaitingDecision { consented_on: consented_on?, police, police_on: police_on? })
    }

    /// Writes the state if nobody else was first.
    pub async fn save(&self, tx: &mut Tx, state: &State, now: Instant) -> Result<bool> {
        let (answered, police, police_on) = match state {
            State::Declined { on } => (Some(*on), None, None),
            State::AwaitingPolice { consented_on } => (Some(*consented_on), None, None),
            State::AwaitingDecision { consented_on, police, police_on } => {
                (Some(*consented_on), Some(police.code()), Some(*police_on))
            }
            _ => (None, None, None),
        };
        let code = if matches!(state, State::Decided(_)) { "decided" } else { state.code() };
        let values = args![code, now, answered, police, police_on, &self.id, self.version];
        Ok(tx.execute(SAVE, values).await? == 1)
    }
}

/// A reference in stored form.
pub(super) fn reference(stored: &str) -> Result<Reference> {
    Reference::parse(stored).ok_or(Error::Broken("reference"))
}

pub(super) fn public<T>(stored: &str) -> Result<Public<T>> {
    Public::parse(stored).ok_or(Error::Broken("public id"))
}

pub const SAVE: &str = "UPDATE application SET state = $1, state_at = $2, answered_on = COALESCE($3, answered_on), \
    police_outcome = COALESCE($4, police_outcome), police_on = COALESCE($5, police_on), version = version + 1 \
    WHERE id = $6 AND version = $7";
pub const LOAD_OWN: &str = "SELECT id, person_id, inmate_id, unit_id, locale, state, state_at, answered_on, \
    police_outcome, police_on, version FROM application WHERE public_id = $1 AND person_id = $2";
