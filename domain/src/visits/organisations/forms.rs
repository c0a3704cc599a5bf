//! What staff and the organisation's own people type. All errors of a form come together, in the order of its fields.

use serde::{Deserialize, Serialize};

use super::{OrganisationKind, OrganisationNumber, TaskNo, Watch};
use crate::{
    kernel::{CivilDate, DateError, NationalId, TextError, paragraph},
    visits::{
        booking::plan_forms::{Reader, day, words},
        clearance::forms::{FormErrors, LONGEST_NAME, LONGEST_NOTE},
    },
};

/// Somebody who comes for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    pub name: String,
    pub number: NationalId,
    pub valid_to: CivilDate,
}

/// An organisation as the unit clears it, with the first of its people, who names the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrganisation {
    pub number: OrganisationNumber,
    pub name: String,
    pub kind: OrganisationKind,
    pub watch: Watch,
    pub valid_to: CivilDate,
    pub contact: NewPerson,
}

/// As it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterForm {
    pub unit: String,
    pub organisation: String,
    pub name: String,
    pub kind: String,
    pub watch: String,
    pub to_day: String,
    pub to_month: String,
    pub to_year: String,
    pub contact: String,
    pub number: String,
}

impl RegisterForm {
    /// `days`: the longest that a unit clears one; `synthetic`: numbers of nobody are taken; `is_authority`: by the rules of the day.
    pub fn parse(
        &self,
        today: CivilDate,
        (days, synthetic): (i64, bool),
        is_authority: impl Fn(OrganisationKind) -> bool,
    ) -> Result<NewOrganisation, FormErrors> {
        let mut r = Reader::default();
        let number = r.take("organisation", OrganisationNumber::parse(&self.organisation));
        let name = r.take("name", words(&self.name, LONGEST_NAME, "name_empty"));
        let kind = r.take("kind", OrganisationKind::parse(&self.kind).ok_or("choose"));
        let watch = Watch::parse(&self.watch).ok_or("choose");
        let unheard = kind.is_some_and(is_authority) && watch == Ok(Watch::Heard);
        let watch = r.take("watch", if unheard { Err("unheard") } else { watch });
        let to = r.take("to", last([&self.to_day, &self.to_month, &self.to_year], today, days));
        let contact = r.take("contact", words(&self.contact, LONGEST_NAME, "name_empty"));
        let who = r.take("number", national(&self.number, synthetic));
        let found = || {
            let contact = NewPerson { name: contact?, number: who?, valid_to: to? };
            Some(NewOrganisation {
                number: number?,
                name: name?,
                kind: kind?,
                watch: watch?,
                valid_to: to?,
                contact,
            })
        };
        found().ok_or(r.0)
    }
}

/// One more of its people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pub public: String,
    pub name: String,
    pub number: String,
    pub to_day: String,
    pub to_month: String,
    pub to_year: String,
}

impl PersonForm {
    pub fn parse(&self, today: CivilDate, (days, synthetic): (i64, bool)) -> Result<NewPerson, FormErrors> {
        let mut r = Reader::default();
        let name = r.take("name", words(&self.name, LONGEST_NAME, "name_empty"));
        let number = r.take("number", national(&self.number, synthetic));
        let to = r.take("to", last([&self.to_day, &self.to_month, &self.to_year], today, days));
        let found = || Some(NewPerson { name: name?, number: number?, valid_to: to? });
        found().ok_or(r.0)
    }
}

/// Whom she asks to meet, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedFor {
    pub name: String,
    pub born: String,
    pub why: String,
}

/// `key` marks the form: sent twice it is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskForm {
    pub public: String,
    pub key: String,
    pub unit: String,
    pub name: String,
    pub born_day: String,
    pub born_month: String,
    pub born_year: String,
    pub why: String,
}

impl AskForm {
    /// The unit and what is asked for. When he was born is left out by whoever does not know.
    pub fn parse(&self, today: CivilDate) -> Result<(String, AskedFor), FormErrors> {
        let mut r = Reader::default();
        let unit = r.take("unit", Some(self.unit.clone()).filter(|unit| !unit.is_empty()).ok_or("choose"));
        let name = r.take("name", words(&self.name, LONGEST_NAME, "name_empty"));
        let born = r.take("born", born([&self.born_day, &self.born_month, &self.born_year], today));
        let why = paragraph(&self.why, LONGEST_NOTE);
        let why = r.take("why", why.map_err(|e| if e == TextError::Empty { "why_empty" } else { e.code() }));
        let found = || {
            let born = born?.map(CivilDate::iso).unwrap_or_default();
            Some((unit?, AskedFor { name: name?, born, why: why? }))
        };
        found().ok_or(r.0)
    }
}

/// A task that the unit writes down itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskForm {
    pub public: String,
    pub inmate: String,
    pub to_day: String,
    pub to_month: String,
    pub to_year: String,
}

impl TaskForm {
    pub fn parse(&self, today: CivilDate, days: i64) -> Result<CivilDate, FormErrors> {
        let mut r = Reader::default();
        let to = r.take("to", last([&self.to_day, &self.to_month, &self.to_year], today, days));
        to.ok_or(r.0)
    }
}

/// The unit's answer to what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Whom, by his public id, and until when.
    Meet(String, CivilDate),
    Refuse(TaskNo),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    pub public: String,
    pub answer: String,
    pub inmate: String,
    pub to_day: String,
    pub to_month: String,
    pub to_year: String,
    pub reason: String,
}

impl AnswerForm {
    pub fn parse(&self, today: CivilDate, days: i64) -> Result<Reply, FormErrors> {
        let mut r = Reader::default();
        let reply = if self.answer == "yes" {
            let inmate = Some(self.inmate.clone()).filter(|id| !id.is_empty()).ok_or("choose");
            let inmate = r.take("inmate", inmate);
            let to = r.take("to", last([&self.to_day, &self.to_month, &self.to_year], today, days));
            inmate.zip(to).map(|(inmate, to)| Reply::Meet(inmate, to))
        } else {
            r.take("reason", TaskNo::parse(&self.reason).ok_or("choose")).map(Reply::Refuse)
        };
        reply.ok_or(r.0)
    }
}

/// From today on, no further than that many days.
fn last(parts: [&str; 3], today: CivilDate, days: i64) -> Result<CivilDate, &'static str> {
    day(parts, today).and_then(|date| if date > today.plus_days(days) { Err("date_long") } else { Ok(date) })
}

fn born(parts: [&str; 3], today: CivilDate) -> Result<Option<CivilDate>, &'static str> {
    let [day, month, year] = parts;
    match CivilDate::from_parts(day, month, year) {
        Ok(date) if date > today => Err("date_late"),
        Ok(date) => Ok(Some(date)),
        Err(DateError::Empty) => Ok(None),
        Err(error) => Err(error.code()),
    }
}

fn national(text: &str, synthetic: bool) -> Result<NationalId, &'static str> {
    NationalId::parse(text).ok().filter(|number| synthetic || !number.is_synthetic()).ok_or("national_id")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: &str = "889640782";

    fn today() -> CivilDate {
        CivilDate::parse_iso("2026-09-01").unwrap()
    }

    /// A synthetic number.
    fn somebody() -> String {
        "23918414622".into()
    }

    fn register() -> RegisterForm {
        let text = str::to_owned;
        RegisterForm {
            organisation: text(NUMBER),
            name: text("Barnevernet"),
            kind: text("child_welfare"),
            watch: text("none"),
            to_day: text("1"),
            to_month: text("9"),
            to_year: text("2027"),
            contact: text("Ola Nordmann"),
            number: somebody(),
            ..RegisterForm::default()
        }
    }

    fn codes<T>(found: Result<T, FormErrors>) -> Vec<(&'static str, &'static str)> {
        found.map_or_else(|errors| errors.iter().map(|e| (e.field, e.code)).collect(), |_| vec![])
    }

    #[test]
    fn what_is_wrong_with_a_registration_is_told_together() {
        let heard = |kind: &str| RegisterForm { kind: kind.into(), watch: "heard".into(), ..register() };
        let to = |day: &str| RegisterForm { to_day: day.into(), ..register() };
        let empty = RegisterForm::default();
        let table: [(RegisterForm, &[(&str, &str)]); 6] = [
            (register(), &[]),
            (heard("volunteer"), &[]),
            (heard("consulate"), &[("watch", "unheard")]),
            (to("2"), &[]),
            (to("3"), &[("to", "date_long")]),
            (
                empty,
                &[
                    ("organisation", "number"),
                    ("name", "name_empty"),
                    ("kind", "choose"),
                    ("watch", "choose"),
                    ("to", "date_empty"),
                    ("contact", "name_empty"),
                    ("number", "national_id"),
                ],
            ),
        ];
        for (form, expected) in table {
            let found = form.parse(today(), (366, true), |kind| kind != OrganisationKind::Volunteer);
            assert_eq!(codes(found), expected, "{form:?}");
        }
        let real = register().parse(today(), (366, false), |_| true);
        assert_eq!(codes(real), [("number", "national_id")]);
    }

    #[test]
    fn what_is_wrong_with_one_more_is_told_together() {
        let form = PersonForm {
            to_day: "31".into(),
            to_month: "2".into(),
            to_year: "2027".into(),
            ..PersonForm::default()
        };
        let found = codes(form.parse(today(), (366, true)));
        assert_eq!(found, [("name", "name_empty"), ("number", "national_id"), ("to", "date_no_such_day")]);
    }

    #[test]
    fn whom_she_asks_to_meet_may_be_of_unknown_age() {
        let text = str::to_owned;
        let form =
            AskForm { unit: text("fjellheim"), name: text("Per"), why: text("Tilsyn"), ..AskForm::default() };
        assert_eq!(form.parse(today()).map(|(_, asked)| asked.born), Ok(String::new()));
        let born = |year: &str| AskForm {
            born_day: text("2"),
            born_month: text("9"),
            born_year: text(year),
            ..form.clone()
        };
        assert_eq!(born("1990").parse(today()).map(|(_, asked)| asked.born), Ok(text("1990-09-02")));
        assert_eq!(codes(born("2026").parse(today())), [("born", "date_late")]);
        let found = codes(AskForm::default().parse(today()));
        assert_eq!(found, [("unit", "choose"), ("name", "name_empty"), ("why", "why_empty")]);
    }

    #[test]
    fn an_answer_is_a_yes_with_whom_and_until_when_or_a_no_with_why() {
        let text = str::to_owned;
        let yes = AnswerForm { answer: text("yes"), ..AnswerForm::default() };
        assert_eq!(codes(yes.parse(today(), 366)), [("inmate", "choose"), ("to", "date_empty")]);
        let no = AnswerForm { answer: text("no"), reason: text("no_task"), ..AnswerForm::default() };
        assert_eq!(no.parse(today(), 366), Ok(Reply::Refuse(TaskNo::NoTask)));
        assert_eq!(codes(AnswerForm::default().parse(today(), 366)), [("reason", "choose")]);
    }
}
