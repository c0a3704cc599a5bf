//! The forms of an application: raw strings as posted, parsed into answers. All errors of a form come together.

use serde::{Deserialize, Serialize};

use super::draft::{Answer, Child, Contact, KnownBy, Need, Needs, Relation, Whom};
use crate::kernel::{CivilDate, DateError, EmailAddress, NationalId, Phone, TextError, line, paragraph};

/// Most children on one application.
pub const MOST_CHILDREN: usize = 10;
/// Longest name, in characters.
pub const LONGEST_NAME: usize = 120;
/// Longest note, in characters.
pub const LONGEST_NOTE: usize = 500;

/// What is wrong with one field: a code, never words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub code: &'static str,
}

/// All that is wrong with a form.
pub type FormErrors = Vec<FieldError>;

fn error(field: &'static str, code: &'static str) -> FieldError {
    FieldError { field, code }
}

/// Takes a part of a form, or notes what is wrong with it.
fn take<T, E>(
    errors: &mut FormErrors,
    field: &'static str,
    part: Result<T, E>,
    code: impl Fn(E) -> &'static str,
) -> Option<T> {
    part.map_err(|e| errors.push(error(field, code(e)))).ok()
}

fn name_code(e: TextError) -> &'static str {
    if e == TextError::Empty { "name_empty" } else { e.code() }
}

/// Whom: the full name, and the birth date or the identity number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WhomForm {
    pub name: String,
    pub birth_day: String,
    pub birth_month: String,
    pub birth_year: String,
    pub number: String,
}

impl WhomForm {
    pub fn parse(&self, today: CivilDate) -> Result<Answer, FormErrors> {
        let mut errors = vec![];
        let name = take(&mut errors, "name", line(&self.name, LONGEST_NAME), name_code);
        let known_by = match self.number.trim() {
            "" => self.birth_date(&mut errors, today),
            number => {
                take(&mut errors, "number", NationalId::parse(number), |_| "number").map(KnownBy::Number)
            }
        };
        match (name, known_by) {
            (Some(name), Some(known_by)) => Ok(Answer::Whom(Whom { name, known_by })),
            _ => Err(errors),
        }
    }

    fn birth_date(&self, errors: &mut FormErrors, today: CivilDate) -> Option<KnownBy> {
        let date = past_date(&self.birth_day, &self.birth_month, &self.birth_year, today);
        let code = |code| if code == DateError::Empty.code() { "birth_or_number" } else { code };
        take(errors, "birth", date, code).map(KnownBy::BirthDate)
    }
}

fn past_date(day: &str, month: &str, year: &str, today: CivilDate) -> Result<CivilDate, &'static str> {
    let date = CivilDate::from_parts(day, month, year).map_err(DateError::code)?;
    if date > today { Err("date_future") } else { Ok(date) }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RelationForm {
    pub relation: String,
}

impl RelationForm {
    pub fn parse(&self) -> Result<Answer, FormErrors> {
        Relation::parse(&self.relation).map(Answer::Relation).ok_or_else(|| vec![error("relation", "choose")])
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    pub email: String,
    pub phone: String,
}

impl ContactForm {
    pub fn parse(&self) -> Result<Answer, FormErrors> {
        let mut errors = vec![];
        let email = take(&mut errors, "email", EmailAddress::parse(&self.email), |e| match e {
            TextError::Empty => "email_empty",
            _ => "email_form",
        });
        let phone = take(&mut errors, "phone", Phone::parse(&self.phone), |e| match e {
            TextError::Empty => "phone_empty",
            _ => "phone_form",
        });
        match (email, phone) {
            (Some(email), Some(phone)) => Ok(Answer::Contact(Contact { email, phone })),
            _ => Err(errors),
        }
    }
}

/// One child to be added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChildForm {
    pub name: String,
    pub birth_day: String,
    pub birth_month: String,
    pub birth_year: String,
}

impl ChildForm {
    /// Who has turned 18 is an adult and applies for herself.
    pub fn parse(&self, today: CivilDate, so_far: usize) -> Result<Child, FormErrors> {
        let mut errors = vec![];
        if so_far >= MOST_CHILDREN {
            return Err(vec![error("name", "children_many")]);
        }
        let name = take(&mut errors, "name", line(&self.name, LONGEST_NAME), name_code);
        let date = past_date(&self.birth_day, &self.birth_month, &self.birth_year, today);
        let date = date.and_then(|d| if d.age_on(today) >= 18 { Err("child_adult") } else { Ok(d) });
        let birth_date = take(&mut errors, "birth", date, |code| code);
        match (name, birth_date) {
            (Some(name), Some(birth_date)) => Ok(Child { name, birth_date }),
            _ => Err(errors),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NeedsForm {
    pub needs: Vec<String>,
    pub language: String,
    pub note: String,
}

impl NeedsForm {
    pub fn parse(&self) -> Result<Answer, FormErrors> {
        let mut errors = vec![];
        let needs: Vec<Need> = self.needs.iter().filter_map(|n| Need::parse(n)).collect();
        if needs.len() != self.needs.len() {
            errors.push(error("needs", "choose"));
        }
        let interpreter = needs.contains(&Need::Interpreter);
        let interpreter_language = match line(&self.language, 60) {
            Ok(language) if interpreter => Some(language),
            Err(TextError::Empty) if interpreter => {
                take(&mut errors, "language", Err(()), |()| "language_empty")
            }
            Err(e) if e != TextError::Empty => take(&mut errors, "language", Err(e), TextError::code),
            _ => None,
        };
        let note = match paragraph(&self.note, LONGEST_NOTE) {
            Err(TextError::Empty) => None,
            other => take(&mut errors, "note", other, TextError::code),
        };
        if errors.is_empty() {
            Ok(Answer::Needs(Needs { needs, interpreter_language, note }))
        } else {
            Err(errors)
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PoliceForm {
    pub read: String,
}

impl PoliceForm {
    pub fn parse(&self) -> Result<Answer, FormErrors> {
        if self.read == "yes" { Ok(Answer::Police) } else { Err(vec![error("read", "police_read")]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).unwrap()
    }

    fn codes<T: std::fmt::Debug>(result: Result<T, FormErrors>) -> Vec<(&'static str, &'static str)> {
        result.unwrap_err().into_iter().map(|e| (e.field, e.code)).collect()
    }

    #[test]
    fn whom_needs_a_name_and_one_way_to_know_him() {
        let today = day("2026-09-01");
        let form = |name: &str, birth: [&str; 3], number: &str| WhomForm {
            name: name.into(),
            birth_day: birth[0].into(),
            birth_month: birth[1].into(),
            birth_year: birth[2].into(),
            number: number.into(),
        };
        let none = ["", "", ""];
        let table = [
            (form("", none, ""), vec![("name", "name_empty"), ("birth", "birth_or_number")]),
            (form("Even", ["1", "1", "2027"], ""), vec![("birth", "date_future")]),
            (form("Even", ["31", "2", "1990"], ""), vec![("birth", "date_no_such_day")]),
            (form("Even", none, "12345678901"), vec![("number", "number")]),
            (form(&"x".repeat(121), ["1", "1", "1990"], ""), vec![("name", "too_long")]),
        ];
        for (form, expected) in table {
            assert_eq!(codes(form.parse(today)), expected, "{form:?}");
        }
        assert!(form("Even Fjellvik", ["3", "2", "1990"], "").parse(today).is_ok());
    }

    #[test]
    fn a_child_is_under_eighteen_on_the_day() {
        let form = |year: &str| ChildForm {
            name: "Ask".into(),
            birth_day: "1".into(),
            birth_month: "9".into(),
            birth_year: year.into(),
        };
        assert_eq!(codes(form("2008").parse(day("2026-09-01"), 0)), [("birth", "child_adult")]);
        assert!(form("2008").parse(day("2026-08-31"), 0).is_ok());
        assert_eq!(codes(form("2020").parse(day("2026-09-01"), MOST_CHILDREN)), [("name", "children_many")]);
    }

    #[test]
    fn an_interpreter_needs_a_language_and_unknown_needs_are_refused() {
        let form = |needs: &[&str], language: &str| NeedsForm {
            needs: needs.iter().map(|n| (*n).to_owned()).collect(),
            language: language.into(),
            note: String::new(),
        };
        assert_eq!(codes(form(&["interpreter"], " ").parse()), [("language", "language_empty")]);
        assert_eq!(codes(form(&["rocket"], "").parse()), [("needs", "choose")]);
        assert!(form(&["interpreter", "wheelchair"], "polsk").parse().is_ok());
        assert!(form(&[], "").parse().is_ok());
    }
}
