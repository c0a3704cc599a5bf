//! What a controller decides on a letter, with the questions of the law. [L] §§ 7, 30.

use serde::{Deserialize, Serialize};

use super::forms::{FormErrors, LONGEST_NOTE, one, taken, wrong};
use crate::kernel::paragraph;

/// Why a letter, or some of it, is held back: the closed list of [L] § 30 and [F] § 3-27.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// Planning or carrying out something criminal.
    Crime,
    /// Evading the sentence.
    Escape,
    /// Disturbing peace, order and safety.
    Safety,
    /// Somebody is threatened, or written to against a ban on contact.
    Contact,
}

impl StopReason {
    pub const ALL: [Self; 4] = [Self::Crime, Self::Escape, Self::Safety, Self::Contact];

    pub fn code(self) -> &'static str {
        match self {
            Self::Crime => "crime",
            Self::Escape => "escape",
            Self::Safety => "safety",
            Self::Contact => "contact",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// What a controller decides on a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ControlForm {
    pub version: String,
    /// `release`, `part` or `stop`.
    pub outcome: String,
    pub category: String,
    /// The sender reads it.
    pub reason: String,
    /// Which milder step was considered: holding back a part, or asking the sender to write anew.
    pub milder: String,
    /// What is held back, a passage a line, as it stands in the letter.
    pub passages: String,
}

/// Decided, and as of which version of the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    pub version: i64,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Release,
    Part { category: StopReason, reason: String, milder: String, passages: String },
    Stop { category: StopReason, reason: String, milder: String },
}

impl ControlForm {
    pub fn parse(&self) -> Result<Ruling, FormErrors> {
        let mut errors = vec![];
        let version = one(&mut errors, "version", self.version.parse().ok(), "form");
        let verdict = match self.outcome.as_str() {
            "release" => Some(Verdict::Release),
            "part" | "stop" => self.held_back(&mut errors),
            _ => one(&mut errors, "outcome", None, "choose"),
        };
        match (version, verdict) {
            (Some(version), Some(verdict)) if errors.is_empty() => Ok(Ruling { version, verdict }),
            _ => Err(errors),
        }
    }

    fn held_back(&self, errors: &mut FormErrors) -> Option<Verdict> {
        let category = one(errors, "category", StopReason::parse(&self.category), "choose");
        let milder = taken(errors, "milder", paragraph(&self.milder, LONGEST_NOTE));
        let reason = taken(errors, "reason", paragraph(&self.reason, LONGEST_NOTE));
        let part = self.outcome == "part";
        if part && self.passages.trim().is_empty() {
            errors.push(wrong("passages", "empty"));
        }
        let (category, reason, milder) = (category?, reason?, milder?);
        Some(match part {
            true => Verdict::Part { category, reason, milder, passages: self.passages.clone() },
            false => Verdict::Stop { category, reason, milder },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors<T>(parsed: Result<T, FormErrors>) -> Vec<String> {
        parsed.err().unwrap_or_default().iter().map(|e| format!("{} {}", e.field, e.code)).collect()
    }

    #[test]
    fn holding_back_asks_the_questions_of_the_law() {
        let form = |outcome: &str, category: &str, reason: &str, milder: &str, passages: &str| ControlForm {
            version: "1".into(),
            outcome: outcome.into(),
            category: category.into(),
            reason: reason.into(),
            milder: milder.into(),
            passages: passages.into(),
        };
        let table: [(ControlForm, &[&str]); 7] = [
            (form("", "", "", "", ""), &["outcome choose"]),
            (form("release", "", "", "", ""), &[]),
            (form("stop", "", "", "", ""), &["category choose", "milder empty", "reason empty"]),
            (form("stop", "escape", "plan", "del er ikke nok", ""), &[]),
            (form("part", "escape", "plan", "hele er for mye", " "), &["passages empty"]),
            (form("part", "escape", "plan", "hele er for mye", "møt meg"), &[]),
            (form("stop", "dislike", "plan", "nei", ""), &["category choose"]),
        ];
        for (form, expected) in table {
            assert_eq!(errors(form.parse()), expected, "{form:?}");
        }
        for reason in StopReason::ALL {
            assert_eq!(StopReason::parse(reason.code()), Some(reason));
        }
    }
}
