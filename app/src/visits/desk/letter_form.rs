//! The decision as the officer types it, and the yes to the letter it becomes.

use backend::visits::clearance::ClearanceRow;
use domain::{
    kernel::{CivilDate, Locale, Public},
    visits::clearance::{
        Decided, DecisionForm,
        forms::{FieldError, FormErrors},
    },
};
use serde::{Deserialize, Serialize};

use super::fields::Fields;

/// The officer's decision as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LetterForm {
    pub id: String,
    pub version: String,
    pub look: String,
    pub who: Vec<String>,
    pub outcome: String,
    pub measures: Vec<String>,
    pub reason: String,
    pub milder: String,
    pub valid_to_day: String,
    pub valid_to_month: String,
    pub valid_to_year: String,
    pub text_locale: String,
}

/// A decision that can be made: for whom, what, and the language of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ready {
    pub who: Vec<Public<ClearanceRow>>,
    pub decided: Decided,
    pub text_locale: Locale,
}

impl LetterForm {
    pub(super) fn parse(&self, today: CivilDate) -> Result<Ready, FormErrors> {
        let mut errors = vec![];
        let mut who: Vec<Public<ClearanceRow>> = vec![];
        for id in self.who.iter().filter_map(|id| Public::parse(id)) {
            if !who.contains(&id) {
                who.push(id);
            }
        }
        if who.is_empty() {
            errors.push(FieldError { field: "who", code: "choose" });
        }
        let valid_to = CivilDate::from_parts(&self.valid_to_day, &self.valid_to_month, &self.valid_to_year);
        let form = DecisionForm {
            outcome: self.outcome.clone(),
            measures: self.measures.clone(),
            reason: self.reason.clone(),
            milder: self.milder.clone(),
            valid_to: valid_to.map(CivilDate::iso).unwrap_or_default(),
        };
        let decided = form.parse(today).map_err(|found| {
            errors.extend(found.into_iter().map(|e| match (e.field, valid_to) {
                ("valid_to", Err(date)) => FieldError { field: "valid_to", code: date.code() },
                _ => e,
            }));
        });
        let text_locale = Locale::parse(&self.text_locale);
        if text_locale.is_none() {
            errors.push(FieldError { field: "text_locale", code: "choose" });
        }
        match (decided, text_locale) {
            (Ok(decided), Some(text_locale)) if errors.is_empty() => Ok(Ready { who, decided, text_locale }),
            _ => Err(errors),
        }
    }

    pub(super) fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("version", self.version.clone()),
            ("who", self.who.join(" ")),
            ("outcome", self.outcome.clone()),
            ("measures", self.measures.join(" ")),
            ("reason", self.reason.clone()),
            ("milder", self.milder.clone()),
            ("valid_to_day", self.valid_to_day.clone()),
            ("valid_to_month", self.valid_to_month.clone()),
            ("valid_to_year", self.valid_to_year.clone()),
            ("text_locale", self.text_locale.clone()),
        ])
    }

    /// The form again, from what was kept of it.
    pub(super) fn of(fields: &Fields) -> Self {
        let date = fields.date("valid_to");
        Self {
            id: fields.value("id"),
            version: fields.value("version"),
            look: String::new(),
            who: fields.list("who"),
            outcome: fields.value("outcome"),
            measures: fields.list("measures"),
            reason: fields.value("reason"),
            milder: fields.value("milder"),
            valid_to_day: date.day,
            valid_to_month: date.month,
            valid_to_year: date.year,
            text_locale: fields.value("text_locale"),
        }
    }
}

/// The yes to the letter that was shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    pub id: String,
    pub look: String,
    pub kept: String,
}
