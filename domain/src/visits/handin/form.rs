//! What she writes, on one page, with all its errors together.

use serde::{Deserialize, Serialize};

use crate::{
    kernel::{CivilDate, DateError, EmailAddress, Phone, TextError, line, paragraph},
    visits::clearance::{
        Relation,
        forms::{FieldError, FormErrors, LONGEST_NAME, LONGEST_NOTE},
    },
};

/// Longest postal address, in characters.
pub const LONGEST_ADDRESS: usize = 300;

/// The form as posted, and as it is kept: raw strings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HandInForm {
    pub name: String,
    pub birth_day: String,
    pub birth_month: String,
    pub birth_year: String,
    pub country: String,
    pub address: String,
    pub email: String,
    pub phone: String,
    pub whom: String,
    pub whom_birth_day: String,
    pub whom_birth_month: String,
    pub whom_birth_year: String,
    /// The slug of the unit; empty when she does not know where he is.
    pub unit: String,
    pub relation: String,
    pub note: String,
    /// She has read that the police are asked about her. [L] § 27(5).
    pub read: String,
}

/// What she has written, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub name: String,
    pub born: CivilDate,
    /// Of which country she is, if she says so.
    pub country: Option<String>,
    pub address: String,
    pub email: Option<EmailAddress>,
    pub phone: Option<Phone>,
    pub whom: String,
    pub whom_born: Option<CivilDate>,
    pub unit: String,
    pub relation: Relation,
    pub note: Option<String>,
}

fn error(field: &'static str, code: &'static str) -> FieldError {
    FieldError { field, code }
}

/// Takes a part, or notes what is wrong with it.
fn take<T>(errors: &mut FormErrors, field: &'static str, part: Result<T, &'static str>) -> Option<T> {
    part.map_err(|code| errors.push(error(field, code))).ok()
}

/// The same for what may be left out.
fn maybe<T>(
    errors: &mut FormErrors,
    field: &'static str,
    part: Result<T, TextError>,
    code: impl Fn(TextError) -> &'static str,
) -> Option<T> {
    match part {
        Err(TextError::Empty) => None,
        part => take(errors, field, part.map_err(code)),
    }
}

fn past(typed: Result<CivilDate, DateError>, today: CivilDate) -> Result<CivilDate, &'static str> {
    let day = typed.map_err(DateError::code)?;
    if day > today { Err("date_future") } else { Ok(day) }
}

impl HandInForm {
    /// The unit is any text here: one that is none of ours is as none.
    pub fn parse(&self, today: CivilDate) -> Result<Written, FormErrors> {
        let mut errors = vec![];
        let her = self.her(&mut errors, today);
        let (country, email, phone) = self.more(&mut errors);
        let whom = take(&mut errors, "whom", line(&self.whom, LONGEST_NAME).map_err(TextError::code));
        let whom_born = self.whom_born(&mut errors, today);
        let relation = take(&mut errors, "relation", Relation::parse(&self.relation).ok_or("choose"));
        let note = maybe(&mut errors, "note", paragraph(&self.note, LONGEST_NOTE), TextError::code);
        if self.read != "yes" {
            errors.push(error("read", "police_read"));
        }
        let (Some((name, born, address)), Some(whom), Some(relation)) = (her, whom, relation) else {
            return Err(errors);
        };
        let unit = self.unit.clone();
        let written =
            Written { name, born, country, address, email, phone, whom, whom_born, unit, relation, note };
        if errors.is_empty() { Ok(written) } else { Err(errors) }
    }

    /// Her name, when she was born, and where the answer goes.
    fn her(&self, errors: &mut FormErrors, today: CivilDate) -> Option<(String, CivilDate, String)> {
        let name = take(errors, "name", line(&self.name, LONGEST_NAME).map_err(TextError::code));
        let born = CivilDate::from_parts(&self.birth_day, &self.birth_month, &self.birth_year);
        let born = take(errors, "birth", past(born, today));
        let address = paragraph(&self.address, LONGEST_ADDRESS).map_err(TextError::code);
        let address = take(errors, "address", address);
        Some((name?, born?, address?))
    }

    /// What may be left out of it, but for one way to reach her.
    fn more(&self, errors: &mut FormErrors) -> (Option<String>, Option<EmailAddress>, Option<Phone>) {
        let country = maybe(errors, "country", line(&self.country, 60), TextError::code);
        let email = maybe(errors, "email", EmailAddress::parse(&self.email), |_| "email_form");
        let phone = maybe(errors, "phone", Phone::parse(&self.phone), |_| "phone_form");
        if self.email.trim().is_empty() && self.phone.trim().is_empty() {
            errors.push(error("email", "email_or_phone"));
        }
        (country, email, phone)
    }

    /// Whoever does not know when he was born says where he is.
    fn whom_born(&self, errors: &mut FormErrors, today: CivilDate) -> Option<CivilDate> {
        let typed =
            CivilDate::from_parts(&self.whom_birth_day, &self.whom_birth_month, &self.whom_birth_year);
        match typed {
            Err(DateError::Empty) if !self.unit.is_empty() => None,
            Err(DateError::Empty) => take(errors, "whom_birth", Err("birth_or_unit")),
            typed => take(errors, "whom_birth", past(typed, today)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> CivilDate {
        CivilDate::parse_iso("2026-11-28").unwrap()
    }

    fn whole() -> HandInForm {
        HandInForm {
            name: "Agnes Lidar".into(),
            birth_day: "4".into(),
            birth_month: "2".into(),
            birth_year: "1961".into(),
            address: "Storgata 1\r\n0001 Oslo".into(),
            email: "agnes@eksempel.no".into(),
            whom: "Even Lidar".into(),
            unit: "lyngmo".into(),
            relation: "parent".into(),
            read: "yes".into(),
            ..HandInForm::default()
        }
    }

    fn codes(form: &HandInForm) -> Vec<(&'static str, &'static str)> {
        form.parse(today()).unwrap_err().into_iter().map(|e| (e.field, e.code)).collect()
    }

    #[test]
    fn a_whole_form_is_read_and_what_may_be_left_out_may() {
        let written = whole().parse(today()).unwrap();
        assert_eq!(
            (written.address.as_str(), written.country, written.note),
            ("Storgata 1\n0001 Oslo", None, None)
        );
        assert_eq!((written.phone, written.whom_born, written.relation), (None, None, Relation::Parent));
    }

    #[test]
    fn all_errors_come_together_each_at_its_field() {
        let expected = [
            ("name", "empty"),
            ("birth", "date_empty"),
            ("address", "empty"),
            ("email", "email_or_phone"),
            ("whom", "empty"),
            ("whom_birth", "birth_or_unit"),
            ("relation", "choose"),
            ("read", "police_read"),
        ];
        assert_eq!(codes(&HandInForm::default()), expected);
    }

    #[test]
    fn each_field_is_judged() {
        let year = |year: &str| HandInForm { birth_year: year.into(), ..whole() };
        let table = [
            (HandInForm { name: "a\r\nBcc: x@y.no".into(), ..whole() }, ("name", "character")),
            (HandInForm { name: "x".repeat(121), ..whole() }, ("name", "too_long")),
            (year("2027"), ("birth", "date_future")),
            (HandInForm { email: "agnes".into(), ..whole() }, ("email", "email_form")),
            (HandInForm { phone: "12".into(), ..whole() }, ("phone", "phone_form")),
            (HandInForm { unit: String::new(), ..whole() }, ("whom_birth", "birth_or_unit")),
            (HandInForm { whom_birth_month: "13".into(), ..whole() }, ("whom_birth", "date_day")),
            (HandInForm { relation: "enemy".into(), ..whole() }, ("relation", "choose")),
            (HandInForm { note: "x".repeat(501), ..whole() }, ("note", "too_long")),
            (HandInForm { read: String::new(), ..whole() }, ("read", "police_read")),
        ];
        for (form, expected) in table {
            assert_eq!(codes(&form), [expected], "{form:?}");
        }
        let known = HandInForm {
            unit: String::new(),
            whom_birth_day: "3".into(),
            whom_birth_month: "2".into(),
            whom_birth_year: "1990".into(),
            ..whole()
        };
        assert!(known.parse(today()).unwrap().whom_born.is_some());
    }
}
