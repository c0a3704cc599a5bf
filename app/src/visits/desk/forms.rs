//! The desk's forms as posted: raw strings, parsed into the domain's types. All errors of a form come
//! together, in the order of the fields.

use backend::visits::clearance::{Application, LookReason};
use domain::{
    kernel::{CivilDate, DateError, Public, TextError, line},
    visits::clearance::{
        PoliceOutcome,
        forms::{FieldError, FormErrors},
    },
};
use serde::{Deserialize, Serialize};

use super::fields::Fields;
use crate::forms::Row;

/// Where each form is sent, which is also the name it is kept under when it is refused.
pub(super) const SEARCH: &str = "staff/search";
pub(super) const ANSWERS: &str = "staff/answers";
pub(super) const ANSWER: &str = "staff/clearances/answer";
pub(super) const POLICE: &str = "staff/clearances/police";
pub(super) const IDENTITY: &str = "staff/clearances/identity";
pub(super) const LETTER: &str = "staff/clearances/letter";
pub(super) const DECIDE: &str = "staff/clearances/decide";
pub(super) const ANEW: &str = "staff/clearances/anew";
pub(super) const CONSENT_BACK: &str = "staff/clearances/consent-back";
pub(super) const RECHECKED: &str = "staff/clearances/rechecked";
pub(super) const CARRIED: &str = "staff/clearances/carried";
pub(super) const FIND: &str = "staff/clearances/find";
pub(super) const MATCH: &str = "staff/clearances/match";

/// Longest text to search for.
const LONGEST: usize = 120;

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}

/// The names that each server function takes; a map's are `name[*]`.
pub const FORMS: &[Row] = &[
    (SEARCH, &["text", "why"]),
    (ANSWERS, &["answers[*]", "on_day", "on_month", "on_year"]),
    (ANSWER, &["id", "version", "look", "answer", "on_day", "on_month", "on_year"]),
    (IDENTITY, &["id", "version", "look"]),
    (POLICE, &["id", "version", "look", "police", "on_day", "on_month", "on_year"]),
    (
        LETTER,
        &[
            "id",
            "version",
            "look",
            "who[]",
            "outcome",
            "measures[]",
            "reason",
            "milder",
            "valid_to_day",
            "valid_to_month",
            "valid_to_year",
            "text_locale",
        ],
    ),
    (DECIDE, &["id", "look", "kept"]),
    (ANEW, &["id", "version", "look", "who[]", "ground"]),
    (CARRIED, &["id", "version", "look"]),
    (RECHECKED, &["id", "version", "look"]),
    (CONSENT_BACK, &["id", "version", "look"]),
    (FIND, &["id", "look", "name", "birth_day", "birth_month", "birth_year"]),
    (MATCH, &["id", "version", "look", "inmate", "kept"]),
];

/// Which case, as its reader saw it.
pub(super) struct Seen {
    pub id: Public<Application>,
    pub version: i64,
    pub look: LookReason,
}

/// A form of ours always has an id; a look without a reason is one of the everyday.
pub(super) fn seen(id: &str, version: &str, look: &str) -> Option<Seen> {
    Some(Seen {
        id: Public::parse(id)?,
        version: version.parse().unwrap_or_default(),
        look: LookReason::parse(look).unwrap_or(LookReason::HandleCase),
    })
}

pub(super) fn error(field: &'static str, code: &'static str) -> FieldError {
    FieldError { field, code }
}

/// The day something was said: not ahead, and not so long ago that the year must be wrong.
pub(super) fn said_on(parts: [&str; 3], today: CivilDate) -> Result<CivilDate, FieldError> {
    let [day, month, year] = parts;
    match CivilDate::from_parts(day, month, year) {
        Err(e) => Err(error("on", e.code())),
        Ok(on) if on > today => Err(error("on", "date_future")),
        Ok(on) if on < today.plus_days(-366) => Err(error("on", "date_old")),
        Ok(on) => Ok(on),
    }
}

pub(super) fn both<A, B>(a: Result<A, FieldError>, b: Result<B, FieldError>) -> Result<(A, B), FormErrors> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err([a.err(), b.err()].into_iter().flatten().collect()),
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    pub text: String,
    pub why: String,
}

impl SearchForm {
    pub(super) fn parse(&self) -> Result<(String, LookReason), FormErrors> {
        let text = line(&self.text, LONGEST).map_err(|e| error("text", e.code()));
        both(text, LookReason::parse(&self.why).ok_or_else(|| error("why", "choose")))
    }

    pub(super) fn fields(&self) -> Fields {
        Fields::new([("text", self.text.clone()), ("why", self.why.clone())])
    }
}

/// The inmate's word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    pub id: String,
    pub version: String,
    pub look: String,
    pub answer: String,
    pub on_day: String,
    pub on_month: String,
    pub on_year: String,
}

impl AnswerForm {
    pub(super) fn parse(&self, today: CivilDate) -> Result<(bool, CivilDate), FormErrors> {
        let yes = match self.answer.as_str() {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(error("answer", "choose")),
        };
        both(yes, said_on([&self.on_day, &self.on_month, &self.on_year], today))
    }

    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("answer", self.answer.clone()),
            ("on_day", self.on_day.clone()),
            ("on_month", self.on_month.clone()),
            ("on_year", self.on_year.clone()),
        ])
    }
}

/// What the police said: the outcome and its day, never the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PoliceForm {
    pub id: String,
    pub version: String,
    pub look: String,
    pub police: String,
    pub on_day: String,
    pub on_month: String,
    pub on_year: String,
}

impl PoliceForm {
    pub(super) fn parse(&self, today: CivilDate) -> Result<(PoliceOutcome, CivilDate), FormErrors> {
        let outcome = PoliceOutcome::parse(&self.police).ok_or_else(|| error("police", "choose"));
        both(outcome, said_on([&self.on_day, &self.on_month, &self.on_year], today))
    }

    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("police", self.police.clone()),
            ("on_day", self.on_day.clone()),
            ("on_month", self.on_month.clone()),
            ("on_year", self.on_year.clone()),
        ])
    }
}

/// The case, the version its reader saw, and why she opened it; nothing more is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeenForm {
    pub id: String,
    pub version: String,
    pub look: String,
}

/// Whom an application of the intake may be about: part of a name, a birth date, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FindForm {
    pub id: String,
    pub look: String,
    pub name: String,
    pub birth_day: String,
    pub birth_month: String,
    pub birth_year: String,
}

impl FindForm {
    pub(super) fn parse(&self) -> Result<(String, Option<CivilDate>), FormErrors> {
        let birth = match CivilDate::from_parts(&self.birth_day, &self.birth_month, &self.birth_year) {
            Ok(date) => Ok(Some(date)),
            Err(DateError::Empty) => Ok(None),
            Err(e) => Err(error("birth", e.code())),
        };
        let name = match line(&self.name, LONGEST) {
            Err(TextError::Empty) if birth != Ok(None) => Ok(String::new()),
            other => other.map_err(|e| error("name", e.code())),
        };
        both(name, birth)
    }

    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("name", self.name.clone()),
            ("birth_day", self.birth_day.clone()),
            ("birth_month", self.birth_month.clone()),
            ("birth_year", self.birth_year.clone()),
        ])
    }

    pub(super) fn of(fields: &Fields) -> Self {
        let date = fields.date("birth");
        Self {
            id: fields.value("id"),
            look: String::new(),
            name: fields.value("name"),
            birth_day: date.day,
            birth_month: date.month,
            birth_year: date.year,
        }
    }
}

/// The inmate that was chosen among those found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MatchForm {
    pub id: String,
    pub version: String,
    pub look: String,
    pub inmate: String,
    pub kept: String,
}
