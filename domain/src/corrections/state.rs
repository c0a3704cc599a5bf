//! The life of a request: sent, taken, perhaps passed on, answered; or taken back by whoever sent it.

use super::Refusal;
use crate::{
    access::StaffMember,
    kernel::{Id, Instant},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Sent {
        at: Instant,
    },
    /// Somebody looks into it.
    Taken {
        at: Instant,
        by: Id<StaffMember>,
    },
    Settled {
        at: Instant,
        by: Id<StaffMember>,
        outcome: Outcome,
    },
    Withdrawn {
        at: Instant,
    },
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As she asked.
    Done,
    Partly,
    Refused,
}

impl Outcome {
    pub const ALL: [Self; 3] = [Self::Done, Self::Partly, Self::Refused];

    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partly => "partly",
            Self::Refused => "refused",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// She did not get all that she asked for: she is told how to complain (Article 12(4)).
    pub fn can_be_complained_of(self) -> bool {
        self != Self::Done
    }
}

impl State {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sent { .. } => "sent",
            Self::Taken { .. } => "taken",
            Self::Settled { .. } => "settled",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    pub fn is_open(&self) -> bool {
        matches!(self, Self::Sent { .. } | Self::Taken { .. })
    }

    /// An officer takes it; another may take it over.
    pub fn taken(self, by: Id<StaffMember>, now: Instant) -> Result<Self, Refusal> {
        if self.is_open() { Ok(Self::Taken { at: now, by }) } else { Err(Refusal::MovedOn) }
    }

    /// Passed on to another unit, where nobody has taken it.
    pub fn passed(self, now: Instant) -> Result<Self, Refusal> {
        if self.is_open() { Ok(Self::Sent { at: now }) } else { Err(Refusal::MovedOn) }
    }

    /// Answered, whether or not anybody had taken it before.
    pub fn settled(self, by: Id<StaffMember>, outcome: Outcome, now: Instant) -> Result<Self, Refusal> {
        if self.is_open() { Ok(Self::Settled { at: now, by, outcome }) } else { Err(Refusal::MovedOn) }
    }

    pub fn withdrawn(self, now: Instant) -> Result<Self, Refusal> {
        if self.is_open() { Ok(Self::Withdrawn { at: now }) } else { Err(Refusal::MovedOn) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Instant = Instant(1);
    const NOW: Instant = Instant(2);

    #[test]
    fn each_state_and_each_step() {
        let by = |who: &str| Id::<StaffMember>::new(who);
        let all = [
            State::Sent { at: AT },
            State::Taken { at: AT, by: by("a") },
            State::Settled { at: AT, by: by("a"), outcome: Outcome::Partly },
            State::Withdrawn { at: AT },
        ];
        // taken, sent (passed on), settled, withdrawn
        let may = [[true; 4], [true; 4], [false; 4], [false; 4]];
        for (state, may) in all.into_iter().zip(may) {
            let did = [
                state.clone().taken(by("b"), NOW),
                state.clone().passed(NOW),
                state.clone().settled(by("b"), Outcome::Refused, NOW),
                state.clone().withdrawn(NOW),
            ];
            for ((did, may), code) in did.into_iter().zip(may).zip(["taken", "sent", "settled", "withdrawn"])
            {
                let expected = if may { Ok(code) } else { Err(Refusal::MovedOn) };
                assert_eq!(did.as_ref().map(State::code).map_err(|e| *e), expected, "{state:?}");
            }
            assert_eq!(state.is_open(), may[0], "{state:?}");
        }
    }

    #[test]
    fn only_what_was_done_whole_leaves_nothing_to_complain_of() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(outcome.code()), Some(outcome));
            assert_eq!(outcome.can_be_complained_of(), outcome != Outcome::Done);
        }
    }
}
