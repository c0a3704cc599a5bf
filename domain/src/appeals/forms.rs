//! What is typed: an appeal by whoever appeals, and what the two levels write about it. Raw strings in, all errors together out.

use serde::{Deserialize, Serialize};

use super::state::Outcome;
use crate::kernel::{TextError, line, paragraph};

/// Longest text, in characters. An appeal may be as long as she needs it.
pub const LONGEST: usize = 10_000;

/// Longest legal basis.
const LONGEST_BASIS: usize = 200;

/// A field and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub code: &'static str,
}

pub type FormErrors = Vec<FieldError>;

/// As posted by whoever appeals. What she wants instead may be left out (forvaltningsloven § 32 asks for it, and an appeal
/// without it is an appeal all the same).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppealForm {
    pub key: String,
    pub disagree: String,
    pub want: String,
    /// `yes`: the decision is to wait until the appeal is decided (§ 42).
    pub waits: String,
    /// Why it comes late, if it does (§ 31).
    pub late_reason: String,
    /// Version of the draft that the page showed.
    pub draft: String,
}

/// An appeal's words, as they are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub disagree: String,
    pub want: Option<String>,
    pub late_reason: Option<String>,
    pub waits: bool,
}

impl AppealForm {
    /// A late one says why; an early one has nothing to say about it.
    pub fn parse(&self, late: bool) -> Result<Words, FormErrors> {
        let mut errors = vec![];
        let disagree = needed(&mut errors, "disagree", &self.disagree);
        let want = if self.want.trim().is_empty() { None } else { needed(&mut errors, "want", &self.want) };
        let late_reason = if late { needed(&mut errors, "late_reason", &self.late_reason) } else { None };
        match disagree {
            Some(disagree) if errors.is_empty() => {
                Ok(Words { disagree, want, late_reason, waits: self.waits == "yes" })
            }
            _ => Err(errors),
        }
    }

    /// All that she typed, as one text: the same again is the same appeal.
    pub fn whole(&self) -> String {
        [&self.disagree, &self.want, &self.waits, &self.late_reason].map(String::as_str).join("\n\u{1f}")
    }
}

/// Words of staff as of a version: why the decision stands (to be forwarded), or why it is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    pub version: String,
    /// The appellant reads it.
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasoned {
    pub version: i64,
    pub words: String,
}

impl ReasonForm {
    /// `field` is the name that the page gives the words.
    pub fn parse(&self, field: &'static str) -> Result<Reasoned, FormErrors> {
        let mut errors = vec![];
        let words = needed(&mut errors, field, &self.words);
        match (version(&mut errors, field, &self.version), words) {
            (Some(version), Some(words)) => Ok(Reasoned { version, words }),
            _ => Err(errors),
        }
    }
}

/// Whether the decision waits; a no says why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WaitForm {
    pub version: String,
    /// `yes` or `no`.
    pub waits: String,
    pub why: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub version: i64,
    pub granted: bool,
    pub why: Option<String>,
}

impl WaitForm {
    pub fn parse(&self) -> Result<Waiting, FormErrors> {
        let mut errors = vec![];
        let version = version(&mut errors, "waits", &self.version);
        let granted = match self.waits.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        if granted.is_none() {
            errors.push(FieldError { field: "waits", code: "choose" });
        }
        let typed = !self.why.trim().is_empty();
        let why = (granted == Some(false) || typed).then(|| needed(&mut errors, "why", &self.why)).flatten();
        match (version, granted) {
            (Some(version), Some(granted)) if errors.is_empty() => Ok(Waiting { version, granted, why }),
            _ => Err(errors),
        }
    }
}

/// What the level above decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RulingForm {
    pub version: String,
    /// A code of [`Outcome`].
    pub outcome: String,
    pub reason: String,
    pub basis: String,
}

impl RulingForm {
    /// Outcome, reason and basis, as of a version.
    pub fn parse(&self) -> Result<(Outcome, Reasoned, String), FormErrors> {
        let mut errors = vec![];
        let version = version(&mut errors, "outcome", &self.version);
        let outcome = Outcome::parse(&self.outcome);
        if outcome.is_none() {
            errors.push(FieldError { field: "outcome", code: "choose" });
        }
        let words = needed(&mut errors, "reason", &self.reason);
        let basis = taken(&mut errors, "basis", line(&self.basis, LONGEST_BASIS));
        match (version, outcome, words, basis) {
            (Some(version), Some(outcome), Some(words), Some(basis)) => {
                Ok((outcome, Reasoned { version, words }, basis))
            }
            _ => Err(errors),
        }
    }
}

fn needed(errors: &mut FormErrors, field: &'static str, text: &str) -> Option<String> {
    taken(errors, field, paragraph(text, LONGEST))
}

fn taken(errors: &mut FormErrors, field: &'static str, text: Result<String, TextError>) -> Option<String> {
    text.map_err(|e| errors.push(FieldError { field, code: e.code() })).ok()
}

/// No page of ours sends a version that is no number.
fn version(errors: &mut FormErrors, field: &'static str, text: &str) -> Option<i64> {
    let version = text.parse().ok();
    if version.is_none() {
        errors.push(FieldError { field, code: "form" });
    }
    version
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes<T>(parsed: Result<T, FormErrors>) -> Vec<String> {
        parsed.err().unwrap_or_default().iter().map(|e| format!("{} {}", e.field, e.code)).collect()
    }

    #[test]
    fn an_appeal_needs_words_and_a_late_one_says_why() {
        let form = |disagree: &str, want: &str, late_reason: &str| AppealForm {
            disagree: disagree.into(),
            want: want.into(),
            late_reason: late_reason.into(),
            ..AppealForm::default()
        };
        let long = "a".repeat(LONGEST + 1);
        let table: [(AppealForm, bool, &[&str]); 7] = [
            (form("", "", ""), false, &["disagree empty"]),
            (form(" \n", "", ""), true, &["disagree empty", "late_reason empty"]),
            (form("Feil", "", ""), false, &[]),
            (form("Feil", "", ""), true, &["late_reason empty"]),
            (form("Feil", "Besøk", "Syk"), true, &[]),
            (form(&long, &long, ""), false, &["disagree too_long", "want too_long"]),
            (form("Feil\u{7}", "", ""), false, &["disagree character"]),
        ];
        for (form, late, expected) in table {
            assert_eq!(codes(form.parse(late)), expected, "{late}");
        }
        let early = form("Feil", " ", "Syk").parse(false).unwrap();
        assert_eq!((early.want, early.late_reason, early.waits), (None, None, false));
        assert!(AppealForm { waits: "yes".into(), ..form("a", "", "") }.parse(false).unwrap().waits);
        assert_ne!(form("a", "b", "").whole(), form("ab", "", "").whole());
    }

    #[test]
    fn staff_answer_what_the_law_asks() {
        let ruling = |outcome: &str, reason: &str, basis: &str| RulingForm {
            version: "1".into(),
            outcome: outcome.into(),
            reason: reason.into(),
            basis: basis.into(),
        };
        let table: [(RulingForm, &[&str]); 4] = [
            (ruling("", "", ""), &["outcome choose", "reason empty", "basis empty"]),
            (ruling("granted", "fordi", "fvl. § 34"), &["outcome choose"]),
            (ruling("upheld", "fordi", "fvl. § 34"), &[]),
            (RulingForm { version: "x".into(), ..ruling("upheld", "fordi", "§ 34") }, &["outcome form"]),
        ];
        for (form, expected) in table {
            assert_eq!(codes(form.parse()), expected, "{form:?}");
        }
        let wait =
            |waits: &str, why: &str| WaitForm { version: "1".into(), waits: waits.into(), why: why.into() };
        let table: [(WaitForm, &[&str]); 4] = [
            (wait("", ""), &["waits choose"]),
            (wait("no", ""), &["why empty"]),
            (wait("no", "fordi"), &[]),
            (wait("yes", ""), &[]),
        ];
        for (form, expected) in table {
            assert_eq!(codes(form.parse()), expected, "{form:?}");
        }
        let reason = |words: &str| ReasonForm { version: "2".into(), words: words.into() };
        assert_eq!(codes(reason(" ").parse("statement")), ["statement empty"]);
        assert_eq!(reason("ok").parse("statement"), Ok(Reasoned { version: 2, words: "ok".into() }));
    }
}
