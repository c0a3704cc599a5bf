//! Authorities, consulates, health and child welfare services, volunteers and faith communities. The unit clears the organisation ([L] § 27),
//! the organisation names who comes for it, and the unit says whom it may meet. Nobody listens to an authority ([L] § 31), and a ban of the
//! court is in its way only where the order says so ([SP] § 186).

mod forms;

pub use forms::{
    AnswerForm, AskForm, AskedFor, NewOrganisation, NewPerson, PersonForm, RegisterForm, Reply, TaskForm,
};

use crate::{access::Role, kernel::CivilDate, visits::clearance::Measure};

/// Mark the ids of rows.
#[derive(Debug)]
pub enum Organisation {}
#[derive(Debug)]
pub enum OrganisationPerson {}
#[derive(Debug)]
pub enum OrganisationTask {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganisationKind {
    Authority,
    Consulate,
    Health,
    ChildWelfare,
    Volunteer,
    Faith,
}

impl OrganisationKind {
    pub const ALL: [Self; 6] =
        [Self::Authority, Self::Consulate, Self::Health, Self::ChildWelfare, Self::Volunteer, Self::Faith];

    pub fn code(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Consulate => "consulate",
            Self::Health => "health",
            Self::ChildWelfare => "child_welfare",
            Self::Volunteer => "volunteer",
            Self::Faith => "faith",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The rule that says whether it represents an authority: 1 or 0.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Authority => "organisations.authority.authority",
            Self::Consulate => "organisations.authority.consulate",
            Self::Health => "organisations.authority.health",
            Self::ChildWelfare => "organisations.authority.child_welfare",
            Self::Volunteer => "organisations.authority.volunteer",
            Self::Faith => "organisations.authority.faith",
        }
    }
}

/// Nine digits of the register of legal entities, the last of which checks the others. Source: Brønnøysundregistrene, modulus 11.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationNumber(String);

impl OrganisationNumber {
    /// With or without spaces.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let digits: Option<Vec<u32>> =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_digit(10)).collect();
        let digits = digits.filter(|digits| digits.len() == 9).ok_or("number")?;
        let sum: u32 =
            digits.iter().zip([3, 2, 7, 6, 5, 4, 3, 2, 1]).map(|(digit, weight)| digit * weight).sum();
        if !sum.is_multiple_of(11) {
            return Err("number_control");
        }
        Ok(Self(digits.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a unit watches an organisation's visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Watch {
    #[default]
    None,
    /// An officer sees it.
    Seen,
    /// An officer hears it: never an authority.
    Heard,
    Glass,
}

impl Watch {
    pub const ALL: [Self; 4] = [Self::None, Self::Seen, Self::Heard, Self::Glass];

    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Seen => "seen",
            Self::Heard => "heard",
            Self::Glass => "glass",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|watch| watch.code() == code)
    }

    /// As measures, which the door knows.
    pub fn measures(self) -> &'static [Measure] {
        match self {
            Self::None => &[],
            Self::Seen => &[Measure::Observation],
            Self::Heard => &[Measure::Listening],
            Self::Glass => &[Measure::GlassWall],
        }
    }
}

/// Why a unit says no to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskNo {
    /// No such person, or he is not here.
    NotFound,
    /// He does not wish it. Not a reason to refuse an authority that has a task by law.
    NotWished,
    /// What was written shows no task that calls for a visit.
    NoTask,
    Other,
}

impl TaskNo {
    pub const ALL: [Self; 4] = [Self::NotFound, Self::NotWished, Self::NoTask, Self::Other];

    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::NotWished => "not_wished",
            Self::NoTask => "no_task",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// Where a task stands: whom the organisation is to meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    Asked,
    Standing,
    Refused(TaskNo),
    /// By whoever asked.
    Withdrawn,
    /// By the unit.
    Ended,
}

impl TaskState {
    /// As it is kept.
    pub fn stored(state: &str, reason: Option<&str>) -> Option<Self> {
        match state {
            "asked" => Some(Self::Asked),
            "standing" => Some(Self::Standing),
            "refused" => TaskNo::parse(reason?).map(Self::Refused),
            "withdrawn" => Some(Self::Withdrawn),
            "ended" => Some(Self::Ended),
            _ => None,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Standing => "standing",
            Self::Refused(_) => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Ended => "ended",
        }
    }
}

/// Who registers organisations and says whom they meet.
pub fn may_register(roles: &[Role]) -> bool {
    roles.contains(&Role::CaseOfficer)
}

/// Until when a time can be booked: the first of its ends to come.
pub fn stands_to(ends: [CivilDate; 3]) -> CivilDate {
    let [first, others @ ..] = ends;
    others.into_iter().fold(first, CivilDate::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_nine_digits_that_check() {
        let table = [
            ("974 760 673", Ok("974760673")),
            ("889640782", Ok("889640782")),
            ("889640783", Err("number_control")),
            ("88964078", Err("number")),
            ("88964078x", Err("number")),
            ("", Err("number")),
        ];
        for (text, expected) in table {
            let found = OrganisationNumber::parse(text);
            assert_eq!(
                found.as_ref().map(OrganisationNumber::as_str).map_err(|code| *code),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn codes_come_back() {
        for kind in OrganisationKind::ALL {
            assert_eq!(OrganisationKind::parse(kind.code()), Some(kind));
            assert!(kind.rule().ends_with(kind.code()));
        }
        for watch in Watch::ALL {
            assert_eq!(Watch::parse(watch.code()), Some(watch));
        }
        let others = [TaskState::Asked, TaskState::Standing, TaskState::Withdrawn, TaskState::Ended];
        for state in TaskNo::ALL.map(TaskState::Refused).into_iter().chain(others) {
            let reason = if let TaskState::Refused(why) = state { Some(why.code()) } else { None };
            assert_eq!(TaskState::stored(state.code(), reason), Some(state));
        }
        assert_eq!(TaskState::stored("refused", None), None);
    }

    #[test]
    fn only_what_is_heard_listens() {
        for watch in Watch::ALL {
            assert_eq!(watch.measures().contains(&Measure::Listening), watch == Watch::Heard);
        }
    }

    #[test]
    fn the_first_end_counts() {
        let day = |n| CivilDate::parse_iso("2026-09-01").unwrap().plus_days(n);
        for ends in [[1, 2, 3], [2, 1, 3], [3, 2, 1]] {
            assert_eq!(stands_to(ends.map(day)), day(1));
        }
    }
}
