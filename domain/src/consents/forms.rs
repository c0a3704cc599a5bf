//! What is typed: the officer opens a case and names those at home; each of them answers, or takes it back.

use serde::{Deserialize, Serialize};

use super::state::Answer;
use crate::{
    appeals::{FieldError, FormErrors},
    kernel::{CivilDate, EmailAddress, NationalId, TextError, line, paragraph},
};

pub(super) fn wrong(field: &'static str, code: &'static str) -> FieldError {
    FieldError { field, code }
}

pub(super) fn taken<T>(
    errors: &mut FormErrors,
    field: &'static str,
    typed: Result<T, TextError>,
) -> Option<T> {
    typed.map_err(|error| errors.push(wrong(field, error.code()))).ok()
}

/// Who wants to serve at home, where, and by when those at home are asked to answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HomeForm {
    pub name: String,
    pub address: String,
    /// Day, month, year.
    pub answer_by: [String; 3],
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHome {
    pub name: String,
    pub address: String,
    pub answer_by: CivilDate,
}

impl HomeForm {
    /// `longest`: how many days from today the last day may be, a rule.
    pub fn parse(&self, today: CivilDate, longest: i64) -> Result<NewHome, FormErrors> {
        let mut errors = vec![];
        let name = taken(&mut errors, "name", line(&self.name, 120));
        let address = taken(&mut errors, "address", line(&self.address, 200));
        let answer_by = last_day(&self.answer_by, today, longest);
        let answer_by = answer_by.map_err(|code| errors.push(wrong("answer_by", code))).ok();
        match (name, address, answer_by) {
            (Some(name), Some(address), Some(answer_by)) => Ok(NewHome { name, address, answer_by }),
            _ => Err(errors),
        }
    }
}

/// The last day to answer: after today, and no more than `longest` days away.
pub(super) fn last_day(
    [day, month, year]: &[String; 3],
    today: CivilDate,
    longest: i64,
) -> Result<CivilDate, &'static str> {
    match CivilDate::from_parts(day, month, year) {
        Ok(day) if day <= today => Err("date_past"),
        Ok(day) if day.days_since(today) > longest => Err("date_far"),
        Ok(day) => Ok(day),
        Err(error) => Err(error.code()),
    }
}

/// One who lives there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pub number: String,
    pub name: String,
    /// May be left out: then she gets the invitation on paper.
    pub email: String,
}

#[derive(Clone, Debug)]
pub struct NewPerson {
    pub number: NationalId,
    pub name: String,
    pub email: Option<EmailAddress>,
}

impl PersonForm {
    /// A number of the demo's synthetic series is nobody's unless `synthetic`.
    pub fn parse(&self, synthetic: bool) -> Result<NewPerson, FormErrors> {
        let mut errors = vec![];
        let number =
            NationalId::parse(&self.number).ok().filter(|number| synthetic || !number.is_synthetic());
        if number.is_none() {
            errors.push(wrong("number", "form"));
        }
        let name = taken(&mut errors, "name", line(&self.name, 120));
        let email = match self.email.trim() {
            "" => None,
            typed => taken(&mut errors, "email", EmailAddress::parse(typed)),
        };
        match (number, name) {
            (Some(number), Some(name)) if errors.is_empty() => Ok(NewPerson { number, name, email }),
            _ => Err(errors),
        }
    }
}

/// Her answer to a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    pub key: String,
    /// A code of [`Answer`].
    pub answer: String,
    /// SHA-256 of the text that the page showed, in hex.
    pub text: String,
    /// `yes`: she has read it. Asked for with a yes alone.
    pub read: String,
}

impl AnswerForm {
    pub fn parse(&self) -> Result<Answer, FormErrors> {
        let Some(answer) = Answer::parse(&self.answer) else { return Err(vec![wrong("answer", "choose")]) };
        if answer == Answer::Yes && self.read != "yes" {
            return Err(vec![wrong("read", "read_first")]);
        }
        Ok(answer)
    }
}

/// Longest word of how she can be reached safely.
const LONGEST_CONTACT: usize = 200;

/// Her yes is taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawForm {
    pub key: String,
    /// `yes`: she is not safe at home. The duty desk hears of it at once.
    pub unsafe_home: String,
    /// How she can be reached, so that nobody at home notices; may be empty.
    pub contact: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    pub unsafe_home: bool,
    pub contact: Option<String>,
}

impl WithdrawForm {
    pub fn parse(&self) -> Result<Withdrawal, FormErrors> {
        let mut errors = vec![];
        let contact = match self.contact.trim() {
            "" => None,
            typed => taken(&mut errors, "contact", paragraph(typed, LONGEST_CONTACT)),
        };
        let unsafe_home = self.unsafe_home == "yes";
        if errors.is_empty() { Ok(Withdrawal { unsafe_home, contact }) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes<T>(parsed: Result<T, FormErrors>) -> Vec<String> {
        parsed.err().unwrap_or_default().iter().map(|e| format!("{} {}", e.field, e.code)).collect()
    }

    fn parts(date: &str) -> [String; 3] {
        let mut parts = date.split('.').map(str::to_owned);
        std::array::from_fn(|_| parts.next().unwrap_or_default())
    }

    #[test]
    fn a_case_names_who_where_and_by_when() {
        let today = CivilDate::parse_iso("2026-09-01").unwrap();
        let form = |name: &str, address: &str, by: &str| HomeForm {
            name: name.into(),
            address: address.into(),
            answer_by: parts(by),
        };
        let table: [(HomeForm, &[&str]); 6] = [
            (form("", "", ""), &["name empty", "address empty", "answer_by date_empty"]),
            (form("Ola", "Veien 1", "22.9.2026"), &[]),
            (form("Ola", "Veien 1", "1.9.2026"), &["answer_by date_past"]),
            (form("Ola", "Veien 1", "1.12.2026"), &["answer_by date_far"]),
            (form("Ola\nBcc: x", "Veien 1", "31.9.2026"), &["name character", "answer_by date_no_such_day"]),
            (form("Ola", "Veien 1", "30.11.2026"), &[]),
        ];
        for (form, expected) in table {
            assert_eq!(codes(form.parse(today, 90)), expected, "{form:?}");
        }
    }

    #[test]
    fn one_at_home_has_a_number_and_a_name() {
        let form = |number: &str, name: &str, email: &str| PersonForm {
            number: number.into(),
            name: name.into(),
            email: email.into(),
        };
        let table: [(PersonForm, bool, &[&str]); 5] = [
            (form("", "", ""), true, &["number form", "name empty"]),
            (form("23918414622", "Ingrid", ""), true, &[]),
            (form("23918414622", "Ingrid", "i@eksempel.no"), true, &[]),
            (form("23918414622", "Ingrid", "nei"), true, &["email form"]),
            (form("23918414622", "Ingrid", ""), false, &["number form"]),
        ];
        for (form, synthetic, expected) in table {
            assert_eq!(codes(form.parse(synthetic)), expected, "{form:?}");
        }
    }

    #[test]
    fn a_yes_alone_asks_whether_she_has_read() {
        let form = |answer: &str, read: &str| AnswerForm {
            answer: answer.into(),
            read: read.into(),
            ..AnswerForm::default()
        };
        let table: [(&str, &str, &[&str]); 6] = [
            ("", "", &["answer choose"]),
            ("yes", "", &["read read_first"]),
            ("yes", "yes", &[]),
            ("no", "", &[]),
            ("talk", "", &[]),
            ("withdrawn", "yes", &["answer choose"]),
        ];
        for (answer, read, expected) in table {
            assert_eq!(codes(form(answer, read).parse()), expected, "{answer}");
        }
    }

    #[test]
    fn taking_it_back_needs_no_reason() {
        let form = |danger: &str, contact: &str| WithdrawForm {
            unsafe_home: danger.into(),
            contact: contact.into(),
            ..WithdrawForm::default()
        };
        assert_eq!(form("", "").parse(), Ok(Withdrawal { unsafe_home: false, contact: None }));
        let contact = Some("Ring jobben".to_owned());
        assert_eq!(form("yes", " Ring jobben ").parse(), Ok(Withdrawal { unsafe_home: true, contact }));
        assert_eq!(codes(form("yes", &"x".repeat(201)).parse()), ["contact too_long"]);
    }
}
