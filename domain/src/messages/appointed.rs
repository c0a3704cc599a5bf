//! What is typed of an appointment that nobody has registered yet: by the lawyer who declares it, and by the officer who checks it.

use serde::{Deserialize, Serialize};

use super::forms::{FormErrors, date, day, one, taken, wrong};
use crate::{
    identity::{Declared, MandateKind, NotConfirmed},
    kernel::{CivilDate, line},
};

/// Longest name, court and case number, in characters.
const LONGEST: usize = 120;

/// As she posts it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppointedForm {
    pub name: String,
    /// Day, month and year as typed.
    pub birth: [String; 3],
    pub court: String,
    pub case_number: String,
    /// All empty: as soon as it can be.
    pub from: [String; 3],
    /// A box: there or not.
    pub declared: String,
}

impl AppointedForm {
    pub fn parse(&self, today: CivilDate) -> Result<Declared, FormErrors> {
        let mut errors = vec![];
        let name = taken(&mut errors, "name", line(&self.name, LONGEST));
        let born = day(&mut errors, "birth", date(&self.birth)).filter(|born| {
            let past = *born < today;
            if !past {
                errors.push(wrong("birth", "date_future"));
            }
            past
        });
        let court = taken(&mut errors, "court", line(&self.court, LONGEST));
        let case_number = taken(&mut errors, "case_number", line(&self.case_number, LONGEST));
        let wished = self.from.iter().any(|part| !part.trim().is_empty());
        let earliest = wished.then(|| day(&mut errors, "from", date(&self.from))).flatten();
        if earliest.is_some_and(|day| day < today) {
            errors.push(wrong("from", "date_past"));
        }
        one(&mut errors, "declared", Some(()).filter(|()| !self.declared.is_empty()), "choose");
        match (name, born, court, case_number) {
            (Some(name), Some(born), Some(court), Some(case_number)) if errors.is_empty() => {
                Ok(Declared { name, born, court, case_number, earliest })
            }
            _ => Err(errors),
        }
    }
}

/// What an officer who confirms it posts: for whom, by which right, and until when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    /// Public id of an inmate.
    pub inmate: String,
    pub kind: String,
    pub valid_to: [String; 3],
}

impl ConfirmForm {
    pub fn parse(&self, today: CivilDate) -> Result<(String, MandateKind, CivilDate), FormErrors> {
        let mut errors = vec![];
        let chosen = Some(self.inmate.trim()).filter(|inmate| !inmate.is_empty());
        let inmate = one(&mut errors, "inmate", chosen, "choose");
        let kind = one(&mut errors, "kind", MandateKind::parse(&self.kind), "choose");
        let to = day(&mut errors, "valid_to", date(&self.valid_to)).filter(|to| {
            let holds = *to >= today;
            if !holds {
                errors.push(wrong("valid_to", "date_past"));
            }
            holds
        });
        match (inmate, kind, to) {
            (Some(inmate), Some(kind), Some(to)) => Ok((inmate.to_owned(), kind, to)),
            _ => Err(errors),
        }
    }
}

/// Why an officer refuses it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RefuseForm {
    pub why: String,
}

impl RefuseForm {
    pub fn parse(&self) -> Result<NotConfirmed, FormErrors> {
        let mut errors = vec![];
        one(&mut errors, "why", NotConfirmed::parse(&self.why), "choose").ok_or(errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes<T>(parsed: Result<T, FormErrors>) -> Vec<String> {
        parsed.err().unwrap_or_default().iter().map(|e| format!("{} {}", e.field, e.code)).collect()
    }

    /// `3.2.1990` as three fields.
    fn parts(date: &str) -> [String; 3] {
        let mut parts = date.split('.').map(str::to_owned);
        std::array::from_fn(|_| parts.next().unwrap_or_default())
    }

    fn today() -> CivilDate {
        CivilDate::parse_iso("2026-09-01").unwrap()
    }

    #[test]
    fn all_that_is_wrong_with_a_declaration_comes_at_once() {
        let form = |name: &str, birth: &str, court: &str, from: &str, declared: &str| AppointedForm {
            name: name.into(),
            birth: parts(birth),
            court: court.into(),
            case_number: court.into(),
            from: parts(from),
            declared: declared.into(),
        };
        let long = "a".repeat(LONGEST + 1);
        let table: [(AppointedForm, &[&str]); 6] = [
            (
                form("", "", "", "", ""),
                &["name empty", "birth date_empty", "court empty", "case_number empty", "declared choose"],
            ),
            (form("Even", "3.2.1990", "Oslo", "", "yes"), &[]),
            (form("Even", "3.2.1990", "Oslo", "1.9.2026", "yes"), &[]),
            (form("Even", "3.2.1990", "Oslo", "31.8.2026", "yes"), &["from date_past"]),
            (form("Even", "1.9.2026", "Oslo", "1..", "yes"), &["birth date_future", "from date_month"]),
            (
                form(&long, "30.2.1990", "a\r\nBcc: b", "", "yes"),
                &["name too_long", "birth date_no_such_day", "court character", "case_number character"],
            ),
        ];
        for (form, expected) in table {
            assert_eq!(codes(form.parse(today())), expected, "{form:?}");
        }
    }

    #[test]
    fn an_officer_says_for_whom_until_when_or_why_not() {
        let form = |inmate: &str, to: &str| ConfirmForm {
            inmate: inmate.into(),
            kind: if inmate.is_empty() { String::new() } else { "appointment".into() },
            valid_to: parts(to),
        };
        let table: [(ConfirmForm, &[&str]); 4] = [
            (form("", ""), &["inmate choose", "kind choose", "valid_to date_empty"]),
            (form("X", "31.8.2026"), &["valid_to date_past"]),
            (form("X", "1.9.2026"), &[]),
            (form(" ", "1.9.2026"), &["inmate choose"]),
        ];
        for (form, expected) in table {
            assert_eq!(codes(form.parse(today())), expected, "{form:?}");
        }
        assert_eq!(codes(RefuseForm::default().parse()), ["why choose"]);
        assert_eq!(RefuseForm { why: "over".into() }.parse(), Ok(NotConfirmed::Over));
    }
}
