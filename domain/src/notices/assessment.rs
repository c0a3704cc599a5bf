//! Is it of significance to her? The law's question, asked for each victim of the case (straffegjennomføringsloven § 7 b and
//! the paragraphs that it names). Nobody's silence is an answer: unasked it climbs to the duty desk before its deadline.

use super::{Call, Plan, Timing};
use crate::kernel::Instant;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assessment {
    /// The assigned officer has it, and from `climbs_at` the duty desk too.
    Open {
        climbs_at: Instant,
        climbed: bool,
    },
    Answered {
        answer: Answer,
        at: Instant,
    },
    /// The decision was cancelled before anybody answered.
    Void {
        at: Instant,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `direct`: its conditions concern her directly and may be shown.
    Significant {
        direct: bool,
    },
    NotSignificant,
}

impl Assessment {
    /// What happens now or lies near is on the duty desk at once.
    pub fn open(plan: &Plan, now: Instant) -> Self {
        let climbs_at = match (plan.timing, plan.call(now)) {
            (Timing::Advance, Call::Planned { due }) => {
                due.plus_minutes(-plan.numbers.assessment_lead).max(now)
            }
            (Timing::Advance, Call::Open { .. }) | (Timing::AtOnce, _) => now,
        };
        Self::Open { climbs_at, climbed: climbs_at <= now }
    }

    /// It is time for the duty desk.
    pub fn climbs(&self, now: Instant) -> bool {
        matches!(self, Self::Open { climbs_at, climbed: false } if *climbs_at <= now)
    }

    /// When it will be time; none once it is settled or on the duty desk.
    pub fn climbs_at(&self) -> Option<Instant> {
        match self {
            Self::Open { climbs_at, climbed: false } => Some(*climbs_at),
            _ => None,
        }
    }

    pub fn climbed(&mut self) {
        if let Self::Open { climbed, .. } = self {
            *climbed = true;
        }
    }

    /// The first answer stands; true if this was it.
    pub fn answer(&mut self, answer: Answer, now: Instant) -> bool {
        let open = matches!(self, Self::Open { .. });
        if open {
            *self = Self::Answered { answer, at: now };
        }
        open
    }

    /// A version that moves it earlier leaves less time to answer.
    pub fn moved(&mut self, plan: &Plan, now: Instant) {
        if let (Self::Open { climbs_at, climbed }, Self::Open { climbs_at: newer, .. }) =
            (&mut *self, Self::open(plan, now))
            && !*climbed
        {
            *climbs_at = newer;
        }
    }

    /// There is nothing left to ask about.
    pub fn cancel(&mut self, now: Instant) {
        if matches!(self, Self::Open { .. }) {
            *self = Self::Void { at: now };
        }
    }

    pub fn significant(&self) -> Option<bool> {
        match self {
            Self::Answered { answer, .. } => Some(*answer != Answer::NotSignificant),
            Self::Open { .. } | Self::Void { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::Numbers;

    const NOW: Instant = Instant(1_788_256_800_000_000);

    #[test]
    fn n02_an_unanswered_question_climbs_before_the_call_would_be() {
        let plan = |timing, hours: i64| Plan {
            timing,
            at: NOW.plus_minutes(hours * 60),
            channels: 1,

            numbers: Numbers::FIRST,
        };
        // The call opens 96 hours before the event; the question climbs a day before that.
        for (timing, hours, climbs) in [
            (Timing::Advance, 200, 80),
            (Timing::Advance, 120, 0),
            (Timing::Advance, 50, 0),
            (Timing::AtOnce, 0, 0),
        ] {
            let open = Assessment::open(&plan(timing, hours), NOW);
            let expected =
                Assessment::Open { climbs_at: NOW.plus_minutes(climbs * 60), climbed: climbs == 0 };
            assert_eq!(open, expected, "{timing:?} {hours}");
            assert!(!open.climbs(NOW));
            assert_eq!(open.climbs(NOW.plus_minutes(climbs * 60)), climbs > 0);
            let at = (climbs > 0).then(|| NOW.plus_minutes(climbs * 60));
            assert_eq!(open.climbs_at(), at, "nothing wakes the worker for what is on the duty desk already");
        }
    }

    #[test]
    fn one_answer_stands_and_a_move_leaves_less_time() {
        let plan = |hours: i64| Plan {
            timing: Timing::Advance,
            at: NOW.plus_minutes(hours * 60),
            channels: 1,

            numbers: Numbers::FIRST,
        };
        let mut asked = Assessment::open(&plan(400), NOW);
        asked.moved(&plan(200), NOW);
        assert_eq!(asked, Assessment::Open { climbs_at: NOW.plus_minutes(80 * 60), climbed: false });
        asked.climbed();
        asked.moved(&plan(900), NOW);
        assert_eq!(asked, Assessment::Open { climbs_at: NOW.plus_minutes(80 * 60), climbed: true });
        assert!(asked.answer(Answer::Significant { direct: false }, NOW));
        assert!(!asked.answer(Answer::NotSignificant, NOW));
        assert_eq!(asked.significant(), Some(true));
        asked.cancel(NOW);
        assert_eq!(asked.significant(), Some(true), "what was answered stays");
    }
}
