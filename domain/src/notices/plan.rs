//! When each channel is used and when a person takes over: computed once, when the obligation opens.

use super::{Field, Numbers, SafeTimes, Text, Timing};
use crate::kernel::Instant;

/// What an obligation is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan<'a> {
    pub timing: Timing,
    /// When the event takes effect.
    pub at: Instant,
    /// Confirmed channels, in her order.
    pub channels: u8,
    pub safe: &'a SafeTimes,
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

impl Plan<'_> {
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

    /// Her channels one after the other, each at a time that is safe for her.
    pub fn texts(&self, now: Instant) -> Vec<Text> {
        let breaks = self.timing == Timing::AtOnce && self.safe.escape_breaks;
        let safe = |at| if breaks { at } else { self.safe.next(at) };
        let gap = match self.timing {
            Timing::AtOnce => self.numbers.next_channel_at_once,
            Timing::Advance => self.numbers.next_channel,
        };
        (0..self.channels).map(|n| Text::new(n, safe(now.plus_minutes(gap * i64::from(n))))).collect()
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
        let safe = SafeTimes::default();
        let plan = |timing, hours: i64, channels| Plan {
            timing,
            at: NOW.plus_minutes(hours * HOUR),
            channels,
            safe: &safe,
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
    fn channels_follow_one_another_and_an_escape_breaks_safe_times_only_if_she_says_so() {
        use crate::notices::Window;
        let dues = |timing, safe: &SafeTimes| -> Vec<i64> {
            let plan = Plan { timing, at: NOW, channels: 3, safe, numbers: Numbers::FIRST };
            plan.texts(NOW)
                .iter()
                .filter_map(Text::due)
                .map(|due| (due.micros() - NOW.micros()) / 60_000_000)
                .collect()
        };
        // Tuesday at noon; safe on Tuesdays from 15 to 16.
        let windows = vec![Window { weekday: 2, from: 900, to: 960 }];
        let (kept, broken) = (
            SafeTimes { windows: windows.clone(), escape_breaks: false },
            SafeTimes { windows, escape_breaks: true },
        );
        assert_eq!(dues(Timing::Advance, &SafeTimes::default()), [0, 1440, 2880]);
        assert_eq!(dues(Timing::AtOnce, &SafeTimes::default()), [0, 5, 10]);
        assert_eq!(dues(Timing::AtOnce, &kept), [180, 180, 180]);
        assert_eq!(dues(Timing::AtOnce, &broken), [0, 5, 10]);
        assert_eq!(dues(Timing::Advance, &broken), [180, 7 * 1440 + 180, 7 * 1440 + 180]);
    }

    #[test]
    fn n03_a_condition_is_shown_only_when_it_concerns_her_directly() {
        let all = [Field::Kind, Field::From, Field::Conditions];
        assert_eq!(shown(&all, true), all);
        assert_eq!(shown(&all, false), [Field::Kind, Field::From]);
        assert_eq!(shown(&[Field::From], true), [Field::From]);
    }
}
