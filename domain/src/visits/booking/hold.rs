//! A time held for those who are about to confirm it.

use super::{Refusal, VisitSession};
use crate::kernel::{Id, Instant, Public};

/// How long a time is held, and by how much it can be extended, once.
pub const HOLD_MINUTES: i64 = 10;

/// One place of a session, kept until `expires_at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    pub public: Public<Hold>,
    pub session: Id<VisitSession>,
    pub made_at: Instant,
    pub expires_at: Instant,
    pub extended: bool,
}

impl Hold {
    pub fn new(public: Public<Self>, session: Id<VisitSession>, now: Instant) -> Self {
        Self { public, session, made_at: now, expires_at: now.plus_minutes(HOLD_MINUTES), extended: false }
    }

    pub fn is_live(&self, now: Instant) -> bool {
        now < self.expires_at
    }

    /// Ten minutes more, once, while it is still held.
    pub fn extend(self, now: Instant) -> Result<Self, Refusal> {
        if !self.is_live(now) {
            return Err(Refusal::HoldExpired);
        }
        if self.extended {
            return Err(Refusal::ExtendedBefore);
        }
        Ok(Self { expires_at: self.expires_at.plus_minutes(HOLD_MINUTES), extended: true, ..self })
    }

    /// Minutes left, the one that runs counted as whole; 0 when it is over.
    pub fn minutes_left(&self, now: Instant) -> i64 {
        let micros = (self.expires_at.micros() - now.micros()).max(0);
        micros.saturating_add(59_999_999) / 60_000_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_lasts_ten_minutes_and_once_ten_more() {
        let start = Instant(1_788_256_800_000_000);
        let hold = Hold::new(Public::from_bits(1), Id::new("s"), start);
        let table =
            [(0, 10, true), (1, 10, true), (60, 9, true), (599, 1, true), (600, 0, false), (900, 0, false)];
        for (seconds, left, live) in table {
            let now = start.plus_seconds(seconds);
            assert_eq!((hold.minutes_left(now), hold.is_live(now)), (left, live), "{seconds}");
        }
        let longer = hold.clone().extend(start.plus_minutes(9)).unwrap();
        assert_eq!(longer.expires_at, start.plus_minutes(20));
        assert_eq!(longer.extend(start.plus_minutes(19)), Err(Refusal::ExtendedBefore));
        assert_eq!(hold.extend(start.plus_minutes(10)), Err(Refusal::HoldExpired));
    }
}
