//! A conversation between a person and her case officer.

use super::Refusal;
use crate::kernel::Instant;

/// Where it stands. Whoever has the word is told to both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thread {
    /// An officer has the word, since the first message that is not answered.
    Waiting {
        since: Instant,
        due: Instant,
    },
    /// She has been answered.
    Answered {
        at: Instant,
    },
    Closed {
        at: Instant,
    },
}

impl Thread {
    /// She writes. A later question does not put off the answer to an earlier one; a closed one opens anew for some days.
    pub fn written(self, now: Instant, due: Instant, reopen_days: i64) -> Result<Self, Refusal> {
        match self {
            Self::Waiting { .. } => Ok(self),
            Self::Closed { at } if at.plus_days(reopen_days) < now => Err(Refusal::TooOld),
            Self::Answered { .. } | Self::Closed { .. } => Ok(Self::Waiting { since: now, due }),
        }
    }

    /// An officer answers; also a second time, to add something.
    pub fn answered(self, now: Instant) -> Result<Self, Refusal> {
        match self {
            Self::Waiting { .. } | Self::Answered { .. } => Ok(Self::Answered { at: now }),
            Self::Closed { .. } => Err(Refusal::MovedOn),
        }
    }

    /// An officer closes; also without an answer: thanks need none.
    pub fn closed(self, now: Instant) -> Result<Self, Refusal> {
        match self {
            Self::Waiting { .. } | Self::Answered { .. } => Ok(Self::Closed { at: now }),
            Self::Closed { .. } => Err(Refusal::MovedOn),
        }
    }

    /// An officer takes it up again.
    pub fn reopened(self, now: Instant, due: Instant) -> Result<Self, Refusal> {
        match self {
            Self::Closed { .. } => Ok(Self::Waiting { since: now, due }),
            Self::Waiting { .. } | Self::Answered { .. } => Err(Refusal::MovedOn),
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Answered { .. } => "answered",
            Self::Closed { .. } => "closed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_and_each_step() {
        let at = |n: i64| Instant(n * 86_400_000_000);
        let (now, due) = (at(40), at(45));
        let waits = Thread::Waiting { since: at(38), due: at(43) };
        let answered = Thread::Answered { at: at(39) };
        let fresh = Thread::Closed { at: at(10) };
        let old = Thread::Closed { at: Instant(at(10).0 - 1) };
        let anew = Thread::Waiting { since: now, due };
        let (told, shut) = (Thread::Answered { at: now }, Thread::Closed { at: now });
        let no = Err(Refusal::MovedOn);
        // state: she writes, an officer answers, closes, reopens
        let table = [
            (waits, [Ok(waits), Ok(told), Ok(shut), no]),
            (answered, [Ok(anew), Ok(told), Ok(shut), no]),
            (fresh, [Ok(anew), no, no, Ok(anew)]),
            (old, [Err(Refusal::TooOld), no, no, Ok(anew)]),
        ];
        for (state, [written, answer, close, reopen]) in table {
            assert_eq!(state.written(now, due, 30), written, "{state:?} written");
            assert_eq!(state.answered(now), answer, "{state:?} answered");
            assert_eq!(state.closed(now), close, "{state:?} closed");
            assert_eq!(state.reopened(now, due), reopen, "{state:?} reopened");
        }
    }
}
