//! What is typed: what she asks for, and what she is answered. Raw strings in, all errors together out.

use serde::{Deserialize, Serialize};

use super::{About, state::Outcome};
use crate::kernel::{TextError, paragraph};

/// Longest text, in characters.
pub const LONGEST: usize = 4_000;

/// A field and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub code: &'static str,
}

pub type FormErrors = Vec<FieldError>;

/// What she wants done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Article 16.
    Correct,
    /// Article 17.
    Erase,
}

impl Wish {
    pub const ALL: [Self; 2] = [Self::Correct, Self::Erase];

    pub fn code(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Erase => "erase",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wish| wish.code() == code)
    }
}

/// As posted by whoever asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskForm {
    pub key: String,
    pub wish: String,
    pub about: String,
    /// What is wrong, or what is to go.
    pub wrong: String,
    /// What is right; needed for a correction.
    pub right: String,
    /// Slug of the unit that has it; empty: she does not know.
    pub unit: String,
}

/// Her words, as they are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub wrong: String,
    pub right: Option<String>,
}

impl AskForm {
    pub fn parse(&self) -> Result<(Wish, About, Asked), FormErrors> {
        let mut errors = vec![];
        let wish = chosen(&mut errors, "wish", Wish::parse(&self.wish));
        let about = chosen(&mut errors, "about", About::parse(&self.about));
        let wrong = needed(&mut errors, "wrong", &self.wrong);
        let typed = !self.right.trim().is_empty();
        let right = (wish == Some(Wish::Correct) || typed)
            .then(|| needed(&mut errors, "right", &self.right))
            .flatten();
        match (wish, about, wrong) {
            (Some(wish), Some(about), Some(wrong)) if errors.is_empty() => {
                Ok((wish, about, Asked { wrong, right }))
            }
            _ => Err(errors),
        }
    }

    /// All that she typed, as one text: the same again is the same request.
    pub fn whole(&self) -> String {
        [&self.wish, &self.about, &self.wrong, &self.right, &self.unit].map(String::as_str).join("\n\u{1f}")
    }
}

/// What an officer answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettleForm {
    pub version: String,
    pub outcome: String,
    /// She reads it: what was done, and why not the rest.
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    pub version: i64,
    pub outcome: Outcome,
    pub words: String,
}

impl SettleForm {
    pub fn parse(&self) -> Result<Settled, FormErrors> {
        let mut errors = vec![];
        let version = chosen(&mut errors, "outcome", self.version.parse().ok());
        let outcome = match Outcome::parse(&self.outcome) {
            // One error a field.
            None if version.is_some() => chosen(&mut errors, "outcome", None),
            outcome => outcome,
        };
        let words = needed(&mut errors, "words", &self.words);
        match (version, outcome, words) {
            (Some(version), Some(outcome), Some(words)) => Ok(Settled { version, outcome, words }),
            _ => Err(errors),
        }
    }
}

/// To whom an officer passes it on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PassForm {
    pub version: String,
    /// Slug.
    pub unit: String,
}

impl PassForm {
    pub fn parse(&self) -> Result<(i64, String), FormErrors> {
        let mut errors = vec![];
        let unit = Some(self.unit.trim()).filter(|unit| !unit.is_empty());
        match chosen(&mut errors, "to", self.version.parse().ok().zip(unit)) {
            Some((version, unit)) => Ok((version, unit.to_owned())),
            None => Err(errors),
        }
    }
}

fn chosen<T>(errors: &mut FormErrors, field: &'static str, chosen: Option<T>) -> Option<T> {
    if chosen.is_none() {
        errors.push(FieldError { field, code: "choose" });
    }
    chosen
}

fn needed(errors: &mut FormErrors, field: &'static str, text: &str) -> Option<String> {
    let error = |error: TextError| errors.push(FieldError { field, code: error.code() });
    paragraph(text, LONGEST).map_err(error).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes<T>(parsed: Result<T, FormErrors>) -> Vec<String> {
        parsed.err().unwrap_or_default().iter().map(|e| format!("{} {}", e.field, e.code)).collect()
    }

    #[test]
    fn a_correction_says_what_is_right_and_an_erasure_need_not() {
        let form = |wish: &str, about: &str, wrong: &str, right: &str| AskForm {
            wish: wish.into(),
            about: about.into(),
            wrong: wrong.into(),
            right: right.into(),
            ..AskForm::default()
        };
        let long = "a".repeat(LONGEST + 1);
        let table: [(AskForm, &[&str]); 7] = [
            (form("", "", "", ""), &["wish choose", "about choose", "wrong empty"]),
            (form("correct", "visits", "feil", ""), &["right empty"]),
            (form("correct", "visits", "feil", "rett"), &[]),
            (form("erase", "visits", "feil", ""), &[]),
            (form("erase", "nothing", "feil", ""), &["about choose"]),
            (form("erase", "other", &long, &long), &["wrong too_long", "right too_long"]),
            (form("erase", "other", "  ", "x"), &["wrong empty"]),
        ];
        for (form, expected) in table {
            assert_eq!(codes(form.parse()), expected, "{form:?}");
        }
        let (wish, about, asked) = form("correct", "person", " Feil navn ", "Maja").parse().expect("whole");
        assert_eq!((wish, about), (Wish::Correct, About::Person));
        assert_eq!(asked, Asked { wrong: "Feil navn".into(), right: Some("Maja".into()) });
    }

    #[test]
    fn an_answer_has_an_outcome_and_words() {
        let form = |version: &str, outcome: &str, words: &str| SettleForm {
            version: version.into(),
            outcome: outcome.into(),
            words: words.into(),
        };
        let table: [(SettleForm, &[&str]); 4] = [
            (form("1", "", ""), &["outcome choose", "words empty"]),
            (form("x", "done", "Rettet."), &["outcome choose"]),
            (form("x", "", ""), &["outcome choose", "words empty"]),
            (form("1", "refused", "Riktig."), &[]),
        ];
        for (form, expected) in table {
            assert_eq!(codes(form.parse()), expected, "{form:?}");
        }
    }

    #[test]
    fn it_is_passed_on_to_somebody() {
        let form = |version: &str, unit: &str| PassForm { version: version.into(), unit: unit.into() };
        for wrong in [form("", "lyngmo"), form("1", " "), form("x", "")] {
            assert_eq!(codes(wrong.parse()), ["to choose"], "{wrong:?}");
        }
        assert_eq!(form("2", "lyngmo").parse(), Ok((2, "lyngmo".into())));
    }

    #[test]
    fn the_same_words_for_another_thing_are_another_request() {
        let one = AskForm { wrong: "a".into(), ..AskForm::default() };
        let other = AskForm { right: "a".into(), ..AskForm::default() };
        assert_ne!(one.whole(), other.whole());
        for wish in Wish::ALL {
            assert_eq!(Wish::parse(wish.code()), Some(wish));
        }
    }
}
