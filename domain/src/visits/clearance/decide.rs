//! The officer's decision: the law's questions are asked of her. [L] § 31: control is considered before refusal,
//! the least intrusive measure is chosen; § 7: basis, reason and appeal go out with it.

use serde::{Deserialize, Serialize};

use super::{
    forms::{FieldError, FormErrors},
    state::{Decided, Measure},
};
use crate::kernel::{CivilDate, TextError, paragraph};

/// Longest reason, in characters.
pub const LONGEST_REASON: usize = 4_000;

/// As posted by the officer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    /// `granted`, `measures` or `refused`.
    pub outcome: String,
    pub measures: Vec<String>,
    /// Why the measures are needed, or why the visit is refused. The applicant reads it.
    pub reason: String,
    /// On refusal: which milder control was considered, and why it is not enough.
    pub milder: String,
    pub valid_to: String,
}

/// Why a staff command on a clearance did nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else changed the case meanwhile; nothing was overwritten.
    MovedOn,
    /// The form's version is not the case's.
    Stale,
    /// No such case for this actor.
    Hidden,
    /// The applicant has no Norwegian number, and nobody has checked yet who she is: she cannot be let in.
    Unidentified,
    /// A child's other parent is asked, and has not said yes.
    OtherParent,
    /// An appeal against it is under way: that decides.
    Appealed,
    /// She has registered it herself for the applicant: another officer decides.
    Registered,
}

impl Refusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::MovedOn => "clearance_moved_on",
            Self::Stale => "clearance_stale",
            Self::Hidden => "clearance_hidden",
            Self::Unidentified => "clearance_unidentified",
            Self::OtherParent => "clearance_other_parent",
            Self::Appealed => "clearance_appealed",
            Self::Registered => "clearance_registered",
        }
    }
}

impl DecisionForm {
    /// Granted without measures needs no reason; measures and refusal do.
    pub fn parse(&self, today: CivilDate) -> Result<Decided, FormErrors> {
        match self.outcome.as_str() {
            "granted" => self.granted(vec![], None, today),
            "measures" => self.with_measures(today),
            "refused" => self.refused(),
            _ => Err(vec![FieldError { field: "outcome", code: "choose" }]),
        }
    }

    fn granted(
        &self,
        measures: Vec<Measure>,
        reason: Option<String>,
        today: CivilDate,
    ) -> Result<Decided, FormErrors> {
        match CivilDate::parse_iso(self.valid_to.trim()) {
            Some(valid_to) if valid_to > today => Ok(Decided::Granted { measures, reason, valid_to }),
            _ => Err(vec![FieldError { field: "valid_to", code: "date_past" }]),
        }
    }

    fn with_measures(&self, today: CivilDate) -> Result<Decided, FormErrors> {
        let mut errors = vec![];
        let mut measures: Vec<Measure> = self.measures.iter().filter_map(|m| Measure::parse(m)).collect();
        measures.sort();
        measures.dedup();
        if measures.is_empty() || measures.len() < self.measures.len() {
            errors.push(FieldError { field: "measures", code: "measures_choose" });
        }
        let reason = text(&mut errors, "reason", &self.reason);
        match self.granted(measures, reason, today) {
            Ok(decided) if errors.is_empty() => Ok(decided),
            Ok(_) => Err(errors),
            Err(more) => Err([errors, more].concat()),
        }
    }

    fn refused(&self) -> Result<Decided, FormErrors> {
        let mut errors = vec![];
        let milder = text(&mut errors, "milder", &self.milder);
        let reason = text(&mut errors, "reason", &self.reason);
        match (milder, reason) {
            (Some(milder_considered), Some(reason)) => Ok(Decided::Refused { milder_considered, reason }),
            _ => Err(errors),
        }
    }
}

fn text(errors: &mut FormErrors, field: &'static str, value: &str) -> Option<String> {
    let code = |e| match (e, field) {
        (TextError::Empty, "milder") => "milder_empty",
        (TextError::Empty, _) => "reason_empty",
        (e, _) => e.code(),
    };
    paragraph(value, LONGEST_REASON).map_err(|e| errors.push(FieldError { field, code: code(e) })).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_s_questions_must_be_answered() {
        let today = CivilDate::parse_iso("2026-09-09").unwrap();
        let form = |outcome: &str, measures: &[&str], reason: &str, milder: &str| DecisionForm {
            outcome: outcome.into(),
            measures: measures.iter().map(|m| (*m).to_owned()).collect(),
            reason: reason.into(),
            milder: milder.into(),
            valid_to: "2027-09-09".into(),
        };
        let table: [(DecisionForm, &[&str]); 7] = [
            (form("", &[], "", ""), &["choose"]),
            (form("granted", &[], "", ""), &[]),
            (form("measures", &[], "", ""), &["measures_choose", "reason_empty"]),
            (form("measures", &["observation", "x"], "ny", ""), &["measures_choose"]),
            (form("measures", &["glass_wall", "observation"], "ny", ""), &[]),
            (form("refused", &[], "", ""), &["milder_empty", "reason_empty"]),
            (form("refused", &[], "misbruk", "påsyn er ikke nok"), &[]),
        ];
        for (form, expected) in table {
            let codes: Vec<_> = form.parse(today).err().unwrap_or_default().iter().map(|e| e.code).collect();
            assert_eq!(codes, expected, "{form:?}");
        }
        let late = DecisionForm { valid_to: "2026-09-09".into(), ..form("granted", &[], "", "") };
        assert!(late.parse(today).is_err(), "it must be valid for at least a day");
    }
}
