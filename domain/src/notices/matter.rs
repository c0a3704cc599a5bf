//! All that stands between one decision and one recipient: the question, and an obligation for each version that had to
//! be told. One transaction loads it, takes one step and saves it.

use super::{Answer, Assessment, Numbers, Obligation, Plan, Timing, Why};
use crate::{custody::Kind, kernel::Instant};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    pub stands: Version,
    pub assessment: Assessment,
    /// By version, oldest first; only the last can be open.
    pub obligations: Vec<(u32, Obligation)>,
}

/// What the standing version of the decision says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    pub number: u32,
    pub kind: Kind,
    pub timing: Timing,
    pub at: Instant,
    pub cancelled: bool,
}

/// What a step needs to know besides.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub now: Instant,
    pub numbers: Numbers,
    /// Her confirmed channels.
    pub channels: u8,
    /// The breaker keeps new texts back.
    pub held: bool,
}

impl Facts {
    fn plan(&self, version: &Version) -> Plan {
        Plan { timing: version.timing, at: version.at, channels: self.channels, numbers: self.numbers }
    }
}

impl Matter {
    /// The question is asked; a standing answer answers it at once.
    pub fn open(version: Version, standing: Option<Answer>, facts: &Facts) -> Self {
        let assessment = Assessment::open(&facts.plan(&version), facts.now);
        let mut matter = Self { stands: version, assessment, obligations: Vec::new() };
        if version.cancelled {
            matter.assessment.cancel(facts.now);
        } else if let Some(answer) = standing {
            matter.answer(answer, facts);
        }
        matter
    }

    /// The officer's answer. A yes opens the obligation; false if it was answered already.
    pub fn answer(&mut self, answer: Answer, facts: &Facts) -> bool {
        let news = self.assessment.answer(answer, facts.now);
        if news && answer != Answer::NotSignificant {
            self.oblige(facts);
        }
        news
    }

    /// A later version stands. A yes is kept and its dates are replaced; what may have been told is put right; everything
    /// else is asked anew, for the answer was to another question. False for a version that is not later.
    pub fn supersede(&mut self, version: Version, facts: &Facts) -> bool {
        if version.number <= self.stands.number {
            return false;
        }
        let told = self.obligations.last().is_some_and(|(_, duty)| duty.may_have_told());
        let same = version.kind == self.stands.kind;
        self.stands = version;
        self.close(Why::Superseded, facts.now);
        let keeps = told || (same && self.assessment.significant() == Some(true));
        match (version.cancelled, keeps) {
            (true, _) => {
                self.assessment.cancel(facts.now);
                if told {
                    self.oblige(facts);
                }
            }
            (false, true) => self.oblige(facts),
            (false, false) => self.ask_again(same, facts),
        }
        true
    }

    /// Her registration has ended, or she has given it up.
    pub fn not_wanted(&mut self, now: Instant) {
        self.assessment.cancel(now);
        self.close(Why::NotWanted, now);
    }

    /// The obligation that is open, and its version.
    pub fn current(&mut self) -> Option<&mut Obligation> {
        self.obligations.last_mut().map(|(_, duty)| duty).filter(|duty| duty.is_open())
    }

    fn ask_again(&mut self, same: bool, facts: &Facts) {
        let plan = facts.plan(&self.stands);
        match self.assessment {
            Assessment::Open { .. } if same => self.assessment.moved(&plan, facts.now),
            _ => self.assessment = Assessment::open(&plan, facts.now),
        }
    }

    fn oblige(&mut self, facts: &Facts) {
        let duty = Obligation::open(&facts.plan(&self.stands), facts.now, facts.held);
        self.obligations.push((self.stands.number, duty));
    }

    fn close(&mut self, why: Why, now: Instant) {
        if let Some(duty) = self.current() {
            duty.close(why, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::SafeTimes;

    const NOW: Instant = Instant(1_788_256_800_000_000);

    fn facts() -> Facts {
        Facts { now: NOW, numbers: Numbers::FIRST, channels: 1, held: false }
    }

    fn version(number: u32, kind: Kind, hours: i64) -> Version {
        Version { number, kind, timing: Timing::Advance, at: NOW.plus_minutes(hours * 60), cancelled: false }
    }

    fn cancelled(number: u32) -> Version {
        Version { cancelled: true, ..version(number, Kind::Leave, 300) }
    }

    const YES: Answer = Answer::Significant { direct: false };

    /// What is open: a question, an obligation of this version.
    fn open(matter: &mut Matter) -> (bool, Option<u32>) {
        let question = matches!(matter.assessment, Assessment::Open { .. });
        let last = matter.obligations.last().map(|(number, _)| *number);
        (question, matter.current().is_some().then_some(last).flatten())
    }

    #[test]
    fn f08_what_a_later_version_does() {
        let fresh = || Matter::open(version(1, Kind::Leave, 300), None, &facts());
        let answered = |answer| {
            let mut matter = fresh();
            assert!(matter.answer(answer, &facts()));
            matter
        };
        let told = || {
            let mut matter = answered(YES);
            matter.current().unwrap().intend(0, NOW, &SafeTimes::default()).unwrap();
            matter
        };
        let gone = || {
            let mut matter = answered(YES);
            assert!(matter.supersede(cancelled(2), &facts()));
            matter
        };
        let table: [(Matter, Version, (bool, Option<u32>)); 12] = [
            (fresh(), version(2, Kind::Leave, 200), (true, None)),
            (fresh(), cancelled(2), (false, None)),
            (fresh(), version(2, Kind::Release, 200), (true, None)),
            (answered(YES), version(2, Kind::Leave, 200), (false, Some(2))),
            (answered(YES), version(1, Kind::Leave, 200), (false, Some(1))),
            (answered(YES), version(2, Kind::Release, 200), (true, None)),
            (answered(YES), cancelled(2), (false, None)),
            (answered(Answer::NotSignificant), version(2, Kind::Leave, 200), (true, None)),
            (told(), cancelled(2), (false, Some(2))),
            (told(), version(2, Kind::Release, 200), (false, Some(2))),
            (gone(), version(3, Kind::Leave, 250), (false, Some(3))),
            (gone(), version(3, Kind::Release, 250), (true, None)),
        ];
        for (n, (mut matter, later, expected)) in table.into_iter().enumerate() {
            assert_eq!(matter.supersede(later, &facts()), later.number > 1, "{n}");
            assert_eq!(open(&mut matter), expected, "{n}: {later:?}");
            let still_open = matter.obligations.iter().filter(|(_, duty)| duty.is_open()).count();
            assert!(still_open <= 1, "{n}");
        }
    }

    #[test]
    fn a_question_that_has_climbed_stays_where_it_is_unless_it_is_another_question() {
        let climbs =
            |hours: i64, climbed| Assessment::Open { climbs_at: NOW.plus_minutes(hours * 60), climbed };
        // The duty desk has the question about what is near; then it is moved far ahead.
        let table = [(Kind::Leave, climbs(0, true)), (Kind::Release, climbs(280, false))];
        for (kind, expected) in table {
            let mut matter = Matter::open(version(1, Kind::Leave, 100), None, &facts());
            assert_eq!(matter.assessment, climbs(0, true));
            assert!(matter.supersede(version(2, kind, 400), &facts()));
            assert_eq!(matter.assessment, expected, "{kind:?}");
        }
    }

    #[test]
    fn a_standing_answer_asks_nobody_and_a_cancelled_decision_asks_nothing() {
        assert_eq!(
            open(&mut Matter::open(version(1, Kind::Leave, 300), Some(YES), &facts())),
            (false, Some(1))
        );
        assert_eq!(open(&mut Matter::open(cancelled(1), Some(YES), &facts())), (false, None));
        let mut matter = Matter::open(version(1, Kind::Leave, 300), Some(YES), &facts());
        assert!(!matter.answer(Answer::NotSignificant, &facts()));
        matter.not_wanted(NOW);
        assert_eq!(open(&mut matter), (false, None));
        let held = Facts { held: true, ..facts() };
        let matter = Matter::open(version(1, Kind::Leave, 300), Some(YES), &held);
        assert!(matter.obligations[0].1.held);
    }
}
