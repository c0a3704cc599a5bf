//! The life of a clearance: each state carries only its own data, each step consumes the one before.

use crate::kernel::{CivilDate, Instant};

/// Where an application stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for the inmate's word. To the applicant nothing depends on who he is or what he said.
    Received,
    /// The inmate said no. The applicant sees no difference until the fixed day.
    Declined {
        on: CivilDate,
    },
    AwaitingPolice {
        consented_on: CivilDate,
    },
    AwaitingDecision {
        consented_on: CivilDate,
        police: PoliceOutcome,
        police_on: CivilDate,
    },
    Decided(Decided),
    /// The one negative outcome before consent: one fixed text, whatever the cause.
    NotProcessed {
        at: Instant,
    },
    Withdrawn {
        at: Instant,
    },
}

/// What the police said: the outcome and its day, never the record. [F] § 6-9; data minimisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoliceOutcome {
    NoRemark,
    Remark,
}

impl PoliceOutcome {
    pub const ALL: [Self; 2] = [Self::NoRemark, Self::Remark];

    pub fn code(self) -> &'static str {
        match self {
            Self::NoRemark => "no_remark",
            Self::Remark => "remark",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.code() == code)
    }
}

/// A control measure of [L] § 31, from the mildest to the strictest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    Observation,
    Listening,
    Search,
    GlassWall,
}

impl Measure {
    pub const ALL: [Self; 4] = [Self::Observation, Self::Listening, Self::Search, Self::GlassWall];

    pub fn code(self) -> &'static str {
        match self {
            Self::Observation => "observation",
            Self::Listening => "listening",
            Self::Search => "search",
            Self::GlassWall => "glass_wall",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.code() == code)
    }
}

/// A decision on the merits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    Granted { measures: Vec<Measure>, reason: Option<String>, valid_to: CivilDate },
    Refused { milder_considered: String, reason: String },
}

/// The step does not fit the state: somebody else was first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the case has moved on")]
pub struct MovedOn;

impl State {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Declined { .. } => "declined",
            Self::AwaitingPolice { .. } => "awaiting_police",
            Self::AwaitingDecision { .. } => "awaiting_decision",
            Self::Decided(Decided::Granted { .. }) => "granted",
            Self::Decided(Decided::Refused { .. }) => "refused",
            Self::NotProcessed { .. } => "not_processed",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// Whether anything can still happen to the application.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Received
                | Self::Declined { .. }
                | Self::AwaitingPolice { .. }
                | Self::AwaitingDecision { .. }
        )
    }

    /// The inmate said yes; also after a no, which may have been registered by mistake or been thought over.
    pub fn consent(self, on: CivilDate) -> Result<Self, MovedOn> {
        match self {
            Self::Received | Self::Declined { .. } => Ok(Self::AwaitingPolice { consented_on: on }),
            _ => Err(MovedOn),
        }
    }

    /// The inmate said no.
    pub fn decline(self, on: CivilDate) -> Result<Self, MovedOn> {
        match self {
            Self::Received => Ok(Self::Declined { on }),
            _ => Err(MovedOn),
        }
    }

    /// Before consent the case is closed with the one text.
    pub fn close_unprocessed(self, at: Instant) -> Result<Self, MovedOn> {
        match self {
            Self::Received | Self::Declined { .. } => Ok(Self::NotProcessed { at }),
            _ => Err(MovedOn),
        }
    }

    /// What the police said; it can be put right until something is decided on it.
    pub fn police(self, outcome: PoliceOutcome, on: CivilDate) -> Result<Self, MovedOn> {
        match self {
            Self::AwaitingPolice { consented_on } | Self::AwaitingDecision { consented_on, .. } => {
                Ok(Self::AwaitingDecision { consented_on, police: outcome, police_on: on })
            }
            _ => Err(MovedOn),
        }
    }

    pub fn decide(self, decided: Decided) -> Result<Self, MovedOn> {
        match self {
            Self::AwaitingDecision { .. } => Ok(Self::Decided(decided)),
            _ => Err(MovedOn),
        }
    }

    pub fn withdraw(self, at: Instant) -> Result<Self, MovedOn> {
        if self.is_open() { Ok(Self::Withdrawn { at }) } else { Err(MovedOn) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Instant = Instant(0);

    fn day() -> CivilDate {
        CivilDate::parse_iso("2026-09-08").unwrap()
    }

    fn all() -> [State; 7] {
        let refused = Decided::Refused { milder_considered: "påsyn".into(), reason: "grunn".into() };
        [
            State::Received,
            State::Declined { on: day() },
            State::AwaitingPolice { consented_on: day() },
            State::AwaitingDecision {
                consented_on: day(),
                police: PoliceOutcome::NoRemark,
                police_on: day(),
            },
            State::Decided(refused),
            State::NotProcessed { at: AT },
            State::Withdrawn { at: AT },
        ]
    }

    #[test]
    fn every_step_fits_exactly_its_own_states() {
        let granted = || Decided::Granted { measures: vec![], reason: None, valid_to: day() };
        for (n, state) in all().into_iter().enumerate() {
            assert_eq!(state.clone().consent(day()).is_ok(), n < 2, "{state:?}");
            assert_eq!(state.clone().decline(day()).is_ok(), n == 0, "{state:?}");
            assert_eq!(state.clone().close_unprocessed(AT).is_ok(), n < 2, "{state:?}");
            assert_eq!(
                state.clone().police(PoliceOutcome::Remark, day()).is_ok(),
                n == 2 || n == 3,
                "{state:?}"
            );
            assert_eq!(state.clone().decide(granted()).is_ok(), n == 3, "{state:?}");
            assert_eq!(state.clone().withdraw(AT).is_ok(), n < 4, "{state:?}");
        }
    }
}
