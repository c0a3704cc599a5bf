//! The life of an appeal: sent, looked at again where the decision was made, forwarded, decided above; or taken back.

use super::Refusal;
use crate::{
    access::StaffMember,
    kernel::{Id, Instant},
};

/// Where an appeal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Sent {
        at: Instant,
    },
    /// Somebody of the level that decided looks at it again (forvaltningsloven § 33).
    Preparing {
        at: Instant,
        by: Id<StaffMember>,
    },
    /// That level stands by its decision: the one above has it now.
    Forwarded {
        at: Instant,
        by: Id<StaffMember>,
    },
    Decided {
        at: Instant,
        outcome: Outcome,
        level: Level,
    },
    Withdrawn {
        at: Instant,
    },
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The decision stands.
    Upheld,
    /// It is changed: decided anew where it was made, in the light of the words that say how.
    Changed,
    /// It is void: decided anew where it was made, because something was done wrongly.
    SentBack,
    /// It is not looked into.
    Dismissed(Dismissal),
}

/// Why an appeal is not looked into (forvaltningsloven §§ 28, 31).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dismissal {
    TooLate,
    NotEntitled,
}

impl Outcome {
    pub const ALL: [Self; 5] = [
        Self::Upheld,
        Self::Changed,
        Self::SentBack,
        Self::Dismissed(Dismissal::TooLate),
        Self::Dismissed(Dismissal::NotEntitled),
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Changed => "changed",
            Self::SentBack => "sent_back",
            Self::Dismissed(Dismissal::TooLate) => "too_late",
            Self::Dismissed(Dismissal::NotEntitled) => "not_entitled",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.code() == code)
    }

    /// The decision is to be made anew.
    pub fn reopens(self) -> bool {
        matches!(self, Self::Changed | Self::SentBack)
    }
}

/// Which level decided the appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It changed its own decision.
    Local,
    Region,
}

impl Level {
    pub fn code(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Region => "region",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Local, Self::Region].into_iter().find(|l| l.code() == code)
    }
}

impl State {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sent { .. } => "sent",
            Self::Preparing { .. } => "preparing",
            Self::Forwarded { .. } => "forwarded",
            Self::Decided { .. } => "decided",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// Whether anything can still happen to it.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Sent { .. } | Self::Preparing { .. } | Self::Forwarded { .. })
    }

    /// The level that decided has it.
    pub fn is_local(&self) -> bool {
        matches!(self, Self::Sent { .. } | Self::Preparing { .. })
    }

    pub fn taken(self, by: Id<StaffMember>, now: Instant) -> Result<Self, Refusal> {
        match self {
            Self::Sent { .. } => Ok(Self::Preparing { at: now, by }),
            _ => Err(Refusal::MovedOn),
        }
    }

    /// The level that decided stands by it.
    pub fn forwarded(self, by: Id<StaffMember>, now: Instant) -> Result<Self, Refusal> {
        if self.is_local() { Ok(Self::Forwarded { at: now, by }) } else { Err(Refusal::MovedOn) }
    }

    /// It changes its decision itself.
    pub fn changed_locally(self, now: Instant) -> Result<Self, Refusal> {
        match self.is_local() {
            true => Ok(Self::Decided { at: now, outcome: Outcome::Changed, level: Level::Local }),
            false => Err(Refusal::MovedOn),
        }
    }

    /// The level above decides: by nobody who made the decision (`maker`) or prepared the appeal.
    pub fn decided(
        self,
        outcome: Outcome,
        by: &Id<StaffMember>,
        maker: &Id<StaffMember>,
        late: bool,
        now: Instant,
    ) -> Result<Self, Refusal> {
        match self {
            Self::Forwarded { by: preparer, .. } if *by == preparer || by == maker => {
                Err(Refusal::SamePerson)
            }
            Self::Forwarded { .. } if outcome == Outcome::Dismissed(Dismissal::TooLate) && !late => {
                Err(Refusal::NotLate)
            }
            Self::Forwarded { .. } => Ok(Self::Decided { at: now, outcome, level: Level::Region }),
            _ => Err(Refusal::MovedOn),
        }
    }

    /// She takes it back.
    pub fn withdrawn(self, now: Instant) -> Result<Self, Refusal> {
        if self.is_open() { Ok(Self::Withdrawn { at: now }) } else { Err(Refusal::MovedOn) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Instant = Instant(1);
    const NOW: Instant = Instant(2);

    fn id(text: &str) -> Id<StaffMember> {
        Id::new(text)
    }

    #[test]
    fn each_state_and_each_step() {
        let all = [
            State::Sent { at: AT },
            State::Preparing { at: AT, by: id("prepares") },
            State::Forwarded { at: AT, by: id("prepares") },
            State::Decided { at: AT, outcome: Outcome::Upheld, level: Level::Region },
            State::Withdrawn { at: AT },
        ];
        // taken, forwarded, changed locally, decided above, withdrawn
        let may = [
            [true, true, true, false, true],
            [false, true, true, false, true],
            [false, false, false, true, true],
            [false; 5],
            [false; 5],
        ];
        for (state, may) in all.into_iter().zip(may) {
            let did = [
                state.clone().taken(id("x"), NOW),
                state.clone().forwarded(id("x"), NOW),
                state.clone().changed_locally(NOW),
                state.clone().decided(Outcome::Changed, &id("x"), &id("made"), false, NOW),
                state.clone().withdrawn(NOW),
            ];
            let codes = ["preparing", "forwarded", "decided", "decided", "withdrawn"];
            for ((did, may), code) in did.into_iter().zip(may).zip(codes) {
                let expected = if may { Ok(code) } else { Err(Refusal::MovedOn) };
                assert_eq!(did.as_ref().map(State::code).map_err(|e| *e), expected, "{state:?}");
            }
            assert_eq!(state.is_open(), may[4], "{state:?}");
        }
    }

    #[test]
    fn nobody_decides_on_her_own_work_and_no_appeal_in_time_is_too_late() {
        let state = State::Forwarded { at: AT, by: id("prepares") };
        let (late, other) =
            (Outcome::Dismissed(Dismissal::TooLate), Outcome::Dismissed(Dismissal::NotEntitled));
        let table = [
            ("made", Outcome::Upheld, false, Err(Refusal::SamePerson)),
            ("prepares", Outcome::Upheld, false, Err(Refusal::SamePerson)),
            ("x", Outcome::Upheld, false, Ok("decided")),
            ("x", late, false, Err(Refusal::NotLate)),
            ("x", late, true, Ok("decided")),
            ("x", other, false, Ok("decided")),
        ];
        for (by, outcome, is_late, expected) in table {
            let did = state.clone().decided(outcome, &id(by), &id("made"), is_late, NOW);
            assert_eq!(did.as_ref().map(State::code).map_err(|e| *e), expected, "{by} {outcome:?}");
        }
    }

    #[test]
    fn codes_come_back() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(outcome.code()), Some(outcome));
            assert_eq!(outcome.reopens(), matches!(outcome.code(), "changed" | "sent_back"));
        }
        for level in [Level::Local, Level::Region] {
            assert_eq!(Level::parse(level.code()), Some(level));
        }
    }
}
