//! The auditor's work on the trail of who did and saw what: what may be searched for and why, and what is out of the ordinary.
//! Never: a search without a reason of the closed list, or a row of the notices, which have a watch of their own.

use serde::{Deserialize, Serialize};

pub use crate::appeals::{FieldError, FormErrors};
use crate::{
    access::Role,
    kernel::{CivilDate, Reference, TextError, line, paragraph},
};

/// Whose duty the trail is.
pub fn may_audit(roles: &[Role]) -> bool {
    roles.contains(&Role::Auditor)
}

/// Why the trail is read. The list is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A sample, as the plan of the year says.
    Sample,
    Complaint,
    /// Something looks wrong.
    Suspicion,
    /// Somebody asks who has looked at her.
    Access,
}

impl Reason {
    pub const ALL: [Self; 4] = [Self::Sample, Self::Complaint, Self::Suspicion, Self::Access];

    pub fn code(self) -> &'static str {
        match self {
            Self::Sample => "sample",
            Self::Complaint => "complaint",
            Self::Suspicion => "suspicion",
            Self::Access => "access",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    /// Day, month, year; both days are searched.
    pub from: [String; 3],
    pub to: [String; 3],
    /// A part of the name of a member of staff; may be empty.
    pub who: String,
    /// Of a case; may be empty.
    pub reference: String,
    /// `yes`: what was looked at alone.
    pub looks: String,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    pub from: CivilDate,
    pub to: CivilDate,
    pub who: Option<String>,
    pub reference: Option<Reference>,
    pub looks: bool,
    pub reason: Reason,
}

fn wrong(field: &'static str, code: &'static str) -> FieldError {
    FieldError { field, code }
}

fn day(errors: &mut FormErrors, field: &'static str, [d, m, y]: &[String; 3]) -> Option<CivilDate> {
    CivilDate::from_parts(d, m, y).map_err(|error| errors.push(wrong(field, error.code()))).ok()
}

impl SearchForm {
    /// `longest`: how many days one search may span, a rule.
    pub fn parse(&self, longest: i64) -> Result<Search, FormErrors> {
        let mut errors = vec![];
        let (from, to) = (day(&mut errors, "from", &self.from), day(&mut errors, "to", &self.to));
        if let (Some(from), Some(to)) = (from, to) {
            match to.days_since(from) {
                span if span < 0 => errors.push(wrong("to", "before_from")),
                span if span >= longest => errors.push(wrong("to", "span")),
                _ => {}
            }
        }
        let who = match self.who.trim() {
            "" => None,
            typed => line(typed, 120).map_err(|error| errors.push(wrong("who", error.code()))).ok(),
        };
        let reference = match self.reference.trim() {
            "" => None,
            typed => {
                let parsed = Reference::parse(typed);
                if parsed.is_none() {
                    errors.push(wrong("reference", "form"));
                }
                parsed
            }
        };
        let reason = Reason::parse(&self.reason);
        if reason.is_none() {
            errors.push(wrong("reason", "choose"));
        }
        match (from, to, reason) {
            (Some(from), Some(to), Some(reason)) if errors.is_empty() => {
                Ok(Search { from, to, who, reference, looks: self.looks == "yes", reason })
            }
            _ => Err(errors),
        }
    }
}

/// What is out of the ordinary. It accuses nobody: a person looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    /// Far more cases in a day than she usually opens.
    Volume,
    /// A case of somebody with her own family name.
    OwnName,
}

impl AlertKind {
    pub const ALL: [Self; 2] = [Self::Volume, Self::OwnName];

    pub fn code(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::OwnName => "own_name",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What a day is held against; both are rules.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Fewer cases than this are never too many.
    pub least: i64,
    /// How many times the usual.
    pub times: i64,
}

/// Cases of one day against those of the days before on which she opened any: what is usual for her, if the day is far over it.
pub fn unusual(cases: i64, before: &[i64], bounds: Bounds) -> Option<i64> {
    let days = i64::try_from(before.len()).unwrap_or(i64::MAX).max(1);
    let usual = (before.iter().sum::<i64>() + days - 1) / days;
    (cases >= bounds.least && cases > usual.saturating_mul(bounds.times)).then_some(usual)
}

/// The last word of a name, as it is compared: two of the same family name may be kin.
pub fn family(sort_key: &str) -> Option<&str> {
    sort_key.split_whitespace().next_back().filter(|word| word.chars().count() > 1)
}

/// What an alert came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was her work.
    Explained,
    /// It goes to her leader.
    FollowedUp,
}

impl Outcome {
    pub const ALL: [Self; 2] = [Self::Explained, Self::FollowedUp];

    pub fn code(self) -> &'static str {
        match self {
            Self::Explained => "explained",
            Self::FollowedUp => "followed_up",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// Longest note of an auditor, in characters.
const LONGEST_NOTE: usize = 1_000;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettleForm {
    pub outcome: String,
    pub note: String,
}

impl SettleForm {
    pub fn parse(&self) -> Result<(Outcome, String), FormErrors> {
        let mut errors = vec![];
        let outcome = Outcome::parse(&self.outcome);
        if outcome.is_none() {
            errors.push(wrong("outcome", "choose"));
        }
        let note = paragraph(&self.note, LONGEST_NOTE);
        let note = note.map_err(|error: TextError| errors.push(wrong("note", error.code()))).ok();
        outcome.zip(note).ok_or(errors)
    }
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not hers, or not there.
    Hidden,
    /// It is about herself: another auditor settles it.
    Own,
    /// Somebody has settled it.
    Settled,
}

impl Refusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Own => "own",
            Self::Settled => "settled",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(date: &str) -> [String; 3] {
        let mut parts = date.split('.').map(str::to_owned);
        std::array::from_fn(|_| parts.next().unwrap_or_default())
    }

    #[test]
    fn the_trail_is_the_auditors() {
        for role in Role::ALL {
            assert_eq!(may_audit(&[role]), role == Role::Auditor, "{role:?}");
        }
    }

    #[test]
    fn a_search_has_two_days_and_a_reason() {
        let form = |from: &str, to: &str, reference: &str, reason: &str| SearchForm {
            from: parts(from),
            to: parts(to),
            reference: reference.into(),
            reason: reason.into(),
            ..SearchForm::default()
        };
        let table: [(SearchForm, &[&str]); 6] = [
            (form("", "", "", ""), &["from date_empty", "to date_empty", "reason choose"]),
            (form("1.9.2026", "1.9.2026", "", "sample"), &[]),
            (form("2.9.2026", "1.9.2026", "", "sample"), &["to before_from"]),
            (form("1.9.2026", "1.10.2026", "", "sample"), &[]),
            (form("1.9.2026", "2.10.2026", "", "sample"), &["to span"]),
            (form("1.9.2026", "1.9.2026", "?", "curious"), &["reference form", "reason choose"]),
        ];
        for (form, expected) in table {
            let errors = form.parse(31).err().unwrap_or_default();
            let codes: Vec<String> = errors.iter().map(|e| format!("{} {}", e.field, e.code)).collect();
            assert_eq!(codes, expected, "{form:?}");
        }
    }

    #[test]
    fn a_day_is_held_against_her_own_days() {
        let bounds = Bounds { least: 40, times: 3 };
        let table: [(i64, &[i64], Option<i64>); 7] = [
            (39, &[], None),
            (40, &[], Some(0)),
            (40, &[13, 14], None),
            (43, &[13, 14], Some(14)),
            (42, &[13, 14], None),
            (100, &[30], Some(30)),
            (90, &[30], None),
        ];
        for (cases, before, usual) in table {
            assert_eq!(unusual(cases, before, bounds), usual, "{cases} {before:?}");
        }
    }

    #[test]
    fn a_family_name_is_the_last_word() {
        let table = [("maja fjellvik", Some("fjellvik")), ("m", None), ("", None), ("x y", None)];
        for (name, expected) in table {
            assert_eq!(family(name), expected, "{name}");
        }
    }

    #[test]
    fn an_alert_is_settled_with_a_word() {
        let form = |outcome: &str, note: &str| SettleForm { outcome: outcome.into(), note: note.into() };
        assert_eq!(form("explained", "Vikar").parse(), Ok((Outcome::Explained, "Vikar".into())));
        let codes = |form: SettleForm| form.parse().unwrap_err().iter().map(|e| e.code).collect::<Vec<_>>();
        assert_eq!(codes(form("", "")), ["choose", "empty"]);
        for kind in AlertKind::ALL {
            assert_eq!(AlertKind::parse(kind.code()), Some(kind));
        }
        for (reason, outcome) in Reason::ALL.into_iter().zip([Outcome::Explained, Outcome::FollowedUp]) {
            assert_eq!(Reason::parse(reason.code()), Some(reason));
            assert_eq!(Outcome::parse(outcome.code()), Some(outcome));
        }
    }
}
