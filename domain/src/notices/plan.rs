//! When each channel is used and when a person takes over: computed once, when the obligation opens.

use super::{Field, Numbers, Text, Timing};
use crate::kernel::Instant;

/// What an obligation is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub timing: Timing,
    /// When the event takes effect.
    pub at: Instant,
    /// Confirmed channels, in her order.
    pub channels: u8,
    pub numbers: Numbers,
}

/// The human task at the end of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// It opens at this time unless she confirms before.
    Planned { due: Instant },
    /// It is on the duty desk.
    Open { since: Instant },
}

impl Plan {
    /// By when she has confirmed or a person has it.
    pub fn deadline(&self, now: Instant) -> Instant {
        match self.timing {
            Timing::AtOnce => now,
            Timing::Advance => self.at.plus_minutes(-self.numbers.in_advance).max(now),
        }
    }

    /// The call comes beside the texts of an escape; before the deadline of what lies ahead; at once when that has passed
    /// or when there is no channel to begin with.
    pub fn call(&self, now: Instant) -> Call {
        let lead = self.deadline(now).plus_minutes(-self.numbers.call_lead);
        match self.timing {
            Timing::Advance if self.channels > 0 && lead > now => Call::Planned { due: lead },
            _ => Call::Open { since: now },
        }
    }

    /// Her channels one after the other. Whether an hour is safe for her is asked when it has come.
    pub fn texts(&self, now: Instant) -> Vec<Text> {
        let gap = match self.timing {
            Timing::AtOnce => self.numbers.next_channel_at_once,
            Timing::Advance => self.numbers.next_channel,
        };
        (0..self.channels).map(|n| Text::new(n, now.plus_minutes(gap * i64::from(n)))).collect()
    }
}

/// What a page or a script may show of an event under a rule.
pub fn shown(allowed: &[Field], directly_concerning: bool) -> Vec<Field> {
    let mut fields: Vec<Field> = allowed.to_vec();
    fields.retain(|field| *field != Field::Conditions || directly_concerning);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant(1_788_256_800_000_000);
    const HOUR: i64 = 60;

    #[test]
    fn n04_the_deadline_and_the_call_by_the_time_that_is_left() {
        let plan = |timing, hours: i64, channels| Plan {
            timing,
            at: NOW.plus_minutes(hours * HOUR),
            channels,
            numbers: Numbers::FIRST,
        };
        let open = Call::Open { since: NOW };
        let table = [
            (plan(Timing::Advance, 240, 2), 168, Call::Planned { due: NOW.plus_minutes(144 * HOUR) }),
            (plan(Timing::Advance, 97, 2), 25, Call::Planned { due: NOW.plus_minutes(HOUR) }),
            (plan(Timing::Advance, 96, 2), 24, open),
            (plan(Timing::Advance, 30, 2), 0, open),
            (plan(Timing::Advance, -5, 2), 0, open),
            (plan(Timing::Advance, 240, 0), 168, open),
            (plan(Timing::AtOnce, -1, 2), 0, open),
        ];
        for (plan, hours, call) in table {
            assert_eq!(plan.deadline(NOW), NOW.plus_minutes(hours * HOUR), "{plan:?}");
            assert_eq!(plan.call(NOW), call, "{plan:?}");
        }
    }

    #[test]
    fn n03_a_condition_is_shown_only_when_it_concerns_her_directly() {
        let all = [Field::Kind, Field::From, Field::Conditions];
        assert_eq!(shown(&all, true), all);
        assert_eq!(shown(&all, false), [Field::Kind, Field::From]);
        assert_eq!(shown(&[Field::From], true), [Field::From]);
    }
}
