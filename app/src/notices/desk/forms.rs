//! The officer's forms as posted: raw strings, read so that all errors come together, in the order of the fields. What
//! only the case can tell, the use case refuses.

use backend::notices::{
    answering::{LONGEST_REASON, Said},
    registering::{CaseForm, PersonForm},
};
use domain::{
    kernel::{CivilDate, TextError, line, paragraph},
    notices::Answer,
};
use serde::{Deserialize, Serialize};

use super::{
    fields::{Fault, Fields},
    represent_form::RepresentForm,
};
use crate::forms::Row;

pub(super) use super::case_forms::{AssignForm, CloseForm, OpenForm, ProtectForm};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const VERIFY: &str = "staff/notices/verify";
pub(super) const REFUSE: &str = "staff/notices/refuse";
pub(super) const REGISTER: &str = "staff/notices/register";
pub(super) const ANSWER: &str = "staff/notices/answer";
pub(super) const OPEN: &str = "staff/notices/open";
pub(super) const ASSIGN: &str = "staff/notices/assign";
pub(super) const SEEN: &str = "staff/notices/seen";
pub(super) const REPRESENT: &str = "staff/notices/represent";
pub(super) const UNREPRESENT: &str = "staff/notices/unrepresent";
pub(super) const PROTECT: &str = "staff/notices/protect";
pub(super) const REPLY: &str = "staff/notices/reply";
pub(super) const CLOSE: &str = "staff/notices/close";

/// Longest name or number of a case, in characters.
const LONGEST: usize = 100;
const LONGEST_REFERENCE: usize = 60;

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (VERIFY, &["id", "reference", "inmate", "born_day", "born_month", "born_year", "role"]),
    (REFUSE, &["id"]),
    (
        REGISTER,
        &[
            "name",
            "telephone",
            "address",
            "safe_word",
            "number",
            "protected",
            "wish",
            "reference",
            "inmate",
            "born_day",
            "born_month",
            "born_year",
            "role",
        ],
    ),
    (ANSWER, &["id", "answer", "reason", "standing"]),
    (OPEN, &["id", "reason"]),
    (ASSIGN, &["id", "to", "reason"]),
    (SEEN, &["id"]),
    (PROTECT, &["id", "on"]),
    (REPRESENT, RepresentForm::NAMES),
    (UNREPRESENT, &["id"]),
    (REPLY, &["id", "words"]),
    (CLOSE, &["id", "how", "note"]),
];

/// Only what or whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdForm {
    pub id: String,
}

/// A request held against the case as it stands in the papers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VerifyForm {
    pub id: String,
    pub reference: String,
    pub inmate: String,
    pub born_day: String,
    pub born_month: String,
    pub born_year: String,
    pub role: String,
}

impl VerifyForm {
    pub(super) fn parse(&self) -> Result<CaseForm, Vec<Fault>> {
        let mut faults = vec![];
        let case = case(self, &mut faults);
        if faults.is_empty() { Ok(case) } else { Err(faults) }
    }

    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("reference", self.reference.clone()),
            ("inmate", self.inmate.clone()),
            ("born_day", self.born_day.clone()),
            ("born_month", self.born_month.clone()),
            ("born_year", self.born_year.clone()),
            ("role", self.role.clone()),
        ])
    }
}

fn case(typed: &VerifyForm, faults: &mut Vec<Fault>) -> CaseForm {
    check("reference", line(&typed.reference, LONGEST_REFERENCE), faults);
    check("inmate", line(&typed.inmate, LONGEST), faults);
    let born = CivilDate::from_parts(&typed.born_day, &typed.born_month, &typed.born_year);
    if let Err(error) = &born {
        faults.push(("born", error.code()));
    }
    if !matches!(typed.role.as_str(), "victim" | "bereaved") {
        faults.push(("role", "choose"));
    }
    CaseForm {
        reference: typed.reference.clone(),
        inmate: typed.inmate.clone(),
        born: born.map(CivilDate::iso).unwrap_or_default(),
        role: typed.role.clone(),
    }
}

fn check<T>(field: &'static str, read: Result<T, TextError>, faults: &mut Vec<Fault>) {
    if let Err(error) = read {
        faults.push((field, error.code()));
    }
}

/// Somebody without eID, or met at the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterForm {
    pub name: String,
    pub telephone: String,
    pub address: String,
    pub safe_word: String,
    pub number: String,
    pub protected: String,
    pub wish: String,
    pub reference: String,
    pub inmate: String,
    pub born_day: String,
    pub born_month: String,
    pub born_year: String,
    pub role: String,
}

impl RegisterForm {
    /// `synthetic`: numbers made for tests are taken.
    pub(super) fn parse(&self, synthetic: bool) -> Result<(PersonForm, CaseForm), Vec<Fault>> {
        let person = PersonForm {
            name: self.name.clone(),
            telephone: self.telephone.clone(),
            address: self.address.clone(),
            safe_word: self.safe_word.clone(),
            number: self.number.clone(),
            protected: self.protected.clone(),
            wish: self.wish.clone(),
        };
        let mut faults = person.faults(synthetic).iter().map(|fault| (fault.field, fault.code)).collect();
        let case = case(&self.case(), &mut faults);
        if faults.is_empty() { Ok((person, case)) } else { Err(faults) }
    }

    fn case(&self) -> VerifyForm {
        VerifyForm {
            id: String::new(),
            reference: self.reference.clone(),
            inmate: self.inmate.clone(),
            born_day: self.born_day.clone(),
            born_month: self.born_month.clone(),
            born_year: self.born_year.clone(),
            role: self.role.clone(),
        }
    }

    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("name", self.name.clone()),
            ("telephone", self.telephone.clone()),
            ("address", self.address.clone()),
            ("safe_word", self.safe_word.clone()),
            ("number", self.number.clone()),
            ("protected", self.protected.clone()),
            ("wish", self.wish.clone()),
            ("reference", self.reference.clone()),
            ("inmate", self.inmate.clone()),
            ("born_day", self.born_day.clone()),
            ("born_month", self.born_month.clone()),
            ("born_year", self.born_year.clone()),
            ("role", self.role.clone()),
        ])
    }
}

/// Is it of significance to her?
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    pub id: String,
    pub answer: String,
    pub reason: String,
    pub standing: String,
}

impl AnswerForm {
    pub(super) fn parse(&self) -> Result<Said, Vec<Fault>> {
        let mut faults = vec![];
        let answer = match self.answer.as_str() {
            "yes" => Some(Answer::Significant { direct: false }),
            "direct" => Some(Answer::Significant { direct: true }),
            "no" => Some(Answer::NotSignificant),
            _ => None,
        };
        if answer.is_none() {
            faults.push(("answer", "choose"));
        }
        check("reason", paragraph(&self.reason, LONGEST_REASON), &mut faults);
        let standing = self.standing == "yes";
        match answer.filter(|_| faults.is_empty()) {
            Some(answer) => Ok(Said { answer, reason: self.reason.clone(), standing }),
            None => Err(faults),
        }
    }

    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("answer", self.answer.clone()),
            ("reason", self.reason.clone()),
            ("standing", self.standing.clone()),
        ])
    }
}

/// The officer writes to her.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplyForm {
    pub id: String,
    pub words: String,
}

impl ReplyForm {
    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("words", self.words.clone())])
    }
}
