//! A lawyer's mandate for one inmate. [L] § 30: her letters are not read; so whoever counts as she is known first.

use crate::{
    access::Role,
    kernel::{CivilDate, NationalId},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MandateKind {
    /// Appointed by a court or the police.
    Appointment,
    /// Given by the inmate.
    PowerOfAttorney,
}

impl MandateKind {
    pub const ALL: [Self; 2] = [Self::Appointment, Self::PowerOfAttorney];

    pub fn code(self) -> &'static str {
        match self {
            Self::Appointment => "appointment",
            Self::PowerOfAttorney => "power_of_attorney",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// As staff register it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMandate {
    pub number: NationalId,
    pub name: String,
    pub kind: MandateKind,
    pub valid_from: CivilDate,
    pub valid_to: CivilDate,
}

/// Whose duty it is to register and end one.
pub fn may_register(roles: &[Role]) -> bool {
    roles.contains(&Role::CaseOfficer)
}

/// From when to when it holds, and whether somebody ended it before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mandate {
    pub valid_from: CivilDate,
    pub valid_to: CivilDate,
    pub ended: bool,
}

impl Mandate {
    pub fn stands(&self, today: CivilDate) -> bool {
        !self.ended && self.valid_from <= today && today <= self.valid_to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_officers_register() {
        for role in Role::ALL {
            assert_eq!(may_register(&[role]), role == Role::CaseOfficer, "{role:?}");
        }
    }

    #[test]
    fn a_mandate_stands_from_its_first_to_its_last_day() {
        let day = |text| CivilDate::parse_iso(text).unwrap();
        let mandate = |ended| Mandate { valid_from: day("2026-09-01"), valid_to: day("2026-09-30"), ended };
        let table = [
            ("2026-08-31", false, false),
            ("2026-09-01", false, true),
            ("2026-09-30", false, true),
            ("2026-10-01", false, false),
            ("2026-09-15", true, false),
        ];
        for (today, ended, stands) in table {
            assert_eq!(mandate(ended).stands(day(today)), stands, "{today} {ended}");
        }
    }
}
