//! What the pages post: flat structs of strings. All errors come back together, as codes by field.

use serde::{Deserialize, Serialize};

use super::{mandate::MandateKind, words::words};
use crate::kernel::{CivilDate, NationalId, TextError, line, paragraph};

/// A field of a form and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub code: &'static str,
}

pub type FormErrors = Vec<FieldError>;

/// Longest reason of a decision, note and template, in characters.
pub const LONGEST_NOTE: usize = 4_000;

fn wrong(field: &'static str, code: &'static str) -> FieldError {
    FieldError { field, code }
}

fn taken<T>(errors: &mut FormErrors, field: &'static str, value: Result<T, TextError>) -> Option<T> {
    value.map_err(|e| errors.push(wrong(field, e.code()))).ok()
}

fn one<T>(errors: &mut FormErrors, field: &'static str, value: Option<T>, code: &'static str) -> Option<T> {
    if value.is_none() {
        errors.push(wrong(field, code));
    }
    value
}

/// What a conversation with the unit is about: the closed list that stands where others have a subject line, so that no
/// title tells anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Clearance,
    Visit,
    Practical,
    Children,
    Money,
    Other,
}

impl Topic {
    pub const ALL: [Self; 6] =
        [Self::Clearance, Self::Visit, Self::Practical, Self::Children, Self::Money, Self::Other];

    pub fn code(self) -> &'static str {
        match self {
            Self::Clearance => "clearance",
            Self::Visit => "visit",
            Self::Practical => "practical",
            Self::Children => "children",
            Self::Money => "money",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.code() == code)
    }
}

/// A new conversation with a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThreadForm {
    /// Drawn when the page was shown: the same form sent twice is one message.
    pub key: String,
    /// The slug of a unit; empty when it is about a case, which has a unit.
    pub unit: String,
    /// The public id of an application or a booking of hers; empty for none.
    pub about: String,
    pub topic: String,
    pub words: String,
    /// The version of the draft that the page was shown with.
    pub draft: String,
}

impl ThreadForm {
    pub fn parse(&self, longest: usize) -> Result<(Topic, String), FormErrors> {
        let mut errors = vec![];
        let topic = one(&mut errors, "topic", Topic::parse(&self.topic), "choose");
        if self.unit.is_empty() && self.about.is_empty() {
            errors.push(wrong("unit", "choose"));
        }
        let text = taken(&mut errors, "words", words(&self.words, longest));
        match (topic, text) {
            (Some(topic), Some(text)) if errors.is_empty() => Ok((topic, text)),
            _ => Err(errors),
        }
    }
}

/// One more message in a conversation, of either kind that she writes herself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WrittenForm {
    pub key: String,
    pub words: String,
    pub draft: String,
}

/// A letter to an inmate.
pub type LetterForm = WrittenForm;
/// A message between a lawyer and her client.
pub type CounselForm = WrittenForm;

impl WrittenForm {
    pub fn parse(&self, longest: usize) -> Result<String, FormErrors> {
        words(&self.words, longest).map_err(|e| vec![wrong("words", e.code())])
    }
}

/// An officer's answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    pub key: String,
    pub words: String,
    /// The version of the conversation that she saw: what came in meanwhile is not answered unread.
    pub version: String,
    /// `1`: nothing more is expected, it is closed with this answer.
    pub close: String,
    pub draft: String,
}

impl AnswerForm {
    /// Words, the version she saw, and whether it is closed.
    pub fn parse(&self, longest: usize) -> Result<(String, i64, bool), FormErrors> {
        let mut errors = vec![];
        let text = taken(&mut errors, "words", words(&self.words, longest));
        let version = one(&mut errors, "version", self.version.parse().ok(), "form");
        match (text, version) {
            (Some(text), Some(version)) => Ok((text, version, self.close == "1")),
            _ => Err(errors),
        }
    }
}

/// A note for colleagues alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    pub key: String,
    pub words: String,
}

impl NoteForm {
    pub fn parse(&self) -> Result<String, FormErrors> {
        words(&self.words, LONGEST_NOTE).map_err(|e| vec![wrong("words", e.code())])
    }
}

/// A text that is often needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateForm {
    pub title: String,
    pub words: String,
}

impl TemplateForm {
    pub fn parse(&self) -> Result<(String, String), FormErrors> {
        let mut errors = vec![];
        let title = taken(&mut errors, "title", line(&self.title, 80));
        let text = taken(&mut errors, "words", words(&self.words, LONGEST_NOTE));
        title.zip(text).ok_or(errors)
    }
}

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

/// Somebody is worried about one inside. Nobody has to say who she is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorryForm {
    pub key: String,
    /// The slug of the unit; empty when she does not know where he is.
    pub unit: String,
    pub name: String,
    pub birth: String,
    pub words: String,
    /// How she can be reached, if she wants to be.
    pub contact: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worry {
    pub name: String,
    pub birth: Option<CivilDate>,
    pub words: String,
    pub contact: Option<String>,
}

impl WorryForm {
    /// Nothing here depends on whether anybody of that name is inside.
    pub fn parse(&self, longest: usize) -> Result<Worry, FormErrors> {
        let mut errors = vec![];
        let name = taken(&mut errors, "name", line(&self.name, 120));
        let birth = match self.birth.trim() {
            "" => None,
            text => one(&mut errors, "birth", CivilDate::parse_iso(text), "form"),
        };
        let text = taken(&mut errors, "words", words(&self.words, longest));
        let contact = match self.contact.trim() {
            "" => None,
            text => taken(&mut errors, "contact", line(text, 200)),
        };
        match (name, text) {
            (Some(name), Some(words)) if errors.is_empty() => Ok(Worry { name, birth, words, contact }),
            _ => Err(errors),
        }
    }
}

/// A lawyer's mandate, as staff register it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MandateForm {
    pub number: String,
    pub name: String,
    pub kind: String,
    pub valid_from: String,
    pub valid_to: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMandate {
    pub number: NationalId,
    pub name: String,
    pub kind: MandateKind,
    pub valid_from: CivilDate,
    pub valid_to: CivilDate,
}

impl MandateForm {
    pub fn parse(&self, today: CivilDate) -> Result<NewMandate, FormErrors> {
        let mut errors = vec![];
        let number = one(&mut errors, "number", NationalId::parse(&self.number).ok(), "form");
        let name = taken(&mut errors, "name", line(&self.name, 120));
        let kind = one(&mut errors, "kind", MandateKind::parse(&self.kind), "choose");
        let from = one(&mut errors, "valid_from", CivilDate::parse_iso(self.valid_from.trim()), "form");
        let to = CivilDate::parse_iso(self.valid_to.trim());
        let to = to.filter(|to| *to >= today && from.is_none_or(|from| from <= *to));
        let to = one(&mut errors, "valid_to", to, "date_past");
        match (number, name, kind, from, to) {
            (Some(number), Some(name), Some(kind), Some(valid_from), Some(valid_to)) => {
                Ok(NewMandate { number, name, kind, valid_from, valid_to })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors<T>(parsed: Result<T, FormErrors>) -> Vec<String> {
        parsed.err().unwrap_or_default().iter().map(|e| format!("{} {}", e.field, e.code)).collect()
    }

    #[test]
    fn a_conversation_needs_a_place_a_topic_and_words() {
        let form = |unit: &str, about: &str, topic: &str, words: &str| ThreadForm {
            unit: unit.into(),
            about: about.into(),
            topic: topic.into(),
            words: words.into(),
            ..ThreadForm::default()
        };
        let table: [(ThreadForm, &[&str]); 5] = [
            (form("", "", "", " "), &["topic choose", "unit choose", "words empty"]),
            (form("lyngmo", "", "money", "Hei"), &[]),
            (form("", "X", "visit", "Hei"), &[]),
            (form("lyngmo", "", "crime", "Hei"), &["topic choose"]),
            (form("lyngmo", "", "other", "for mange tegn"), &["words too_long"]),
        ];
        for (form, expected) in table {
            assert_eq!(errors(form.parse(5)), expected, "{form:?}");
        }
        for topic in Topic::ALL {
            assert_eq!(Topic::parse(topic.code()), Some(topic));
        }
    }

    #[test]
    fn an_answer_names_what_it_answers() {
        let form = |words: &str, version: &str, close: &str| AnswerForm {
            words: words.into(),
            version: version.into(),
            close: close.into(),
            ..AnswerForm::default()
        };
        assert_eq!(form("Ja", "3", "1").parse(5), Ok(("Ja".into(), 3, true)));
        assert_eq!(form("Ja", "3", "on").parse(5), Ok(("Ja".into(), 3, false)));
        assert_eq!(errors(form("", "x", "").parse(5)), ["words empty", "version form"]);
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

    #[test]
    fn t23_a_worry_carries_no_header() {
        let form = |name: &str, birth: &str, words: &str, contact: &str| WorryForm {
            name: name.into(),
            birth: birth.into(),
            words: words.into(),
            contact: contact.into(),
            ..WorryForm::default()
        };
        let table: [(WorryForm, &[&str]); 4] = [
            (
                form("", "x", "", "a\r\nBcc: b@c.no"),
                &["name empty", "birth form", "words empty", "contact character"],
            ),
            (form("Even", "", "Han spiser ikke", ""), &[]),
            (form("Even", "1990-02-03", "Han spiser ikke", "41234567"), &[]),
            (form("Even\r\nTo: b@c.no", "", "Hei", ""), &["name character"]),
        ];
        for (form, expected) in table {
            assert_eq!(errors(form.parse(500)), expected, "{form:?}");
        }
    }

    #[test]
    fn a_mandate_names_a_person_and_its_days() {
        let today = CivilDate::parse_iso("2026-09-09").unwrap();
        let form = |number: &str, kind: &str, from: &str, to: &str| MandateForm {
            number: number.into(),
            name: "Ada Advokat".into(),
            kind: kind.into(),
            valid_from: from.into(),
            valid_to: to.into(),
        };
        let table: [(MandateForm, &[&str]); 4] = [
            (form("1", "", "", ""), &["number form", "kind choose", "valid_from form", "valid_to date_past"]),
            (form("1", "appointment", "2026-09-01", "2026-12-31"), &["number form"]),
            (form("1", "appointment", "2026-09-01", "2026-09-08"), &["number form", "valid_to date_past"]),
            (form("1", "appointment", "2026-10-01", "2026-09-30"), &["number form", "valid_to date_past"]),
        ];
        for (form, expected) in table {
            assert_eq!(errors(form.parse(today)), expected, "{form:?}");
        }
    }
}
