//! One of her channels in one obligation: what was tried there. A try is written down before it is made; whoever finds
//! one without its outcome makes the same try again under the same key, so that a provider can tell it from another.

use crate::kernel::Instant;

/// So long a worker may take over one try, in seconds; then another takes it up.
pub const LEASE: i64 = 60;
/// First wait after a failure, in seconds; doubled each time.
const FIRST_WAIT: i64 = 30;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Place of the channel in her order.
    pub channel: u8,
    /// Counts tries, from 1. With obligation and channel it is the key towards the provider.
    pub tries: u16,
    pub state: TextState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextState {
    /// To be sent at this time, and not before.
    Waiting { due: Instant },
    /// A worker has written down that it sends; what came of it is not known yet.
    Intended { at: Instant },
    /// The provider has taken it. That is no proof that she has seen it.
    Sent { at: Instant },
    /// The provider says that this address will never do.
    Dead,
}

/// What a provider answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Accepted,
    /// Nothing was taken, or nobody knows: it is tried again.
    Failed,
    /// This address will never do.
    Refused,
}

impl Text {
    pub fn new(channel: u8, due: Instant) -> Self {
        Self { channel, tries: 0, state: TextState::Waiting { due } }
    }

    /// From when a worker may take it; none if there is nothing to take.
    pub fn due(&self) -> Option<Instant> {
        match self.state {
            TextState::Waiting { due } => Some(due),
            TextState::Intended { at } => Some(at.plus_seconds(LEASE)),
            TextState::Sent { .. } | TextState::Dead => None,
        }
    }

    /// Something may have reached her by it.
    pub fn is_used(&self) -> bool {
        self.tries > 0
    }

    /// The worker writes down that it sends. A try without outcome is the same try once more.
    pub(super) fn intend(&mut self, now: Instant) -> u16 {
        if matches!(self.state, TextState::Waiting { .. }) {
            self.tries = self.tries.saturating_add(1);
        }
        self.state = TextState::Intended { at: now };
        self.tries
    }

    /// What came of try `n`; the outcome of another try than the last is old news.
    pub(super) fn outcome(&mut self, n: u16, outcome: Outcome, now: Instant, longest_wait: i64) -> bool {
        if n != self.tries || !matches!(self.state, TextState::Intended { .. }) {
            return false;
        }
        self.state = match outcome {
            Outcome::Accepted => TextState::Sent { at: now },
            Outcome::Refused => TextState::Dead,
            Outcome::Failed => {
                let wait = FIRST_WAIT.saturating_mul(1 << i64::from(n.saturating_sub(1)).min(10));
                TextState::Waiting { due: now.plus_seconds(wait.min(longest_wait * 60)) }
            }
        };
        true
    }

    /// Not later than this, if it has not been used.
    pub(super) fn hasten(&mut self, by: Instant) {
        if let TextState::Waiting { due } = self.state
            && self.tries == 0
        {
            self.state = TextState::Waiting { due: due.min(by) };
        }
    }

    /// She has not opened it: once more from this time on.
    pub(super) fn remind(&mut self, due: Instant) {
        if let TextState::Sent { .. } = self.state {
            self.state = TextState::Waiting { due };
        }
    }
}
