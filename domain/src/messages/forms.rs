//! What the pages post: flat structs of strings. All errors come back together, as codes by field.

use serde::{Deserialize, Serialize};

use super::words::words;
use crate::{
    identity::{MandateKind, NewMandate},
    kernel::{CivilDate, DateError, NationalId, TextError, line},
};

/// A field of a form and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub code: &'static str,
}

pub type FormErrors = Vec<FieldError>;

/// Longest reason of a decision, note and template, in characters.
pub const LONGEST_NOTE: usize = 4_000;

pub(super) fn wrong(field: &'static str, code: &'static str) -> FieldError {
    FieldError { field, code }
}

pub(super) fn taken<T>(
    errors: &mut FormErrors,
    field: &'static str,
    value: Result<T, TextError>,
) -> Option<T> {
    value.map_err(|e| errors.push(wrong(field, e.code()))).ok()
}

pub(super) fn one<T>(
    errors: &mut FormErrors,
    field: &'static str,
    value: Option<T>,
    code: &'static str,
) -> Option<T> {
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

/// Somebody is worried about one inside. Nobody has to say who she is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorryForm {
    pub key: String,
    /// The slug of the unit; empty when she does not know where he is.
    pub unit: String,
    pub name: String,
    /// Day, month and year as typed; all three empty when she does not know.
    pub birth: [String; 3],
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
        let birth = match date(&self.birth) {
            Err(DateError::Empty) => None,
            typed => day(&mut errors, "birth", typed),
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
    /// Day, month and year as typed.
    pub valid_from: [String; 3],
    pub valid_to: [String; 3],
}

impl MandateForm {
    /// A number of the demo's synthetic series is nobody's unless `synthetic`.
    pub fn parse(&self, today: CivilDate, synthetic: bool) -> Result<NewMandate, FormErrors> {
        let mut errors = vec![];
        let number =
            NationalId::parse(&self.number).ok().filter(|number| synthetic || !number.is_synthetic());
        let number = one(&mut errors, "number", number, "form");
        let name = taken(&mut errors, "name", line(&self.name, 120));
        let kind = one(&mut errors, "kind", MandateKind::parse(&self.kind), "choose");
        let from = day(&mut errors, "valid_from", date(&self.valid_from));
        let to = day(&mut errors, "valid_to", date(&self.valid_to)).filter(|to| {
            let code = if *to < today { "date_past" } else { "date_order" };
            let holds = *to >= today && from.is_none_or(|from| from <= *to);
            if !holds {
                errors.push(wrong("valid_to", code));
            }
            holds
        });
        match (number, name, kind, from, to) {
            (Some(number), Some(name), Some(kind), Some(valid_from), Some(valid_to)) => {
                Ok(NewMandate { number, name, kind, valid_from, valid_to })
            }
            _ => Err(errors),
        }
    }
}

/// A date typed in three parts.
pub(super) fn date([day, month, year]: &[String; 3]) -> Result<CivilDate, DateError> {
    CivilDate::from_parts(day, month, year)
}

pub(super) fn day(
    errors: &mut FormErrors,
    field: &'static str,
    typed: Result<CivilDate, DateError>,
) -> Option<CivilDate> {
    typed.map_err(|error| errors.push(wrong(field, error.code()))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors<T>(parsed: Result<T, FormErrors>) -> Vec<String> {
        parsed.err().unwrap_or_default().iter().map(|e| format!("{} {}", e.field, e.code)).collect()
    }

    /// `3.2.1990` as three fields.
    fn parts(date: &str) -> [String; 3] {
        let mut parts = date.split('.').map(str::to_owned);
        std::array::from_fn(|_| parts.next().unwrap_or_default())
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
    fn t23_a_worry_carries_no_header() {
        let form = |name: &str, birth: &str, words: &str, contact: &str| WorryForm {
            name: name.into(),
            birth: parts(birth),
            words: words.into(),
            contact: contact.into(),
            ..WorryForm::default()
        };
        let table: [(WorryForm, &[&str]); 4] = [
            (
                form("", "x", "", "a\r\nBcc: b@c.no"),
                &["name empty", "birth date_day", "words empty", "contact character"],
            ),
            (form("Even", "", "Han spiser ikke", ""), &[]),
            (form("Even", "3.2.1990", "Han spiser ikke", "41234567"), &[]),
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
            valid_from: parts(from),
            valid_to: parts(to),
        };
        let (appointed, synthetic) = ("appointment", "23918414622");
        let table: [(MandateForm, bool, &[&str]); 7] = [
            (
                form("1", "", "", ""),
                true,
                &["number form", "kind choose", "valid_from date_empty", "valid_to date_empty"],
            ),
            (form(synthetic, appointed, "1.9.2026", "31.12.2026"), true, &[]),
            (form(synthetic, appointed, "9.9.2026", "9.9.2026"), true, &[]),
            (form(synthetic, appointed, "1.9.2026", "31.12.2026"), false, &["number form"]),
            (form(synthetic, appointed, "1.9.2026", "8.9.2026"), true, &["valid_to date_past"]),
            (form(synthetic, appointed, "1.10.2026", "30.9.2026"), true, &["valid_to date_order"]),
            (
                form(synthetic, appointed, "31.9.2026", "1.13.2026"),
                true,
                &["valid_from date_no_such_day", "valid_to date_month"],
            ),
        ];
        for (form, synthetic, expected) in table {
            assert_eq!(errors(form.parse(today, synthetic)), expected, "{form:?}");
        }
    }
}
