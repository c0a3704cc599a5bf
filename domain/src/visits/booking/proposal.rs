//! A change that touches many visits is approved by somebody else than who asked for it. From how many on is a rule of the
//! unit, with its day and its source; none of the unit's own: the service's.

use serde::{Deserialize, Serialize};

use super::{
    PlanChange,
    plan_forms::{BlockForm, EndForm, LONGEST_SOURCE, Reader, RulesForm, number, words},
    plan_several::SeveralForm,
    text::TextForm,
    wings::TimeWingsForm,
};
use crate::{
    kernel::{CivilDate, Public},
    visits::clearance::forms::FormErrors,
};

/// Of how many touched visits on; 0 is never.
pub const AT_LEAST: std::ops::RangeInclusive<i64> = 0..=500;
pub const LONGEST_WORD: usize = 200;

/// The form of the unit's own number. `seen` is the one that the page showed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WatchForm {
    pub unit: String,
    pub seen: String,
    pub at_least: String,
    pub source: String,
}

impl WatchForm {
    fn parse(&self) -> Result<PlanChange, FormErrors> {
        let mut r = Reader::default();
        let at_least = r.take("at_least", number(&self.at_least, &AT_LEAST));
        let source = r.take("source", words(&self.source, LONGEST_SOURCE, "source_empty"));
        let seen = self.seen.parse().unwrap_or(-1);
        match at_least.zip(source) {
            Some((at_least, source)) => Ok(PlanChange::Watch { seen, at_least, source }),
            None => Err(r.0),
        }
    }
}

/// A change as it was typed, which is how it waits for somebody's yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanForm {
    Rules(RulesForm),
    End(EndForm),
    Close(BlockForm),
    Several(SeveralForm),
    Watch(WatchForm),
    Text(TextForm),
    Wings(TimeWingsForm),
}

impl PlanForm {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rules(_) => "rules",
            Self::End(_) => "end",
            Self::Close(_) => "close",
            Self::Several(_) => "several",
            Self::Watch(_) => "watch",
            Self::Text(_) => "text",
            Self::Wings(_) => "wings",
        }
    }

    /// What it would change if it were saved on this day.
    pub fn change(&self, today: CivilDate) -> Result<PlanChange, FormErrors> {
        match self {
            Self::Rules(form) => {
                form.parse(today).map(|rules| PlanChange::Rules { seen: form.seen.clone(), rules })
            }
            Self::End(form) => {
                let last = form.parse(today)?;
                let time = Public::parse(&form.time).ok_or_else(Vec::new)?;
                Ok(PlanChange::End { time, seen: CivilDate::parse_iso(&form.seen), last })
            }
            Self::Close(form) => form.parse(today).map(PlanChange::Close),
            Self::Several(form) => {
                let (times, what) = form.parse(today)?;
                Ok(PlanChange::Several { seen: form.seen.clone(), times, what })
            }
            Self::Watch(form) => form.parse(),
            Self::Text(form) => form.parse(today),
            Self::Wings(form) => form.parse().map(|new| PlanChange::Wings { seen: form.seen.clone(), new }),
        }
    }
}

/// Whether somebody else has to say yes. So does she to a number that asks her less often: else it would be turned off first.
pub fn needs_second(change: &PlanChange, touched: usize, at_least: i64) -> bool {
    let loosens = match change {
        PlanChange::Watch { at_least: new, .. } => *new == 0 || *new > at_least,
        _ => false,
    };
    at_least > 0 && (loosens || touched as i64 >= at_least)
}

/// What has become of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalState {
    Open,
    Approved,
    Declined,
    /// Nobody has answered in time.
    Lapsed,
    /// Taken back by whoever proposed it.
    Withdrawn,
}

impl ProposalState {
    pub const ALL: [Self; 5] = [Self::Open, Self::Approved, Self::Declined, Self::Lapsed, Self::Withdrawn];

    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Another's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// With a word, or without.
    Yes(Option<String>),
    /// With a reason, which whoever proposed it reads.
    No(String),
}

/// `shown` stands for the visits that the page showed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VerdictForm {
    pub proposal: String,
    pub shown: String,
    pub answer: String,
    pub word: String,
}

impl VerdictForm {
    pub fn parse(&self) -> Result<Verdict, FormErrors> {
        let mut r = Reader::default();
        let word = match words(&self.word, LONGEST_WORD, "word_empty") {
            Err("word_empty") if self.answer == "yes" => Ok(None),
            word => word.map(Some),
        };
        let answer = match self.answer.as_str() {
            "yes" | "no" => Ok(self.answer == "yes"),
            _ => Err("choose"),
        };
        let answer = r.take("answer", answer);
        let word = r.take("word", if answer.is_none() { Ok(None) } else { word });
        match (answer, word) {
            (Some(true), Some(word)) => Ok(Verdict::Yes(word)),
            (Some(false), Some(Some(word))) => Ok(Verdict::No(word)),
            _ => Err(r.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_is_asked_from_so_many_visits_on_and_before_she_is_asked_less() {
        let close = PlanForm::Close(BlockForm {
            on_day: "5".into(),
            on_month: "9".into(),
            on_year: "2026".into(),
            reason: "kurs".into(),
            ..BlockForm::default()
        });
        let today = CivilDate::parse_iso("2026-09-01").expect("a date");
        let close = close.change(today).expect("a change");
        let watch = |at_least| PlanChange::Watch { seen: 3, at_least, source: "x".into() };
        let table = [
            (&close, 3, 3, true),
            (&close, 2, 3, false),
            (&close, 200, 0, false),
            (&watch(0), 0, 3, true),
            (&watch(4), 0, 3, true),
            (&watch(2), 0, 3, false),
            (&watch(3), 0, 0, false),
        ];
        for (change, touched, at_least, expected) in table {
            assert_eq!(needs_second(change, touched, at_least), expected, "{change:?} {touched} {at_least}");
        }
    }

    #[test]
    fn a_no_has_a_reason_and_a_yes_may() {
        let form = |answer: &str, word: &str| VerdictForm {
            answer: answer.into(),
            word: word.into(),
            ..VerdictForm::default()
        };
        let code = |form: VerdictForm| form.parse().map_err(|e| (e[0].field, e[0].code));
        assert_eq!(code(form("yes", " ")), Ok(Verdict::Yes(None)));
        assert_eq!(code(form("yes", "Ja")), Ok(Verdict::Yes(Some("Ja".into()))));
        assert_eq!(code(form("no", "For mange")), Ok(Verdict::No("For mange".into())));
        assert_eq!(code(form("no", " ")), Err(("word", "word_empty")));
        assert_eq!(code(form("no", &"x".repeat(201))), Err(("word", "too_long")));
        assert_eq!(code(form("", "")), Err(("answer", "choose")));
    }

    #[test]
    fn codes_are_read_back() {
        for state in ProposalState::ALL {
            assert_eq!(ProposalState::parse(state.code()), Some(state));
        }
    }
}
