//! What is typed: by whoever sends, and by whoever asks for it. Raw strings in, all errors together out.

use serde::{Deserialize, Serialize};

use super::{GoesTo, Told};
use crate::kernel::{CivilDate, TextError, paragraph};

/// Longest text, in characters.
pub const LONGEST: usize = 4_000;

/// Nobody has longer than this to send something, in days.
const FARTHEST: i64 = 366;

/// A field and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub code: &'static str,
}

pub type FormErrors = Vec<FieldError>;

/// What she types beside her files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SendForm {
    /// Public id of a case of hers.
    pub about: String,
    /// Slug of a unit.
    pub unit: String,
    pub words: String,
}

/// Where it goes: a public id, or a slug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    Case(String),
    Unit(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// None where a request says it.
    pub to: Option<To>,
    pub words: Option<String>,
}

impl SendForm {
    /// `goes_to`: none where a request says where it goes.
    pub fn parse(&self, goes_to: Option<GoesTo>) -> Result<Written, FormErrors> {
        let mut errors = vec![];
        let case = Some(self.about.clone()).filter(|about| !about.is_empty()).map(To::Case);
        let unit = Some(self.unit.clone()).filter(|unit| !unit.is_empty()).map(To::Unit);
        let (to, field) = match goes_to {
            None => (None, ""),
            Some(GoesTo::Case) => (case, "about"),
            Some(GoesTo::Unit) => (unit, "unit"),
            // Chosen with the case: its own unit gets it.
            Some(GoesTo::Either) => (case.or(unit), "unit"),
        };
        if goes_to.is_some() && to.is_none() {
            errors.push(FieldError { field, code: "choose" });
        }
        let words = optional(&mut errors, "words", &self.words);
        if errors.is_empty() { Ok(Written { to, words }) } else { Err(errors) }
    }
}

/// Instead of sending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ToldForm {
    /// A code of [`Told`].
    pub how: String,
    /// Where and when, or who.
    pub words: String,
}

impl ToldForm {
    pub fn parse(&self) -> Result<(Told, Option<String>), FormErrors> {
        let mut errors = vec![];
        let how = Told::parse(&self.how);
        if how.is_none() {
            errors.push(FieldError { field: "how", code: "choose" });
        }
        let words = match how {
            Some(Told::Elsewhere | Told::Other) => needed(&mut errors, "words", &self.words),
            _ => optional(&mut errors, "words", &self.words),
        };
        match how {
            Some(how) if errors.is_empty() => Ok((how, words)),
            _ => Err(errors),
        }
    }
}

/// Staff ask for a document: in a case, or for more of one that came. She reads the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskForm {
    /// Drawn with the form: the same form twice is one request.
    pub key: String,
    /// Of the document that more is asked of.
    pub version: String,
    pub kind: String,
    pub due_day: String,
    pub due_month: String,
    pub due_year: String,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    pub kind: String,
    pub due: CivilDate,
    pub reason: String,
}

impl AskForm {
    pub fn parse(&self, today: CivilDate) -> Result<Asking, FormErrors> {
        let mut errors = vec![];
        if self.kind.is_empty() {
            errors.push(FieldError { field: "kind", code: "choose" });
        }
        let due = day(&mut errors, "due", [&self.due_day, &self.due_month, &self.due_year]);
        match due.map(|due| due.days_since(today)) {
            Some(days) if days < 1 => errors.push(FieldError { field: "due", code: "past" }),
            Some(days) if days > FARTHEST => errors.push(FieldError { field: "due", code: "far" }),
            _ => {}
        }
        let reason = needed(&mut errors, "reason", &self.reason);
        match (due, reason) {
            (Some(due), Some(reason)) if errors.is_empty() => {
                Ok(Asking { kind: self.kind.clone(), due, reason })
            }
            _ => Err(errors),
        }
    }
}

/// It came on paper, or was found where she had given it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaperForm {
    pub version: String,
    pub on_day: String,
    pub on_month: String,
    pub on_year: String,
    /// Where it lies.
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Papered {
    pub version: i64,
    pub on: CivilDate,
    pub note: Option<String>,
}

impl PaperForm {
    pub fn parse(&self, today: CivilDate) -> Result<Papered, FormErrors> {
        let mut errors = vec![];
        let version = version(&mut errors, "note", &self.version);
        let on = day(&mut errors, "on", [&self.on_day, &self.on_month, &self.on_year]);
        if on.is_some_and(|on| on > today) {
            errors.push(FieldError { field: "on", code: "ahead" });
        }
        let note = optional(&mut errors, "note", &self.note);
        match (version, on) {
            (Some(version), Some(on)) if errors.is_empty() => Ok(Papered { version, on, note }),
            _ => Err(errors),
        }
    }
}

/// What came is taken. She reads the words, if there are any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AcceptForm {
    pub version: String,
    pub answer: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub version: i64,
    pub answer: Option<String>,
}

impl AcceptForm {
    pub fn parse(&self) -> Result<Accepted, FormErrors> {
        let mut errors = vec![];
        let version = version(&mut errors, "answer", &self.version);
        let answer = optional(&mut errors, "answer", &self.answer);
        match version {
            Some(version) if errors.is_empty() => Ok(Accepted { version, answer }),
            _ => Err(errors),
        }
    }
}

fn needed(errors: &mut FormErrors, field: &'static str, text: &str) -> Option<String> {
    paragraph(text, LONGEST).map_err(|e| errors.push(FieldError { field, code: e.code() })).ok()
}

fn optional(errors: &mut FormErrors, field: &'static str, text: &str) -> Option<String> {
    match paragraph(text, LONGEST) {
        Ok(text) => Some(text),
        Err(TextError::Empty) => None,
        Err(e) => {
            errors.push(FieldError { field, code: e.code() });
            None
        }
    }
}

fn day(errors: &mut FormErrors, field: &'static str, [day, month, year]: [&str; 3]) -> Option<CivilDate> {
    CivilDate::from_parts(day, month, year).map_err(|_| errors.push(FieldError { field, code: "date" })).ok()
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

    fn today() -> CivilDate {
        CivilDate::parse_iso("2026-09-01").unwrap()
    }

    #[test]
    fn what_is_sent_says_where_it_goes() {
        let form =
            |about: &str, unit: &str| SendForm { about: about.into(), unit: unit.into(), words: " ".into() };
        let to = |form: SendForm, goes| form.parse(goes).map(|written| written.to);
        assert_eq!(codes(to(form("", "u"), Some(GoesTo::Case))), ["about choose"]);
        assert_eq!(codes(to(form("c", ""), Some(GoesTo::Unit))), ["unit choose"]);
        assert_eq!(codes(to(form("", ""), Some(GoesTo::Either))), ["unit choose"]);
        assert_eq!(to(form("c", "u"), Some(GoesTo::Either)), Ok(Some(To::Case("c".into()))));
        assert_eq!(to(form("", "u"), Some(GoesTo::Either)), Ok(Some(To::Unit("u".into()))));
        assert_eq!(form("", "").parse(None), Ok(Written { to: None, words: None }));
        let long = SendForm { words: "a".repeat(LONGEST + 1), ..form("", "u") };
        assert_eq!(codes(long.parse(Some(GoesTo::Unit))), ["words too_long"]);
    }

    #[test]
    fn who_says_that_it_comes_another_way_says_which() {
        let form = |how: &str, words: &str| ToldForm { how: how.into(), words: words.into() };
        assert_eq!(codes(form("", "").parse()), ["how choose"]);
        assert_eq!(codes(form("elsewhere", " ").parse()), ["words empty"]);
        assert_eq!(codes(form("other", "").parse()), ["words empty"]);
        assert_eq!(form("later", "").parse(), Ok((Told::Later, None)));
        assert_eq!(form("other", "Faren").parse(), Ok((Told::Other, Some("Faren".into()))));
    }

    #[test]
    fn a_deadline_lies_ahead_and_not_too_far() {
        let form = |day: &str, year: &str, reason: &str| AskForm {
            kind: "letter".into(),
            due_day: day.into(),
            due_month: "9".into(),
            due_year: year.into(),
            reason: reason.into(),
            ..AskForm::default()
        };
        let table: [(AskForm, &[&str]); 6] = [
            (AskForm::default(), &["kind choose", "due date", "reason empty"]),
            (form("1", "2026", "x"), &["due past"]),
            (form("2", "2026", "x"), &[]),
            (form("2", "2027", "x"), &[]),
            (form("3", "2027", "x"), &["due far"]),
            (form("31", "2026", ""), &["due date", "reason empty"]),
        ];
        for (form, expected) in table {
            assert_eq!(codes(form.parse(today())), expected, "{form:?}");
        }
    }

    #[test]
    fn paper_has_come_already() {
        let form = |day: &str, version: &str| PaperForm {
            version: version.into(),
            on_day: day.into(),
            on_month: "9".into(),
            on_year: "2026".into(),
            note: String::new(),
        };
        assert_eq!(codes(form("2", "1").parse(today())), ["on ahead"]);
        assert_eq!(codes(form("", "x").parse(today())), ["note form", "on date"]);
        assert_eq!(form("1", "1").parse(today()), Ok(Papered { version: 1, on: today(), note: None }));
        let accept = AcceptForm { version: "2".into(), answer: "Takk.".into() };
        assert_eq!(accept.parse(), Ok(Accepted { version: 2, answer: Some("Takk.".into()) }));
        assert_eq!(codes(AcceptForm::default().parse()), ["answer form"]);
    }
}
